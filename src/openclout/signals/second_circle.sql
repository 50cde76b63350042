-- question: How many people do those move whom it moves, counted for each of them?
-- unit: people        family: network        over: engagers
voices(pow(2, -age) * moved)
