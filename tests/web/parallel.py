"""Clicks at once: the same thing done by many threads, each with a connection of its own."""

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def at_once(works: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """Do all of them at the same moment; give what each returned, or the error that it ended in."""
    from django.db import connections

    gate = threading.Barrier(len(works))
    done: list[T | Exception] = [RuntimeError("not run")] * len(works)

    def run(place: int) -> None:
        gate.wait()
        try:
            done[place] = works[place]()
        except Exception as error:
            done[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return done
