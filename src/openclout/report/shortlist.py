"""A shortlist as one self-contained page: notes and posts beside each number."""

from collections.abc import Mapping, Sequence
from typing import Any

from openclout.report.sheet import render


def make_list(name: str, about: str, people: Sequence[Mapping[str, Any]], moment: str) -> str:
    """Make the page of a list; everything in it is escaped, and only web addresses are links."""
    return render("shortlist.html", [], name=name, about=about, people=people, moment=moment)
