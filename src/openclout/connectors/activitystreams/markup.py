"""HTML to plain text, and handles taken out of it."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "div", "li", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
_SILENT = frozenset({"script", "style", "template"})
_HANDLE = re.compile(r"([@＠]|/users/)(\w(?:[\w.-]*\w)?)(@[\w.-]*\w)?")


class _Text(HTMLParser):
    """Collects what a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self._silent += tag in _SILENT
        if tag == "br" or tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def plain_text(markup: str) -> str:
    r"""Give the text of HTML, a line per paragraph.

    >>> plain_text("<p>Salt &amp; <b>pepper</b></p><p>Bread<br>Butter</p>")
    'Salt & pepper\nBread\nButter'
    """
    parser = _Text()
    parser.feed(markup)
    parser.close()
    lines = "".join(parser.parts).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def veil(text: str, hides: Callable[[str], bool]) -> str:
    """Take the handles that `hides` names (lower case) out of a text, in links too.

    >>> veil("@ann and @bob@social.example", lambda name: name == "bob")
    '@ann and @…'
    """
    return _HANDLE.sub(lambda found: f"{found[1]}…" if hides(found[2].lower()) else found[0], text)
