"""Django's settings as a module, for tools that want one (mypy's plugin): an empty site."""

import tempfile
from pathlib import Path

from openclout.settings import Database, Settings, Site
from openclout.web.configuration import django_settings

_FOLDER = Path(tempfile.gettempdir())
_SITE = Site(
    Settings(_FOLDER, 1, 1 << 30), Database("sqlite", ":memory:"), "tools", (), "", False, False
)
globals().update(django_settings(_SITE))
