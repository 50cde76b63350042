-- question: Upon how many different people did it act? Shown, never rewarded.
-- unit: people        family: activity        over: standing
max(people_addressed)
