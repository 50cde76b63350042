"""The bar on a terminal: what is being done, its share of the whole, and for how long."""

from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from openclout.vocabulary.stage import Stage

_STEP = 0.25  # of what is left of a stage: how many steps it has is not known


class Bar(Progress):
    """A bar that asks the stage at hand how far it is, and never goes back within it."""

    def __init__(self) -> None:
        """Draw on standard error, and leave nothing behind."""
        self._stage: Stage | None = None
        self._behind = self._step = 0.0
        super().__init__(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[share]}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self.add_task("starting", total=None, share="")

    def say(self, text: str) -> None:
        """Show what is being done now; a Stage has a share, other words have none."""
        self._stage = text if isinstance(text, Stage) else None
        self._behind = self._step = 0.0
        self.update(self._task, description=str(text), total=1.0 if self._stage else None, share="")
        self._follow()

    def get_renderables(self) -> Iterable[RenderableType]:
        """Ask how far the work is, each time before the bar is drawn."""
        self._follow()
        return super().get_renderables()

    def _follow(self) -> None:
        if (stage := self._stage) is None:
            return
        share = stage.begin + (stage.end - stage.begin) * self._done(stage.within())
        self.update(self._task, completed=share, share=f"{share:4.0%}")

    def _done(self, now: float) -> float:
        """Give the share of the stage that is done: each step takes a part of what was left."""
        if 0 <= now < self._step:  # the next step has begun
            self._behind += _STEP * (1 - self._behind)
            self._step = 0.0
        self._step = max(self._step, min(now, 1.0))
        return self._behind + _STEP * (1 - self._behind) * self._step
