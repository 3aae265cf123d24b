"""Who asks: the signed token of another system, held against the keys that were registered for it.

Nothing is fetched: an address of keys in the token (``jku``) is not followed. Whether a token was used
before is asked where that is remembered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from kairos.vocab.errors import InvalidInput, NotAllowed, Problem

ALGORITHMS = {"ES384": ("EC", "P-384"), "RS384": ("RSA", None)}
LONGEST_LIFE = timedelta(hours=1)
_SKEW = timedelta(seconds=60)
_SHORTEST_RSA_BITS = 2048
_LONGEST_TEXT = 500
_PRIVATE_PARTS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_BY_OURSELVES = ("aud", "exp", "iat", "nbf", "iss", "sub", "jti")
_ONLY_SIGNATURE: Any = {"verify_signature": True, **{f"verify_{name}": False for name in _BY_OURSELVES}}
Key = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReadToken:
    """A token that was accepted: its own number, and until when it must be remembered."""

    id: str
    remember_until: datetime


def token_of(authorization: str) -> str:
    """Return the token of an ``Authorization`` header.

    Raises
    ------
    NotAllowed    there is none
    """
    scheme, _, token = authorization.strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotAllowed("send 'Authorization: Bearer' with the signed token of a registered client")
    return token.strip()


def issuer_of(token: str) -> str:
    """Return who a token says it is from, to find the keys by. Nothing of it is believed yet.

    Raises
    ------
    NotAllowed    it is no token
    """
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.InvalidTokenError as error:
        raise NotAllowed("the token is no JSON web token") from error
    issuer = claims.get("iss")
    if not isinstance(issuer, str) or not issuer or len(issuer) > _LONGEST_TEXT:
        raise NotAllowed("the token names no issuer (iss)")
    return issuer


def read_token(token: str, *, keys: tuple[Key, ...], audiences: frozenset[str], now: datetime) -> ReadToken:
    """Accept a token, or say what is wrong with it.

    Parameters
    ----------
    keys : keys         the public keys registered for the issuer
    audiences : texts   the addresses by which the service may be named
    now : datetime      aware

    Raises
    ------
    NotAllowed    another algorithm or key, a wrong signature, claim, audience or time
    """
    claims = _verified(token, keys)
    _check_audience(claims.get("aud"), audiences)
    expires = _check_times(claims, now)
    number = claims.get("jti")
    if not isinstance(number, str) or not number or len(number) > _LONGEST_TEXT:
        raise NotAllowed("the token has no number of its own (jti)")
    return ReadToken(number, expires + _SKEW)


def _verified(token: str, keys: tuple[Key, ...]) -> dict[str, Any]:
    key, algorithm = _key_for(token, keys)
    try:
        public = jwt.PyJWK(dict(key), algorithm=algorithm).key
        found: dict[str, Any] = jwt.decode(token, public, algorithms=[algorithm], options=_ONLY_SIGNATURE)
    except jwt.PyJWTError as error:
        raise NotAllowed("the signature of the token does not fit the registered key") from error
    return found


def _key_for(token: str, keys: tuple[Key, ...]) -> tuple[Key, str]:
    """Return the registered key that the token names. Where it names none, the only one that fits."""
    header = jwt.get_unverified_header(token)
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise NotAllowed(f"the token must be signed by {' or '.join(ALGORITHMS)}")
    if str(header.get("typ", "JWT")).upper() != "JWT" or "crit" in header:
        raise NotAllowed("the token must be of type JWT, without critical headers")
    fitting = [key for key in keys if _fits(key, algorithm)]
    name = header.get("kid")
    named = [key for key in fitting if key.get("kid") == name] if name is not None else fitting
    if len(named) != 1:
        raise NotAllowed("the token names no key (kid) that is registered for its issuer and algorithm")
    return named[0], algorithm


def _fits(key: Key, algorithm: str) -> bool:
    kind, curve = ALGORITHMS[algorithm]
    return key.get("kty") == kind and (curve is None or key.get("crv") == curve)


def _check_audience(stated: Any, audiences: frozenset[str]) -> None:
    named = stated if isinstance(stated, list) else [stated]
    if not any(isinstance(one, str) and one.rstrip("/") in audiences for one in named):
        raise NotAllowed("the token is for another audience (aud); it must be the address that is called")


def _check_times(claims: Mapping[str, Any], now: datetime) -> datetime:
    issued, expires = _instant(claims.get("iat"), "iat"), _instant(claims.get("exp"), "exp")
    not_before = _instant(claims["nbf"], "nbf") if "nbf" in claims else issued
    if expires + _SKEW <= now:
        raise NotAllowed("the token has expired (exp)")
    if max(issued, not_before) - _SKEW > now:
        raise NotAllowed("the token is from the future (iat, nbf); check the clocks")
    if expires - issued > LONGEST_LIFE or expires <= issued:
        raise NotAllowed("the token must expire (exp) within an hour of its issue (iat)")
    return expires


def _instant(value: Any, name: str) -> datetime:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotAllowed(f"the token has no time ({name})")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise NotAllowed(f"the token has no time ({name})") from error


def registered_keys(document: Any) -> tuple[dict[str, Any], ...]:
    """Return the keys of a JSON web key set, fit to be registered.

    Raises
    ------
    InvalidInput    each key that is not a public ES384 or RS384 key with a name of its own
    """
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list) or not listed:
        raise InvalidInput(Problem("keys", "must be a JSON web key set: an object with a list 'keys'"))
    problems = [Problem(f"keys[{n}]", fault) for n, key in enumerate(listed) if (fault := _key_fault(key))]
    names = [key.get("kid") for key in listed if isinstance(key, dict)]
    if len(set(map(str, names))) < len(names):
        problems.append(Problem("keys", "two keys have the same name (kid)"))
    if problems:
        raise InvalidInput(*problems)
    return tuple(dict(key) for key in listed)


def _key_fault(key: Any) -> str:
    if not isinstance(key, dict):
        return "must be an object"
    if _PRIVATE_PARTS & set(key):
        return "holds a private key; register the public part only, and make a new pair"
    if not isinstance(key.get("kid"), str) or not key["kid"]:
        return "has no name (kid)"
    algorithm = next((name for name in ALGORITHMS if _fits(key, name)), None)
    if algorithm is None or key.get("alg", algorithm) != algorithm or key.get("use", "sig") != "sig":
        return "must be a key to verify ES384 (EC, P-384) or RS384 (RSA)"
    try:
        public = jwt.PyJWK(dict(key), algorithm=algorithm).key
    except (jwt.PyJWTError, ValueError):
        return "cannot be read as a public key"
    if algorithm == "RS384" and public.key_size < _SHORTEST_RSA_BITS:
        return f"is too short: an RSA key has {_SHORTEST_RSA_BITS} bits or more"
    return ""
