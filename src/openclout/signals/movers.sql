-- question: How many of those it moves move somebody themselves?
-- unit: people        family: network        over: engagers
voices(pow(2, -age)) filter (where moved > 0)
