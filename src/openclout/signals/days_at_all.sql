-- question: On how many days of this window was anybody moved?
-- unit: days        family: amplification        over: days
voices(1)
