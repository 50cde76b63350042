"""Two worlds made by hand, and the value of every signal in them, worked out by hand.

The window is four days, so h is a day and an act's age in units of h is its age in days. A signal
without an expected value fails: see EXPECTED.

Upon Ann act: Bob (like on p1 now, reply on p1 a day ago), Cat (share of p1 a day ago, follow two
days ago), Dan (mention two days ago, accept of p2 two days ago), Eve (link to p2 and list, two days
ago) and four people without names (likes on p2 a day ago). Bob likes Cat, and Ann replies to Bob,
a day ago; b1, Bob's answer to p1, is shared by Gus two days ago. Ann's own acts upon herself,
distrust, and acts before the window count nowhere. Nobody acts on p3.

In the busy world ten people quote Ann's x1 now; three of them endorsed x2 two and a half days ago,
two of these liked x3 eighteen hours ago; and three act now upon the first of the ten.
"""

from datetime import UTC, datetime, timedelta
from math import exp, log, sqrt

from openclout.vocabulary.period import Period

PERIOD = Period(datetime(2026, 1, 5, tzinfo=UTC), timedelta(days=4))
ACTS = """kind,source,target,object,published,count,value
like,bob,ann,p1,2026-01-05,,
reply,bob,ann,p1,2026-01-04,,
share,cat,ann,p1,2026-01-04,,
follow,cat,ann,,2026-01-03,,
mention,dan,ann,,2026-01-03,,
accept,dan,ann,p2,2026-01-03,,
link,eve,ann,p2,2026-01-03,,
list,eve,ann,,2026-01-03,,
like,,ann,p2,2026-01-04,4,
like,bob,cat,q1,2026-01-04,,
reply,ann,bob,b1,2026-01-04,,
view,,ann,p1,2026-01-04,10,
like,ann,ann,p1,2026-01-04,,
endorse,fay,ann,,2026-01-04,,-5
like,gus,ann,p1,2025-12-31,,
"""
POSTS = """id,author,published,views
p1,ann,2026-01-02,5
p2,ann,2026-01-02,
old,ann,2025-12-01,70
"""
ACCOUNTS = "id,followers,listed\nann,120,7\n"
"""The same world without its second circle: without b1's reader, tags, languages and servers."""

ALL_ACTS = f"{ACTS}share,gus,bob,b1,2026-01-03,,\n"
ALL_POSTS = """id,author,published,views,tags,language,in_reply_to
p1,ann,2026-01-02,5,tea,en,
p2,ann,2026-01-02T23:12,,tea pots,en,
p3,ann,2026-01-04,,,en,
old,ann,2025-12-01,70,,,
b1,bob,2026-01-02,,,en-GB,p1
b2,bob,2025-12-02,,,en,
q1,cat,2026-01-02,,,de,
"""
ALL_ACCOUNTS = """id,handle,followers,following,listed,posts
ann,,120,30,7,400
cat,cat@one.example,,,,
eve,eve@two.example,,,,
"""
HALF = 1 / sqrt(2)
EXPECTED = {
    "people_lately": (1 + 2**-4 + 2 * 2**-8) + 4 * 0.5 * 2**-4,
    "people_just_now": 1 + 2**-16 + 2 * 2**-32,
    "people": (1 + 0.5 + 0.25 + 0.25) + 4 * 0.5 * 0.5,
    "engagers": 4,
    "engagers_now": 2,  # Bob, Cat
    "newcomers": 1,  # Bob: his first act is a day ago; Cat's is two
    "sharers": 0.5,
    "quoters": 0,
    "followers_gained": 1,
    "linkers": 0.25,
    "listings_gained": 1,
    "anonymous": 1,
    "anonymous_lately": 4 * 0.5 * 2**-4,
    "explorers": log(3) + (0.5 + 0.25 + 0.25) * log(2),  # Bob acts on two, the others on one
    "unprompted": 0.5 + 0.25 + 0.25,  # all but Bob, to whom Ann replied
    "languages": 2,  # Bob's English, of whatever land, and Cat's German
    "servers": 2,  # Cat's one.example and Eve's two.example
    "hours": 1,  # all at midnight
    "second_hand": 0.25,  # Gus; Ann's own reply to b1 is left out
    "second_sharers": 0.25,
    "subjects": log(1 + 2 + 1) + log(1 + 1),  # tea: p1's two people and half of p2's; pots
    "views": 15,
    "followers": 120,
    "listed": 7,
    "days": 1 + HALF + 0.5,
    "days_at_all": 3,
    "days_lately": 1,
    "quarters": 3,
    "loyal": 1 + HALF,
    "returning": 1,  # Cat: first before the last day, and again within it
    "faithful": 0,
    "most_faithful": 2,
    "many_ways": 1 + 0.5 + 0.25 + 0.25,
    "lasting": 0,
    "span": 1 + 1,  # Bob's and Cat's days
    "since": 2,
    "freshness": 1,
    "h_index": 2,
    "posts_that_moved": 2,
    "posts_that_moved_three": 0,
    "posts_that_moved_ten": 0,
    "posts_passed_on": 1,
    "posts_discussed": 1,
    "posts_linked": 1,
    "posts_voted": 1,
    "posts_weighed": 2 * log(3),
    "best_post": 2,
    "third_best_post": 0,
    "typical_post": exp(2 * log(3) / 3) - 1,
    "share_that_moves": 2 / (3 + 2),
    "shares_per_post": 1 / 3,
    "talk_per_post": 1 / 3,
    "votes_per_post": 2 / 3,
    "fresh_posts": 2 * 2**-3 + 2 * 2 ** -(2 + 1 / 30),
    "prompt": 2**-1 + 2**-60,  # p2 after a thirtieth of a day, p1 after two days
    "nods": 1 + 0.5,
    "talk": 1 + 0.25,
    "repliers": 1,
    "endorsers": 0,
    "accepted": 0.25,
    "acts": 4 * log(3),
    # Bob moved Ann a day and Gus two days ago, Cat moved Bob a day ago.
    "moved_movers": log(1 + 0.25) + 0.5 * log(1 + 0.5),  # Gus, not Ann, upon Bob; Bob upon Cat
    "second_circle": 0.25 + 0.5 * 0.5,
    "attention": log(3) / (log(3) + log(2)) + HALF + 0.5 + 0.5,
    "devoted": 1 + 0.5 + 0.25 + 0.25,
    "undivided": 0.5 + 0.5 + 0.25 + 0.25,
    # The stationary state of six nodes, solved as linear equations.
    "pagerank": 2.3626430474,
    "movers": 1.5,
    "strong_movers": 0,
    "greatest_mover": 0.5,
    "own_acts": 1,
    "people_addressed": 1,
    "own_posts": 3,
    "following": 30,
    "profile_posts": 400,
}

TEN = [*(f"n{number}" for number in range(9)), "https://three.example/users/n9"]
BUSY = "\n".join([
    "kind,source,target,object,published",
    *(f"quote,{name},ann,x1,2026-01-05" for name in TEN),
    *(f"endorse,{name},ann,x2,2026-01-02T12:00" for name in TEN[:3]),
    *(f"like,{name},ann,x3,2026-01-04T06:00" for name in TEN[:2]),
    *(f"like,{name},n0,y1,2026-01-05" for name in TEN[1:4]),
])  # fmt: skip
EXPECTED_BUSY = {
    "quoters": 10,
    "endorsers": 3 * 2**-2.5,
    "hours": 3,
    "servers": 1,
    "faithful": 2,
    "most_faithful": 3,
    "lasting": 3,
    "many_ways": 3,
    "posts_that_moved_three": 2,
    "posts_that_moved_ten": 1,
    "third_best_post": 2,
    "h_index": 2,
    "strong_movers": 1,
    "greatest_mover": 3,
    "quarters": 2,
    "devoted": 9,  # all but the one who acts as often on n0 as on Ann
}
