-- question: How many people vouched for it?
-- unit: people        family: amplification        over: engagers
voices(pow(2, -age)) filter (where endorsed)
