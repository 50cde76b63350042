-- question: How lately was somebody moved (1 now, a half one quarter of the window ago)?
-- unit: part of a fresh act        family: amplification        over: engagers
max(m * pow(2, -age))
