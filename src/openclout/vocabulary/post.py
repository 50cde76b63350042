"""Post: something an account published."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Post:
    """One post. `views` is how often it was seen, where the network says so."""

    network: str
    id: str
    author: str | None
    published: datetime | str | int | float | None = None
    text: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    in_reply_to: str | None = None
    views: int | None = None
    url: str | None = None
