"""Signing in at any server of the fediverse: the site registers there when first asked (OAuth 2).

https://docs.joinmastodon.org/client/token/
"""

from typing import Any

import httpx2
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from django.utils.translation import gettext as _

from openclout.web.claims.identity import Identity
from openclout.web.connect.models import Instance
from openclout.web.proof.fetch import Transport, Unreached, fetch, reaching
from openclout.web.proof.profile import fediverse_identity, scheme

SCOPE = "read:accounts"


def start(host: str, callback: str) -> tuple[str, str]:
    """Give where to send the member, and the state to expect back; registers at a new server."""
    client = _client(_instance(host, callback), callback)
    url, state = client.create_authorization_url(f"{_root(host)}/oauth/authorize")
    return str(url), str(state)


def finish(host: str, callback: str, code: str) -> Identity:
    """Give whose account it is; raises Unreached where the server does not say."""
    with reaching(_root(host)), _client(_instance(host, callback), callback) as client:
        try:
            client.fetch_token(
                f"{_root(host)}/oauth/token", code=code, grant_type="authorization_code"
            )
            told = client.get(f"{_root(host)}/api/v1/accounts/verify_credentials").json()
            client.revoke_token(f"{_root(host)}/oauth/revoke")
        except (OAuthError, httpx2.HTTPError, KeyError):
            raise Unreached(_("%(place)s did not confirm the account.") % {"place": host}) from None
    return fediverse_identity(told, host, str(told.get("url", "")))


def _client(instance: Instance, callback: str) -> Any:
    return OAuth2Client(
        instance.client_id, instance.client_secret, scope=SCOPE, redirect_uri=callback,
        token_endpoint_auth_method="client_secret_post",  # noqa: S106 - the name of a method
        transport=Transport(), trust_env=False,
    )  # fmt: skip


def _instance(host: str, callback: str) -> Instance:
    found = Instance.objects.filter(host=host).first()
    if found is not None:
        return found
    form = {"client_name": "OpenClout", "redirect_uris": callback, "scopes": SCOPE}
    answer = fetch(f"{_root(host)}/api/v1/apps", data=form)
    told = answer.json() if answer.status == 200 else {}
    if not isinstance(told, dict) or not told.get("client_id") or not told.get("client_secret"):
        raise Unreached(_("%(place)s is no server that we can sign in at.") % {"place": host})
    made, _new = Instance.objects.get_or_create(
        host=host,
        defaults={"client_id": told["client_id"], "client_secret": told["client_secret"]},
    )
    return made


def _root(host: str) -> str:
    return f"{scheme(host)}://{host}"
