"""One typed Settings; the only reader of the environment."""

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from openclout.errors import InputError

MIB = 1 << 20
GIB = 1 << 30
ENGINES = ("duckdb", "spark")
LOGINS = {
    "github": ("id", "secret"),
    "google": ("id", "secret"),
    "reddit": ("id", "secret"),
    "stackexchange": ("id", "secret", "key"),
    "x": ("id", "secret"),
}
"""Networks by which one may sign in, and what each gives an operator who registers the site."""
SECRET_LENGTH = 50
"""The shortest secret that signs sessions in production."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things lie and how much they may use.

    `memory` bounds the engine in bytes; `unpacked` is the most that one archive may expand to in
    bytes, and `ratio` the most that any member of it may expand by (a zip bomb does millions).
    `engine` is that which measures, duckdb or spark; `spark_master` is where Spark runs.
    """

    data: Path
    threads: int
    memory: int
    unpacked: int = 200 * GIB
    ratio: int = 300
    engine: str = "duckdb"
    spark_master: str = "local[*]"


def read_settings(data: Path | None = None) -> Settings:
    """Read OPENCLOUT_DATA, _THREADS, _MEMORY, _UNPACKED, _ENGINE and _SPARK_MASTER."""
    threads = os.environ.get("OPENCLOUT_THREADS", "")
    memory = os.environ.get("OPENCLOUT_MEMORY", "")
    return Settings(
        data=(data or default_data()).expanduser().absolute(),
        threads=_positive("OPENCLOUT_THREADS", threads) if threads else (os.cpu_count() or 1),
        memory=_bytes("OPENCLOUT_MEMORY", memory) if memory else _installed_memory() // 2,
        unpacked=_bytes("OPENCLOUT_UNPACKED", os.environ.get("OPENCLOUT_UNPACKED", "200GiB")),
        engine=_one_of("OPENCLOUT_ENGINE", os.environ.get("OPENCLOUT_ENGINE", ENGINES[0]), ENGINES),
        spark_master=os.environ.get("OPENCLOUT_SPARK_MASTER", f"local[{threads or '*'}]"),
    )


@dataclass(frozen=True, slots=True)
class Database:
    """Where the site keeps what it knows: a file of SQLite's, or a PostgreSQL by its parts."""

    engine: str
    name: str
    host: str = ""
    port: str = ""
    user: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Outside:
    """How the site reaches people and networks.

    `mail` is console, file, memory (for tests) or `smtp://user:password@host:port` (smtps for TLS
    from the start); `sender` is whom mail is from. `keys` are (network, what it gave us: id,
    secret, ...).
    `loopback` are ports of this machine that may be fetched from, for tests: none in production.
    """

    mail: str = "console"
    sender: str = "openclout@localhost"
    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    loopback: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Site:
    """What the site needs beside the data folder.

    `origin` is how people reach it (`https://clout.example`); `hosts` are the names it answers to.
    `debug` shows faults in full, which `production` refuses, as it refuses a secret of our making.
    """

    settings: Settings
    database: Database
    secret: str
    hosts: tuple[str, ...]
    origin: str
    production: bool
    debug: bool
    outside: Outside = Outside()


def read_site(data: Path | None = None, production: bool = False, port: int = 8000) -> Site:
    """Read OPENCLOUT_DATABASE, _SECRET, _ORIGIN and _DEBUG beside what every verb reads.

    In production the secret must be given and be long, the origin be https, and debug be off.
    """
    settings = read_settings(data)
    origin = os.environ.get("OPENCLOUT_ORIGIN", "").rstrip("/")
    debug = os.environ.get("OPENCLOUT_DEBUG", "") not in ("", "0")
    if production:
        _require_production(origin, debug)
    shown = origin or f"http://localhost:{port}"
    host = urlsplit(shown).hostname or "localhost"
    return Site(
        settings,
        read_database(os.environ.get("OPENCLOUT_DATABASE", ""), settings.data),
        os.environ.get("OPENCLOUT_SECRET", "") or _kept_secret(settings.data),
        (host,) if production else (host, "localhost", "127.0.0.1", "[::1]", "testserver"),
        shown,
        production,
        debug,
        read_outside(host, production),
    )


def read_outside(host: str, production: bool = False) -> Outside:
    """Read OPENCLOUT_MAIL, _SENDER, _LOOPBACK and OPENCLOUT_LOGIN_ with a network's name."""
    mail = os.environ.get("OPENCLOUT_MAIL", "") or "console"
    if mail not in ("console", "file") and urlsplit(mail).scheme not in ("smtp", "smtps"):
        raise InputError("it is neither console, file nor an SMTP server", place="OPENCLOUT_MAIL",
                         fix="e.g. smtp://user:password@mail.example:587")  # fmt: skip
    ports = [port for port in os.environ.get("OPENCLOUT_LOOPBACK", "").split(",") if port.strip()]
    if ports and production:
        raise InputError("strangers could reach this machine's own servers",
                         place="OPENCLOUT_LOOPBACK", fix="unset it")  # fmt: skip
    return Outside(
        mail,
        os.environ.get("OPENCLOUT_SENDER", "") or f"openclout@{host}",
        tuple((name, _keys(name)) for name in LOGINS if _keys(name)),
        frozenset(_positive("OPENCLOUT_LOOPBACK", port.strip()) for port in ports),
    )


def _keys(network: str) -> tuple[str, ...]:
    """Read what a network gave the operator: `id:secret`, or `id:secret:key`."""
    place, wanted = f"OPENCLOUT_LOGIN_{network.upper()}", LOGINS[network]
    parts = tuple(os.environ.get(place, "").split(":"))
    if parts == ("",):
        return ()
    if len(parts) != len(wanted) or not all(parts):
        raise InputError(f"it does not hold {len(wanted)} parts", place=place,
                         fix=f"give {':'.join(wanted)}")  # fmt: skip
    return parts


def read_database(address: str, data: Path) -> Database:
    """Read `postgresql://user:password@host:port/name`; without one it is a file in `data`."""
    if not address:
        return Database("sqlite", str(data / "site" / "site.sqlite3"))
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        shown = f"{parts.scheme}://..." if parts.scheme else "what it holds"
        raise InputError(f"{shown} is no PostgreSQL with a database's name",
                         place="OPENCLOUT_DATABASE",
                         fix="e.g. postgresql://user:password@localhost/openclout")  # fmt: skip
    return Database(
        "postgresql",
        unquote(parts.path.strip("/")),
        unquote(parts.hostname or ""),
        str(parts.port or ""),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


def _require_production(origin: str, debug: bool) -> None:
    if debug:
        raise InputError("it shows faults in full to everybody", place="OPENCLOUT_DEBUG",
                         fix="unset it, or leave out --production")  # fmt: skip
    if len(os.environ.get("OPENCLOUT_SECRET", "")) < SECRET_LENGTH:
        raise InputError(f"a secret of {SECRET_LENGTH} letters or more is missing",
                         place="OPENCLOUT_SECRET",
                         fix='python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
                             " makes one; keep it")  # fmt: skip
    if not origin.startswith("https://"):
        raise InputError(f'"{origin}" is not where people reach the site, encrypted',
                         place="OPENCLOUT_ORIGIN", fix="e.g. https://clout.example")  # fmt: skip


def _kept_secret(data: Path) -> str:
    """Give the secret that this folder's site made for itself, so that sessions outlive it."""
    file = data / "site" / "secret"
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(f".{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
            opened.write(secrets.token_urlsafe(48))
        draft.replace(file)
    return file.read_text(encoding="ascii").strip()


def default_data() -> Path:
    """Tell the data folder: OPENCLOUT_DATA, else the platform's own place for user data."""
    named = os.environ.get("OPENCLOUT_DATA")
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("openclout", appauthor=False))


def _positive(name: str, text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise InputError(f'"{text}" is not a whole number above 0', place=name, fix="e.g. 2")
    return int(text)


def _one_of(name: str, text: str, choices: tuple[str, ...]) -> str:
    if text not in choices:
        raise InputError(f'"{text}" is none of {", ".join(choices)}', place=name,
                         fix=f"e.g. {choices[0]}")  # fmt: skip
    return text


def _bytes(name: str, text: str) -> int:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(K|M|G|T)i?B?", text.strip(), re.IGNORECASE)
    if not found:
        raise InputError(f'"{text}" is not an amount of memory', place=name, fix="e.g. 4GB")
    return int(float(found[1]) * 1024 ** ("KMGT".index(found[2].upper()) + 1))


def _installed_memory() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # not on Windows
        return 8 * GIB
