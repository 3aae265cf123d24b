"""Every repository: what goes in comes out the same, and only within its scope."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from kairos.store.ids import new_id
from kairos.store.repositories import (
    alarms,
    consents,
    content,
    courses,
    deadlines,
    files,
    links,
    orders,
    originals,
    people,
    questionnaires,
    screenings,
    tasks,
)
from kairos.store.scope import scoped
from kairos.store.vault import keyed_digest
from kairos.vocab.codes import SNOMED, Code
from kairos.vocab.errors import Missing
from kairos.vocab.facts import AskedAsOf
from kairos.vocab.finding import Finding
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Role, Scope
from kairos.vocab.quantities import Quantity
from kairos.vocab.verdict import Advice, Severity, Verdict
from tests.support.clinic import NOW, Clinic, make_clinic, make_person, staff

pytestmark = pytest.mark.django_db


class Place:
    """A clinic with one person, the scope open."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.scope = clinic.scope
        self.person_id = make_person(clinic)
        self.by = staff(clinic).id

    @property
    def about(self) -> dict[str, Any]:
        """A fresh id, and whose row it is."""
        return {"id": new_id(), "programme_id": self.clinic.programme_id, "person_id": self.person_id}


@pytest.fixture
def here() -> Iterator[Place]:
    place = Place(make_clinic())
    with scoped(place.scope):
        yield place


def test_identity_and_enrolment(here: Place) -> None:
    identity = people.Identity(
        family_name="Example",
        given_names="Alex",
        preferred_name="Al",
        born_on=PartialDate(1980, 5),
        sex="female",
        contacts=({"kind": "phone", "value": "1"},),
        identifiers=({"system": "urn:mrn", "value": "7"},),
    )
    people.change_identity(here.scope, here.person_id, identity)
    person = people.find_person(here.scope, here.person_id)
    assert person.identity == identity
    assert identity.shown_name == "Al Example"
    assert people.identities(here.scope, [here.person_id]) == {here.person_id: identity}
    people.move_to_stage(here.scope, person.enrolments[0].id, "planned")
    assert [e.stage for e in people.list_enrolments(here.scope, stages=["planned"])] == ["planned"]
    assert people.list_enrolments(here.scope, stages=["screening"]) == ()


def test_a_person_in_two_programmes(here: Place) -> None:
    second = make_clinic(here.clinic.organisation_id)
    both = Scope(here.clinic.organisation_id, here.scope.programme_ids | second.scope.programme_ids)
    with scoped(both):
        people.enrol(both, people.Enrolment(new_id(), here.person_id, second.programme_id, "screening"))
        assert len(people.find_person(both, here.person_id).enrolments) == 2
    assert len(people.find_person(here.scope, here.person_id).enrolments) == 1


def test_possible_matches_name_their_reasons(here: Place) -> None:
    born = PartialDate(1980, 5, 1)
    number = {"system": "urn:mrn", "value": "7"}
    known = make_person(here.clinic, people.Identity("Same", "Sam", born_on=born, identifiers=(number,)))
    asked = people.Identity("SAME", "sam", born_on=born, identifiers=(number,))
    found = people.possible_matches(here.scope, asked, without=here.person_id)
    assert found == {known: ("same_identifier", "same_name_and_birth_date")}
    by_name = replace(asked, identifiers=())
    assert people.possible_matches(here.scope, by_name, without=here.person_id) == {
        known: ("same_name_and_birth_date",)
    }
    unknown = people.Identity("Same", "Sam")
    assert people.possible_matches(here.scope, unknown, without=here.person_id) == {}


def test_originals_and_entries(here: Place) -> None:
    original = originals.Original(
        **here.about, media_type="application/fhir+json", file_name="a.json", content=b"{..}"
    )
    assert originals.keep_original(here.scope, original) == original.id
    again = replace(original, id=new_id())
    assert originals.keep_original(here.scope, again) == original.id
    assert originals.open_original(here.scope, original.id) == original
    assert originals.people_with_digest(here.scope, keyed_digest(b"{..}")) == {here.person_id}
    entry = originals.Entry(new_id(), "Condition", "c1", "taken", 1, 2, keyed_digest(b".."))
    twin = replace(entry, id=new_id())
    assert originals.add_entries(here.scope, original, original.id, [entry, twin]) == 1
    assert originals.entries_of(here.scope, here.person_id) == (entry,)
    assert originals.find_entries(here.scope, here.person_id, "Condition", "c1") == (entry,)
    assert originals.open_entry(here.scope, entry.id) == (entry, b"..")
    assert originals.known_digests(here.scope, here.person_id) == {keyed_digest(b"..")}
    assert originals.person_of_resource(here.scope, "Condition", "c1") == here.person_id
    assert originals.person_of_resource(here.scope, "Condition", "c2") is None


def test_runs_and_joins(here: Place) -> None:
    run = originals.ImportRun(new_id(), here.clinic.programme_id, b"d" * 32, "imported", {"n": 1}, here.by)
    originals.add_run(here.scope, run)
    assert originals.runs_of(here.scope) == originals.runs_of(here.scope, b"d" * 32) == (run,)
    proposal = originals.JoinProposal(
        **here.about, other_id=make_person(here.clinic), because=("same_identifier",)
    )
    originals.propose_join(here.scope, proposal)
    originals.propose_join(here.scope, replace(proposal, id=new_id()))
    assert originals.open_joins(here.scope) == (proposal,)
    decided = originals.decide_join(here.scope, proposal.id, "apart", by=here.by, now=NOW)
    assert (decided.decision, decided.decided_by) == ("apart", here.by)
    with pytest.raises(Missing):
        originals.decide_join(here.scope, proposal.id, "join", by=here.by, now=NOW)


FINDING = Finding(
    rule="start.example",
    ref="EX",
    verdict=Verdict.UNKNOWN,
    severity=Severity.ABSOLUTE,
    message="start.example",
    values={
        "a": Quantity(1.5, "kg"),
        "b": Code(SNOMED, "1", "words of the record"),
        "c": PartialDate(2020, 2),
        "d": NOW,
        "e": "text",
    },
    facts=("fact-1",),
    sources=("cite:example",),
)


def test_screening_and_decision(here: Place) -> None:
    screening = screenings.KeptScreening(
        **here.about,
        asked=AskedAsOf(date(2026, 3, 1), chosen=True),
        route="iv",
        indication="trd",
        advice=Advice.INCOMPLETE,
        findings=(FINDING,),
        content_version="v",
        overlay_version="",
        by=here.by,
    )
    assert screenings.newest_screening(here.scope, here.person_id) is None
    screenings.add_screening(here.scope, screening)
    kept = screenings.find_screening(here.scope, screening.id)
    assert replace(kept, recorded_at=None) == screening
    assert screenings.newest_screening(here.scope, here.person_id) == kept
    assert screenings.newest_advice(here.scope, [here.person_id]) == {here.person_id: Advice.INCOMPLETE}
    decision = screenings.EligibilityDecision(
        **here.about,
        screening_id=screening.id,
        decision="eligible",
        signed_by=here.by,
        signed_at=NOW,
        words={"reason": "talked it over"},
        overridden_rules=("start.example",),
    )
    screenings.sign_decision(here.scope, decision)
    (signed,) = screenings.decisions_of(here.scope, here.person_id)
    assert replace(signed, recorded_at=None) == decision


def test_consent(here: Place) -> None:
    document = consents.ConsentDocument(new_id(), "iv", "1", "en", "hash")
    assert consents.register_document(document) == document
    assert consents.register_document(replace(document, id=new_id())) == document
    signature = consents.ConsentSignature(
        **here.about,
        document_id=document.id,
        sections=("risks", "off-label"),
        words={"name": "Alex Example"},
        signed_by=here.by,
        signed_at=NOW,
    )
    consents.sign(here.scope, signature)
    (consent,) = consents.consents_of(here.scope, here.person_id)
    assert (consent.document, consent.signature, consent.is_in_force) == (document, signature, True)
    withdrawal = consents.ConsentWithdrawal(
        **here.about, signature_id=signature.id, words={}, withdrawn_by=here.by, withdrawn_at=NOW
    )
    consents.withdraw(here.scope, withdrawal)
    assert not consents.consents_of(here.scope, here.person_id)[0].is_in_force


def _course(here: Place) -> tuple[courses.Course, courses.PlannedSession]:
    course = courses.Course(**here.about, protocol="iv", content_version="v", status="planned", by=here.by)
    session = courses.PlannedSession(
        **here.about,
        course_id=course.id,
        number=1,
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=2),
        status="planned",
    )
    courses.add_course(here.scope, course, [session])
    return course, session


def test_courses(here: Place) -> None:
    course, session = _course(here)
    assert replace(courses.find_course(here.scope, course.id), recorded_at=None) == course
    assert courses.sessions_of_course(here.scope, course.id) == (session,)
    assert courses.sessions_of_person(here.scope, here.person_id) == (session,)
    assert courses.sessions_between(here.scope, NOW, NOW + timedelta(days=1)) == (session,)
    assert courses.sessions_between(here.scope, NOW + timedelta(days=1), NOW + timedelta(days=2)) == ()
    moved = replace(session, status="moved", site_id=here.clinic.site_id)
    courses.change_planned_session(here.scope, moved)
    assert courses.find_planned_session(here.scope, session.id) == moved
    courses.change_course(here.scope, replace(courses.lock_course(here.scope, course.id), status="running"))
    assert courses.courses_of(here.scope, here.person_id)[0].status == "running"
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM store_plannedsessionevent ORDER BY pgh_id")
        assert [row[0] for row in cursor.fetchall()] == ["planned", "moved"]


def test_orders(here: Place) -> None:
    course, session = _course(here)
    order = orders.DoseOrder(
        **here.about,
        course_id=course.id,
        planned_session_id=session.id,
        details={"dose": [40, "mg"]},
        ordered_by=here.by,
        ordered_at=NOW,
    )
    orders.place(here.scope, order)
    assert orders.orders_to_verify(here.scope) == (orders.PlacedOrder(order, None, None),)
    check = orders.DoseOrderVerification(
        **here.about, order_id=order.id, verified_by=new_id(), verified_at=NOW
    )
    orders.verify(here.scope, check)
    assert orders.orders_to_verify(here.scope) == ()
    end = orders.DoseOrderInvalidation(
        **here.about,
        order_id=order.id,
        reason="weight",
        invalidated_by=here.by,
        invalidated_at=NOW,
        words={"note": "lost weight"},
    )
    orders.invalidate(here.scope, end)
    placed = orders.PlacedOrder(order, check, end)
    assert orders.find_order(here.scope, order.id) == placed
    assert orders.orders_of_course(here.scope, course.id) == (placed,)
    assert orders.orders_of_session(here.scope, session.id) == (placed,)


def test_alarms(here: Place) -> None:
    alarm = alarms.Alarm(**here.about, stream=new_id(), rule="vitals", level="urgent", raised_at=NOW)
    alarms.raise_alarm(here.scope, alarm)
    assert alarms.open_alarms(here.scope) == alarms.alarms_of_stream(here.scope, alarm.stream) == (alarm,)
    assert [alarms.escalate_alarm(here.scope, alarm.id) for _ in "12"] == [True, False]
    assert [alarms.take_alarm(here.scope, alarm.id, by=here.by) for _ in "12"] == [True, False]
    assert [alarms.close_alarm(here.scope, alarm.id) for _ in "12"] == [True, False]
    assert alarms.open_alarms(here.scope) == ()
    assert alarms.find_alarm(here.scope, alarm.id).taken_by == here.by


def test_summaries(here: Place) -> None:
    summary = alarms.SessionSummary(
        **here.about, state="infusing", is_open=True, seq=3, site_id=here.clinic.site_id
    )
    alarms.keep_summary(here.scope, summary)
    alarms.keep_summary(here.scope, replace(summary, seq=4))
    assert alarms.summaries(here.scope, sites=[here.clinic.site_id]) == (replace(summary, seq=4),)
    assert alarms.find_summary(here.scope, summary.id).seq == 4
    assert alarms.summaries(here.scope, is_open=False) == ()
    assert len(alarms.summaries(here.scope, is_open=None)) == 1


def test_tasks(here: Place) -> None:
    task = tasks.Task(**here.about, kind="call", subject=new_id(), owner_role=Role.NURSE, due_at=NOW)
    tasks.add_task(here.scope, task)
    assert [t.id for t in tasks.open_tasks(here.scope)] == [task.id]
    assert tasks.open_tasks(here.scope, roles=[Role.COACH]) == ()
    assert [tasks.take_task(here.scope, task.id, by=here.by) for _ in "12"] == [True, False]
    assert [t.id for t in tasks.open_tasks(here.scope, owner=here.by)] == [task.id]
    assert [tasks.finish_task(here.scope, task.id, by=here.by) for _ in "12"] == [True, False]
    assert tasks.find_task(here.scope, task.id).done_by == here.by
    assert len(tasks.tasks_of(here.scope, here.person_id)) == 1


def test_a_task_without_owner_is_refused(here: Place) -> None:
    with pytest.raises(IntegrityError, match="task_has_an_owner"), transaction.atomic():
        tasks.add_task(here.scope, tasks.Task(**here.about, kind="call", subject=new_id()))


def _link(here: Place, **given: Any) -> tuple[links.OneTapLink, str]:
    # The database's own clock decides, so an end far ahead of any clock is given.
    given = {"expires_at": NOW.replace(year=2999)} | given
    link = links.OneTapLink(**here.about, purpose="phq9", **given)
    return link, links.make_link(here.scope, link)


def test_a_link_opens_its_own_person_only(here: Place) -> None:
    link, token = _link(here)
    found, scope = links.find_link(token)
    assert found == link
    assert scope == Scope(here.clinic.organisation_id, here.scope.programme_ids, here.person_id)
    assert [links.mark_used(scope, link.id) for _ in "12"] == [True, False]
    with pytest.raises(Missing):
        links.find_link(token)


def test_a_link_ends(here: Place) -> None:
    _, late = _link(here, expires_at=NOW.replace(year=2001))
    _, revoked = _link(here)
    assert links.revoke_links(here.scope, here.person_id) == 2
    assert len(links.links_of(here.scope, here.person_id)) == 2
    for token in (late, revoked, "guess"):
        with pytest.raises(Missing):
            links.find_link(token)


def test_answers(here: Place) -> None:
    names = {"instrument": "phq9", "version": "1", "language": "en"}
    draft = questionnaires.QuestionnaireDraft(
        **here.about, **names, link=new_id(), changed_at=NOW, answers={"1": 2}
    )
    assert questionnaires.find_draft(here.scope, draft.link) is None
    questionnaires.save_answer(here.scope, draft)
    more = questionnaires.save_answer(here.scope, replace(draft, id=new_id(), answers={"2": 3}))
    assert more.answers == {"1": 2, "2": 3}
    assert questionnaires.find_draft(here.scope, draft.link) == more
    assert [questionnaires.close_draft(here.scope, draft.link) for _ in "12"] == [True, False]
    response = questionnaires.QuestionnaireResponse(
        **here.about, **names, answers=more.answers, answered_at=NOW, by=here.by
    )
    score = questionnaires.Score(
        **here.about,
        response_id=response.id,
        instrument="phq9",
        scale="total",
        value=None,
        scoring_version="1",
        answered_at=NOW,
        missing=("phq9.3",),
    )
    questionnaires.add_response(here.scope, response, [score])
    assert replace(questionnaires.find_response(here.scope, response.id), recorded_at=None) == response
    assert len(questionnaires.responses_of(here.scope, here.person_id, instrument="phq9")) == 1
    assert questionnaires.scores_of(here.scope, here.person_id, instrument="phq9") == (score,)
    assert questionnaires.scores_of(here.scope, here.person_id, instrument="gad7") == ()


def test_content_in_force(here: Place) -> None:
    programme_id = here.clinic.programme_id
    assert content.content_in_force(here.scope, programme_id) == content.PairInForce("", "")
    assert [content.register_release("hash", by=here.by, files=b"packed") for _ in "12"] == [True, False]
    assert content.content_in_force(here.scope, programme_id) == content.PairInForce("hash", "")
    assert (content.files_of("hash"), content.files_of("other")) == (b"packed", None)
    value = content.ProgrammeValue(
        new_id(), programme_id, "start.age", date(2026, 1, 1), 21.0, "a", "consensus", "own", here.by
    )
    content.set_value(here.scope, value)
    before = content.content_in_force(here.scope, programme_id).overlay
    content.set_value(here.scope, replace(value, id=new_id(), value=25.0))
    assert content.overlay_of(here.scope, programme_id) == (replace(value, value=25.0),)
    pair = content.content_in_force(here.scope, programme_id)
    assert pair.overlay not in ("", before)
    assert pair.values == content.overlay_of(here.scope, programme_id)
    assert content.content_in_force(here.clinic.scope, new_id()) == content.PairInForce("", "")


def test_a_signature_keeps_the_values_it_was_given_under(here: Place) -> None:
    programme_id = here.clinic.programme_id
    content.register_release("hash", by=here.by)
    day = date(2026, 1, 1)
    value = content.ProgrammeValue(
        new_id(), programme_id, "start.age", day, 21.0, "a", "consensus", "own", here.by, "older here"
    )
    content.set_value(here.scope, value)
    overlay = content.content_in_force(here.scope, programme_id).overlay
    signature = content.ContentSignature(new_id(), programme_id, "hash", overlay, here.by, NOW)
    content.sign(here.scope, signature)
    assert content.content_in_force(here.scope, programme_id).is_signed
    content.set_value(here.scope, replace(value, id=new_id(), value=None))
    assert not content.content_in_force(here.scope, programme_id).is_signed
    (kept,) = content.signed_values(here.scope, programme_id, overlay)
    assert (kept.value, kept.in_force_from, kept.reason) == (21.0, day, "older here")
    assert content.signed_values(here.scope, programme_id, "another") == ()
    assert [each.id for each in content.signatures_of(here.scope, programme_id)] == [signature.id]
    told = content.ReviewedParameter(programme_id, "hash", "start.age", 20.0, "why", here.by)
    for each in (told, replace(told, value=None, reason="")):
        content.keep_review(here.scope, [each])
    assert content.review_of(here.scope, programme_id, "hash")["start.age"].value is None
    assert content.review_of(here.scope, programme_id, "other") == {}


def test_files(here: Place) -> None:
    theirs = files.StoredFile(
        **here.about, name="a.pdf", media_type="application/pdf", content=b"pdf", by=here.by
    )
    ours = replace(theirs, id=new_id(), person_id=None)
    for file in (theirs, ours):
        files.keep_file(here.scope, file)
        assert files.open_file(here.scope, file.id) == file


def test_deadlines(here: Place) -> None:
    deadline = deadlines.Deadline(
        new_id(),
        here.clinic.programme_id,
        "escalate",
        new_id(),
        NOW.replace(year=2001),
        {"n": 1},
        here.person_id,
    )
    deadlines.set_deadline(here.scope, deadline)
    deadlines.set_deadline(here.scope, replace(deadline, id=new_id()))
    assert deadlines.claim_one(here.scope, ["other"]) is None
    assert deadlines.claim_one(here.scope, ["escalate"]) == deadline
    assert deadlines.move_deadline(here.scope, "escalate", deadline.subject, NOW.replace(year=2999))
    assert deadlines.claim_one(here.scope, ["escalate"]) is None
    assert [deadlines.drop_deadline(here.scope, "escalate", deadline.subject) for _ in "12"] == [True, False]
    assert deadlines.deadlines_of(here.scope, deadline.subject)[0].done_at is not None
