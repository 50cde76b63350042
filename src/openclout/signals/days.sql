-- question: On how many days was somebody moved, the recent ones counting more?
-- unit: days        family: amplification        over: days
voices(pow(2, -age / 2))
