-- question: In how many languages do those write whom it moves, as far as their posts tell?
-- unit: languages        family: reach        over: languages
sum(least(people, 1))
