"""A stand-in for services that take notices, on this machine: it keeps what came and answers as told."""

import json
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

AUTH = b"sixteen byte key"


def text_of(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def bytes_of(value: str) -> bytes:
    return urlsafe_b64decode(value + "=" * (-len(value) % 4))


@dataclass
class Browser:
    """A browser's side of web push: its keys, and what it reads of a message (RFC 8291)."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def secret(self) -> tuple[str, str]:
        """What it gives to the page: its public key and its shared secret."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return text_of(point), text_of(AUTH)

    def read(self, body: bytes) -> dict[str, str]:
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=AUTH, version="aes128gcm")
        found: dict[str, str] = json.loads(plain)
        return found


@dataclass
class Box:
    """What came to the stand-in."""

    address: str
    status: int
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def signer(self) -> dict[str, str]:
        """Return what the sender of the first message says of itself, its signature verified (RFC 8292)."""
        said = self.came[0][0]["authorization"].removeprefix("vapid ")
        parts = dict(part.strip().split("=", 1) for part in said.split(","))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes_of(parts["k"]))
        claims: dict[str, str] = jwt.decode(parts["t"], key, algorithms=["ES256"], audience=self.origin)
        return claims | {"key": parts["k"]}

    @property
    def origin(self) -> str:
        return "/".join(self.address.split("/")[:3])


@contextmanager
def standing_in(status: int = 201) -> Iterator[Box]:
    """Run the stand-in on a free port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            box.came.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(box.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *given: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        box = Box(f"http://127.0.0.1:{server.server_port}/for/one", status)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
