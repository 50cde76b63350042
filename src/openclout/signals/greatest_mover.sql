-- question: How many people does the greatest of its engagers move?
-- unit: people        family: network        over: engagers
max(m * moved)
