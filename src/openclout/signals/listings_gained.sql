-- question: How many people put it on a list of theirs in this window?
-- unit: people        family: reach        over: engagers
voices(1) filter (where enlisted)
