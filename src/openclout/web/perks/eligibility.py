"""Who may claim a perk, with every reason for or against it in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from openclout.web.perks.models import Perk, State


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's place in a topic, of the account that stands highest there.

    `percentile` is None while the score is provisional.
    """

    score: float
    percentile: float | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition, whether it is met, and how that is seen."""

    text: str
    met: bool


Standings = Mapping[str, Standing]
"""By topic."""


def standings(member: int) -> dict[str, Standing]:
    """Give a member's places in all topics, by the claimed accounts; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select t.topic, t.score, t.percentile from claims_claim c"
            " join published_people p on p.network = c.network and p.account = c.account"
            " join published_topic_scores t on t.owner = p.id"
            " where c.member_id = %s order by t.score",
            (member,),
        )
        return {topic: Standing(score, percentile) for topic, score, percentile in cursor}


def reasons(perk: Perk, standing: Standing | None, region: str) -> list[Reason]:
    """Give all conditions of a perk for somebody who stands so in its topic and is in a country."""
    found = [_place(perk, standing)]
    if perk.minimum_score is not None:
        found.append(_score(perk.topic, perk.minimum_score, standing))
    if perk.minimum_percentile is not None:
        found.append(_percentile(perk.topic, perk.minimum_percentile, standing))
    if perk.regions:
        found.append(_region(perk.regions.split(), region))
    return found


def open_reasons(perk: Perk, taken: int, now: datetime) -> list[Reason]:
    """Give the conditions that are the same for everybody: approved, within its time, some left."""
    left = max(perk.quota - taken, 0)
    days = {
        "start": date_format(perk.starts, "SHORT_DATE_FORMAT"),
        "end": date_format(perk.ends, "SHORT_DATE_FORMAT"),
    }
    return [
        Reason(
            _("open from %(start)s to %(end)s") % days,
            perk.state == State.APPROVED and perk.starts <= now < perk.ends,
        ),
        Reason(_("%(left)s of %(quota)s are left") % {"left": left, "quota": perk.quota}, left > 0),
    ]


def _place(perk: Perk, standing: Standing | None) -> Reason:
    topic = {"topic": perk.topic}
    if standing is None:
        return Reason(_("You have no score in %(topic)s yet.") % topic, met=False)
    return Reason(_("You have a score in %(topic)s.") % topic, met=True)


def _score(topic: str, least: float, standing: Standing | None) -> Reason:
    said = {"topic": topic, "least": number_format(least, 0)}
    if standing is None:
        return Reason(_("A score of %(least)s or more in %(topic)s.") % said, met=False)
    said["score"] = number_format(standing.score, 1)
    text = _("A score of %(least)s or more in %(topic)s: yours is %(score)s.")
    return Reason(text % said, standing.score >= least)


def _percentile(topic: str, least: float, standing: Standing | None) -> Reason:
    said = {"topic": topic, "least": number_format(least, 0)}
    if standing is None or standing.percentile is None:
        return Reason(_("Higher than %(least)s %% in %(topic)s.") % said, met=False)
    said["share"] = number_format(int(standing.percentile), 0)
    text = _("Higher than %(least)s %% in %(topic)s: you are higher than %(share)s %%.")
    return Reason(text % said, standing.percentile >= least)


def _region(wanted: list[str], region: str) -> Reason:
    said = {"regions": ", ".join(wanted), "region": region}
    if not region:
        return Reason(
            _("For people in %(regions)s: you have not said where you are.") % said, False
        )
    text = _("For people in %(regions)s: you are in %(region)s.")
    return Reason(text % said, region in wanted)
