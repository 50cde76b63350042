"""What waits for the operator."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Q

from openclout.web.desk.models import Run
from openclout.web.endorsing.models import Endorsement
from openclout.web.erasure.models import Departure
from openclout.web.mydata.models import Dispute
from openclout.web.perks.models import Perk, State
from openclout.web.published.state import Current, current_publication


@dataclass(frozen=True, slots=True)
class Today:
    """The publication that is read, the last runs, and how much waits."""

    current: Current | None
    runs: list[Run]
    perks: int
    endorsements: int
    requests: int
    departures: int


def read_desk() -> Today:
    """Give what the desk's first page shows; six queries."""
    day = datetime.now(UTC) - timedelta(days=1)
    counted = Endorsement.objects.aggregate(new=Count("id", filter=Q(created__gte=day)))
    return Today(
        current_publication(),
        list(Run.objects.select_related("by").defer("log").order_by("-id")[:5]),
        Perk.objects.filter(state=State.SUBMITTED).count(),
        counted["new"],
        Dispute.objects.filter(answered=None).count(),
        Departure.objects.filter(finished=None).count(),
    )
