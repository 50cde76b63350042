"""One folder per network or file format, most particular first: the first to recognise it reads."""

from openclout.connector import Connector
from openclout.connectors import (
    activitystreams,
    github,
    openclout,
    sourcecred,
    stackexchange,
    table,
    x_archive,
)

CONNECTORS: tuple[Connector, ...] = (
    stackexchange.CONNECTOR,
    x_archive.CONNECTOR,
    activitystreams.MASTODON,
    sourcecred.CONNECTOR,
    github.CONNECTOR,
    activitystreams.CONNECTOR,
    openclout.CONNECTOR,
    table.CONNECTOR,
)
