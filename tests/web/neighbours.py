"""Real servers on this machine, in threads, for what the site fetches."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Neighbour"], None]


class Neighbour(BaseHTTPRequestHandler):
    """Answers as its server's `answer` says."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer; POST is the same."""
        self.server.seen.append(self.path)  # type: ignore[attr-defined]
        self.server.answer(self)  # type: ignore[attr-defined]

    do_POST = do_GET  # noqa: N815 - as http.server wants it

    def form(self) -> str:
        """Give what was sent."""
        return self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()

    def say(self, body: bytes | str, status: int = 200, **headers: str) -> None:
        """Send an answer whole."""
        content = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in {
            "Content-Length": str(len(content)),
            "Connection": "close",
            **headers,
        }.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def trickle(self, seconds: float, headers_too: bool = False) -> None:
        """Send a byte now and then."""
        if not headers_too:
            self.send_response(200)
            self.end_headers()
        end = time.monotonic() + seconds
        try:
            while time.monotonic() < end:
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@contextmanager
def neighbour(answer: Answer) -> Iterator[tuple[str, int, list[str]]]:
    """Run a server; give its address, its port and the paths that were asked for."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Neighbour)
    server.answer, server.seen = answer, []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    port = server.server_address[1]
    try:
        yield f"http://127.0.0.1:{port}", port, server.seen  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
