-- question: How widely do those look around whom it moves: on how many people do they act?
-- unit: log people        family: reach        over: engagers
voices(pow(2, -age) * ln(1 + addressed))
