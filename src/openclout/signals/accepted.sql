-- question: How many people accepted what it offered (an answer, a change)?
-- unit: people        family: amplification        over: engagers
voices(pow(2, -age)) filter (where accepted)
