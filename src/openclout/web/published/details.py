"""Reading what is packed beside people's rows, of several accounts in one query."""

from collections.abc import Iterable
from typing import Any

import orjson
from django.db import connection

from openclout.snapshot.detail import KINDS
from openclout.web.published.models import Detail

_TABLE = Detail._meta.db_table
Details = dict[tuple[int, int], Any]
"""Content by owner (a person's id) and kind."""


def read_details(owners: Iterable[int], kinds: Iterable[int]) -> Details:
    """Give the details of these kinds of these owners; one query."""
    wanted = [owner * KINDS + kind for owner in owners for kind in kinds]
    marks = ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(f"select id, content from {_TABLE} where id in ({marks})", wanted)
        return {divmod(row, KINDS): orjson.loads(content) for row, content in cursor.fetchall()}
