"""The real data sets beside the project, as sets.toml describes them."""

from dataclasses import dataclass
from pathlib import Path

from openclout.evaluation.dataset import read_sets

DESCRIPTION = Path(__file__).with_name("sets.toml")
DATA = (DESCRIPTION.parents[2] / "shared" / "data").resolve()


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


SETS = tuple(
    RealSet(
        one.name,
        str(one.path.resolve().relative_to(DATA)),
        one.window,
        one.options.columns,
        one.personal,
    )
    for one in read_sets(DESCRIPTION)
)
