-- question: How many of those it moves move at least three people themselves?
-- unit: people        family: network        over: engagers
voices(pow(2, -age)) filter (where moved >= 3)
