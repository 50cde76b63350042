"""Webhooks: signed, once a publication, again after failures, never into the operator's own net."""

import hashlib
import hmac
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import orjson
import pytest
from tests.web.parallel import at_once
from tests.web.people import member, selects, sweep

from openclout.settings import Site

NOW = datetime.now(UTC)


class _Ear(BaseHTTPRequestHandler):
    """Hears what is sent; answers as it is told."""

    heard: ClassVar[list[tuple[dict[str, str], bytes]]] = []
    answer = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).heard.append((dict(self.headers), body))
        self.send_response(type(self).answer)
        if type(self).answer == 302:
            self.send_header("Location", "http://10.0.0.1/")
        self.end_headers()

    def log_message(self, *_words: Any) -> None:
        pass


@pytest.fixture
def ear() -> Iterator[str]:
    """The address of a receiver on this machine, which the operator allows."""
    _Ear.heard.clear()
    _Ear.answer = 200
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Ear)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def swept(site: Site) -> Iterator[None]:
    yield
    sweep()


def hook(ear: str, watched: str = "", who: str = "eve") -> Any:
    from openclout.web.webhooks.keeping import make_webhook

    return make_webhook(member(who), f"http://{ear}/hook", watched, NOW, (ear,))


def test_a_publication_is_told_once_and_signed(ear: str, site: Site, undone: None) -> None:
    from openclout.web.webhooks.announcing import announce
    from openclout.web.webhooks.delivering import deliver

    made = hook(ear, "@bob, @evexq dan ann")
    assert announce(NOW) == 1
    assert announce(NOW) == 0
    assert deliver(NOW, (ear,)) == 1
    assert deliver(NOW + timedelta(days=1), (ear,)) == 0
    headers, body = _Ear.heard[0]
    told = orjson.loads(body)
    assert told["event"] == "scores.published"
    assert [row["id"] for row in told["people"]] == ["ann", "bob"]  # nobody else is shown
    stamp, mark = (part.partition("=")[2] for part in headers["OpenClout-Signature"].split(","))
    wanted = hmac.new(made.secret.encode(), stamp.encode() + b"." + body, hashlib.sha256)
    assert hmac.compare_digest(mark, wanted.hexdigest())
    assert int(stamp) == int(NOW.timestamp())


def test_what_is_not_heard_is_sent_again_later_and_given_up_at_last(
    ear: str, site: Site, undone: None
) -> None:
    from openclout.web.webhooks.announcing import queue
    from openclout.web.webhooks.delivering import WAITS, deliver
    from openclout.web.webhooks.models import Delivery, Webhook

    made = hook(ear)
    _Ear.answer = 500
    queue(made, "ping", "1", NOW)
    moment = NOW
    for wait in WAITS:
        deliver(moment, (ear,))
        deliver(moment + wait - timedelta(seconds=1), (ear,))
        moment += wait
    assert len(_Ear.heard) == len(WAITS)
    deliver(moment, (ear,))
    assert len(_Ear.heard) == len(WAITS) + 1
    assert Delivery.objects.get().due is None
    _Ear.answer = 200
    queue(made, "ping", "2", moment)
    assert deliver(moment, (ear,)) == 1
    assert Webhook.objects.get().failed == 0


def test_five_given_up_or_gone_stop_a_webhook(ear: str, site: Site, undone: None) -> None:
    from openclout.web.webhooks.announcing import queue
    from openclout.web.webhooks.delivering import MOST_FAILED, deliver
    from openclout.web.webhooks.keeping import try_out
    from openclout.web.webhooks.models import Delivery, Webhook

    made = hook(ear)
    _Ear.answer = 500
    for n in range(MOST_FAILED):
        queue(made, "ping", str(n), NOW)
    Delivery.objects.update(attempts=7)
    deliver(NOW, (ear,))
    assert Webhook.objects.get().stopped
    try_out(made, NOW)
    assert Webhook.objects.get().stopped is None
    _Ear.answer = 410
    deliver(NOW, (ear,))
    assert Webhook.objects.get().stopped


def test_a_redirect_is_not_followed(ear: str, site: Site, undone: None) -> None:
    from openclout.web.webhooks.announcing import queue
    from openclout.web.webhooks.delivering import deliver
    from openclout.web.webhooks.models import Delivery

    _Ear.answer = 302
    queue(hook(ear), "ping", "1", NOW)
    assert deliver(NOW, (ear,)) == 0
    assert Delivery.objects.get().answer == "302"


def test_two_workers_send_a_message_once(ear: str, swept: None) -> None:
    from openclout.web.webhooks.announcing import queue
    from openclout.web.webhooks.delivering import deliver

    queue(hook(ear), "ping", "1", NOW)
    done = at_once([partial(deliver, NOW, (ear,)) for _n in range(4)])
    assert sorted(map(str, done)) == ["0", "0", "0", "1"]
    assert len(_Ear.heard) == 1


@pytest.mark.parametrize("url", [
    "http://localhost/", "https://127.0.0.1/", "https://10.0.0.1/x", "https://[::1]/",
    "https://169.254.169.254/latest", "ftp://example.org/", "https://example.org:22/", "x",
])  # fmt: skip
def test_no_webhook_leads_into_an_own_net(client: Any, undone: None, url: str) -> None:
    client.force_login(member("eve"))
    client.post("/webhooks", {"url": url})
    assert member("eve").webhooks.count() == 0


def test_the_page_and_the_interface_show_ones_own_only(client: Any, ear: str, undone: None) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from openclout.web.interface.keys import make_key

    mine, other = hook(ear), hook(ear, who="fay")
    client.force_login(member("eve"))
    client.post(f"/webhooks/{mine.pk}", {"ping": "1"})
    with CaptureQueriesContext(connection) as queries:
        text = client.get("/webhooks").content.decode()
    assert len(selects(queries)) <= 5
    assert mine.secret in text
    assert other.secret not in text
    assert client.post(f"/webhooks/{other.pk}", {"delete": "1"}).status_code == 404
    client.logout()
    reading = {"Authorization": f"Bearer {make_key('r', 'read', 100, member('eve'))}"}
    keeping = {"Authorization": f"Bearer {make_key('h', 'hooks', 100, member('eve'))}"}
    nobodys = {"Authorization": f"Bearer {make_key('n', 'hooks', 100)}"}
    assert client.get("/api/v1/webhooks").status_code == 403
    assert client.get("/api/v1/webhooks", headers=reading).status_code == 403
    assert client.get("/api/v1/webhooks", headers=nobodys).status_code == 400
    told = client.get("/api/v1/webhooks", headers=keeping).json()["webhooks"]
    assert [row["id"] for row in told] == [mine.pk]
    bad = client.post("/api/v1/webhooks", {"url": "https://10.0.0.1/"},
                      content_type="application/json", headers=keeping)  # fmt: skip
    assert bad.status_code == 400
    assert client.delete(f"/api/v1/webhooks/{other.pk}", headers=keeping).status_code == 404
    assert client.delete(f"/api/v1/webhooks/{mine.pk}", headers=keeping).status_code == 204
