-- question: At how many hours of the day, around the world's clock, was somebody moved?
-- unit: hours        family: reach        over: hours
sum(moved)
