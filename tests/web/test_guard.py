"""The guard of everything that fetches a stranger's address: each attack against real servers."""

import gzip
import socket
import time
from functools import partial
from typing import Any

import pytest
from tests.web.neighbours import neighbour

from openclout.settings import Site


def refused(url: str, **options: Any) -> str:
    """Fetch what must not be fetched; give the sentence that says so."""
    from openclout.web.proof.fetch import Unreached, fetch

    with pytest.raises(Unreached) as error:
        fetch(url, **options)
    return str(error.value)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.0",  # noqa: S104
        "10.0.0.1", "172.16.3.4", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.1.1", "240.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::a00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused(site: Site, address: str) -> None:
    from openclout.web.proof.guard import Refused, judge

    with pytest.raises(Refused):
        judge(address, 443)
    with pytest.raises(Refused):
        judge(address, 443, loopback=(80,))


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111"])
def test_a_public_address_is_let_through_on_a_web_port_only(site: Site, address: str) -> None:
    from openclout.web.proof.guard import Refused, judge

    judge(address, 443)
    judge(address, 80)
    for port in (22, 25, 3306, 6379, 8080):
        with pytest.raises(Refused):
            judge(address, port)


@pytest.mark.parametrize(
    "form",
    ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://2130706433:{port}/",
     "http://0x7f.1:{port}/", "http://0177.0.0.1:{port}/", "http://127.1:{port}/",
     "http://[::ffff:127.0.0.1]:{port}/", "http://0:{port}/", "http://①②⑦.⓪.⓪.①:{port}/"],
)  # fmt: skip
def test_no_spelling_of_this_machine_reaches_a_server_on_it(site: Site, form: str) -> None:
    with neighbour(lambda asked: asked.say("secret")) as (_url, port, seen):
        refused(form.format(port=port))
        assert seen == []


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1:70/", "data:text/plain,a",
     "javascript:alert(1)", "//example.org/", "http://", "http:///x", "http://user:pw@example.org/",
     "http://example.org:99999/", "http://exa mple.org/", "", "unix:/run/docker.sock"],
)  # fmt: skip
def test_what_is_no_plain_address_of_the_web_is_refused(site: Site, url: str) -> None:
    refused(url)


def test_a_named_port_is_reached_and_no_other(site: Site, reachable: Any) -> None:
    from openclout.web.proof.fetch import fetch

    with neighbour(lambda asked: asked.say("mine")) as (url, port, _seen):
        reachable(port)
        assert fetch(f"{url}/a").text == "mine"
        with neighbour(lambda asked: asked.say("other")) as (other, _port, seen):
            refused(other)
            assert seen == []


def lead(asked: Any, to: str) -> None:
    """Lead on to another address."""
    asked.say("", 302, Location=to)


def test_a_redirect_is_judged_like_the_first_address(site: Site, reachable: Any) -> None:
    with neighbour(lambda asked: asked.say("secret")) as (inner, _inner_port, seen):
        targets = (f"{inner}/x", "http://169.254.169.254/latest/", "file:///etc/passwd",
                   "http://[::1]/", "//127.0.0.1:1/")  # fmt: skip
        for target in targets:
            with neighbour(partial(lead, to=target)) as (url, port, _seen):
                reachable(port)
                refused(url)
        assert seen == []


def test_redirects_end(site: Site, reachable: Any) -> None:
    from openclout.web.proof.fetch import REDIRECTS

    with neighbour(lambda asked: asked.say("", 302, Location="/again")) as (url, port, seen):
        reachable(port)
        assert "on and on" in refused(url)
        assert len(seen) == REDIRECTS + 1


def test_a_name_that_answers_otherwise_the_second_time_changes_nothing(
    site: Site, reachable: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the connection goes to the address that was judged."""
    from openclout.web.proof import guard

    with neighbour(lambda asked: asked.say("secret")) as (_url, port, seen):
        asked: list[str] = []
        real = socket.getaddrinfo

        def rebinding(host: Any, *rest: Any, **options: Any) -> Any:
            if host != "rebind.example":
                return real(host, *rest, **options)
            asked.append(host)
            address = "192.0.2.1" if len(asked) == 1 else "127.0.0.1"
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

        monkeypatch.setattr(socket, "getaddrinfo", rebinding)
        monkeypatch.setattr(guard, "judge", lambda address, *_rest: judged.append(address))
        judged: list[str] = []
        refused(f"http://rebind.example:{port}/", seconds=0.5)
        assert judged == ["192.0.2.1"]
        assert asked == ["rebind.example"]
        assert seen == []


def test_one_private_address_among_public_ones_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: found)
    assert "public" in refused("http://both.example/")


@pytest.mark.parametrize("told", [True, False])
def test_what_is_too_large_is_left(site: Site, reachable: Any, told: bool) -> None:
    def endless(asked: Any) -> None:
        asked.send_response(200)
        if told:
            asked.send_header("Content-Length", str(1 << 30))
        asked.end_headers()
        try:
            for _n in range(1 << 14):
                asked.wfile.write(b"x" * 65536)
        except OSError:
            pass

    with neighbour(endless) as (url, port, _seen):
        reachable(port)
        refused(url, most=100_000)


def test_headers_without_end_are_left(site: Site, reachable: Any) -> None:
    def endless(asked: Any) -> None:
        try:
            asked.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for n in range(1 << 16):
                asked.wfile.write(b"X-%d: %s\r\n" % (n, b"y" * 1000))
        except OSError:
            pass

    with neighbour(endless) as (url, port, _seen):
        reachable(port)
        refused(url, most=100_000)


@pytest.mark.parametrize("headers_too", [True, False])
def test_what_trickles_is_left_in_time(site: Site, reachable: Any, headers_too: bool) -> None:
    with neighbour(lambda asked: asked.trickle(8, headers_too)) as (url, port, _seen):
        reachable(port)
        started = time.monotonic()
        refused(url, seconds=0.6)
        assert time.monotonic() - started < 3


def test_what_is_packed_is_not_unpacked(site: Site, reachable: Any) -> None:
    bomb = gzip.compress(b"\0" * (20 << 20))
    with neighbour(lambda asked: asked.say(bomb, Content_Encoding="gzip")) as (url, port, _seen):
        reachable(port)
        refused(url)


def test_a_proxy_of_the_environment_is_not_asked(
    site: Site, reachable: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openclout.web.proof.fetch import fetch

    with (
        neighbour(lambda asked: asked.say("proxy")) as (proxy, _port, seen),
        neighbour(lambda asked: asked.say("right")) as (url, port, _seen),
    ):
        monkeypatch.setenv("HTTP_PROXY", proxy)
        monkeypatch.setenv("ALL_PROXY", proxy)
        reachable(port)
        assert fetch(url).text == "right"
        assert seen == []
