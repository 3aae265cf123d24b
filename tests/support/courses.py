"""A person who may start, who has consented, and who has a course: in the database."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from kairos.actions.acknowledge_section import acknowledge_section
from kairos.actions.answer_consent_question import answer_consent_question
from kairos.actions.place_dose_order import place_dose_order
from kairos.actions.plan_course import plan_course
from kairos.actions.sign_consent import sign_consent
from kairos.actions.tell_expectations import tell_expectations
from kairos.content.consent_in_force import consent_in_force
from kairos.content.release import load_release
from kairos.domain.eligibility.decision import Decision
from kairos.domain.protocols.dosing import BodyMeasures, Concentration, DoseRate
from kairos.domain.protocols.orders import OrderRequest
from kairos.queries.courses import IV_PROTOCOL
from kairos.store.ids import new_id
from kairos.store.repositories import courses, screenings
from kairos.store.scope import scoped
from kairos.vocab.facts import AskedAsOf
from kairos.vocab.people import Actor, Role
from kairos.vocab.verdict import Advice
from tests.support import canaries
from tests.support.clinic import NOW, Clinic, staff

EXPECTED = {"benefit": "may_help", "duration": "days_or_weeks", "alone": "other_help"}
NEXT_MONDAY = NOW.date() + timedelta(days=7)
SIX_DAYS = (0, 3, 7, 10, 14, 17)  # from a Monday


def document():
    """Return the consent document in force."""
    return consent_in_force(load_release(), on=NOW.date())


def keep_screening(
    clinic: Clinic, person_id: UUID, advice: Advice = Advice.MAY_PROCEED, jurisdiction: str = "us"
) -> UUID:
    """Keep a screening with an advice, and return its id."""
    kept = screenings.KeptScreening(
        *(new_id(), clinic.programme_id, person_id, AskedAsOf(NOW.date()), "iv", "trd", advice, ()),
        content_version="test",
        overlay_version="",
        by=new_id(),
        jurisdiction=jurisdiction,
    )
    with scoped(clinic.scope):
        screenings.add_screening(clinic.scope, kept)
    return kept.id


def keep_decision(
    clinic: Clinic,
    person_id: UUID,
    decision: Decision = Decision.START,
    at: datetime = NOW,
    jurisdiction: str = "us",
) -> None:
    """Keep a signed decision."""
    screening_id = keep_screening(clinic, person_id, jurisdiction=jurisdiction)
    signed = screenings.EligibilityDecision(
        *(new_id(), clinic.programme_id, person_id, screening_id, decision, new_id(), at),
        words={"reason": canaries.FREE_TEXT},
    )
    with scoped(clinic.scope):
        screenings.sign_decision(clinic.scope, signed)


def read_all(person_id: UUID, by: Actor, now: datetime = NOW) -> None:
    """Acknowledge every section and answer every question rightly."""
    text = document()
    common = {"person_id": person_id, "version": text.version, "by": by, "now": now}
    for section in text.sections:
        acknowledge_section(**common, section=section.id, command_id=new_id())
    for question in text.questions:
        right = next(answer.id for answer in question.answers if answer.is_right)
        answer_consent_question(**common, question=question.id, chosen=right, command_id=new_id())
    tell_expectations(**common, chosen=EXPECTED, command_id=new_id())


def give_consent(clinic: Clinic, person_id: UUID, by: Actor | None = None, now: datetime = NOW) -> UUID:
    """Read and sign the document, on a nurse's tablet where nobody else is named."""
    actor = by or staff(clinic, Role.NURSE)
    read_all(person_id, actor, now)
    return sign_consent(
        person_id=person_id,
        version=document().version,
        name=f"{canaries.GIVEN} {canaries.FAMILY}",
        command_id=new_id(),
        by=actor,
        now=now,
    )


def starts_from(first: date, hour: int = 9) -> tuple[datetime, ...]:
    """Return the usual six starts from a Monday on."""
    begin = datetime(first.year, first.month, first.day, hour, tzinfo=UTC)
    return tuple(begin + timedelta(days=day) for day in SIX_DAYS)


def make_course(
    clinic: Clinic, person_id: UUID, *, first: date = NEXT_MONDAY, now: datetime = NOW
) -> tuple[courses.PlannedSession, ...]:
    """Plan the usual course for somebody who may start, and return its sessions."""
    keep_decision(clinic, person_id, at=now)
    course_id = plan_course(
        person_id=person_id,
        protocol=IV_PROTOCOL,
        site_id=clinic.site_id,
        place_id=None,
        starts=starts_from(first),
        command_id=new_id(),
        by=staff(clinic),
        now=now,
    )
    with scoped(clinic.scope):
        return courses.sessions_of_course(clinic.scope, course_id)


def request_of(weighed_on: date, *, kg: str = "70", dose: str = "0.5", **more: object) -> OrderRequest:
    """Return what a prescriber asks for: 70 kg, 175 cm, half a milligram a kilogram, 1 mg/mL."""
    body = BodyMeasures(Decimal(kg), weighed_on, Decimal(str(more.get("height", "175"))), more.get("sex"))
    over = timedelta(minutes=int(str(more.get("minutes", 40))))
    return OrderRequest(
        body, DoseRate(Decimal(dose)), over, Concentration(Decimal(str(more.get("bag", "1"))))
    )


def make_order(session: courses.PlannedSession, by: Actor, now: datetime = NOW, **more: object) -> UUID:
    """Place the usual order for a session, weighed three days before it."""
    weighed_on = min(now.date(), session.starts_at.date() - timedelta(days=3))
    return place_dose_order(
        planned_session_id=session.id,
        request=request_of(weighed_on, **more),
        command_id=new_id(),
        by=by,
        now=now,
    )
