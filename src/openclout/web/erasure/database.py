"""Taking an account out of the site's database: its rows, what points to it, its name in texts.

Whatever table has `network` and `account` is emptied of it, so that a feature that adds such a
table need not think of it. The published tables say in their models which columns hold numbers of
people and which hold texts.
"""

import re
from collections.abc import Iterable

from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.db import models
from django.db.models import Q

from openclout.web.published.models import TABLES, Person

HIDDEN = "…"
"""What stands in a text instead of a name."""


def known_names(network: str, names: Iterable[str]) -> set[str]:
    """Give the names with every other name by which the published tables know the account."""
    found = {name.strip().removeprefix("@") for name in names}
    for row in _rows(network, found):
        found |= {name for name in (row.account, row.handle) if name}
    return found


def _rows(network: str, names: Iterable[str]) -> "models.QuerySet[Person]":
    small = [name.lower() for name in names]
    mine = Q(account__in=[*names, *small]) | Q(handle_key__in=small)
    return Person.objects.filter(mine, network=network, level="account")


def remove_account(network: str, names: set[str]) -> None:
    """Delete an account from the published tables, and from all others that name accounts."""
    rows = list(_rows(network, names).values_list("id", "person"))
    numbers = [number for number, _person in rows]
    persons = [person for _number, person in rows if person is not None]
    for table in TABLES:
        for column in table.numbers:
            for number in (*numbers, *persons):
                ours = {f"{column}__gte": number * table.per,
                        f"{column}__lt": (number + 1) * table.per}  # fmt: skip
                table._default_manager.filter(**ours).delete()
    Person.objects.filter(person__in=persons).update(person=None)
    for model in _naming_models():
        model._default_manager.filter(network=network, account__in=names).delete()
    _remove_connections(names)


def _naming_models() -> list[type[models.Model]]:
    """Give the models of our own that name an account by network and id."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("openclout.web.")
        and model not in TABLES
        and {"network", "account"} <= {field.name for field in model._meta.get_fields()}
    ]


def _remove_connections(names: set[str]) -> None:
    """Delete what allauth keeps of the account on its network."""
    for found in SocialAccount.objects.filter(uid__in=names):
        found.delete()


def remove_texts(names: Iterable[str]) -> None:
    """Take names out of what others wrote and is published here; words, not parts of words."""
    words = [name for name in names if len(name) > 1]
    if not words:
        return
    either = "|".join(re.escape(name) for name in sorted(words, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w@])@?(?:{either})(?!\w)", re.IGNORECASE)
    for table in TABLES:
        for column in table.texts:
            _clear(table, column, words, pattern)


def _clear(table: type[models.Model], column: str, words: list[str], name: re.Pattern[str]) -> None:
    anywhere = Q()
    for word in words:
        anywhere |= Q(**{f"{column}__icontains": word})
    for key, text in table._default_manager.filter(anywhere).values_list("pk", column):
        cleared = name.sub(HIDDEN, text)
        if cleared != text:
            table._default_manager.filter(pk=key).update(**{column: cleared})
