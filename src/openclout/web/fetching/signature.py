"""The signature of a message, by which its receiver knows who sent it, and when.

`OpenClout-Signature: t=1767225600,v1=<hex>` is the HMAC-SHA-256 (RFC 2104), by the webhook's
secret, of the time, a full stop and the body; a receiver refuses what is older than five minutes.
"""

import hashlib
import hmac
from datetime import datetime


def sign(secret: str, body: bytes, now: datetime) -> str:
    """Give the signature of a body sent at a time.

    >>> from datetime import UTC
    >>> sign("s", b"{}", datetime(2026, 1, 1, tzinfo=UTC))[:22]
    't=1767225600,v1=4e2ddb'
    """
    stamp = str(int(now.timestamp()))
    mark = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256)
    return f"t={stamp},v1={mark.hexdigest()}"
