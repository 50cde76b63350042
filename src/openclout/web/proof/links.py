"""rel=me: two pages that say of each other that they are of the same person."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit, urlunsplit

from openclout.web.proof.fetch import fetch


class _Links(HTMLParser):
    """Collects links with rel=me."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base, self.found = base, set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the target of a link that says `me`."""
        said = dict(attrs)
        if tag in ("a", "link") and "me" in (said.get("rel") or "").lower().split():
            self.found.add(same(urljoin(self.base, said.get("href") or "")))


def links_to(page: str, target: str) -> str | None:
    """Tell whether a page says rel=me of a target; gives the page's final address, else None.

    Raises Unreached where the page cannot be fetched.
    """
    answer = fetch(page, headers={"Accept": "text/html"})
    if answer.status != 200:
        return None
    return answer.url if same(target) in links_of(answer.text, answer.url) else None


def links_of(text: str, base: str) -> set[str]:
    """Give the targets of a page's links with rel=me."""
    parser = _Links(base)
    parser.feed(text)
    return parser.found


def same(url: str) -> str:
    """Give the form of an address in which two that differ in nothing are equal.

    >>> same("HTTPS://Ann.example"), same("https://ann.example/#me")
    ('https://ann.example/', 'https://ann.example/')
    """
    parts = urlsplit(url.strip())
    return urlunsplit(
        (parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, "")
    )
