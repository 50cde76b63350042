-- question: How often were its posts seen in this window, by views that name nobody?
-- unit: views        family: reach        over: views
sum(views)
