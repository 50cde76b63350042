-- question: How many people passed its posts on, by sharing or quoting?
-- unit: people        family: reach        over: engagers
voices(pow(2, -age)) filter (where shared)
