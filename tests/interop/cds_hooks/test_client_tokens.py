"""A token is accepted only as the specification says: known key, right algorithm, audience and time."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest

from kairos.interop.cds_hooks.client_tokens import issuer_of, read_token, registered_keys, token_of
from kairos.vocab.errors import InvalidInput, NotAllowed
from tests.support.signed_tokens import ISSUER, ec_key, public_jwk, rsa_key, signed

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HERE = "https://kairos.example.org/cds-services/order-sign"
KEYS = (public_jwk(ec_key()), public_jwk(rsa_key(), "key-2"))
LATER = int((NOW + timedelta(hours=2)).timestamp())
EARLIER = int((NOW - timedelta(hours=2)).timestamp())


def read(token, keys=KEYS):
    return read_token(token, keys=keys, audiences=frozenset({HERE}), now=NOW)


@pytest.mark.parametrize(
    "token",
    [
        signed(HERE, NOW),
        signed([HERE, "https://other.example.org"], NOW),
        signed(f"{HERE}/", NOW),
        signed(HERE, NOW, key=rsa_key(), algorithm="RS384", header={"kid": "key-2"}),
        signed(HERE, NOW, header={}),
        signed(HERE, NOW + timedelta(seconds=30)),
        signed(HERE, NOW, nbf=int(NOW.timestamp())),
    ],
)
def test_a_token_of_a_registered_key_is_accepted(token):
    assert read(token).id.startswith("token-")
    assert read(token).remember_until > NOW


def test_a_token_is_remembered_until_after_it_has_expired():
    assert read(signed(HERE, NOW, jti="n-1")).remember_until >= NOW + timedelta(minutes=6)


@pytest.mark.parametrize(
    ("token", "fault"),
    [
        (signed(HERE, NOW, key=ec_key("another")), "signature"),
        (
            signed(HERE, NOW, key="a secret of forty-eight characters and some more, yes", algorithm="HS384"),
            "ES384",
        ),
        (signed(HERE, NOW, key=rsa_key(), algorithm="RS256"), "ES384"),
        (jwt.encode({"iss": ISSUER}, None, algorithm="none"), "ES384"),
        (signed(HERE, NOW, header={"kid": "key-9"}), "kid"),
        (signed(HERE, NOW, header={"kid": "key-2"}), "kid"),
        (signed(HERE, NOW, header={"kid": "key-1", "typ": "at+jwt"}), "type JWT"),
        (signed("https://other.example.org", NOW), "aud"),
        (signed(..., NOW), "aud"),
        (signed([3], NOW), "aud"),
        (signed(HERE, NOW, exp=...), "exp"),
        (signed(HERE, NOW, exp="soon"), "exp"),
        (signed(HERE, NOW, exp=1e30), "exp"),
        (signed(HERE, NOW, exp=LATER), "within an hour"),
        (signed(HERE, NOW, iat=EARLIER, exp=EARLIER + 60), "expired"),
        (signed(HERE, NOW, iat=...), "iat"),
        (signed(HERE, NOW, iat=LATER, exp=LATER + 60), "future"),
        (signed(HERE, NOW, nbf=LATER), "future"),
        (signed(HERE, NOW, jti=...), "jti"),
        (signed(HERE, NOW, jti="x" * 501), "jti"),
    ],
)
def test_any_other_token_is_refused(token, fault):
    with pytest.raises(NotAllowed, match=fault):
        read(token)


def test_where_two_keys_fit_the_token_names_one():
    two = (*KEYS, public_jwk(ec_key("another"), "key-3"))
    with pytest.raises(NotAllowed, match="kid"):
        read(signed(HERE, NOW, header={}), two)


def test_a_token_says_who_it_is_from_before_it_is_believed():
    assert issuer_of(token_of(f"Bearer {signed(HERE, NOW)}")) == ISSUER
    for given in ("", "Basic abc", "Bearer ", "Bearer"):
        with pytest.raises(NotAllowed, match="Authorization: Bearer"):
            token_of(given)
    for token in ("abc", "a.b.c", signed(HERE, NOW, iss=...), signed(HERE, NOW, iss="x" * 501)):
        with pytest.raises(NotAllowed):
            issuer_of(token)


def test_public_keys_are_registered():
    assert registered_keys({"keys": list(KEYS)}) == KEYS


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        (None, "key set"),
        ({"keys": []}, "key set"),
        ({"keys": ["x"]}, "must be an object"),
        ({"keys": [{**KEYS[0], "d": "AQ"}]}, "private"),
        ({"keys": [{**KEYS[0], "kid": ""}]}, "no name"),
        ({"keys": [KEYS[0], KEYS[0]]}, "the same name"),
        ({"keys": [{**KEYS[0], "crv": "P-256"}]}, "ES384"),
        ({"keys": [{**KEYS[0], "use": "enc"}]}, "ES384"),
        ({"keys": [{**KEYS[0], "alg": "ES256"}]}, "ES384"),
        ({"keys": [{**KEYS[0], "x": "AQ"}]}, "cannot be read"),
        ({"keys": [public_jwk(rsa_key(1024))]}, "too short"),
    ],
)
def test_no_other_keys_are_registered(keys, fault):
    with pytest.raises(InvalidInput, match=fault):
        registered_keys(keys)
