-- question: How many people did the answers to its posts move in turn?
-- unit: people        family: reach        over: echoes
sum(m * pow(2, -age))
