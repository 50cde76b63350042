-- question: How many people answered it?
-- unit: people        family: amplification        over: engagers
voices(pow(2, -age)) filter (where replied)
