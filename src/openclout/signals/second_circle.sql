-- question: How many people do those move whom it moves, counted for each of them?
-- unit: people        family: network        over: engagers
sum(m * pow(2, -age) * moved)
