-- question: How many people linked to it from pages or posts of their own?
-- unit: people        family: reach        over: engagers
voices(pow(2, -age)) filter (where linked)
