-- question: How lately did anybody act on it at all (one voice, whoever it is)?
-- unit: part of a fresh act        family: amplification        over: engagers
greatest(max(m * pow(2, -age)), 0.1 * max(voice * pow(2, -age)))
