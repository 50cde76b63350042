"""A shortlist as one self-contained page: notes and posts beside each number."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from openclout import __version__
from openclout.report.page import environment, page_icon, page_style


def make_list(name: str, about: str, people: Sequence[Mapping[str, Any]], moment: str) -> str:
    """Make the page of a list; everything in it is escaped, and only web addresses are links."""
    made = environment()
    made.filters["is_web"] = _is_web
    return made.get_template("shortlist.html").render(
        name=name,
        about=about,
        people=people,
        moment=moment,
        style=page_style([]),
        icon=page_icon(),
        version=__version__,
    )


def _is_web(url: str | None) -> bool:
    """Tell whether an address may be a link: no scheme but those of the web."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
