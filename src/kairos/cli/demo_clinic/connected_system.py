"""A system that may ask the demonstration by CDS Hooks: its key pair is made here, for tests of one's own."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from kairos.actions.register_cds_client import register_cds_client
from kairos.queries.accounts import JOBS_ID
from kairos.vocab.people import Actor, Scope

ISSUER = "https://ehr.demo.invalid"
KEY_NAME = "demo-key"
KEY_FILE = "cds_client_key.pem"


def connect_system(told: dict[str, Any], home: Path, *, now: datetime) -> dict[str, str]:
    """Register the system with a new key and return what ``demo.json`` tells of it."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from jwt.algorithms import ECAlgorithm

    key = ec.generate_private_key(ec.SECP384R1())
    path = home / KEY_FILE
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    programme_id = UUID(told["house"]["programme"])
    scope = Scope(UUID(told["house"]["organisation"]), frozenset({programme_id}))
    register_cds_client(
        programme_id=programme_id,
        issuer=ISSUER,
        name="An invented hospital",
        keys=(json.loads(ECAlgorithm.to_jwk(key.public_key())) | {"kid": KEY_NAME},),
        command_id=uuid4(),
        by=Actor(JOBS_ID, frozenset(), scope, "Kairos", is_system=True),
        now=now,
    )
    return {
        "id": ISSUER,
        "private_key_file": str(path.resolve()),
        "kid": KEY_NAME,
        "algorithm": "ES384",
    }
