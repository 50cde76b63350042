-- question: How highly ranked are its engagers together?
-- unit: times the average        family: network        over: engagers
sum(m * pow(2, -age) * source_rank)
