"""A programme asks more than the release: its copy holds at once, and sessions that run keep theirs."""

import pytest
from django.db import DatabaseError, transaction

from kairos.actions.content_in_force import content_of, content_of_session
from kairos.actions.put_own_protocol import put_own_protocol
from kairos.content.release import load_release
from kairos.queries.content_in_force import content_of_session as seen_content_of_session
from kairos.queries.own_protocols import compared_with_release, own_protocols
from kairos.store.ids import new_id
from kairos.store.records.audit import AuditEvent
from kairos.store.records.content import OwnProtocol
from kairos.store.repositories import content, session_entries
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Role
from tests.support.clinic import NOW, make_clinic, staff
from tests.support.running_session import make_floor, opened

pytestmark = pytest.mark.django_db

IV = "iv_racemic_clinic"
CHECKS = """checks:
  - {id: sleep, ref: S-060, kind: choice, answers: {rested: pass, poor: %s}, source: cite:kairos-default}
"""


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def director(clinic):
    return staff(clinic, Role.MEDICAL_DIRECTOR)


def put(clinic, by, **given):
    """Put a copy in force."""
    usual = {"copies": IV, "text": CHECKS % "defer", "reason": "poor sleep came up twice", "newest": 0}
    programme_id = clinic.programme_id
    return put_own_protocol(programme_id=programme_id, command_id=new_id(), by=by, now=NOW, **usual | given)


def answers(held):
    """Return what poor sleep leads to."""
    protocol = held.release.protocols[IV]
    return next(item.answers["poor"] for item in protocol.checks if item.id == "sleep")


def test_a_copy_holds_at_once_for_its_own_programme_and_no_other(clinic, director):
    other = make_clinic()
    assert put(clinic, director) == 1001
    with scoped(director.scope):
        held = content_of(director.scope, clinic.programme_id)
    assert answers(held) == "defer"
    assert held.release.protocols[IV].version == 1001
    elsewhere = staff(other, Role.MEDICAL_DIRECTOR)
    with scoped(elsewhere.scope):
        assert content_of(elsewhere.scope, other.programme_id).release is load_release()
    _, rows = own_protocols(by=director)
    row = next(each for each in rows if each.id == IV)
    assert [each.where for each in row.compared.differences] == ["checks.sleep.poor"]
    with scoped(director.scope):
        event = AuditEvent.objects.get(action="put_own_protocol")
    assert event.details["changes"] == ["checks.sleep.poor"]


def test_a_session_keeps_the_version_it_began_with():
    floor = make_floor()
    programme_id, scope = floor.clinic.programme_id, floor.clinic.scope
    director = staff(floor.clinic, Role.MEDICAL_DIRECTOR)
    put(floor.clinic, director)
    session_id = opened(floor)
    put(floor.clinic, director, text="", reason="too strict", newest=1001)
    with scoped(scope):
        entries = session_entries.entries_of(scope, session_id)
        begun = content_of_session(scope, programme_id, entries)
        seen = seen_content_of_session(scope, programme_id, entries)
        assert content_of(scope, programme_id).release is load_release()
    assert answers(begun) == answers(seen) == "defer"


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"text": CHECKS % "pass"}, InvalidInput, "asks less"),
        ({"text": "checks: ["}, InvalidInput, "not YAML"),
        ({"text": ""}, InvalidInput, "in force already"),
        ({"text": "checks: []"}, InvalidInput, "changes nothing"),
        ({"reason": " "}, InvalidInput, "reason"),
        ({"newest": 1001}, NotAllowed, "another copy"),
        ({"copies": "by_post"}, Missing, "no protocol 'by_post'"),
    ],
)
def test_what_is_refused_changes_nothing(clinic, director, given, error, said):
    with pytest.raises(error, match=said):
        put(clinic, director, **given)
    assert OwnProtocol.objects.count() == 0


def test_only_the_medical_director_puts_one_in_force(clinic):
    with pytest.raises(NotAllowed):
        put(clinic, staff(clinic, Role.CLINICIAN))


def test_a_copy_that_a_release_overtook_is_left_out(clinic, director):
    """Kept as if it had been checked under another release: today it would ask less."""
    older = content.OwnProtocol(
        new_id(), clinic.programme_id, IV, 1001, "older", CHECKS % "pass", "then it asked more", director.id
    )
    with scoped(director.scope):
        content.keep_own_protocol(director.scope, older)
        assert answers(content_of(director.scope, clinic.programme_id)) == "caution"
    _, rows = own_protocols(by=director)
    assert next(each for each in rows if each.id == IV).compared.problems


def test_comparing_puts_nothing_in_force(director):
    assert compared_with_release(copies=IV, text=CHECKS % "defer", by=director).differences
    assert compared_with_release(copies=IV, text="checks: [", by=director).problems
    with pytest.raises(Missing):
        compared_with_release(copies="by_post", text="", by=director)
    assert OwnProtocol.objects.count() == 0


def test_the_database_keeps_every_copy(clinic, director):
    put(clinic, director)
    with pytest.raises(DatabaseError), transaction.atomic():
        OwnProtocol.objects.update(text="")
