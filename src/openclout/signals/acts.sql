-- question: How many acts did it receive, each person's further ones counting less?
-- unit: log acts        family: amplification        over: engagers
voices(ln(1 + acts))
