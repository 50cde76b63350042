"""How well fakes are told from people where somebody else has labelled them.

    .venv/bin/python -m benchmarks.detection

Prints the two tables that benchmarks.attacks puts into the report card.
"""

import csv
import gzip
import io
import tarfile
from collections.abc import Iterator
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from benchmarks.sets import DATA
from openclout.lockstep import find_lockstep

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SEED = 11
_DAY = 86_400.0
_WIDTHS = {"a minute": 60.0, "half an hour": 1800.0, "a day": _DAY}
_FARMS = ((5, 3), (5, 5), (20, 3), (20, 5))  # accounts, things on which they meet
_TIMES = ("%a %b %d %H:%M:%S %z %Y", "%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M")
_COUNTERS = ("followers_count", "friends_count", "statuses_count")


def read_shares() -> tuple[Ints, Ints, Floats]:
    """Read the coordinated-retweet set: account, thing shared, time."""
    with gzip.open(DATA / "coortweet/russian_coord_tweets.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    account = np.unique([row["account_id"] for row in rows], return_inverse=True)[1]
    thing = np.unique([row["object_id"] for row in rows], return_inverse=True)[1]
    return account, thing, np.array([float(row["timestamp_share"]) for row in rows])


def lockstep_rows() -> Iterator[str]:
    """Write how many accounts are flagged at each width, beside the same acts dealt by chance."""
    account, thing, time = read_shares()
    active = np.bincount(account) > 1
    for words, near in _WIDTHS.items():
        flagged = find_lockstep(account, thing, time, near).group >= 0
        dealt = np.random.default_rng(SEED).permutation(account)
        chance = find_lockstep(dealt, thing, time, near).group >= 0
        yield (
            f"| {words} | {flagged.sum()} | {100 * flagged.mean():.2f} % |"
            f" {100 * flagged[active].mean():.2f} % | {chance.sum()} |"
        )


def farm_rows() -> Iterator[str]:
    """Write how much of a farm is found that we hide among the set's own accounts."""
    account, thing, time = read_shares()
    rng, first = np.random.default_rng(SEED), int(account.max()) + 1
    for size, meetings in _FARMS:
        things = rng.choice(thing, meetings, replace=False)
        starts = np.repeat(rng.choice(time, meetings), size)
        group = find_lockstep(
            np.concatenate([account, np.tile(np.arange(first, first + size), meetings)]),
            np.concatenate([thing, np.repeat(things, size)]),
            np.concatenate([time, starts + rng.uniform(0, 30, len(starts))]),
        ).group
        found, others = group[first:] >= 0, group[:first] >= 0
        yield f"| {size} | {meetings} | {100 * found.mean():.0f} % | {others.sum()} |"


def read_profiles() -> tuple[Floats, Ints]:
    """Read the labelled profiles: log1p of followers, following, posts, age in days; 1 for a bot.

    Profiles that stand there twice count once, those under both labels not at all.
    """
    found: dict[str, tuple[list[float], set[int]]] = {}
    with tarfile.open(DATA / "bots/jubins.tar.xz") as archive:
        for label, name in enumerate(("nonbots_data", "bots_data")):
            raw = archive.extractfile(f"jubins/{name}.csv")
            for row in csv.DictReader(io.StringIO(raw.read().decode("latin-1") if raw else "")):
                born = _moment(row["created_at"])
                known = found.setdefault(row["id"], ([*map(_number, _columns(row)), born], set()))
                known[1].add(label)
    kept = [(row, labels.pop()) for row, labels in found.values() if len(labels) == 1]
    values = np.array([row for row, _label in kept])
    values[:, 3] = (np.nanmax(values[:, 3]) - values[:, 3]) / _DAY
    values[:, 3] = np.where(np.isnan(values[:, 3]), np.nanmedian(values[:, 3]), values[:, 3])
    return np.log1p(values), np.array([label for _row, label in kept])


def _columns(row: dict[str, str]) -> list[str]:
    return [row[name] for name in _COUNTERS]


def _number(text: str) -> float:
    return float(text) if text.strip().isdigit() else 0.0


def _moment(text: str) -> float:
    for form in _TIMES:
        try:
            return datetime.strptime(text.strip('"'), form).timestamp()  # noqa: DTZ007
        except ValueError:
            continue
    return float("nan")


def auc(value: Floats, label: Ints) -> float:
    """Tell how often a bot has the greater value than a person, ties half (Mann and Whitney)."""
    ones = int(label.sum())
    ranks = rankdata(value)[label == 1].sum()
    return float(ranks - ones * (ones + 1) / 2) / (ones * (len(label) - ones))


def crossed(values: Floats, label: Ints, folds: int = 10) -> Floats:
    """Give each profile's value by a least-squares line that was fitted on the other folds."""
    fold = np.random.default_rng(SEED).integers(0, folds, len(label))
    design = np.column_stack([np.ones(len(label)), values])
    found = np.zeros(len(label))
    for part in range(folds):
        weights = np.linalg.lstsq(design[fold != part], label[fold != part], rcond=None)[0]
        found[fold == part] = design[fold == part] @ weights
    return found


def profile_rows() -> Iterator[str]:
    """Write the AUC of rules over profiles."""
    values, label = read_profiles()
    followers, following, posts, age = values.T
    rules = {
        "age alone": -age,
        "followers alone": -followers,
        "log(followers · following · age / posts), a rule nobody fitted":
            posts - followers - following - age,
        "the same without age": posts - followers - following,
        "a line through the four, each tenth by the nine others": crossed(values, label),
        "a line without age, likewise": crossed(values[:, :3], label),
    }  # fmt: skip
    for words, value in rules.items():
        yield f"| {words} | {auc(value, label):.3f} |"
    yield f"| profiles: {label.sum()} bots, {len(label) - label.sum()} people | |"


def section() -> str:
    """Give the report card's section on detection."""
    lines = [
        _LOCKSTEP, *lockstep_rows(), _FARM, *farm_rows(), _PROFILES, *profile_rows(), _NOTE,
    ]  # fmt: skip
    return "\n".join(lines)


_LOCKSTEP = """## Detection on labelled sets

**Lockstep** (`openclout.lockstep`: pairs that act on the same thing within moments more often than
chance) on the coordinated-retweet set. The set labels no account: it is called coordinated as a
whole. The last column is the same acts dealt out to the accounts by chance.

| within | accounts flagged | of all | of those with two acts or more | flagged by chance |
|---|---:|---:|---:|---:|"""
_FARM = """
Farms of our own hidden in the same set, meeting within 30 seconds:

| accounts | things they meet on | found | others flagged |
|---:|---:|---:|---:|"""
_PROFILES = """
**Profiles** (jubins: profiles labelled bot or person), AUC of telling them apart:

| rule | AUC |
|---|---:|"""
_NOTE = """
Read with care: bots and people of the profile set come in two files of different formats, perhaps
of different days, which may flatter age; and a farm can buy aged accounts. In the retweet set few
pairs meet again within a minute, and over a day friends of one taste look like a farm. So neither
measure is a defence by itself.
"""


if __name__ == "__main__":
    print(section())
