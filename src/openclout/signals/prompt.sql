-- question: How promptly do its posts move somebody (half for a first reaction after a thirtieth of h, a quarter after two)?
-- unit: posts        family: amplification        over: written
sum(least(people, 1) * pow(2, -30 * delay))
