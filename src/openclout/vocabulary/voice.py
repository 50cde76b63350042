"""Voices: how much people count whom nothing that happened before the window bears out."""

BOUNDS = {"vouched": "silent", "sure": "unsure"}
"""What tells people from fakes, and the norm by which it bounds the others (credibility.py): all
voices together count at most so many times as much as those vouched for, and as the sure ones."""

FREE = {
    "engagers": {"vouched": 0.1, "sure": 0.1},
    "days": {"vouched": 0.1, "sure": 0.05},
}
"""By relation of people: how much they count at most together though nobody bears them out, so that
among accounts without anybody else they still tell more from less. One unknown is heard a little;
ten thousand are heard no more. Tried against attacks and cost: docs/decisions/."""

FREE_OF_A_POST = {"vouched": 0.0, "sure": 0.5}
"""The same for the people whom one post moved."""

TRACE = FREE["engagers"]["vouched"]
"""The most evidence that engagers bring for whom nobody vouches."""
