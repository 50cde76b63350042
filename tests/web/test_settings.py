"""What a site is made of, and what --production refuses."""

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from openclout.cli.serve import command
from openclout.errors import InputError
from openclout.settings import SECRET_LENGTH, Database, read_database, read_site
from openclout.web.configuration import django_settings

GOOD = {"OPENCLOUT_SECRET": "s" * SECRET_LENGTH, "OPENCLOUT_ORIGIN": "https://clout.example"}


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"OPENCLOUT_SECRET": None}, "OPENCLOUT_SECRET"),
        ({"OPENCLOUT_SECRET": "short"}, "OPENCLOUT_SECRET"),
        ({"OPENCLOUT_DEBUG": "1"}, "OPENCLOUT_DEBUG"),
        ({"OPENCLOUT_ORIGIN": None}, "OPENCLOUT_ORIGIN"),
        ({"OPENCLOUT_ORIGIN": "http://clout.example"}, "OPENCLOUT_ORIGIN"),
    ],
)
def test_production_refuses_what_is_unsafe(
    changed: dict[str, str | None], named: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in {**GOOD, **changed}.items():
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    result = CliRunner().invoke(command, ["--production", "--data", str(tmp_path)])
    assert isinstance(result.exception, InputError)
    assert named in str(result.exception)


def test_production_sends_cookies_encrypted_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    made = django_settings(read_site(tmp_path, production=True))
    assert made["ALLOWED_HOSTS"] == ["clout.example"]
    assert made["DEBUG"] is False
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY"):
        assert made[name] is True
    assert made["SECURE_HSTS_SECONDS"] > 0


def test_the_secret_is_kept_and_is_its_owners(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("OPENCLOUT_SECRET", raising=False)
    first, second = read_site(tmp_path), read_site(tmp_path)
    assert first.secret == second.secret
    assert len(first.secret) >= SECRET_LENGTH
    mode = stat.S_IMODE((tmp_path / "site" / "secret").stat().st_mode)
    assert mode == 0o600


def test_one_setting_chooses_the_database(tmp_path: Path) -> None:
    assert read_database("", tmp_path).engine == "sqlite"
    found = read_database("postgresql://ann:p%40ss@db.example:5433/clout", tmp_path)
    assert found == Database("postgresql", "clout", "db.example", "5433", "ann", "p@ss")


@pytest.mark.parametrize("address", ["mysql://a/b", "postgresql://host", "clout", "sqlite:///x"])
def test_another_database_is_refused_without_saying_a_password(
    address: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="OPENCLOUT_DATABASE"):
        read_database(address, tmp_path)
    with pytest.raises(InputError) as raised:
        read_database("mysql://ann:secret@host/b", tmp_path)
    assert "secret" not in str(raised.value)
