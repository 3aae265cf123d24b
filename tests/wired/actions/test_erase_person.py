"""Forgetting: nothing of the person is in a new dump, old words stay closed, the audit stays whole."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.conf import LazySettings
from django.db import connection

from kairos.actions.erase_person import erase_person
from kairos.actions.seal_audit import seal_audit
from kairos.cli.postgres_binaries import find_binaries
from kairos.queries.audit import verify_audit
from kairos.store import streams, vault
from kairos.store.ids import new_id
from kairos.store.repositories import accounts, facts, links, originals, people
from kairos.store.scope import scoped
from kairos.store.streams import NewEvent, Stream
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.facts import Fact, FactKind, Origin, OriginKind
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Role, Scope
from tests.support.clinic import NOW, Clinic, make_clinic, make_person, staff

CANARY = "Zwetschgenkuchen"


def _make_person_with_everything(clinic: Clinic) -> Any:
    identity = people.Identity(
        CANARY,
        CANARY,
        born_on=PartialDate(1971, 2, 3),
        contacts=({"kind": "mail", "value": f"{CANARY}@example.org"},),
        identifiers=({"system": "urn:mrn", "value": CANARY},),
    )
    person_id = make_person(clinic, identity)
    about = {"id": new_id(), "programme_id": clinic.programme_id, "person_id": person_id}
    with scoped(clinic.scope):
        people.change_identity(clinic.scope, person_id, identity)
        original = originals.Original(
            **about, media_type="text", file_name=f"{CANARY}.json", content=CANARY.encode()
        )
        originals.keep_original(clinic.scope, original)
        entry = originals.Entry(new_id(), "Patient", CANARY, "taken", 0, 1, b"d")
        originals.add_entries(clinic.scope, original, original.id, [entry])
        fact = Fact(CANARY, FactKind.CONDITION, "x", Origin(OriginKind.RECORD, CANARY), value=CANARY)
        facts.add_facts(clinic.scope, clinic.programme_id, person_id, [fact])
        stream = Stream(new_id(), "dosing_session", clinic.programme_id, person_id)
        streams.open_stream(clinic.scope, stream)
        streams.append(clinic.scope, stream, 0, [NewEvent("note", 1, {}, NOW, {"note": CANARY})], by=new_id())
        account = accounts.Account(new_id(), CANARY, CANARY, "en", is_active=True, is_demo=False)
        accounts.add_account(clinic.scope, account, "a long password")
        accounts.give_role(
            clinic.scope,
            accounts.Membership(
                new_id(),
                account.id,
                clinic.organisation_id,
                Role.PATIENT,
                clinic.programme_id,
                None,
                person_id,
            ),
        )
        link = links.OneTapLink(
            new_id(), clinic.programme_id, person_id, purpose="phq9", expires_at=NOW.replace(year=2999)
        )
        token = links.make_link(clinic.scope, link)
    return person_id, original, stream, account, token


def _dump(postgres: Any) -> str:
    where = postgres.server.address("postgres", postgres.database)
    program = find_binaries().folder / "pg_dump"
    done = subprocess.run(
        [program, "-h", where["host"], "-U", "postgres", "-d", postgres.database, "--inserts"],
        env={"PGPASSWORD": where["password"], "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_forgetting(either_postgres: Any, settings: LazySettings, tmp_path: Path) -> None:
    settings.KAIROS_HOME = tmp_path
    clinic = make_clinic()
    person_id, original, stream, account, token = _make_person_with_everything(clinic)
    assert CANARY in _dump(either_postgres)
    with connection.cursor() as cursor, scoped(clinic.scope):
        cursor.execute("SELECT sealed FROM store_originalrecord")
        old_words = bytes(cursor.fetchone()[0])
        count_before = len(people.list_enrolments(clinic.scope))
    by = staff(clinic, Role.MEDICAL_DIRECTOR)
    assert erase_person(person_id=person_id, why="asked", command_id=new_id(), by=by, now=NOW) == person_id

    dump = _dump(either_postgres)
    assert CANARY not in dump
    assert CANARY.encode().hex() not in dump
    assert "1971-02-03" not in dump
    with scoped(clinic.scope):
        person = people.find_person(clinic.scope, person_id)
        assert (person.identity, person.erased_at) == (None, NOW)
        assert len(people.list_enrolments(clinic.scope)) == count_before
        with pytest.raises(Missing):
            originals.open_original(clinic.scope, original.id)
        with pytest.raises(Missing):
            streams.read(clinic.scope, stream.id)
        another = vault.key_of(make_person(clinic))
    with pytest.raises(InvalidTag):
        another.open(old_words, f"originalrecord/{original.id}")
    with pytest.raises(Missing):
        links.find_link(token)
    assert not accounts.find_account(account.id).is_active
    seal_audit()
    assert verify_audit().ok


@pytest.mark.django_db
def test_only_who_leads_may_forget() -> None:
    clinic = make_clinic()
    person_id = make_person(clinic)
    with pytest.raises(NotAllowed):
        erase_person(person_id=person_id, why="asked", command_id=new_id(), by=staff(clinic), now=NOW)


@pytest.mark.django_db
def test_a_person_of_a_second_programme_is_not_forgotten_behind_its_back() -> None:
    clinic = make_clinic()
    second = make_clinic(clinic.organisation_id)
    person_id = make_person(clinic)
    enrolment = people.Enrolment(new_id(), person_id, second.programme_id, "screening")
    both = Scope(clinic.organisation_id, clinic.scope.programme_ids | second.scope.programme_ids)
    with scoped(both):
        people.enrol(both, enrolment)
    lead = staff(clinic, Role.PROGRAMME_LEAD)
    with pytest.raises(NotAllowed, match="another programme"):
        erase_person(person_id=person_id, why="asked", command_id=new_id(), by=lead, now=NOW)
