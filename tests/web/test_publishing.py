"""Publishing: readers never see half, claims survive, a new snapshot takes the old one's place."""

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from tests.report.conftest import run

from openclout.settings import Site


def folder_now() -> str:
    """Tell which snapshot is read."""
    from openclout.web.published.state import current_publication

    current = current_publication()
    return current.folder if current else ""


def test_what_is_published_already_is_not_loaded_again(site: Site) -> None:
    from openclout.web.published.load import load_current

    assert load_current(site.settings) is False


def test_a_new_snapshot_is_loaded_and_claims_stay(site: Site, data: Path, client: Any) -> None:
    from openclout.web.published.load import load_current

    before = folder_now()
    told = client.get("/api/v1/people/ann").json()["score"]
    run("score", "--data", data)
    assert load_current(site.settings) is True
    assert folder_now() != before
    assert client.get("/api/v1/people/ann").json()["score"] == told
    assert client.get("/@bob").status_code == 200
    assert client.get("/@evexq").status_code == 404


def test_who_opts_out_is_gone_with_the_next_publication(
    site: Site, data: Path, tmp_path: Path, client: Any
) -> None:
    from openclout.web.published.load import load_current
    from openclout.web.published.models import Person

    kept = tmp_path / "kept"
    shutil.copytree(data, kept, ignore=shutil.ignore_patterns("site"))
    try:
        assert client.get("/@cat").status_code == 200
        run("optout", "add", "chatter:cat", "--data", data)
        assert load_current(site.settings) is True
        assert client.get("/@cat").status_code == 404
        assert not Person.objects.filter(account="cat").exists()
    finally:
        for path in data.iterdir():
            if path.name != "site":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(kept, data, dirs_exist_ok=True)
        load_current(site.settings)
    assert client.get("/@cat").status_code == 200


def test_a_reader_sees_the_old_or_the_new_and_never_half(site: Site, data: Path) -> None:
    """A reader in a thread of its own asks without pause while two snapshots are loaded."""
    from django.db import connection

    from openclout.web.published.load import load_current

    seen: list[int] = []
    wrong: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                with connection.cursor() as cursor:
                    cursor.execute("select count(*) from published_people")
                    seen.append(cursor.fetchone()[0])
            except Exception as error:
                wrong.append(repr(error))
        connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _n in range(2):
            run("score", "--data", data)
            assert load_current(site.settings) is True
    finally:
        done.set()
        reader.join()
    assert wrong == []
    assert len(set(seen)) == 1
    assert len(seen) > 10


def test_what_a_killed_load_left_is_swept_away(site: Site, data: Path) -> None:
    from django.db import connection

    from openclout.web.published.load import create_new, load_current
    from openclout.web.published.models import Person

    create_new(Person)
    run("score", "--data", data)
    assert load_current(site.settings) is True
    assert "published_people_new" not in connection.introspection.table_names()


def test_tables_of_another_version_are_made_anew(site: Site, client: Any) -> None:
    from django.db import connection

    from openclout.web.published.load import ensure_tables, load_current

    with connection.cursor() as cursor:
        cursor.execute("alter table published_posts add column extra integer")
    ensure_tables()
    assert client.get("/@ann").status_code == 404
    assert load_current(site.settings) is True
    assert client.get("/@ann").status_code == 200


@pytest.mark.parametrize("name", ["ann", "bob", "cat"])
def test_claiming_twice_changes_nothing(site: Site, name: str) -> None:
    from openclout.web.claims.granting import grant
    from openclout.web.claims.models import Claim

    before = list(Claim.objects.values_list("pk", "slug"))
    grant(f"{name}@example.org", "chatter", name, name, "")
    assert list(Claim.objects.values_list("pk", "slug")) == before


def test_what_one_member_claimed_no_other_can(site: Site, undone: None) -> None:
    from openclout.errors import InputError
    from openclout.web.claims.granting import grant

    with pytest.raises(InputError, match="another member"):
        grant("mallory@example.org", "chatter", "ann", "ann", "")
