"""Everything that is stored of a member, by what it is and where it is from (GDPR Art. 15, 20)."""

import json
import subprocess
import sys
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from openclout.web.claims.models import Claim
from openclout.web.here import this_site
from openclout.web.members.models import Member
from openclout.web.published.models import TABLES, Person, Post
from openclout.web.published.state import current_publication

_SECRET = {"password", "digest", "client_secret", "token"}
_LONGEST = 120  # seconds for what the warehouse holds
Row = dict[str, Any]


def everything(member: Member) -> dict[str, Any]:
    """Give all of it, for the download."""
    current = current_publication()
    claims = list(Claim.objects.filter(member=member).order_by("network", "account"))
    return {
        "about": _("All that this site stores of you, and where it is from."),
        "site": this_site().origin,
        "published_as_of": current.as_of.isoformat() if current else None,
        "member": _row(member),
        "addresses": [_row(row) for row in EmailAddress.objects.filter(user=member)],
        "connections": [_row(row) for row in SocialAccount.objects.filter(user=member)],
        "accounts": [account(claim) for claim in claims],
        "kept_here": kept_here(member, claims),
    }


def account(claim: Claim) -> dict[str, Any]:
    """Give what is published of an account, and what the warehouse holds with its sources."""
    row = Person.objects.filter(
        network=claim.network, account=claim.account, level="account"
    ).first()
    posts = Post.objects.filter(author=row.id).order_by("place") if row else []
    return {
        "claim": _row(claim),
        "published": _row(row) if row else None,
        "posts": [_row(post) for post in posts],
        "warehouse": from_warehouse(claim),
    }


def kept_here(member: Member, claims: list[Claim]) -> dict[str, list[Row]]:
    """Give the rows of every table of ours that points to the member or names their accounts."""
    found: dict[str, list[Row]] = {}
    for model in apps.get_models():
        if not model.__module__.startswith("openclout.web.") or model in (Member, Claim, *TABLES):
            continue
        rows = [_row(row) for row in _mine(model, member, claims)]
        if rows:
            found[model._meta.label_lower] = rows
    return found


def _mine(model: type[models.Model], member: Member, claims: list[Claim]) -> list[models.Model]:
    wanted = models.Q(pk__in=[])
    names = {field.name for field in model._meta.get_fields()}
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.related_model is Member:
            wanted |= models.Q(**{field.name: member})
        if isinstance(field, models.ForeignKey) and field.related_model is Claim:
            wanted |= models.Q(**{f"{field.name}__in": claims})
    if {"network", "account"} <= names:
        for claim in claims:
            wanted |= models.Q(network=claim.network, account=claim.account)
    return list(model._default_manager.filter(wanted).distinct())


def _row(row: models.Model) -> Row:
    values = {f.attname: f.value_from_object(row) for f in row._meta.concrete_fields}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
        if name not in _SECRET
    }


def from_warehouse(claim: Claim) -> Any:
    """Ask the command line what the warehouse holds; it may be in use, or hold nothing."""
    spec = f"{claim.network}:{claim.account}"
    data = str(this_site().settings.data)
    command = [sys.executable, "-m", "openclout", "person", "data", spec, "--data", data]
    try:
        done = subprocess.run(  # noqa: S603 - our own
            command, capture_output=True, text=True, check=False, timeout=_LONGEST
        )
    except subprocess.TimeoutExpired:
        return _("The warehouse is in use; please try again later.")
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip()
