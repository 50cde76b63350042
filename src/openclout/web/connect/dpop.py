"""DPoP: a key of one's own that shows that a request is from whoever began (RFC 9449)."""

import time
from typing import Any

from authlib.common.security import generate_token
from joserfc import jwt
from joserfc.jwk import ECKey


class Holder:
    """Holds a P-256 key and the nonce that the server gave last."""

    def __init__(self, key: dict[str, Any] | None = None) -> None:
        """Take a key up again, or make one."""
        self._key = ECKey.import_key(key) if key else ECKey.generate_key("P-256")
        self.nonce = ""

    def as_dict(self) -> dict[str, Any]:
        """Give the key to keep in a session."""
        return dict(self._key.as_dict(private=True))

    def prove(self, method: str, url: str) -> str:
        """Give the proof for one request."""
        header = {"alg": "ES256", "typ": "dpop+jwt", "jwk": self._key.as_dict(private=False)}
        content: dict[str, Any] = {
            "jti": generate_token(24), "htm": method, "htu": url, "iat": int(time.time()),
        }  # fmt: skip
        if self.nonce:
            content["nonce"] = self.nonce
        return jwt.encode(header, content, self._key, algorithms=["ES256"])
