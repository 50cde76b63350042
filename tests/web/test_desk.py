"""The operator's desk: for operators only; runs are real command lines; everything is logged."""

import shutil
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.web.people import member, organiser, selects

from openclout.settings import Site

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
PAGES = (
    "/desk/", "/desk/desk/run/", "/desk/desk/run/add/", "/desk/desk/source/",
    "/desk/desk/source/add/", "/desk/desk/switches/", "/desk/perks/perk/",
    "/desk/endorsing/endorsement/", "/desk/members/member/", "/desk/claims/claim/",
    "/desk/interface/apikey/", "/desk/webhooks/webhook/", "/desk/desk/auditentry/",
)  # fmt: skip


@pytest.fixture
def operator(client: Any, undone: None) -> Any:
    """A client that is signed in as the operator."""
    root = member("root")
    root.is_staff = root.is_superuser = True
    root.save()
    client.force_login(root)
    return client


@pytest.fixture
def committed(site: Site) -> Iterator[None]:
    """Delete what a test with a worker committed."""
    yield
    from openclout.web.desk.models import Run, Source, Switches

    for model in (Run, Source, Switches):
        model.objects.all().delete()


@pytest.mark.parametrize("page", PAGES)
def test_the_desk_is_for_operators(client: Any, undone: None, page: str) -> None:
    for who in (None, member("eve"), organiser()):
        if who:
            client.force_login(who)
        answer = client.get(page)
        assert answer.status_code in (302, 403) or b"login-form" in answer.content
        assert b"changelist-form" not in answer.content


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_the_desk_open_within_the_policy(operator: Any, page: str) -> None:
    answer = operator.get(page)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "<style" not in text
    assert " style=" not in text
    assert "<script>" not in text
    assert " onclick=" not in text
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("page", ["/desk/", "/desk/desk/run/", "/desk/perks/perk/"])
def test_pages_of_the_desk_take_few_queries(operator: Any, page: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    operator.get(page)
    with CaptureQueriesContext(connection) as queries:
        operator.get(page)
    assert len(selects(queries)) <= 9, selects(queries)


def test_a_run_imports_scores_and_keeps_what_is_said(
    site: Site, committed: None, tmp_path: Path
) -> None:
    from openclout.web.desk.models import Run, Source, State
    from openclout.web.desk.running import execute, take

    data = tmp_path / "data"
    shutil.copytree(site.settings.data, data, ignore=shutil.ignore_patterns("site", "tmp"))
    table = tmp_path / "more.csv"
    table.write_text("source,target,published,kind,network\np01,zoe,2026-03-01,like,chatter\n")
    Source.objects.create(path=str(table))
    Source.objects.create(path=str(tmp_path / "nothing"), enabled=False)
    queued = Run.objects.create()
    run = take(NOW)
    assert run == queued
    assert take(NOW) is None  # one at a time
    assert execute(run, data) == State.DONE, Run.objects.get().log
    done = Run.objects.get()
    assert done.finished
    for said in (
        f"$ openclout import -- {table}",
        "kept",
        "+K of an OpenClout site",
        "$ openclout score",
    ):
        assert said in done.log


def test_a_run_that_fails_says_so(site: Site, committed: None, tmp_path: Path) -> None:
    from openclout.web.desk.models import Run, State
    from openclout.web.desk.running import execute, take

    Run.objects.create(model="no-such-model", imports=False)
    run = take(NOW)
    assert run is not None
    assert execute(run, tmp_path) == State.FAILED
    assert "no-such-model" in Run.objects.get().log


def test_a_run_is_stopped_while_it_goes_on(site: Site, committed: None, tmp_path: Path) -> None:
    from django.db import connections

    from openclout.web.desk.models import Run, Source, State
    from openclout.web.desk.running import execute, take

    pipe = tmp_path / "folder"
    pipe.mkdir()
    (pipe / "much.csv").write_text(
        "source,target,published,kind,network\n"
        + "".join(f"a{n},b{n % 999},2026-03-01,like,x\n" for n in range(400_000))
    )
    Source.objects.create(path=str(pipe))
    Run.objects.create()
    run = take(NOW)
    assert run is not None
    ended: list[State] = []

    def go() -> None:
        ended.append(execute(run, tmp_path / "data"))
        connections.close_all()

    worker = threading.Thread(target=go)
    worker.start()
    for _n in range(100):
        if "$ openclout" in Run.objects.get().log:
            break
        time.sleep(0.05)
    Run.objects.filter(state=State.RUNNING).update(state=State.STOPPING)
    worker.join(60)
    assert ended == [State.STOPPED]


def test_a_run_whose_worker_is_gone_is_over(site: Site, undone: None) -> None:
    from openclout.web.desk.models import Run, State
    from openclout.web.desk.running import LOST, take

    lost = Run.objects.create(state=State.RUNNING, beat=NOW - LOST - timedelta(seconds=1))
    queued = Run.objects.create()
    assert take(NOW) == queued
    lost.refresh_from_db()
    assert lost.state == State.FAILED


def test_the_run_of_the_day_is_queued_once(site: Site, undone: None) -> None:
    from openclout.web.desk.models import Run, Switches
    from openclout.web.desk.running import queue_daily, switches

    assert not queue_daily(NOW)
    switches()
    Switches.objects.update(hour=12, model="2026-11", window="30d")
    now = datetime.now(UTC).replace(hour=11, minute=59)
    assert not queue_daily(now)
    assert queue_daily(now.replace(hour=12))
    assert not queue_daily(now.replace(hour=23))
    run = Run.objects.get()
    assert (run.model, run.window, run.by) == ("2026-11", "30d", None)


def test_the_operator_starts_and_stops_runs(operator: Any) -> None:
    from django.contrib.admin.models import LogEntry

    from openclout.web.desk.models import Run

    assert operator.post("/desk/desk/run/add/", {"window": "soon", "model": ""}).status_code == 200
    operator.post("/desk/desk/run/add/", {"window": "90d", "model": "2026-11", "imports": "on"})
    run = Run.objects.get()
    assert (run.state, run.by, run.model) == ("queued", member("root"), "2026-11")
    act(operator, "/desk/desk/run/", "stop", run.pk)
    run.refresh_from_db()
    assert run.state == "stopped"
    Run.objects.update(log="[ 1.0 s] <b>reading</b>")
    assert "&lt;b&gt;reading" in operator.get(f"/desk/desk/run/{run.pk}/change/").content.decode()
    assert LogEntry.objects.filter(user=member("root"), content_type__model="run").count() == 2


def act(client: Any, page: str, action: str, *rows: int) -> None:
    """Do an action of a list on some of its rows."""
    client.post(page, {"action": action, "_selected_action": [str(row) for row in rows]})


def test_offers_and_endorsements_are_moderated_and_it_is_logged(operator: Any) -> None:
    from django.contrib.admin.models import LogEntry

    from openclout.web.endorsing.export import export_lines
    from openclout.web.endorsing.giving import NotGiven, give
    from openclout.web.perks.models import Perk

    perk = Perk.objects.create(organiser=organiser(), title="Tea", text="Tea.", topic="tea",
                               quota=1, starts=NOW, ends=NOW + timedelta(days=900),
                               minimum_score=1, state="submitted")  # fmt: skip
    assert operator.get(f"/perks/{perk.pk}").status_code == 404
    act(operator, "/desk/perks/perk/", "approve", perk.pk)
    assert operator.get(f"/perks/{perk.pk}").status_code == 200
    given = give(member("eve"), "ann", "spam", NOW)
    act(operator, "/desk/endorsing/endorsement/", "remove", given.pk)
    assert len(list(export_lines())) == 1
    with pytest.raises(NotGiven):
        give(member("eve"), "ann", "spam", NOW)
    act(operator, "/desk/endorsing/endorsement/", "restore", given.pk)
    assert len(list(export_lines())) == 2
    said = [entry.get_change_message() for entry in LogEntry.objects.order_by("id")]
    assert said == ["approved", "removed", "restored"]
    entry = LogEntry.objects.first()
    assert entry is not None
    for way in ("change", "delete"):
        answer = operator.post(f"/desk/desk/auditentry/{entry.pk}/{way}/", {"post": "yes"})
        assert answer.status_code in (302, 403)
    assert LogEntry.objects.count() == 3


def test_members_are_named_organisers_and_locked_out(operator: Any, client: Any) -> None:
    from openclout.web.members.roles import is_organiser

    eve = member("eve")
    act(operator, "/desk/members/member/", "make_organiser", eve.pk)
    assert is_organiser(eve)
    act(operator, "/desk/members/member/", "lock_out", eve.pk, member("root").pk)
    eve.refresh_from_db()
    assert not eve.is_active
    assert member("root").is_active
    assert b"password" not in operator.get(f"/desk/members/member/{eve.pk}/change/").content


def test_a_wrong_claim_is_withdrawn_and_a_key_revoked(operator: Any) -> None:
    from openclout.web.claims.models import Claim
    from openclout.web.interface.keys import make_key
    from openclout.web.interface.models import ApiKey

    act(operator, "/desk/claims/claim/", "withdraw_claims", Claim.objects.get(slug="cat").pk)
    assert operator.get("/@cat").status_code == 404
    key = make_key("k", "read", 10, member("eve"))
    row = ApiKey.objects.get()
    assert (
        row.digest not in operator.get(f"/desk/interface/apikey/{row.pk}/change/").content.decode()
    )
    act(operator, "/desk/interface/apikey/", "revoke", row.pk)
    assert operator.get("/api/v1/people/ann", headers={"X-API-Key": key}).status_code == 401
