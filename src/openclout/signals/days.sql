-- question: On how many days was somebody moved, the recent ones counting more?
-- unit: days        family: amplification        over: days
sum(least(1, people) * pow(2, -age / 2))
