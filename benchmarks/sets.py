"""The real data sets beside the project, and how each is imported and scored."""

from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@dataclass(frozen=True, slots=True)
class RealSet:
    """A set: where it lies, its window (four times the period in which a later act counts)."""

    name: str
    path: str
    window: str
    columns: str = ""
    personal: bool = False

    @property
    def options(self) -> list[str]:
        """The options with which the command line reads it."""
        return ["--columns", self.columns] if self.columns else []


SETS = (
    RealSet("higgs", "higgs/higgs-activity_time.txt.gz", "4d",
            "source target published kind network='higgs'"),
    RealSet("beer", "stackexchange/beer-2020.tar.xz", "720d", personal=True),
    RealSet("balancer", "sourcecred/balancer-discourse.tar.xz", "180d", personal=True),
    RealSet("tracer", "sourcecred/tracer-discord.tar.xz", "56d", personal=True),
    RealSet("core-gui", "github/core-gui.tar.xz", "720d", personal=True),
    RealSet("college", "snap/CollegeMsg.txt.gz", "84d",
            "source target published kind='mention' network='college'"),
    RealSet("bitcoin-otc", "snap/soc-sign-bitcoinotc.csv.gz", "600d",
            "source=from target=to value=feature published=time kind='endorse' network='otc'"),
    RealSet("elections", "coortweet/german_elections.csv.gz", "90d",
            "author=account_id id=post_id published=timestamp tags=hashtag_id network='elections'"),
)  # fmt: skip
