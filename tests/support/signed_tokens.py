"""Keys and tokens of other systems, for tests: made once for the process, used nowhere else."""

import json
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

ISSUER = "https://ehr.example.org"
_numbers = count(1)


@cache
def ec_key(name: str = "key-1") -> Any:
    """Return a private key for ES384."""
    return ec.generate_private_key(ec.SECP384R1())


@cache
def rsa_key(bits: int = 2048) -> Any:
    """Return a private key for RS384."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def public_jwk(private: Any, kid: str = "key-1", **more: str) -> dict[str, Any]:
    """Return the public part as a JSON web key."""
    algorithm = RSAAlgorithm if isinstance(private, rsa.RSAPrivateKey) else ECAlgorithm
    return {**json.loads(algorithm.to_jwk(private.public_key())), "kid": kid, **more}


def signed(
    audience: Any,
    now: datetime,
    *,
    key: Any = None,
    algorithm: str = "ES384",
    header: Any = None,
    **claims: Any,
) -> str:
    """Return a token; ``...`` as a claim takes it away."""
    told = {
        "iss": ISSUER,
        "aud": audience,
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(minutes=5)).timestamp()),
        "jti": f"token-{next(_numbers)}",
        **claims,
    }
    told = {name: value for name, value in told.items() if value is not ...}
    headers = {"kid": "key-1"} if header is None else header
    return jwt.encode(told, ec_key() if key is None else key, algorithm=algorithm, headers=headers)
