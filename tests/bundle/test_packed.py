"""What is packed, well or badly: members under our own names, within limits, or a sentence."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import py7zr
import pytest

from openclout.bundle import Bundle, open_bundle
from openclout.errors import InputError, UnsafeInput
from openclout.settings import GIB, Settings

CONTENT = "".join(f"{n * 7919 % 10007},{n * n % 8191}\n" for n in range(20_000)).encode()
ZEROS = bytes(80 << 20)  # more than the 64 MiB up to which any ratio is harmless

Open = Callable[..., Bundle]
Entry = tuple[str, bytes | tuple[bytes, str]]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """Write a file and open it."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()

    def make(name: str, content: bytes, **limits: Any) -> Bundle:
        path = tmp_path / name
        path.write_bytes(content)
        settings = Settings(data=tmp_path / "data", threads=1, memory=GIB, **limits)
        return open_bundle(path, scratch, settings)

    return make


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return made.getvalue()


def tape(members: Iterable[Entry], how: str = "") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=f"w:{how}") as archive:  # type: ignore[call-overload]
        for name, content in members:
            entry = tarfile.TarInfo(name)
            if isinstance(content, bytes):
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
            else:
                entry.type, entry.linkname = content
                archive.addfile(entry)
    return made.getvalue()


def seven_zipped(
    members: Iterable[tuple[str, bytes]],
    password: str | None = None,
    hidden: bool = False,
    plain: bool = False,
) -> bytes:
    """Give a 7z; with `hidden` its names are encrypted too, with `plain` not even packed."""
    made = io.BytesIO()
    with py7zr.SevenZipFile(made, "w", password=password, header_encryption=hidden) as archive:
        if plain:
            archive.set_encoded_header_mode(False)
        for name, content in members:
            archive.writestr(content, name)
    return made.getvalue()


def flagged(archive: bytes, local: int, central: int, value: int) -> bytes:
    """Change one byte of a zip's first entry, in both of its headers."""
    changed = bytearray(archive)
    changed[local] = value
    changed[changed.find(b"PK\1\2") + central] = value
    return bytes(changed)


def read(bundle: Bundle) -> dict[str, bytes]:
    return {name: bundle.path(name).read_bytes() for name in bundle.names}


STREAMS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
}


@pytest.mark.parametrize("ending", STREAMS)
def test_a_compressed_file_goes_by_its_name_without_the_ending(opened: Open, ending: str) -> None:
    packed = STREAMS[ending](CONTENT)
    assert read(opened(f"a.csv.{ending}", packed)) == {"a.csv": CONTENT}
    assert read(opened("b.csv", packed)) == {"b.csv": CONTENT}  # its first bytes tell


@pytest.mark.parametrize("ending", ["gz", "xz"])
def test_a_stream_that_breaks_off_keeps_its_whole_lines(opened: Open, ending: str) -> None:
    packed = STREAMS[ending](CONTENT)
    bundle = opened(f"a.csv.{ending}", packed[: len(packed) // 2])
    kept = bundle.path("a.csv").read_bytes()
    assert kept.endswith(b"\n")
    assert 1000 < len(kept) < len(CONTENT)
    assert CONTENT.startswith(kept)
    (trouble,) = bundle.troubles
    assert trouble.startswith(f"a.csv.{ending}: broken off after {len(kept):,} unpacked bytes")
    assert trouble.endswith("Fix: download or copy it again")


def test_what_follows_a_stream_is_named(opened: Open) -> None:
    bundle = opened("a.csv.gz", gzip.compress(CONTENT) + b"garbage")
    assert read(bundle) == {"a.csv": CONTENT}
    assert len(bundle.troubles) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv.gz", gzip.compress(CONTENT)[:8]),
        ("a.csv.gz", b"no gzip at all\n"),
        ("a.csv.bz2", bz2.compress(CONTENT)[:200]),
        ("a.zip", zipped([("a.csv", CONTENT)])[:5000]),
        ("a.zip", b"no zip at all"),
        ("a.7z", seven_zipped([("a.csv", CONTENT)])[:5000]),
        ("a.7z", b"no 7z at all"),
        ("a.tar", b"no tar at all" * 100),
        ("a.tar.gz", tape([("a.csv", CONTENT)], "gz")[:50]),
        ("a.tar.xz", b"\xfd7zXZ\0 and nothing else"),
    ],
)
def test_what_is_damaged_is_said_in_a_sentence(opened: Open, name: str, content: bytes) -> None:
    with pytest.raises(InputError, match=rf"^{name}: the \w+ is damaged \(.+\)\. Fix: download"):
        read(opened(name, content))


@pytest.mark.parametrize("place", [5000, 20_000])
def test_damage_within_an_archive_names_the_member(opened: Open, place: int) -> None:
    packed = bytearray(zipped([("x/a.csv", CONTENT)]))
    packed[place : place + 20] = b"\0" * 20
    bundle = opened("a.zip", bytes(packed))
    with pytest.raises(InputError, match=r"^a\.zip/x/a\.csv: the zip is damaged"):
        bundle.path("x/a.csv")


def test_a_tar_that_breaks_off_gives_the_whole_files_before(opened: Open) -> None:
    packed = tape([("a.csv", b"1\n"), ("b.csv", CONTENT)], "gz")
    bundle = opened("a.tar.gz", packed[: len(packed) // 2])
    assert read(bundle) == {"a.csv": b"1\n"}
    assert bundle.troubles == ["a.tar.gz: cut short after 1 files. Fix: download or copy it again"]


@pytest.mark.parametrize("how", ["", "gz", "bz2", "xz"])
def test_a_tar_is_known_by_its_first_bytes(opened: Open, how: str) -> None:
    packed = tape([("x/a.csv", CONTENT), ("b.csv", b"1\n")], how)
    assert read(opened("export", packed)) == {"x/a.csv": CONTENT, "b.csv": b"1\n"}


def test_members_of_all_archives(opened: Open) -> None:
    members = [("x/a.csv", CONTENT), ("leer.csv", b""), ("ü" * 90 + "/" + "b" * 200, b"1\n")]
    expected = dict(members)
    assert read(opened("a.zip", zipped(members))) == expected
    assert read(opened("b", zipped(members))) == expected
    assert read(opened("a.7z", seven_zipped(members))) == expected
    assert read(opened("a.tgz", tape(members, "gz"))) == expected


def test_a_packed_member_goes_by_its_name_without_the_ending(opened: Open, tmp_path: Path) -> None:
    packed = gzip.compress(CONTENT)
    members = [("a.csv.gz", packed), ("b.csv", b"1\n"), ("b.csv.gz", packed), (".gz", packed)]
    bundle = opened("a.zip", zipped(members))
    assert bundle.names == [".gz", "a.csv", "b.csv", "b.csv.gz"]
    assert bundle.path("a.csv").read_bytes() == CONTENT
    assert bundle.path("b.csv").read_bytes() == b"1\n"
    assert opened("a.tar", tape(members)).head("a.csv", 10) == CONTENT[:10]


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/evil.csv", "a/../../b", "..\\evil", "C:\\x"])
def test_a_path_that_climbs_out_is_refused(opened: Open, tmp_path: Path, name: str) -> None:
    before = sorted(path for path in tmp_path.parent.rglob("*") if "evil" in path.name)
    for ending, content in (("zip", zipped([(name, b"x")])), ("tar", tape([(name, b"x")]))):
        with pytest.raises(UnsafeInput, match=r"holds a path that climbs out: "):
            read(opened(f"a.{ending}", content))
    after = sorted(path for path in tmp_path.parent.rglob("*") if "evil" in path.name)
    assert after == before


def test_a_path_that_climbs_out_of_a_7z_is_refused(opened: Open) -> None:
    made = seven_zipped([("aa/evil.csv", b"x")], plain=True)
    names = ("aa/evil.csv".encode("utf-16-le"), "../evil.csv".encode("utf-16-le"))
    assert names[0] in made
    with pytest.raises(UnsafeInput, match=r'climbs out: "\.\./evil\.csv"'):
        opened("a.7z", with_header_sum(made.replace(*names)))


def with_header_sum(archive: bytes) -> bytes:
    """Make the sums of a 7z right again: of its header, and of where that lies (7zFormat.txt)."""
    offset, size = struct.unpack("<QQ", archive[12:28])
    header = archive[32 + offset : 32 + offset + size]
    start = archive[12:28] + struct.pack("<I", zlib.crc32(header))
    return archive[:8] + struct.pack("<I", zlib.crc32(start)) + start + archive[32:]


def test_links_are_passed_over(opened: Open, tmp_path: Path) -> None:
    members: list[Entry] = [
        ("a.csv", b"1\n"),
        ("soft.csv", (tarfile.SYMTYPE, "/etc/passwd")),
        ("hard.csv", (tarfile.LNKTYPE, "/etc/passwd")),
        ("pipe.csv", (tarfile.FIFOTYPE, "")),
    ]
    assert read(opened("a.tar", tape(members))) == {"a.csv": b"1\n"}
    with pytest.raises(InputError, match=r"b\.tar: the tar holds no file"):
        opened("b.tar", tape(members[1:]))
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.csv").write_bytes(b"1\n")
    (folder / "soft.csv").symlink_to("a.csv")
    made = io.BytesIO()
    with py7zr.SevenZipFile(made, "w") as archive:
        archive.writeall(folder, ".")
    assert read(opened("a.7z", made.getvalue())) == {"a.csv": b"1\n"}


BOMBS: dict[str, Callable[[], bytes]] = {
    "a.csv.gz": lambda: gzip.compress(ZEROS),
    "a.csv.xz": lambda: lzma.compress(ZEROS, preset=0),
    "a.zip": lambda: zipped([("a.csv", ZEROS)]),
    "a.tar.xz": lambda: lzma.compress(tape([("a.csv", ZEROS)]), preset=0),
    "a.7z": lambda: seven_zipped([("a.csv", ZEROS)]),
    "b.zip": lambda: zipped([("a.csv.gz", gzip.compress(ZEROS))]),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_not_unpacked(opened: Open, tmp_path: Path, name: str) -> None:
    with pytest.raises(
        UnsafeInput, match=r"packed bytes grow more than 300-fold\. Fix: this looks"
    ):
        read(opened(name, BOMBS[name]()))
    written = sum(path.stat().st_size for path in (tmp_path / "scratch").rglob("*"))
    assert written < len(ZEROS)


@pytest.mark.slow
def test_gigabytes_of_zeros_fill_no_disk(opened: Open, tmp_path: Path) -> None:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.csv", "w", force_zip64=True) as member,
    ):
        for _ in range(26):
            member.write(ZEROS)
    with pytest.raises(UnsafeInput, match="grow more than 300-fold"):
        read(opened("a.zip", made.getvalue()))
    written = sum(path.stat().st_size for path in (tmp_path / "scratch").rglob("*"))
    assert written < 310 * len(made.getvalue())


@pytest.mark.parametrize("ending", ["zip", "tar", "csv.gz", "7z"])
def test_an_archive_may_take_so_much_room_and_no_more(opened: Open, ending: str) -> None:
    make: dict[str, Callable[[], bytes]] = {
        "zip": lambda: zipped([("a.csv", CONTENT), ("b.csv", CONTENT)]),
        "tar": lambda: tape([("a.csv", CONTENT), ("b.csv", CONTENT)]),
        "csv.gz": lambda: gzip.compress(CONTENT * 2),
        "7z": lambda: seven_zipped([("a.csv", CONTENT), ("b.csv", CONTENT)]),
    }
    room = len(CONTENT) + 1000
    with pytest.raises(UnsafeInput, match=rf"takes more than {room:,} bytes\. Fix: free some disk"):
        read(opened(f"a.{ending}", make[ending](), unpacked=room))


def test_passwords_and_unknown_methods_are_named(opened: Open) -> None:
    plain = zipped([("a.csv", CONTENT)])
    with pytest.raises(InputError, match=r"^a\.zip: the archive has a password\. Fix: unpack it"):
        read(opened("a.zip", flagged(plain, 6, 8, 1)))
    for encrypted in (False, True):
        packed = seven_zipped([("a.csv", b"1")], password="x", hidden=encrypted)  # noqa: S106
        with pytest.raises(InputError, match=r"^a\.7z: the archive has a password"):
            opened("a.7z", packed)
    with pytest.raises(InputError, match=r"^b\.zip/a\.csv: it is packed in a way that is not read"):
        read(opened("b.zip", flagged(plain, 8, 10, 9)))


def test_an_archive_of_nothing(opened: Open) -> None:
    with pytest.raises(InputError, match=r"a\.zip: the zip holds no file\. Fix: export it again"):
        opened("a.zip", zipped([]))
