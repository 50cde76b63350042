"""Signing in by the AT protocol: OAuth with PAR, PKCE and DPoP, at the account's own server.

https://atproto.com/specs/oauth. The site is a public client: it asks who somebody is, once, and
keeps no token.
"""

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from authlib.common.security import generate_token
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.utils.translation import gettext as _

from openclout.web.claims.identity import Identity
from openclout.web.connect.dpop import Holder
from openclout.web.proof.atproto import find_handle, read_did
from openclout.web.proof.fetch import Fetched, Unreached, fetch
from openclout.web.proof.profile import scheme

SCOPE = "atproto"


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in on its way; kept in the member's session until they are back."""

    did: str
    issuer: str
    token_endpoint: str
    state: str
    verifier: str
    key: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Client:
    """This site as a client: its id is the address of its metadata; where people come back to."""

    id: str
    callback: str


def client_for(origin: str, metadata: str, callback: str) -> Client:
    """Give the client; on a machine of one's own the protocol's form for development.

    Raises Unreached on an origin that a server elsewhere could not read.
    """
    host = urlsplit(origin).hostname or ""
    if origin.startswith("https://"):
        return Client(f"{origin}{metadata}", f"{origin}{callback}")
    if host not in ("localhost", "127.0.0.1"):
        raise Unreached(_("This site has no encrypted address, so Bluesky would not trust it."))
    port = urlsplit(origin).port
    back = f"http://127.0.0.1{f':{port}' if port else ''}{callback}"
    return Client(f"http://localhost?redirect_uri={quote(back, safe='')}&scope={SCOPE}", back)


def metadata(client: Client, origin: str) -> dict[str, Any]:
    """Give the document that tells servers about this client."""
    return {
        "client_id": client.id,
        "client_name": "OpenClout",
        "client_uri": origin,
        "redirect_uris": [client.callback],
        "scope": SCOPE,
        "grant_types": ["authorization_code"],
        "response_types": ["code"],
        "application_type": "web",
        "token_endpoint_auth_method": "none",
        "dpop_bound_access_tokens": True,
    }


def start(handle: str, client: Client) -> tuple[str, Pending]:
    """Give where to send the member, and what to keep until they are back."""
    known = find_handle(handle)
    server = _server(known.server)
    holder = Holder()
    pending = Pending(
        known.did, server["issuer"], server["token_endpoint"], generate_token(32),
        generate_token(64), holder.as_dict(),
    )  # fmt: skip
    form = {
        "client_id": client.id,
        "response_type": "code",
        "scope": SCOPE,
        "redirect_uri": client.callback,
        "state": pending.state,
        "code_challenge": create_s256_code_challenge(pending.verifier),
        "code_challenge_method": "S256",
        "login_hint": known.handle,
    }
    told = _posted(server["pushed_authorization_request_endpoint"], form, holder)
    asked = urlencode({"client_id": client.id, "request_uri": told["request_uri"]})
    return f"{server['authorization_endpoint']}?{asked}", pending


def finish(pending: Pending, client: Client, state: str, issuer: str, code: str) -> Identity:
    """Give whose account it is; raises Unreached unless the answer is to our question."""
    if state != pending.state or issuer != pending.issuer:
        raise Unreached(_("The answer does not belong to the question; please start again."))
    form = {
        "client_id": client.id,
        "grant_type": "authorization_code",
        "redirect_uri": client.callback,
        "code": code,
        "code_verifier": pending.verifier,
    }
    told = _posted(pending.token_endpoint, form, Holder(pending.key))
    if told.get("sub") != pending.did or SCOPE not in str(told.get("scope", "")).split():
        raise Unreached(_("Another account signed in than the one that was named."))
    known = read_did(pending.did)
    proof = f"https://bsky.app/profile/{known.did}"
    return Identity(("bluesky",), (known.did,), known.handle, proof)


def kept(pending: Pending) -> dict[str, Any]:
    """Give what goes into the session."""
    return asdict(pending)


def _server(host: str) -> dict[str, str]:
    """Find the authorisation server of an account's server, and read what it offers."""
    _own(host)
    told = _read(f"{host}/.well-known/oauth-protected-resource")
    servers = told.get("authorization_servers")
    issuer = str(servers[0]) if isinstance(servers, list) and servers else ""
    _own(issuer)
    offered = _read(f"{issuer.rstrip('/')}/.well-known/oauth-authorization-server")
    if offered.get("issuer") != issuer:
        raise Unreached(_("%(place)s says that it is another.") % {"place": issuer[:80]})
    names = (
        "issuer",
        "authorization_endpoint",
        "token_endpoint",
        "pushed_authorization_request_endpoint",
    )
    if not all(isinstance(offered.get(name), str) for name in names):
        raise Unreached(_("%(place)s offers no way to sign in.") % {"place": issuer[:80]})
    return {name: str(offered[name]) for name in names}


def _own(address: str) -> None:
    """Raise Unreached unless an address is encrypted, or of this machine."""
    parts = urlsplit(address)
    if parts.scheme != scheme(parts.netloc):
        raise Unreached(_("%(place)s is not encrypted.") % {"place": address[:80]})


def _read(url: str) -> dict[str, Any]:
    answer = fetch(url, headers={"Accept": "application/json"})
    told = answer.json() if answer.status == 200 else None
    if not isinstance(told, dict):
        raise Unreached(_("%(place)s offers no way to sign in.") % {"place": url[:80]})
    return told


def _posted(url: str, form: dict[str, str], holder: Holder) -> dict[str, Any]:
    """Send a form with proof of the key; once more with the nonce that the server wants."""
    answer = _sent(url, form, holder)
    if answer.status in (400, 401) and answer.headers.get("DPoP-Nonce"):
        holder.nonce = answer.headers["DPoP-Nonce"]
        answer = _sent(url, form, holder)
    told = answer.json()
    if answer.status not in (200, 201) or not isinstance(told, dict):
        said = str(told.get("error_description") or told.get("error"))[:200] if told else ""
        raise Unreached(_("The account's server refused: %(said)s") % {"said": said})
    return told


def _sent(url: str, form: dict[str, str], holder: Holder) -> Fetched:
    return fetch(url, data=form, headers={"DPoP": holder.prove("POST", url)})
