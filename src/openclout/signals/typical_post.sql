-- question: How many people does a typical post of this window move (the geometric mean)?
-- unit: people        family: amplification        over: written
exp(sum(ln(1 + people)) / sum(posts)) - 1
