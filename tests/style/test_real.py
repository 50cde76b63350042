"""On real people: who was active and had a style has the same a week later."""

from pathlib import Path

import pytest
from benchmarks.styles import PROMISED, measure_set

from openclout.evaluation.dataset import DataSet
from openclout.pipeline.importing import ImportOptions
from openclout.style import load_styles

pytestmark = [pytest.mark.shared, pytest.mark.slow]


@pytest.mark.parametrize("name", ["balancer-discourse", "tracer-discord"])
def test_styles_are_stable_from_week_to_week(name: str, shared: Path) -> None:
    found = measure_set(DataSet(name, shared / f"sourcecred/{name}.tar.xz", "90d"))
    assert found.styled > 100
    assert found.same / found.styled >= PROMISED
    assert len(found.used) > len(load_styles()) / 2
    assert set(found.without) <= {"few", "aimless"}


def test_messages_alone_tell_no_style(shared: Path) -> None:
    columns = "source target published kind='mention' network='college'"
    options = ImportOptions(columns=columns)
    path = shared / "snap/CollegeMsg.txt.gz"
    found = measure_set(DataSet("college", path, "90d", options))
    assert found.styled == 0
    assert set(found.without) == {"no_posts"}
