"""ActivityStreams 2: a Mastodon account's export, and any other collection. See README.md."""

from openclout.connector import Connector
from openclout.connectors.activitystreams.collection import read_collection, recognise_collection
from openclout.connectors.activitystreams.mastodon import NETWORK, read_export, recognise_export

_PRIVATE = (
    "what is not addressed to the public: direct, followers-only and limited posts, blind copies",
    "bookmarks",
    "places, attachments and key pairs",
)

MASTODON = Connector(
    name=NETWORK,
    label="Mastodon export",
    recognise=recognise_export,
    read=read_export,
    names=False,
    private=(*_PRIVATE, "addresses and handles of others, also within texts"),
)

CONNECTOR = Connector(
    name="activitystreams",
    label="ActivityStreams 2 collection",
    recognise=recognise_collection,
    read=read_collection,
    private=_PRIVATE,
)
