"""The key with which push messages are signed, and which other ways out are open.

The key (VAPID) is made from the master key, so it stands wherever that does and no start makes another one.
``KAIROS_PUSH_SERVICES``: the hosts of browsers' push services that may be written to, with commas.
``KAIROS_POSTS_INSIDE=1``: other ways may lead to addresses of the clinic's own network.
"""

import os
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PUSH_SERVICES = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order of the curve P-256 (FIPS 186-4, D.1.2.3)."""
_BYTES = 32


def by_master_key(master: str, variables: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the settings of push messages and of other ways out."""
    values = os.environ if variables is None else variables
    private = signing_key(master)
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    number = private.private_numbers().private_value.to_bytes(_BYTES, "big")
    named = [host.strip() for host in values.get("KAIROS_PUSH_SERVICES", "").split(",") if host.strip()]
    return {
        "KAIROS_PUSH_PRIVATE_KEY": _text(number),
        "KAIROS_PUSH_PUBLIC_KEY": _text(point),
        "KAIROS_PUSH_SERVICES": tuple(named) or PUSH_SERVICES,
        "KAIROS_POSTS_INSIDE": values.get("KAIROS_POSTS_INSIDE", "") == "1",
    }


def signing_key(master: str) -> ec.EllipticCurvePrivateKey:
    """Return the private key that belongs to a master key."""
    drawn = HKDF(SHA256(), 2 * _BYTES, salt=None, info=b"kairos push").derive(master.encode())
    return ec.derive_private_key(int.from_bytes(drawn, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
