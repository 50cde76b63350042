-- question: How many people nodded (liked, endorsed, followed)?
-- unit: people        family: amplification        over: engagers
voices(pow(2, -age)) filter (where nodded)
