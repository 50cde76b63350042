-- question: On how many days was somebody moved, the recent ones counting more?
-- unit: days        family: amplification        over: days
sum(moved * pow(2, -age / 2))
