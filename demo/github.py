"""The repository of an invented kettle's firmware, as a backup through GitHub's REST API.

One JSON file per issue and pull, with its timeline, as github-metadata-backup writes it.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

from demo import rest
from demo.people import Person, Span, cast, draw_people
from demo.rest import Json
from demo.rhythm import draw_count, draw_moments, wait

MONTHS = timedelta(days=456)
PEOPLE = 118
THREADS = 88
BOT = "kettle-ci[bot]"
_PARTS = ("the heater", "the display", "the boil sensor", "the clock", "the serial console",
          "the lid switch", "the tea timer", "over-the-air update")  # fmt: skip
_FAULTS = ("{} forgets its setting after a power cut", "{} beeps at night",
           "{} is two degrees off", "Document {} for beginners",
           "{} friert bei 82 °C ein", "Crash when {} starts twice")  # fmt: skip
_CHANGES = ("Rewrite {} as a state machine", "Test {} without hardware", "Make {} configurable",
            "Translate {} into German", "Speed up {}")  # fmt: skip
_WORDS = ("I can reproduce this with the small kettle.", "Does it happen with descaled water?",
          "Works on my bench, thank you!", "Could you attach a log?", "Same here since 2.3.",
          "Klingt gut, probiere ich am Wochenende.", "Let us keep the old default.")  # fmt: skip
_REVIEWS = ("APPROVED", "APPROVED", "COMMENTED", "CHANGES_REQUESTED")
_LABELS = ("bug", "documentation", "good first issue", "hardware")


@dataclass(slots=True)
class Project:
    """Who takes part, how often, and the numbers given so far."""

    people: list[Person]
    span: Span
    rng: Random
    users: dict[str, Json] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(70_001))

    def __post_init__(self) -> None:
        for number, person in enumerate(self.people, start=101):
            self.users[person.handle] = rest.make_user(person.handle, number)
        self.users[BOT] = rest.make_user(BOT, 100, "Bot")

    def pick(self, at: datetime, regular: float) -> Person:
        """Pick somebody who is there; the higher `regular`, the more often the same few."""
        present = [person for person in self.people if person.joined <= at < person.left]
        return self.rng.choices(present, [(p.acts + 0.05) ** regular for p in present])[0]

    def later(self, at: datetime, days: float) -> datetime:
        """Give a later moment, never after the end."""
        moment = wait(at, timedelta(days=days), self.rng)
        return min(moment, self.span.end - timedelta(seconds=2))

    def soon(self, at: datetime, seconds: int) -> datetime:
        """Give the moment some seconds later, never after the end."""
        return min(at + timedelta(seconds=seconds), self.span.end - timedelta(seconds=1))


@dataclass(slots=True)
class Thread:
    """An issue or pull as it grows."""

    top: Json
    page: str
    author: Person
    is_pull: bool
    events: list[Json] = field(default_factory=list)
    lines: list[Json] = field(default_factory=list)


def write_github(folder: Path, end: datetime, seed: int) -> None:
    """Write issues/N.json, pulls/N.json and state.json; files of an earlier run are removed."""
    rng = Random(f"{seed}:github")
    span = Span(end - MONTHS, end)
    people = [*cast(span).values(), *draw_people(PEOPLE, span, rng)]
    project = Project(people, span, rng)
    for kind in ("issues", "pulls"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for old in (folder / kind).glob("*.json"):
            old.unlink()
    moments = draw_moments(THREADS / span.weeks, span.start, span.end, 20, rng)
    for number, at in enumerate(moments, start=1):
        _write_thread(folder, number, _draw_thread(number, at, project))
    backup = f"{end:%Y-%m-%dT%H:%M:%S}.000000000Z"
    state = {"version": 2, "last_backup": backup, "failed_issues": [], "failed_pulls": []}
    _write(folder / "state.json", state)


def _draw_thread(number: int, at: datetime, project: Project) -> Thread:
    rng = project.rng
    is_pull = rng.random() < 0.32
    author = project.pick(at, 0.7 if is_pull else 0.1)
    title = rng.choice(_CHANGES if is_pull else _FAULTS).format(rng.choice(_PARTS))
    make = rest.make_pull if is_pull else rest.make_issue
    title = title[0].upper() + title[1:]
    top = make(number, project.users[author.handle], title, f"{rng.choice(_WORDS)}\r\n", at)
    thread = Thread(top, str(top["html_url"]), author, is_pull)
    if is_pull:
        _start_pull(thread, number, at, project)
    else:
        _label(thread, at, project)
    latest = _talk(thread, at, project)
    if is_pull:
        latest = _review(thread, number, latest, project)
    if rng.random() < 0.75:
        _close(thread, number, latest, project)
    return thread


def _start_pull(thread: Thread, number: int, at: datetime, project: Project) -> None:
    """The commit, and the bot that tests it."""
    author, title = thread.author, str(thread.top["title"])
    thread.events.append(rest.make_commit(number, author.name, author.handle, title, at))
    _comment(thread, BOT, "All 214 tests passed.", project.soon(at, 90), project)


def _label(thread: Thread, at: datetime, project: Project) -> None:
    label = rest.make_label(project.rng.choice(_LABELS))
    thread.top["labels"] = [label]
    worn = {"name": label["name"], "color": label["color"]}
    user, later = project.users["ann"], project.soon(at, 600)
    event = rest.make_event("labeled", next(project.numbers), user, later, label=worn)
    thread.events.append(event)


def _talk(thread: Thread, at: datetime, project: Project) -> datetime:
    """Let people comment; the author answers, sometimes by name. Cat comments, unanswered."""
    rng = project.rng
    for _ in range(draw_count(1.9, rng)):
        at = project.later(at, 3)
        voice = project.pick(at, 0.7)
        _comment(thread, voice.handle, rng.choice(_WORDS), at, project)
        if voice is not thread.author and rng.random() < 0.35 and at < thread.author.left:
            at = project.later(at, 1)
            text = f"@{voice.handle} {rng.choice(_WORDS)}" if rng.random() < 0.5 else "Thank you!"
            _comment(thread, thread.author.handle, text, at, project, named=voice)
    if rng.random() < 0.3:
        at = project.later(at, 1)
        _comment(thread, "cat", "Interesting! Follow me for more.", at, project)
    return at


def _comment(
    thread: Thread, login: str, text: str, at: datetime, project: Project, *,
    named: Person | None = None,
) -> None:  # fmt: skip
    number = next(project.numbers)
    comment = rest.make_comment(number, thread.page, project.users[login], text, at)
    thread.events.append(comment)
    thread.top["comments"] = int(str(thread.top["comments"])) + 1
    if named and text.startswith(f"@{named.handle} "):
        user, at = project.users[named.handle], project.soon(at, 1)
        for kind in ("mentioned", "subscribed"):
            thread.events.append(rest.make_event(kind, next(project.numbers), user, at))


def _review(thread: Thread, number: int, at: datetime, project: Project) -> datetime:
    rng = project.rng
    for _ in range(rng.choice((0, 1, 1, 2))):
        at = project.later(at, 2)
        reviewer = project.pick(at, 1.6)
        if reviewer is thread.author:
            continue
        user, state = project.users[reviewer.handle], rng.choice(_REVIEWS)
        review = rest.make_review(
            next(project.numbers), number, user, rng.choice(_WORDS), state, at
        )
        thread.events.append(review)
        if state != "APPROVED":
            text, line = rng.choice(_WORDS), rng.randrange(10, 400)
            comment = rest.make_line_comment(next(project.numbers), review, number, text, line)
            thread.lines.append(comment)
    thread.top["review_comments"] = len(thread.lines)
    return at


def _close(thread: Thread, number: int, at: datetime, project: Project) -> None:
    """A maintainer merges a pull or closes an issue; some authors close their own."""
    at = project.later(at, 4)
    own = project.rng.random() < 0.2 and at < thread.author.left
    closer = project.users[thread.author.handle if own else project.rng.choice(("ann", "dan"))]
    top = thread.top
    top |= {"state": "closed", "closed_at": rest.stamp(at), "updated_at": rest.stamp(at)}
    if thread.is_pull and not own:
        sha = rest.digest(f"merge {number}")
        top |= {"merged": True, "merged_at": rest.stamp(at), "merged_by": closer}
        commit = {"commit_id": sha, "commit_url": f"{rest.REPO}/commits/{sha}"}
        thread.events.append(rest.make_event("merged", next(project.numbers), closer, at, **commit))
    elif not thread.is_pull:
        top |= {"state_reason": "completed", "closed_by": closer}
    thread.events.append(rest.make_event("closed", next(project.numbers), closer, at))


def _write_thread(folder: Path, number: int, thread: Thread) -> None:
    kind = "pull" if thread.is_pull else "issue"
    whole: Json = {"type": kind, kind: thread.top, "events": thread.events}
    if thread.is_pull:
        whole["comments"] = thread.lines
    _write(folder / f"{kind}s" / f"{number}.json", whole)


def _write(path: Path, value: Sequence[object] | Json) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False), encoding="utf-8")
