"""A device that keeps a journal, in another implementation of the same agreement as the browser's scripts.

The agreement: docs/adr, "A journal is closed on the patient's device".
"""

import base64
import json
import secrets
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from kairos.domain.integration.journal import ITERATIONS, Closed, Wrapped
from kairos.store.ids import new_id


@dataclass
class Device:
    """A patient's device: the key never leaves it in the open."""

    person_id: UUID
    key_id: UUID = field(default_factory=new_id)
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def wrap(self, secret: str, way: str, iterations: int = ITERATIONS) -> Wrapped:
        """Close the key under what a person knows."""
        salt, iv = secrets.token_bytes(16), secrets.token_bytes(12)
        box = AESGCM(derive(secret, salt, iterations)).encrypt(iv, self.key, self._way(way))
        return Wrapped(*map(_text, (salt, iv, box)), iterations)

    def unwrap(self, wrapped: Wrapped, secret: str, way: str) -> bytes:
        """Open the key; raises ``InvalidTag`` with another secret."""
        under = AESGCM(derive(secret, base64.b64decode(wrapped.salt), wrapped.iterations))
        return under.decrypt(base64.b64decode(wrapped.iv), base64.b64decode(wrapped.box), self._way(way))

    def close(self, entry_id: UUID, text: str) -> Closed:
        """Close an entry."""
        iv = secrets.token_bytes(12)
        plain = json.dumps({"text": text}).encode()
        return Closed(_text(iv), _text(AESGCM(self.key).encrypt(iv, plain, self.entry(entry_id))))

    def open(self, entry_id: UUID, closed: Closed, key: bytes = b"") -> str:
        """Open an entry, with another key where one is given; raises ``InvalidTag``."""
        cipher = AESGCM(key or self.key)
        plain = cipher.decrypt(
            base64.b64decode(closed.iv), base64.b64decode(closed.box), self.entry(entry_id)
        )
        return str(json.loads(plain)["text"])

    def entry(self, entry_id: UUID) -> bytes:
        """Return what an entry is bound to."""
        return f"kairos journal/{self.person_id}/entry/{entry_id}".encode()

    def _way(self, way: str) -> bytes:
        return f"kairos journal/{self.person_id}/key/{self.key_id}/{way}".encode()


def derive(secret: str, salt: bytes, iterations: int) -> bytes:
    """Return the key that a secret gives."""
    return PBKDF2HMAC(SHA256(), 32, salt, iterations).derive(secret.encode())


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
