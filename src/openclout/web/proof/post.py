"""A post with a code in it: who wrote it and what it says, as the network's interface gives it."""

import re
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _

from openclout.web.claims.identity import Identity
from openclout.web.proof.fetch import Unreached
from openclout.web.proof.profile import Profile, fediverse_identity, read_json, scheme

_MASTODON = re.compile(r"/(?:@[\w.-]+|users/[\w.-]+/statuses)/(\d{1,24}|[\w-]{1,60})/?", re.ASCII)
_BLUESKY = re.compile(r"/profile/([\w.:-]+)/post/([\w-]+)/?", re.ASCII)
_POSTS = "https://public.api.bsky.app/xrpc/app.bsky.feed.getPosts?uris="


def read_post(network: str, url: str) -> Profile:
    """Read who wrote a post, and its words; raises Unreached where that cannot be told."""
    read = READERS.get(network)
    if read is None:
        raise Unreached(
            _("Posts on %(place)s cannot be read by us; use the bio.") % {"place": network}
        )
    return read(url)


def _mastodon(url: str) -> Profile:
    parts = urlsplit(url)
    found = _MASTODON.fullmatch(parts.path)
    if found is None:
        raise Unreached(_("This is not the address of a post."))
    told = read_json(f"{scheme(parts.netloc)}://{parts.netloc}/api/v1/statuses/{quote(found[1])}")
    account = told.get("account") or {}
    return Profile(fediverse_identity(account, parts.netloc, url), str(told.get("content", "")))


def _bluesky(url: str) -> Profile:
    found = _BLUESKY.fullmatch(urlsplit(url).path)
    if found is None:
        raise Unreached(_("This is not the address of a post."))
    uri = f"at://{found[1]}/app.bsky.feed.post/{found[2]}"
    posts = read_json(f"{_POSTS}{quote(uri, safe='')}").get("posts") or []
    if not posts:
        raise Unreached(_("This is not the address of a post."))
    author = posts[0]["author"]
    identity = Identity(("bluesky",), (str(author["did"]),), str(author["handle"]), url)
    return Profile(identity, str((posts[0].get("record") or {}).get("text", "")))


READERS: dict[str, Callable[[str], Profile]] = {"mastodon": _mastodon, "bluesky": _bluesky}
"""Networks whose posts can be read without signing in."""
