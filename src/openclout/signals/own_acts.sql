-- question: How many acts of its own upon others did it do? Shown, never rewarded.
-- unit: acts        family: activity        over: standing
max(own_acts)
