"""The export: everybody who has a public page, as one Parquet file, made once a publication."""

import hashlib
from pathlib import Path

import numpy as np
from django.db.models import Count, Max

from openclout.settings import Settings
from openclout.snapshot.bulk import write_parquet
from openclout.web.claims.models import Claim
from openclout.web.interface.errors import Missing
from openclout.web.published.models import Person
from openclout.web.published.state import current_publication

_TEXTS = ("slug", "label", "level", "network", "status")
_NUMBERS = (
    "score", "low", "high", "percentile", "cohort", "reach", "amplification", "network_points",
    "engagers",
)  # fmt: skip
_FLAGS = ("provisional", "quiet", "uncalibrated", "unguarded")


def export(settings: Settings) -> Path:
    """Give the file with all public people; raises Missing before the first publication.

    It is made anew when another snapshot is published or a claim has changed.
    """
    current = current_publication()
    if current is None:
        raise Missing("nothing is published yet")
    claims = Claim.objects.aggregate(Count("id"), Max("changed"), Max("id"))
    mark = hashlib.blake2b(f"{current.folder} {claims}".encode(), digest_size=8).hexdigest()
    folder = settings.data / "site" / "exports"
    target = folder / f"people-{mark}.parquet"
    if not target.is_file():
        _write(settings, target)
        for other in folder.glob("people-*.parquet"):
            if other != target:
                other.unlink(missing_ok=True)
    return target


def _write(settings: Settings, target: Path) -> None:
    names = (*_TEXTS, *_NUMBERS, *_FLAGS)
    rows = Person.objects.filter(slug__isnull=False).order_by("slug", "level").values_list(*names)
    columns = list(zip(*rows.iterator(chunk_size=10_000), strict=True)) or [()] * len(names)
    found = dict(zip(names, columns, strict=True))
    arrays = {name: np.array(found[name], dtype=object) for name in _TEXTS}
    arrays |= {name: np.array(found[name], dtype=float) for name in _NUMBERS}
    arrays |= {name: np.array([bool(v) for v in found[name]], dtype=bool) for name in _FLAGS}
    arrays["id"] = arrays.pop("slug")
    write_parquet(settings, arrays, target)
