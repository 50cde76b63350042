-- question: On how many lists does its profile stand?
-- unit: lists        family: reach        over: profiles
max(listed)
