"""How mail leaves the site: printed, put into files, or by SMTP."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from openclout.settings import Outside

_BACKENDS = "django.core.mail.backends"


def mail_settings(outside: Outside, data: Path) -> dict[str, Any]:
    """Give Django's settings for mail."""
    common = {"DEFAULT_FROM_EMAIL": outside.sender, "SERVER_EMAIL": outside.sender}
    if outside.mail in ("console", "memory"):
        kind = "locmem" if outside.mail == "memory" else "console"
        return {**common, "EMAIL_BACKEND": f"{_BACKENDS}.{kind}.EmailBackend"}
    if outside.mail == "file":
        folder = data / "site" / "mail"
        return {**common, "EMAIL_BACKEND": f"{_BACKENDS}.filebased.EmailBackend",
                "EMAIL_FILE_PATH": folder}  # fmt: skip
    server = urlsplit(outside.mail)
    whole = server.scheme == "smtps"
    return {
        **common,
        "EMAIL_BACKEND": f"{_BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": server.hostname or "localhost",
        "EMAIL_PORT": server.port or (465 if whole else 587),
        "EMAIL_HOST_USER": unquote(server.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(server.password or ""),
        "EMAIL_USE_SSL": whole,
        "EMAIL_USE_TLS": not whole and bool(server.username),
        "EMAIL_TIMEOUT": 20,
    }
