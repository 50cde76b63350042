"""The opt-out ledger: who wants to be left out, kept as keyed hashes, never as names.

A tombstone holds a hash for every id and handle known of one account. The key is random and stays
in the data folder, so the ledger alone tells nobody who opted out. Import, score, publish and every
reader ask it; an account that comes back under a second name that belongs to a known one is added.
"""

import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openclout.errors import NotFound, WarehouseError

try:
    import fcntl
except ImportError:  # not on Windows, where two runs at once are left to chance
    fcntl = None  # type: ignore[assignment]

KEY_LENGTH = 32
HASH_LENGTH = 32  # hex digits; 128 bits of the HMAC
_PROOF = (
    "openclout opt-outs"  # hashed with the key, it tells whether key and ledger belong together
)
LEDGER_FILES = ("optouts.json", "secret.key")
"""What a ledger consists of in its data folder."""
THIRD_PARTY_LENGTH = 24  # of a keyed id; short enough to read, long enough never to collide

Name = tuple[str, str]
"""(network, id or handle)"""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One account's opt-out: when, and the hashes of its known names."""

    added: str
    hashes: tuple[str, ...]

    @property
    def mark(self) -> str:
        """A short name for lists, from the first hash."""
        return self.hashes[0][:12]


class Ledger:
    """The opt-outs of one data folder."""

    def __init__(self, data: Path) -> None:
        """Open the ledger in `data`; its key is made at the first write."""
        self._file, self._key_file = (data / name for name in LEDGER_FILES)
        self._key = b""
        self.tombstones = self._load()

    @property
    def key(self) -> bytes:
        """The folder's own random key, made at the first use, readable by its owner only."""
        if not self._key:
            self._key = self._read_key() or self._make_key()
        return self._key

    @property
    def hashes(self) -> frozenset[str]:
        """Every hash that must not be stored nor shown."""
        return frozenset(mark for stone in self.tombstones for mark in stone.hashes)

    def keyed(self, network: str, name: str) -> str:
        """Give the HMAC-SHA-256 (RFC 2104) of an account's name on a network, 32 hex digits.

        Case, a leading @ and the way accents are composed make no difference; the engine has the
        same function over columns, so letters become small one by one, as they do there.
        """
        message = f"{_small(network)}\x1f{_small(name.removeprefix('@'))}".encode()
        return hmac.new(self.key, message, hashlib.sha256).hexdigest()[:HASH_LENGTH]

    def third_party(self, network: str, name: str) -> str:
        """Give the keyed id under which somebody else's export mentions an account."""
        return "~" + self.keyed(network, name)[:THIRD_PARTY_LENGTH]

    def holds(self, network: str, *names: str | None) -> bool:
        """Tell whether any of an account's names has opted out."""
        marks = self.hashes
        return bool(marks) and any(self.keyed(network, name) in marks for name in names if name)

    def add(self, names: Iterable[Name], now: datetime) -> Tombstone:
        """Write a tombstone for one account's names, merged with any that shares a hash."""
        hashes = {self.keyed(network, name) for network, name in names}
        return self.add_hashes(hashes, now)

    def add_hashes(self, hashes: set[str], now: datetime) -> Tombstone:
        """Write a tombstone for hashes made elsewhere with this key."""
        with self._alone():
            touching = [stone for stone in self.tombstones if hashes & set(stone.hashes)]
            for stone in touching:
                hashes = hashes | set(stone.hashes)
            added = min([stone.added for stone in touching] or [now.date().isoformat()])
            merged = Tombstone(added, tuple(sorted(hashes)))
            if touching != [merged]:
                kept = [stone for stone in self.tombstones if stone not in touching]
                self._save([*kept, merged])
        return merged

    def remove(self, names: Iterable[Name]) -> Tombstone:
        """Take back the opt-out of an account; raises NotFound where there is none."""
        hashes = {self.keyed(network, name) for network, name in names}
        with self._alone():
            for stone in self.tombstones:
                if hashes & set(stone.hashes):
                    self._save([other for other in self.tombstones if other != stone])
                    return stone
        raise NotFound("no opt-out is known for that account", fix="openclout optout list")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Change the ledger as it is now, not as it was read: another run may have added to it."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with (self._file.parent / "optouts.lock").open("w") as lock:
            if fcntl:
                fcntl.flock(lock, fcntl.LOCK_EX)
            self.tombstones = self._load()
            yield

    def _load(self) -> list[Tombstone]:
        try:
            content = json.loads(self._file.read_text(encoding="utf-8"))
            stones = [Tombstone(row["added"], tuple(row["hashes"])) for row in content["optouts"]]
            proof = str(content["proof"])
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise WarehouseError(
                f"the opt-out ledger cannot be read ({type(error).__name__}: {error})",
                place=str(self._file),
                fix="restore it from a backup; nothing is imported or shown without it",
            ) from None
        if stones and not self._read_key():
            raise self._wrong_key("is missing")
        if stones and not hmac.compare_digest(self.keyed("", _PROOF), proof):
            raise self._wrong_key("is not the one that the ledger was written with")
        return stones

    def _wrong_key(self, what: str) -> WarehouseError:
        return WarehouseError(
            f"the key of the opt-out ledger {what}, so no opt-out could be honoured",
            place=str(self._key_file),
            fix="restore it from a backup",
        )

    def _save(self, stones: list[Tombstone]) -> None:
        rows = [{"added": stone.added, "hashes": list(stone.hashes)} for stone in stones]
        content = {"proof": self.keyed("", _PROOF), "optouts": rows}
        self._write(self._file, json.dumps(content, indent=1).encode())
        self.tombstones = stones

    def _read_key(self) -> bytes:
        try:
            key = bytes.fromhex(self._key_file.read_text(encoding="ascii").strip())
        except FileNotFoundError:
            return b""
        except (OSError, ValueError) as error:
            raise self._wrong_key(f"cannot be read ({error})") from None
        if len(key) != KEY_LENGTH:
            raise self._wrong_key(f"is {len(key)} bytes long and not {KEY_LENGTH}")
        return key

    def _make_key(self) -> bytes:
        """Make the key, unless another run has made it in the meantime."""
        draft = self._key_file.with_suffix(f".{secrets.token_hex(8)}.made")
        self._write(draft, secrets.token_bytes(KEY_LENGTH).hex().encode())
        try:
            os.link(draft, self._key_file)
        except FileExistsError:
            pass
        except OSError:  # a file system without links
            draft.replace(self._key_file)
        finally:
            draft.unlink(missing_ok=True)
        return self._read_key()

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        """Write a private file so that a crash leaves the old or the new one, never half."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{secrets.token_hex(8)}.new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)


def _small(text: str) -> str:
    return "".join(letter.lower()[0] for letter in unicodedata.normalize("NFC", text))
