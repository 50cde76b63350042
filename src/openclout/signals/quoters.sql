-- question: How many people quoted it with words of their own?
-- unit: people        family: reach        over: engagers
voices(pow(2, -age)) filter (where quoted)
