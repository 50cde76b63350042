-- question: How many people came back on another day?
-- unit: people        family: amplification        over: engagers
voices(pow(2, -age / 2)) filter (where again)
