-- question: How many people talked to it (replied, mentioned)?
-- unit: people        family: amplification        over: engagers
voices(pow(2, -age)) filter (where talked)
