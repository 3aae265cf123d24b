"""``kairos cds register``, ``close`` and ``clients``: which other systems may ask, each in one programme."""

import json
from contextlib import contextmanager
from datetime import UTC, datetime

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from kairos.actions.register_cds_client import register_cds_client
from kairos.cli import cds_clients
from kairos.cli.demo_clinic.connected_system import connect_system
from kairos.cli.main import main
from kairos.interop.cds_hooks.client_tokens import read_token
from kairos.queries.cds_clients import asking_client
from kairos.store.ids import new_id
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Role
from tests.support.clinic import make_clinic, staff
from tests.support.signed_tokens import ISSUER, ec_key, public_jwk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def this_database(monkeypatch):
    """Let the command use the database of the tests."""

    @contextmanager
    def session(**_):
        yield

    monkeypatch.setattr(cds_clients, "database_session", session)


@pytest.fixture
def keys(tmp_path):
    path = tmp_path / "keys.json"
    path.write_text(json.dumps({"keys": [public_jwk(ec_key())]}))
    return str(path)


def register(keys, *more):
    return main(["cds", "register", "--issuer", ISSUER, "--name", "The hospital", "--keys", keys, *more])


def test_a_system_is_registered_listed_and_closed(capsys, keys):
    clinic = make_clinic()
    assert register(keys) == 0
    assert asking_client(ISSUER).programme_id == clinic.programme_id
    assert main(["cds", "clients"]) == 0
    told = capsys.readouterr().out
    assert f"{ISSUER}  The hospital  programme {clinic.programme_id}  key-1" in told
    assert main(["cds", "close", "--issuer", ISSUER]) == 0
    with pytest.raises(NotAllowed, match="closed"):
        asking_client(ISSUER)
    assert main(["cds", "clients"]) == 0
    assert "closed" in capsys.readouterr().out


def test_of_several_programmes_one_is_named(capsys, keys):
    first = make_clinic()
    second = make_clinic(first.organisation_id)
    assert register(keys) == 2
    assert "name exactly one of the programmes" in capsys.readouterr().err
    assert register(keys, "--programme", str(second.programme_id)) == 0
    assert asking_client(ISSUER).actor.scope.programme_ids == {second.programme_id}


def test_a_client_belongs_to_one_programme(keys):
    first = make_clinic()
    assert register(keys) == 0
    given = {"issuer": ISSUER, "name": "x", "keys": (), "command_id": new_id(), "now": datetime.now(UTC)}
    other = make_clinic(first.organisation_id)
    with pytest.raises(InvalidInput, match="another programme"):
        register_cds_client(programme_id=other.programme_id, by=staff(other, Role.ADMINISTRATOR), **given)


def test_only_an_administrator_registers_and_names_it():
    clinic = make_clinic()
    given = {"issuer": " ", "name": "", "keys": (), "command_id": new_id(), "now": datetime.now(UTC)}
    with pytest.raises(NotAllowed):
        register_cds_client(programme_id=clinic.programme_id, by=staff(clinic, Role.CLINICIAN), **given)
    with pytest.raises(InvalidInput, match="issuer: is missing; name: is missing"):
        register_cds_client(programme_id=clinic.programme_id, by=staff(clinic, Role.ADMINISTRATOR), **given)


def test_keys_that_cannot_be_read_change_nothing(capsys, tmp_path):
    make_clinic()
    path = tmp_path / "keys.json"
    path.write_text("{")
    assert register(str(path)) == 2
    path.write_text('{"keys": []}')
    assert register(str(path)) == 2
    assert "key set" in capsys.readouterr().err


def test_the_demonstration_s_system_signs_with_the_key_it_is_given(tmp_path):
    clinic = make_clinic()
    house = {"programme": str(clinic.programme_id), "organisation": str(clinic.organisation_id)}
    now = datetime.now(UTC)
    told = connect_system({"house": house}, tmp_path, now=now)
    with open(told["private_key_file"], "rb") as file:
        key = load_pem_private_key(file.read(), None)
    at = int(now.timestamp())
    claims = {"iss": told["id"], "aud": "http://here/x", "iat": at, "exp": at + 60, "jti": "1"}
    token = jwt.encode(claims, key, told["algorithm"])
    held = asking_client(told["id"]).keys
    assert read_token(token, keys=held, audiences=frozenset({"http://here/x"}), now=now).id == "1"
