-- question: How many votes or counts without a name does a post of this window get on average (half a voice each)?
-- unit: voices per post        family: amplification        over: written
sum(anonymous / 2) / sum(posts)
