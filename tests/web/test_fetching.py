"""What users give as addresses is asked only where everybody could: attacked on real sockets."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from openclout.web.fetching import fetch
from openclout.web.fetching.guard import Unreachable, find_goal, is_public


class _Answers(BaseHTTPRequestHandler):
    """Answers, leads on, drips and floods."""

    def do_GET(self) -> None:
        if self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        if self.path == "/flood":
            for _n in range(40):
                self.wfile.write(b"x" * 65536)
        elif self.path == "/drip":
            for _n in range(60):
                self.wfile.write(b"x")
                time.sleep(0.05)
        else:
            self.wfile.write(f"hello {self.headers['Host']}".encode())

    def log_message(self, *_words: Any) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    listening = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{listening.server_port}"
    listening.shutdown()
    listening.server_close()


@pytest.mark.parametrize("number", [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",  # noqa: S104
    "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1",
    "ff02::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::a00:1",
    "2001:db8::1",
])  # fmt: skip
def test_numbers_of_an_own_net_are_not_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["93.184.215.14", "8.8.8.8", "2606:4700:4700::1111"])
def test_numbers_of_the_internet_are_public(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize("url", [
    "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/",
    "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://[::ffff:127.0.0.1]/",
    "http://169.254.169.254/latest/meta-data/", "http://0/", "http://localhost./",
])  # fmt: skip
def test_no_way_to_write_this_machine_is_asked(url: str) -> None:
    with pytest.raises(Unreachable):
        find_goal(url)


@pytest.mark.parametrize("url", [
    "file:///etc/passwd", "gopher://example.org/", "ftp://example.org/", "//example.org/",
    "https://user:word@example.org/", "https://example.org\\@10.0.0.1/", "https://exa mple.org/",
    "https://example.org/\r\nX: y", "https://example.org:22/", "https://[::1", "https:///x", "",
    "http://example.org:x/", "https://b\u00fccher.example/", "https://example.org/" + "a" * 2000,
])  # fmt: skip
def test_odd_addresses_are_not_asked(url: str) -> None:
    with pytest.raises(Unreachable):
        find_goal(url)


def test_what_the_operator_allows_is_asked_and_leads_nowhere_else(server: str) -> None:
    reply = fetch.get(f"http://{server}/x", (server,))
    assert (reply.status, reply.body) == (200, f"hello {server}".encode())
    led = fetch.get(f"http://{server}/to?/y", (server,))
    assert led.url == f"http://{server}/y"
    for inward in ("http://127.0.0.1:1/", "http://10.0.0.1/", "http://localhost/", "file:///etc"):
        with pytest.raises(Unreachable):
            fetch.get(f"http://{server}/to?{inward}", (server,))
    with pytest.raises(Unreachable, match="leads on"):
        fetch.get(f"http://{server}/to?/to?/to?/to?/to?/z", (server,))


def test_a_name_that_means_another_number_later_is_not_followed(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name means a public number when it is looked at, and this machine ever after."""
    port = int(server.rpartition(":")[2])
    asked: list[str] = []
    dialled: list[str] = []

    def rebinding(host: str, *_rest: Any, **_named: Any) -> list[Any]:
        asked.append(host)
        number = "93.184.215.14" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))]

    def dial(place: tuple[str, int], timeout: float) -> socket.socket:
        dialled.append(place[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket, "create_connection", dial)
    with pytest.raises(Unreachable):
        fetch.get("http://rebind.example/")
    assert dialled == ["93.184.215.14"]


def test_one_private_number_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [(2, 1, 6, "", ("93.184.215.14", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: found)
    with pytest.raises(Unreachable):
        find_goal("http://both.example/")


def test_floods_and_drips_are_cut_off(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreachable, match="longer"):
        fetch.get(f"http://{server}/flood", (server,))
    monkeypatch.setattr(fetch, "SECONDS", 0.5)
    started = time.monotonic()
    with pytest.raises(Unreachable):
        fetch.get(f"http://{server}/drip", (server,))
    assert time.monotonic() - started < 2


def test_nothing_listening_is_said_in_a_sentence() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unreachable, match="did not answer"):
        fetch.get(f"http://127.0.0.1:{port}/", (f"127.0.0.1:{port}",))
