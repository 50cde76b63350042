"""Stage: words of progress that know how much of the whole work lies before and behind."""

from collections.abc import Callable


class Stage(str):
    """What is being done, between two shares of the whole (0 to 1).

    `within` tells at any moment how far the step at hand is (0 to 1; less: unknown); a stage may
    have several steps. Whoever wants no more than words takes it as the text that it is.
    """

    __slots__ = ("begin", "end", "within")
    begin: float
    end: float
    within: Callable[[], float]

    def __new__(
        cls, text: str, begin: float, end: float, within: Callable[[], float] = lambda: -1.0
    ) -> "Stage":
        """Say `text` of the work between `begin` and `end`."""
        stage = super().__new__(cls, text)
        stage.begin, stage.end, stage.within = begin, end, within
        return stage
