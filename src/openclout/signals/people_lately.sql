-- question: How many different people did this account move in the last days?
-- unit: people        family: reach        over: engagers
voices(pow(2, -age / 0.25)) + least(sum(half_lately), sum(vouch * pow(2, -age / 0.25)))
