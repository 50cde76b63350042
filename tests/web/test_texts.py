"""Every text of the site is there in German, with the same figures in it."""

import re
from pathlib import Path

import pytest
from tests.web.texts import folders, texts, translated

from openclout.settings import Site


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_every_text_is_translated(folder: Path, site: Site) -> None:
    known = translated(folder)
    assert [text for text in sorted(texts(folder)) if not known.get(text)] == []


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_translation_holds_the_same_figures(folder: Path) -> None:
    for text, german in translated(folder).items():
        assert set(re.findall(r"%\(\w+\)s", text)) == set(re.findall(r"%\(\w+\)s", german)), text
