"""Who asks: keys, their scopes and quotas; who has no key may read, slowly."""

import hashlib
import secrets
import threading
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import F
from django.http import HttpRequest

from openclout.web.interface.errors import Forbidden, TooMany, Unauthorized
from openclout.web.interface.models import ApiKey, Scope, Usage
from openclout.web.members.models import Member

PREFIX = "oc_"
ANONYMOUS_A_MINUTE = 120
"""Requests that one address may make without a key, per process of the site."""
_REMEMBERED = 10.0  # seconds for which a key is not asked for again; so long a revoked one works
_BATCH = 50  # requests that a process counts before it writes them down
_TOGETHER = 5.0  # seconds after which it writes them down in any case


@dataclass(slots=True)
class Caller:
    """Who asks: a key with what it may do, or an address (`key` 0)."""

    key: int
    scopes: frozenset[str]
    per_day: int
    read_at: float
    day: date
    used: int
    pending: int = 0
    written_at: float = 0.0

    def require(self, scope: Scope) -> None:
        """Raise Forbidden unless the caller may do this."""
        if scope not in self.scopes:
            raise Forbidden(f'this needs a key with the scope "{scope}"')


_LOCK = threading.Lock()
_CALLERS: dict[str, Caller] = {}
_MINUTES: dict[tuple[str, int], int] = {}


def make_key(name: str, scopes: str, per_day: int, member: Member | None = None) -> str:
    """Make a key and give it: it is shown this once, only its digest is kept."""
    text = PREFIX + secrets.token_urlsafe(30)
    ApiKey.objects.create(
        member=member, name=name, digest=digest(text), scopes=scopes, per_day=per_day
    )
    return text


def digest(text: str) -> str:
    """Give what is kept of a key: it is random and long, so a plain hash is enough."""
    return hashlib.sha256(text.encode()).hexdigest()


def identify(request: HttpRequest) -> Caller:
    """Tell who asks and count it; raises Unauthorized for a wrong key, TooMany beyond a quota.

    A key stands in `Authorization: Bearer`, in `X-API-Key`, or in the address as `key`.
    """
    text = _presented(request)
    if not text:
        return _anonymous(request.META.get("REMOTE_ADDR", ""))
    with _LOCK:
        caller = _known(digest(text))
        caller.pending += 1
        if caller.used + caller.pending > caller.per_day:
            raise TooMany(_until_midnight())
        _write_down(caller)
    return caller


def _presented(request: HttpRequest) -> str:
    header = request.headers.get("Authorization", "")
    if header.lower().startswith("bearer "):
        return header[7:].strip()
    return request.headers.get("X-API-Key", "") or request.GET.get("key", "")


def _known(mark: str) -> Caller:
    """Give the caller with a key's digest, asked for anew after a while or on a new day."""
    now, today = time.monotonic(), datetime.now(UTC).date()
    known = _CALLERS.get(mark)
    if known and known.day == today and now - known.read_at < _REMEMBERED:
        return known
    row = ApiKey.objects.filter(digest=mark, revoked=None).first()
    if row is None:
        _CALLERS.pop(mark, None)
        raise Unauthorized("this key is not known, or was revoked")
    if known and known.day == today:
        known.read_at, known.per_day = now, row.per_day
        known.scopes = frozenset(row.scopes.split())
        return known
    used = Usage.objects.filter(key=row, day=today).values_list("requests", flat=True).first()
    scopes = frozenset(row.scopes.split())
    _CALLERS[mark] = Caller(row.pk, scopes, row.per_day, now, today, used or 0, 0, now)
    return _CALLERS[mark]


def _write_down(caller: Caller) -> None:
    """Add what was counted to the day's row, now and then; read what other processes counted."""
    now = time.monotonic()
    near = caller.used + caller.pending + _BATCH > caller.per_day
    if caller.pending < _BATCH and now - caller.written_at < _TOGETHER and not near:
        return
    row, _made = Usage.objects.get_or_create(key_id=caller.key, day=caller.day)
    Usage.objects.filter(pk=row.pk).update(requests=F("requests") + caller.pending)
    caller.used = row.requests + caller.pending
    caller.pending, caller.written_at = 0, now


def _anonymous(address: str) -> Caller:
    """Count a request without a key: an address may make so many a minute."""
    now = time.time()
    minute = int(now // 60)
    with _LOCK:
        if len(_MINUTES) > 10_000:
            _MINUTES.clear()
        made = _MINUTES.get((address, minute), 0) + 1
        _MINUTES[address, minute] = made
    if made > ANONYMOUS_A_MINUTE:
        raise TooMany(60 - int(now % 60))
    return Caller(0, frozenset({Scope.READ.value}), 0, 0.0, date.min, 0)


def _until_midnight() -> int:
    now = datetime.now(UTC)
    return 86400 - now.hour * 3600 - now.minute * 60 - now.second
