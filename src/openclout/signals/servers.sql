-- question: On how many servers are those at home whom it moves, as far as their addresses tell?
-- unit: servers        family: reach        over: servers
sum(least(people, 1))
