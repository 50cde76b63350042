"""The history of a score: one number a day, and the days on which the model changed."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from openclout.web.published.state import Current

_WIDE, _HIGH = 720, 160  # of the drawing that stands where no script runs


@dataclass(frozen=True, slots=True)
class Line:
    """Scores by day, oldest first, and the days from which on another model scored."""

    days: list[date]
    scores: list[float]
    models: list[tuple[date, str]]

    @property
    def path(self) -> str:
        """The line as an SVG path, 720 by 160, from 0 to 100."""
        places = [f"{x:.1f} {y:.1f}" for x, y in map(self._at, self.days, self.scores)]
        return "M" + "L".join(places) if len(places) > 1 else ""

    @property
    def marks(self) -> list[tuple[float, str]]:
        """Where the drawing marks a change of the model, and its name."""
        return [(self._x(day), model) for day, model in self.models]

    def _at(self, day: date, score: float) -> tuple[float, float]:
        return self._x(day), _HIGH - score * _HIGH / 100

    def _x(self, day: date) -> float:
        span = max((self.days[-1] - self.days[0]).days, 1)
        return (day - self.days[0]).days * _WIDE / span


def read_line(content: list[list[float]], current: Current) -> Line | None:
    """Read packed history: pairs of a place among the publication's runs and a score.

    None where there is but one day, of which no line can be drawn.
    """
    known = [(current.runs[int(place)], score) for place, score in content
             if int(place) < len(current.runs)]  # fmt: skip
    if len(known) < 2:
        return None
    models = [
        (day, model)
        for ((_before, last), _one), ((day, model), _other) in pairwise(known)
        if model != last
    ]
    return Line([day for (day, _model), _score in known], [score for _run, score in known], models)
