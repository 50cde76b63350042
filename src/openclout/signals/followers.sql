-- question: How many followers does its profile show?
-- unit: followers        family: reach        over: profiles
max(followers)
