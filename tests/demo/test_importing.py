"""The invented community, read by our own importers."""

from pathlib import Path

import pytest
from tests.demo.test_community import END, write

from openclout.bundle import open_bundle
from openclout.connector import Connector, Reading, Reject
from openclout.connectors import activitystreams, github, sourcecred, x_archive
from openclout.settings import MIB, Settings
from openclout.vocabulary.interaction import Interaction


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize(
    ("name", "connector"),
    [
        ("discourse-allotment", sourcecred.CONNECTOR),
        ("github-kettle", github.CONNECTOR),
        ("mastodon-ann.zip", activitystreams.MASTODON),
        ("x-bob.zip", x_archive.CONNECTOR),
    ],
)
def test_importers_read_everything(
    home: Path, tmp_path: Path, name: str, connector: Connector
) -> None:
    bundle = open_bundle(home / name, tmp_path, Settings(tmp_path, threads=1, memory=512 * MIB))
    assert connector.recognise(bundle)
    reading = Reading(now=END, keyed=lambda network, third_party: f"~{network}:{third_party}")
    items = list(connector.read(bundle, reading))
    assert [item for item in items if isinstance(item, Reject)] == []
    assert sum(isinstance(item, Interaction) for item in items) > 250
