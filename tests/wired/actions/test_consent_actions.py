"""Consent in the database: kept step by step, signed once, witnessed, withdrawn, and gating what follows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kairos.actions import consents as acting
from kairos.actions.acknowledge_section import acknowledge_section
from kairos.actions.answer_consent_question import answer_consent_question
from kairos.actions.consents import consent_standing_of
from kairos.actions.decline_consent import decline_consent
from kairos.actions.note_capacity import note_capacity
from kairos.actions.pause_infusion import pause_infusion
from kairos.actions.resume_infusion import resume_infusion
from kairos.actions.sign_consent import sign_consent
from kairos.actions.start_infusion import start_infusion
from kairos.actions.tell_expectations import tell_expectations
from kairos.actions.withdraw_consent import withdraw_consent
from kairos.content.release import load_release
from kairos.domain.evidence.consent import ConsentState
from kairos.domain.evidence.consent_reading import Capacity, Helper
from kairos.queries.consents import consent_page, own_person_id
from kairos.queries.inbox import task_page
from kairos.queries.patient_home import patient_home
from kairos.store.ids import new_id
from kairos.store.repositories import consent_readings, consents, tasks
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Actor, Role, Scope
from kairos.vocab.verdict import Verdict
from tests.support import canaries, running_session
from tests.support.clinic import NOW, make_clinic, make_person, staff
from tests.support.courses import EXPECTED, document, give_consent, keep_decision, read_all

pytestmark = pytest.mark.django_db
TEXT = document()
DESPAIR = "I want to die"
NAME = f"{canaries.GIVEN} {canaries.FAMILY}"


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def person_id(clinic):
    return make_person(clinic)


@pytest.fixture
def patient(clinic, person_id):
    scope = Scope(clinic.organisation_id, frozenset({clinic.programme_id}), person_id)
    return Actor(new_id(), frozenset({Role.PATIENT}), scope, "Patient")


def standing(clinic, person_id, now=NOW):
    with scoped(clinic.scope):
        return consent_standing_of(clinic.scope, person_id, now).verdict


def sign(person_id, by, **more):
    given = {"person_id": person_id, "version": TEXT.version, "name": NAME, "command_id": new_id()}
    return sign_consent(**given | more, by=by, now=NOW)


def page(person_id, by):
    return consent_page(person_id=person_id, by=by, now=NOW)


def test_a_patient_signs_for_themselves(clinic, person_id, patient):
    assert standing(clinic, person_id) is Verdict.UNKNOWN
    read_all(person_id, patient)
    sign(person_id, patient)
    assert standing(clinic, person_id) is Verdict.MET
    (signed,) = page(person_id, patient).signed
    assert (signed.name, signed.witness) == (NAME, "")


def test_on_the_tablet_the_one_who_handed_it_over_is_the_witness(clinic, person_id):
    nurse = staff(clinic, Role.NURSE)
    give_consent(clinic, person_id, nurse)
    with scoped(clinic.scope):
        (kept,) = consents.consents_of(clinic.scope, person_id)
    assert (kept.signature.signed_by, kept.signature.witnessed_by) == (person_id, nurse.id)


def test_each_step_sent_twice_is_kept_once(clinic, person_id, patient):
    section, question = TEXT.sections[0].id, TEXT.questions[0]
    given = {"person_id": person_id, "version": TEXT.version, "by": patient, "now": NOW}
    first, second = new_id(), new_id()
    for _ in range(2):
        assert acknowledge_section(**given, section=section, command_id=first) == section
        chosen = {"question": question.id, "chosen": question.answers[0].id}
        answer_consent_question(**given, **chosen, command_id=second)
    with scoped(clinic.scope):
        stream = consent_readings.reading_of(clinic.scope, clinic.programme_id, person_id, TEXT)
        assert len(consent_readings.steps_of(clinic.scope, stream)) == 2


def test_a_signature_sent_twice_is_one(person_id, patient):
    read_all(person_id, patient)
    command = new_id()
    assert sign(person_id, patient, command_id=command) == sign(person_id, patient, command_id=command)
    assert len(page(person_id, patient).signed) == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [({"name": "  "}, "write your full name"), ({"version": "2020-01-01"}, "is in force now")],
)
def test_no_signature_without_a_name_or_in_another_version(person_id, patient, more, said):
    read_all(person_id, patient)
    with pytest.raises(InvalidInput, match=said):
        sign(person_id, patient, **more)


def test_no_signature_while_a_part_is_open(person_id, patient):
    with pytest.raises(InvalidInput, match="still open"):
        sign(person_id, patient)


def test_withdrawn_it_stands_no_more_and_the_prescribers_have_a_task(clinic, person_id, patient):
    with pytest.raises(NotAllowed, match="no consent in force"):
        withdraw_consent(person_id=person_id, command_id=new_id(), by=patient, now=NOW)
    give_consent(clinic, person_id, patient)
    command = new_id()
    for _ in range(2):
        withdraw_consent(
            person_id=person_id, said=canaries.FREE_TEXT, command_id=command, by=patient, now=NOW
        )
    assert standing(clinic, person_id, NOW + timedelta(minutes=1)) is Verdict.NOT_MET
    with pytest.raises(NotAllowed, match="no consent in force"):
        withdraw_consent(person_id=person_id, command_id=new_id(), by=patient, now=NOW)
    with scoped(clinic.scope):
        open_tasks = tasks.open_tasks(clinic.scope)
    assert [(t.kind, t.owner_role) for t in open_tasks] == [("consent_withdrawn", Role.CLINICIAN)]


def test_who_signs_again_reads_again(clinic, person_id, patient):
    give_consent(clinic, person_id, patient)
    withdraw_consent(person_id=person_id, command_id=new_id(), by=patient, now=NOW)
    assert not page(person_id, patient).has_begun
    give_consent(clinic, person_id, patient, NOW + timedelta(minutes=5))
    assert standing(clinic, person_id, NOW + timedelta(minutes=5)) is Verdict.MET


def test_a_signature_is_held_against_the_language_it_was_read_in(clinic, person_id, patient):
    """Where that language has no document any more, the English one is asked for."""
    spoken = consents.ConsentDocument(new_id(), TEXT.id, TEXT.version, "tlh", "digest")
    ids = (new_id(), clinic.programme_id, person_id, spoken.id)
    parts = (*TEXT.section_ids, *(question.id for question in TEXT.questions))
    with scoped(clinic.scope):
        consents.register_document(spoken)
        consents.sign(clinic.scope, consents.ConsentSignature(*ids, parts, {"name": NAME}, patient.id, NOW))
    assert standing(clinic, person_id) is Verdict.MET
    assert page(person_id, patient).is_current


def test_a_signature_of_an_older_version_is_superseded(clinic, person_id, patient):
    older = consents.ConsentDocument(new_id(), TEXT.id, "2025-01-01", "en", "digest")
    ids = (new_id(), clinic.programme_id, person_id, older.id)
    parts = tuple(section.id for section in TEXT.sections)
    with scoped(clinic.scope):
        consents.register_document(older)
        consents.sign(clinic.scope, consents.ConsentSignature(*ids, parts, {"name": NAME}, patient.id, NOW))
    found = page(person_id, patient)
    assert (found.state, found.signed[0].is_of_this_version) == (ConsentState.SUPERSEDED, False)
    assert found.can_withdraw
    assert standing(clinic, person_id) is Verdict.NOT_MET


def test_nobody_reads_or_signs_for_somebody_else(clinic, patient):
    other = make_person(clinic)
    with pytest.raises(Missing):
        read_all(other, patient)
    with pytest.raises(Missing):
        page(other, patient)


def test_staff_have_no_consent_of_their_own(clinic):
    with pytest.raises(Missing, match="belongs to no patient"):
        own_person_id(staff(clinic))


@pytest.mark.parametrize("protocol", sorted(load_release().protocols))
def test_a_session_asks_for_the_document_of_its_own_protocol(clinic, person_id, patient, protocol):
    """Signed for one way of giving counts for no other; taken back, it counts for none."""
    with scoped(clinic.scope):
        running_session.give_consent(clinic, person_id, NOW, protocol=protocol)
        found = {
            name: consent_standing_of(clinic.scope, person_id, NOW, protocol=name).verdict
            for name in load_release().protocols
        }
        assert [name for name, verdict in found.items() if verdict is Verdict.MET] == [protocol]
    withdraw_consent(person_id=person_id, command_id=new_id(), by=patient, now=NOW)
    with scoped(clinic.scope):
        taken_back = consent_standing_of(clinic.scope, person_id, NOW, protocol=protocol)
    assert taken_back.verdict is Verdict.NOT_MET


def test_one_withdrawal_ends_every_signature(clinic, person_id, patient):
    with scoped(clinic.scope):
        for protocol in ("esketamine_clinic", "iv_racemic_clinic"):
            running_session.give_consent(clinic, person_id, NOW, protocol=protocol)
    withdraw_consent(person_id=person_id, said=DESPAIR, command_id=new_id(), by=patient, now=NOW)
    with scoped(clinic.scope):
        assert not any(each.is_in_force for each in consents.consents_of(clinic.scope, person_id))
        kinds = sorted(task.kind for task in tasks.open_tasks(clinic.scope))
    assert kinds == ["consent_withdrawn", "danger_words"]


def test_where_no_document_exists_nothing_is_current(clinic, person_id):
    keep_decision(clinic, person_id, jurisdiction="ca")
    assert standing(clinic, person_id) is Verdict.UNKNOWN


def expect(person_id, by, **chosen):
    given = {"person_id": person_id, "version": TEXT.version, "by": by, "now": NOW}
    chosen = EXPECTED | chosen
    return tell_expectations(chosen=chosen, said=canaries.FREE_TEXT, command_id=new_id(), **given)


def test_an_unlikely_expectation_becomes_one_talk_and_stops_nobody(clinic, person_id, patient):
    assert expect(person_id, patient) == ()
    with scoped(clinic.scope):
        assert tasks.open_tasks(clinic.scope) == ()
    assert [expect(person_id, patient, duration="always") for _ in range(2)] == [("duration",)] * 2
    found = page(person_id, patient)
    assert found.to_talk_about == ("duration",)
    assert (found.reading.hoped, len(found.expected)) == (canaries.FREE_TEXT, 3)
    with scoped(clinic.scope):
        (task,) = tasks.open_tasks(clinic.scope)
    assert (task.kind, task.owner_role) == ("expectation_talk", Role.CLINICIAN)
    assert task_page(task_id=task.id, by=staff(clinic), now=NOW).said == canaries.FREE_TEXT
    give_consent(clinic, person_id, patient)
    assert standing(clinic, person_id) is Verdict.MET


def test_a_no_is_kept_told_and_taken_back_by_reading_on(clinic, person_id, patient):
    given = {"person_id": person_id, "version": TEXT.version, "by": patient, "now": NOW}
    for _ in range(2):
        decline_consent(command_id=new_id(), **given)
    assert page(person_id, patient).has_said_no
    assert patient_home(by=patient, now=NOW).has_said_no
    with scoped(clinic.scope):
        assert [task.kind for task in tasks.open_tasks(clinic.scope)] == ["consent_declined"]
    assert standing(clinic, person_id) is Verdict.UNKNOWN
    give_consent(clinic, person_id, patient)
    assert not page(person_id, patient).has_said_no
    with pytest.raises(NotAllowed, match="signed already"):
        give_consent(clinic, person_id, patient)


def test_who_helped_and_what_was_noted_stand_with_the_signature(clinic, person_id, patient):
    doctor = staff(clinic)
    noted = {"person_id": person_id, "version": TEXT.version, "by": doctor, "now": NOW}
    with pytest.raises(InvalidInput, match="what it rests on"):
        note_capacity(capacity=Capacity.ABLE, note=" ", command_id=new_id(), **noted)
    note_capacity(capacity=Capacity.NOT_NOW, note="asleep", command_id=new_id(), **noted)
    read_all(person_id, patient)
    signs = {"person_id": person_id, "version": TEXT.version, "name": NAME, "by": patient, "now": NOW}
    with pytest.raises(InvalidInput, match="cannot be decided now"):
        sign_consent(command_id=new_id(), **signs)
    note_capacity(capacity=Capacity.ABLE, note="told it back", command_id=new_id(), **noted)
    with pytest.raises(InvalidInput, match="the interpreter's name"):
        sign_consent(helper=Helper.INTERPRETER, command_id=new_id(), **signs)
    sign_consent(helper=Helper.INTERPRETER, helper_name=" Rosa ", command_id=new_id(), **signs)
    (kept,) = page(person_id, patient).signed
    assert (kept.language, kept.helper, kept.helper_name) == ("en", "interpreter", "Rosa")
    assert (kept.capacity, kept.capacity_note) == ("able", "told it back")


def test_nothing_is_given_after_consent_was_taken_back():
    """A dose that begins, a further portion, an infusion that would run on: each asks again."""
    floor = running_session.make_floor()
    session_id = running_session.infusing(floor)
    floor.do(pause_infusion, 2, session_id=session_id)
    with scoped(floor.clinic.scope):
        signed = consents.consents_of(floor.clinic.scope, floor.person_id)[0].signature
        ended = (new_id(), floor.clinic.programme_id, floor.person_id, signed.id, {}, floor.person_id)
        consents.withdraw(floor.clinic.scope, consents.ConsentWithdrawal(*ended, floor.at(3)))
    with pytest.raises(NotAllowed, match="nothing more is given"):
        floor.do(resume_infusion, 4, session_id=session_id)


def test_a_session_goes_on_by_what_was_signed_for_it_and_none_begins_by_it(monkeypatch):
    """A newer document comes into force while one infusion is paused and another has not begun."""
    floor, other = running_session.make_floor(), running_session.make_floor()
    begun, waiting = running_session.infusing(floor), running_session.checked(other)
    floor.do(pause_infusion, 2, session_id=begun)
    mended = replace(TEXT, version="a mended comma")
    monkeypatch.setattr(acting, "consent_in_force", lambda *told, **named: mended)
    floor.do(resume_infusion, 4, session_id=begun)
    with pytest.raises(NotAllowed, match="there is no current consent"):
        other.do(start_infusion, 4, session_id=waiting)
