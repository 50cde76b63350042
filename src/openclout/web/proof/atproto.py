"""Names of the AT protocol: a handle is a domain, it names a DID, whose document names the handle.

https://atproto.com/specs/handle, https://atproto.com/specs/did
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext as _

from openclout.web.proof.fetch import Unreached, fetch
from openclout.web.proof.profile import scheme

DIRECTORY = "https://plc.directory"
_RESOLVER = "https://public.api.bsky.app/xrpc/com.atproto.identity.resolveHandle?handle="
_HANDLE = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
_PLC = re.compile(r"did:plc:[a-z2-7]{24}")
_WEB = re.compile(r"did:web:([a-z0-9.-]+(?:%3A\d+)?)")


@dataclass(frozen=True, slots=True)
class Known:
    """A DID with the handle that both directions confirm, and the server that holds its data."""

    did: str
    handle: str
    server: str


def find_handle(text: str) -> Known:
    """Resolve a handle to its DID and back; raises Unreached where they do not agree."""
    handle = text.strip().lower().removeprefix("@")
    if not _HANDLE.fullmatch(handle):
        raise Unreached(
            _('"%(name)s" is not a handle such as ann.bsky.social.') % {"name": text[:80]}
        )
    did = _did_of(handle)
    known = read_did(did)
    if known.handle != handle:
        raise Unreached(_("%(name)s and its account do not name each other.") % {"name": handle})
    return known


def _did_of(handle: str) -> str:
    """Ask the domain itself; where it only has a DNS record, ask a resolver."""
    try:
        answer = fetch(f"https://{handle}/.well-known/atproto-did", seconds=4)
        said = answer.text.strip()
        if answer.status == 200 and said.startswith("did:"):
            return said
    except Unreached:
        pass
    answer = fetch(f"{_RESOLVER}{handle}")
    if answer.status != 200:
        raise Unreached(_("%(name)s is not known.") % {"name": handle})
    return str(answer.json().get("did", ""))


def read_did(did: str) -> Known:
    """Read a DID's document: its handle and its server."""
    document = fetch(_document_of(did)).json()
    if not isinstance(document, dict) or document.get("id") != did:
        raise Unreached(_("%(name)s has no readable document.") % {"name": did})
    names = [
        str(name) for name in document.get("alsoKnownAs") or [] if str(name).startswith("at://")
    ]
    handle = names[0].removeprefix("at://").lower() if names else ""
    return Known(did, handle, _server(document))


def _document_of(did: str) -> str:
    if _PLC.fullmatch(did):
        return f"{DIRECTORY}/{did}"
    found = _WEB.fullmatch(did)
    if found is None:
        raise Unreached(_("%(name)s is no account of the AT protocol.") % {"name": did[:80]})
    host = unquote(found[1])
    return f"{scheme(host)}://{host}/.well-known/did.json"


def _server(document: dict[str, Any]) -> str:
    for service in document.get("service") or []:
        if str(service.get("id", "")).endswith("#atproto_pds"):
            return str(service.get("serviceEndpoint", "")).rstrip("/")
    raise Unreached(_("The account's document names no server."))
