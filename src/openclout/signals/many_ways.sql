-- question: How many people acted on it in more than one way?
-- unit: people        family: amplification        over: engagers
voices(pow(2, -age)) filter (where ways >= 2)
