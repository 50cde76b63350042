"""Whose words made GitHub record a mention.

A `mentioned` event names who was mentioned and when, not by whom or where. Texts alone will not do:
"@" also stands before decorators, packages and names of nobody.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

_AT_ONCE = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote in a thread; `author` is None where the account was deleted."""

    author: str | None
    published: datetime
    text: str


def find_words(login: str, moment: datetime, thread: Sequence[Words]) -> Words | None:
    """Find the words that mentioned `login` at `moment`, None where they are gone.

    First choice are words of that very moment with the login in them, then with any "@" (a team, or
    a login since renamed), then the latest words before it that hold the login (they were edited).
    """
    now = [words for words in thread if abs(words.published - moment) <= _AT_ONCE]
    named = _naming(login, thread)
    for choice in ([w for w in now if w in named], [w for w in now if "@" in w.text]):
        if choice:
            return min(choice, key=lambda words: abs(words.published - moment))
    earlier = [words for words in named if words.published <= moment]
    return max(earlier, key=lambda words: words.published, default=None)


def _naming(login: str, thread: Sequence[Words]) -> list[Words]:
    name = re.compile(rf"(?<![\w@/-])@{re.escape(login)}(?!\w|-\w)", re.IGNORECASE)
    return [words for words in thread if name.search(words.text)]
