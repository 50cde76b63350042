"""The examples in the help are what the commands print."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.reference.examples import EXAMPLES, FOLDER, PAGES, board, example, prepare

from openclout.cli import VERBS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def community(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's community, imported and scored."""
    folder = tmp_path_factory.mktemp("community")
    prepare(folder)
    return folder


@pytest.mark.parametrize("verb", EXAMPLES)
def test_the_example_is_real(verb: str, community: Path) -> None:
    shutil.rmtree(community / "fresh", ignore_errors=True)
    written = (FOLDER / f"{verb}.txt").read_text(encoding="utf-8")
    assert written == example(verb, community), "python -m tests.reference.examples"


def test_the_readmes_first_screen_is_real(community: Path) -> None:
    assert board(community) in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_explains_verbs_has_their_examples(page: str) -> None:
    text = (ROOT / "docs/how-to" / page).read_text(encoding="utf-8")
    for verb in PAGES[page]:
        assert (FOLDER / f"{verb}.txt").read_text(encoding="utf-8") in text


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(verb: str) -> None:
    command = [sys.executable, "-m", "openclout", verb, "--help"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert "Usage:" in text
    if verb in EXAMPLES:
        assert "Example:" in text
        assert EXAMPLES[verb][0] in text
