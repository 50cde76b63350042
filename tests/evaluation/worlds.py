"""A made-up network for backtests: some people move others all year, some did so once."""

from datetime import UTC, datetime, timedelta

import numpy as np

HEADER = "network,kind,source,target,published\n"
START = datetime(2025, 1, 1, tzinfo=UTC)


def year_of_likes(seed: int = 1, people: int = 60, days: int = 360, each_day: int = 25) -> str:
    """Write likes over a year: account a is liked the more often the lower its number."""
    rng = np.random.default_rng(seed)
    pull = 1 / np.arange(1, people + 1)
    targets = rng.choice(people, size=(days, each_day), p=pull / pull.sum())
    sources = rng.integers(people, size=(days, each_day))
    rows = [
        f"net,like,p{source},p{target},{(START + timedelta(days=day, minutes=n)).isoformat()}\n"
        for day in range(days)
        for n, (source, target) in enumerate(zip(sources[day], targets[day], strict=True))
    ]
    return HEADER + "".join(rows)
