-- question: How many voices does it get, where each person has one and shares it equally among all it acts on?
-- unit: voices        family: network        over: engagers
voices(pow(2, -age) / addressed)
