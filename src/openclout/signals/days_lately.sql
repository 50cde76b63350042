-- question: On how many days of the window's last quarter was anybody moved?
-- unit: days        family: amplification        over: days
voices(1) filter (where age < 1)
