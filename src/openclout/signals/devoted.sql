-- question: How many people give it more than half of their attention?
-- unit: people        family: network        over: engagers
voices(pow(2, -age)) filter (where ln(1 + acts) > given / 2)
