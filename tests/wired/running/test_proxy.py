"""The proxy example in ``deploy/``, run as it stands: one origin, streams handed on as they come."""

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.processes import Stream, free_port, get, wait_until

EXAMPLE = Path(__file__).parents[3] / "deploy" / "Caddyfile"
CADDY = Path(sys.executable).parent / "caddy"


class Part(http.server.BaseHTTPRequestHandler):
    """Stands for web or live: says who it is and what it was told; streams go on when ``go_on`` is set."""

    protocol_version = "HTTP/1.1"
    name = ""
    go_on = threading.Event()

    def do_GET(self) -> None:
        if self.path.startswith("/live/events"):
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"event: first\ndata: 1\n\n")
            self.go_on.wait(20)
            self.wfile.write(b"event: second\ndata: 2\n\n")
            self.close_connection = True
            return
        told = f"{self.name} {self.headers['Host']} {self.headers['X-Forwarded-Proto']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def part(name: str) -> http.server.ThreadingHTTPServer:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type(name, (Part,), {"name": name}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """The proxy's port, with stand-ins for web and live behind it."""
    web, live, own = part("web"), part("live"), free_port()
    variables = {
        "KAIROS_HOST": f"http://127.0.0.1:{own}",
        "KAIROS_WEB": f"127.0.0.1:{web.server_port}",
        "KAIROS_LIVE": f"127.0.0.1:{live.server_port}",
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    command = [str(CADDY), "run", "--config", str(EXAMPLE), "--adapter", "caddyfile"]
    with (tmp_path / "caddy.txt").open("wb") as log:
        caddy = subprocess.Popen(command, env=os.environ | variables, stdout=log, stderr=log)
    try:
        wait_until(lambda: get(f"http://127.0.0.1:{own}/")[0] == 200, "the proxy answers", 30)
        yield own
    finally:
        caddy.terminate()
        caddy.wait(10)
        for server in (web, live):
            server.shutdown()
            server.server_close()


def test_pages_and_streams_come_from_one_origin_as_they_are_sent(port: int) -> None:
    assert get(f"http://127.0.0.1:{port}/people/")[1] == f"web 127.0.0.1:{port} http"
    assert get(f"http://127.0.0.1:{port}/live/healthz")[1].startswith("live ")
    stream = Stream(port, cookie="")
    assert stream.next() == ("first", "1")  # the second is sent only after this one was seen
    Part.go_on.set()
    assert stream.next() == ("second", "2")
    stream.close()
