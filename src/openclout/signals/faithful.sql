-- question: How many people acted on it three times or more?
-- unit: people        family: amplification        over: engagers
voices(pow(2, -age / 2)) filter (where acts >= 3)
