"""Keys: one per person, wrapped by a master key that never enters the database.

Destroying a person's key closes everything written under it. Each ciphertext is bound to its person
and to its purpose, so that it opens nowhere else.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from kairos.store.records.people import PersonKey as PersonKeyRecord
from kairos.store.scope import once_a_reading, the_only

_NONCE_BYTES = 12
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class PersonKey:
    """An open data key. Lives for one transaction, is never printed."""

    person_id: UUID
    _cipher: AESGCM = field(repr=False)

    def seal(self, plain: bytes, purpose: str) -> bytes:
        """Return the bytes closed for this person and purpose."""
        return _seal(self._cipher, plain, f"{self.person_id}/{purpose}")

    def open(self, closed: bytes, purpose: str) -> bytes:
        """Return the bytes again; a wrong person, purpose or a changed byte raises ``InvalidTag``."""
        return _open(self._cipher, bytes(closed), f"{self.person_id}/{purpose}")

    def seal_words(self, words: object, purpose: str) -> bytes:
        """Close any JSON value."""
        return self.seal(msgspec.json.encode(words), purpose)

    def open_words(self, closed: bytes, purpose: str) -> "dict[str, object]":
        """Return the JSON object that ``seal_words`` closed."""
        return msgspec.json.decode(self.open(closed, purpose), type=dict[str, object])


def make_key(person_id: UUID) -> PersonKey:
    """Make and keep the key of a new person; the row of the person comes first or in this transaction."""
    plain = secrets.token_bytes(_KEY_BYTES)
    wrapped = _seal(_cipher_of("wrap"), plain, str(person_id))
    PersonKeyRecord.objects.create(person_id=person_id, wrapped=wrapped)
    return PersonKey(person_id, AESGCM(plain))


@once_a_reading
def key_of(person_id: UUID) -> PersonKey:
    """Return the key of a person whom the transaction's scope may see.

    Raises
    ------
    Missing    the person is outside the scope, or was erased
    """
    row = the_only(PersonKeyRecord.objects.filter(person_id=person_id), "the key of this person")
    plain = _open(_cipher_of("wrap"), bytes(row.wrapped), str(person_id))
    return PersonKey(person_id, AESGCM(plain))


def of_installation() -> PersonKey:
    """Return the key for words of the staff, who are no patients: it is the installation's own."""
    return PersonKey(UUID(int=0), _cipher_of("staff"))


def destroy_key(person_id: UUID) -> None:
    """Delete the key: what it closed stays closed."""
    PersonKeyRecord.objects.filter(person_id=person_id).delete()


def keyed_digest(content: bytes) -> bytes:
    """Return a digest that finds the same content again, and tells nothing without the master key."""
    return hmac.digest(_secret("digest"), content, sha256)


def _seal(cipher: AESGCM, plain: bytes, context: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plain, context.encode())


def _open(cipher: AESGCM, closed: bytes, context: str) -> bytes:
    return cipher.decrypt(closed[:_NONCE_BYTES], closed[_NONCE_BYTES:], context.encode())


def _cipher_of(purpose: str) -> AESGCM:
    return AESGCM(_secret(purpose))


def _secret(purpose: str) -> bytes:
    return _derive(settings.KAIROS_MASTER_KEY, purpose)


@lru_cache(maxsize=8)
def _derive(master: str, purpose: str) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, salt=None, info=f"kairos {purpose}".encode()).derive(master.encode())
