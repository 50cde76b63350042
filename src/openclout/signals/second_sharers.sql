-- question: How many people passed on what others had made of its posts: a share of a share?
-- unit: people        family: reach        over: echoes
sum(m * pow(2, -age)) filter (where shared)
