-- question: How many different people did it move in this window, the recent ones counting more?
-- unit: people        family: reach        over: engagers
voices(pow(2, -age)) + least(sum(half), sum(vouch * pow(2, -age)))
