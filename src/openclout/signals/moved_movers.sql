-- question: How many people do those move whom it moves?
-- unit: log people        family: network        over: engagers
voices(pow(2, -age) * ln(1 + moved))
