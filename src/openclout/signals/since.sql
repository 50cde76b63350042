-- question: For how long has it been moving people in this window?
-- unit: quarters of the window        family: amplification        over: engagers
max(m * first)
