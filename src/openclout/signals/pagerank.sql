-- question: How often would a reader who follows attention from person to person arrive here?
-- unit: times the average        family: network        over: standing
max(rank)
