"""Codes that somebody writes into a profile: of one account and one wish each, none is stored."""

import base64
import hashlib
import hmac

from openclout.web.here import this_site

_PREFIX = "openclout-"


def code_for(purpose: str, *parts: str) -> str:
    """Give the code of a purpose ("claim" by a member, "leave") for an account; always the same."""
    message = "\x1f".join((purpose, *(part.strip().lower() for part in parts))).encode()
    key = f"{this_site().secret} proof".encode()
    mark = base64.b32encode(hmac.new(key, message, hashlib.sha256).digest()[:10]).decode().lower()
    return f"{_PREFIX}{mark}"


def holds_code(text: str, code: str) -> bool:
    """Tell whether a code stands in a text."""
    return code in text.lower()
