"""A clinic in which a session can be opened, and a session carried on by actions, step by step."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from kairos.actions.answer_check import answer_check
from kairos.actions.bind_order import bind_order
from kairos.actions.complete_infusion import complete_infusion
from kairos.actions.confirm_identity import confirm_identity
from kairos.actions.decide_go import decide_go
from kairos.actions.open_session import open_session
from kairos.actions.rate_dissociation import rate_dissociation
from kairos.actions.rate_sedation import rate_sedation
from kairos.actions.record_release_criterion import record_release_criterion
from kairos.actions.record_vitals import record_vitals
from kairos.actions.start_infusion import start_infusion
from kairos.actions.vital_signs import VitalSigns
from kairos.content.consent_in_force import consent_in_force, consent_target
from kairos.content.release import load_release
from kairos.domain.eligibility.answers import fact_of_confirmed_list
from kairos.domain.eligibility.decision import Decision
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.protocols.dosing import (
    Concentration,
    Dose,
    DoseRate,
    DosingWeight,
    InfusionPlan,
    WeightBasis,
)
from kairos.domain.protocols.order_details import to_details
from kairos.domain.protocols.orders import DoseOrder
from kairos.domain.sessions.events import DissociationScale
from kairos.store.ids import new_id
from kairos.store.repositories import (
    consents,
    courses,
    days,
    facts,
    orders,
    organisations,
    people,
    screenings,
    stock,
)
from kairos.store.scope import scoped
from kairos.vocab.facts import AskedAsOf, FactKind
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Actor, Role
from kairos.vocab.verdict import Advice
from tests.support import canaries
from tests.support.clinic import Clinic, make_clinic, make_person, staff
from tests.support.dosing_sessions import CHECK_ANSWERS, LAST_TAKEN, LOOKED_UP, RELEASE_ANSWERS

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WELL = VitalSigns(systolic=120, diastolic=80, heart_rate=70, oxygen=98, breathing=14)
BORN = "1981-04-14"
NAME = f"{canaries.GIVEN} {canaries.FAMILY}"


@dataclass(frozen=True, slots=True)
class Floor:
    """A clinic with two places, a nurse, a prescriber, and a person whose session is planned for now."""

    clinic: Clinic
    places: tuple[UUID, UUID]
    nurse: Actor
    prescriber: Actor
    person_id: UUID
    planned_id: UUID
    order_id: UUID
    start: datetime

    def at(self, minute: float) -> datetime:
        """Return an instant so many minutes after the start of the appointment."""
        return self.start + timedelta(minutes=minute)

    def do(self, action: Any, minute: float, *, by: Actor | None = None, **content: Any) -> Any:
        """Do an action as the nurse at a minute; it carries a fresh command id."""
        return action(by=by or self.nurse, now=self.at(minute), command_id=new_id(), **content)


def make_floor(start: datetime = MORNING, *, names: tuple[str, str] = ("Chair 1", "Chair 2")) -> Floor:
    """Return a clinic with everything that a session needs before it can open."""
    clinic = make_clinic()
    places = (new_id(), new_id())
    nurse, prescriber = staff(clinic, Role.NURSE), staff(clinic, Role.CLINICIAN)
    with scoped(clinic.scope):
        for place_id, name in zip(places, names, strict=True):
            place = organisations.Place(place_id, clinic.programme_id, clinic.site_id, name)
            organisations.add_place(clinic.scope, place)
    identity = people.Identity(
        canaries.FAMILY,
        canaries.GIVEN,
        born_on=PartialDate.parse(BORN),
        identifiers=({"system": "urn:clinic", "value": "KR-0042"},),
    )
    person_id = make_person(clinic, identity)
    with scoped(clinic.scope):
        give_consent(clinic, person_id, start)
        sign_eligible(clinic, person_id, prescriber.id, start)
        confirm_medicines(clinic, person_id, prescriber.id, start)
        planned = plan_session(clinic, person_id, start, places[0])
        order_id = place_verified_order(clinic, planned, prescriber.id, nurse.id, start)
        open_day(clinic, start, prescriber.id)
    return Floor(clinic, places, nurse, prescriber, person_id, planned.id, order_id, start)


def beside(floor: Floor, place: str, identity: people.Identity) -> Floor:
    """Return the same clinic with another person, whose session is planned for another place of it."""
    clinic, start = floor.clinic, floor.start
    person_id, place_id = make_person(clinic, identity), new_id()
    with scoped(clinic.scope):
        organisations.add_place(
            clinic.scope, organisations.Place(place_id, clinic.programme_id, clinic.site_id, place)
        )
        give_consent(clinic, person_id, start)
        sign_eligible(clinic, person_id, floor.prescriber.id, start)
        confirm_medicines(clinic, person_id, floor.prescriber.id, start)
        planned = plan_session(clinic, person_id, start, place_id)
        order_id = place_verified_order(clinic, planned, floor.prescriber.id, floor.nurse.id, start)
    others = {"person_id": person_id, "planned_id": planned.id, "order_id": order_id}
    return replace(floor, places=(place_id, floor.places[1]), **others)


def open_day(clinic: Clinic, start: datetime, by: UUID) -> None:
    """Open the day at the clinic's site, which keeps UTC."""
    told = {"prescriber": str(by), "resuscitator": str(by)}
    ids = (new_id(), clinic.programme_id, clinic.site_id)
    days.add_entry(clinic.scope, days.DayEntry(*ids, start.date(), "open", by, start, told))


def give_consent(clinic: Clinic, person_id: UUID, start: datetime, *, protocol: str | None = None) -> None:
    """Sign the consent document in force for a protocol, completely."""
    target = consent_target(load_release(), protocol, None)
    document = consent_in_force(load_release(), on=start.date(), target=target)
    row = consents.ConsentDocument(new_id(), document.id, document.version, document.language, "digest")
    parts = (*document.section_ids, *(question.id for question in document.questions))
    signature = consents.ConsentSignature(
        id=new_id(),
        programme_id=clinic.programme_id,
        person_id=person_id,
        document_id=consents.register_document(row).id,
        sections=parts,
        words={"name": "signed"},
        signed_by=person_id,
        signed_at=start - timedelta(days=1),
    )
    consents.sign(clinic.scope, signature)


def sign_eligible(
    clinic: Clinic,
    person_id: UUID,
    signed_by: UUID,
    start: datetime,
    *,
    route: str = "iv",
    setting: str = "clinic",
) -> None:
    """Sign that the person may start."""
    screening = screenings.KeptScreening(
        id=new_id(),
        programme_id=clinic.programme_id,
        person_id=person_id,
        asked=AskedAsOf(start.date(), True),
        route=route,
        setting=setting,
        indication="trd",
        advice=Advice.MAY_PROCEED,
        findings=(),
        content_version="test",
        overlay_version="",
        by=signed_by,
    )
    screenings.add_screening(clinic.scope, screening)
    decision = screenings.EligibilityDecision(
        id=new_id(),
        programme_id=clinic.programme_id,
        person_id=person_id,
        screening_id=screening.id,
        decision=Decision.START,
        signed_by=signed_by,
        signed_at=start - timedelta(days=1),
        words={"reason": "nothing speaks against it"},
    )
    screenings.sign_decision(clinic.scope, decision)


def confirm_medicines(clinic: Clinic, person_id: UUID, by: UUID, start: datetime) -> None:
    """Confirm that the person takes nothing."""
    said = {
        "fact_id": "list/medicines",
        "ref": "list/medicines",
        "by": str(by),
        "at": start - timedelta(days=2),
    }
    stated = fact_of_confirmed_list(FactKind.MEDICATION, **said)
    facts.add_facts(clinic.scope, clinic.programme_id, person_id, [stated])


def plan_session(
    clinic: Clinic,
    person_id: UUID,
    start: datetime,
    place_id: UUID | None = None,
    protocol: str = "iv_racemic_clinic",
) -> courses.PlannedSession:
    """Plan one session that starts now."""
    course_id = new_id()
    planned = courses.PlannedSession(
        id=new_id(),
        programme_id=clinic.programme_id,
        person_id=person_id,
        course_id=course_id,
        number=1,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        status=PlannedStatus.PLANNED,
        site_id=clinic.site_id,
        place_id=place_id,
    )
    version = load_release().version
    course = courses.Course(
        course_id, clinic.programme_id, person_id, protocol, version, "planned", person_id
    )
    courses.add_course(clinic.scope, course, [planned])
    return planned


def place_verified_order(
    clinic: Clinic, planned: courses.PlannedSession, placed_by: UUID, verified_by: UUID, start: datetime
) -> UUID:
    """Place an order of 34 mg over 40 minutes and have a second person verify it."""
    order_id = place_order(clinic, planned, placed_by, start)
    check = orders.DoseOrderVerification(
        new_id(), clinic.programme_id, planned.person_id, order_id, verified_by, start
    )
    orders.verify(clinic.scope, check)
    return order_id


def place_order(clinic: Clinic, planned: courses.PlannedSession, placed_by: UUID, start: datetime) -> UUID:
    """Place an order that still waits for its check."""
    weight = DosingWeight(Decimal(68), WeightBasis.ACTUAL, start.date())
    plan = InfusionPlan(Dose(Decimal(34)), timedelta(minutes=40), Concentration(Decimal(1)))
    wanted = DoseOrder(new_id(), DoseRate(Decimal("0.5")), weight, plan, placed_by, start)
    ids = (clinic.programme_id, planned.person_id, planned.course_id)
    order = orders.DoseOrder(wanted.id, *ids, to_details(wanted), placed_by, start, planned.id)
    orders.place(clinic.scope, order)
    keep_pharmacy_reference(clinic, planned.person_id, order.id, start)
    return order.id


def keep_pharmacy_reference(clinic: Clinic, person_id: UUID, order_id: UUID, start: datetime) -> None:
    """Record what the pharmacy's label says of a dose."""
    words = {"reference": "RX-1"}
    kept = (new_id(), clinic.programme_id, person_id, order_id, words, person_id, start)
    stock.keep_reference(clinic.scope, stock.PharmacyReference(*kept))


def opened(floor: Floor, minute: float = -20) -> UUID:
    """Open the session."""
    return floor.do(open_session, minute, planned_session_id=floor.planned_id, place_id=floor.places[0])


def checked(floor: Floor, minute: float = -10, values: VitalSigns = WELL) -> UUID:
    """Open it, confirm who is there, answer every item, take the baseline, bind the order, and call it."""
    session_id = opened(floor, minute - 5)
    said = {"name": NAME, "born_on": BORN}
    floor.do(confirm_identity, minute - 4, session_id=session_id, said=said)
    for item, answer in CHECK_ANSWERS.items():
        if item not in LOOKED_UP:
            floor.do(answer_check, minute - 3, session_id=session_id, item=item, answer=answer)
    for item, ago in LAST_TAKEN.items():
        floor.do(answer_check, minute - 3, session_id=session_id, item=item, answered_at=floor.at(ago))
    floor.do(rate_sedation, minute - 1, session_id=session_id, score=5)
    scale = DissociationScale.NOUGHT_TO_TEN
    floor.do(rate_dissociation, minute - 1, session_id=session_id, scale=scale, score=1)
    floor.do(record_vitals, minute, session_id=session_id, values=values)
    floor.do(bind_order, minute + 1, session_id=session_id, order_id=floor.order_id)
    floor.do(decide_go, minute + 2, session_id=session_id)
    return session_id


def infusing(floor: Floor) -> UUID:
    """Start the infusion at minute nought."""
    session_id = checked(floor)
    floor.do(start_infusion, 0, session_id=session_id)
    return session_id


def observing(floor: Floor) -> UUID:
    """Let the whole volume run in by minute forty."""
    session_id = infusing(floor)
    floor.do(complete_infusion, 40, session_id=session_id)
    return session_id


def releasable(floor: Floor, minute: float = 110) -> UUID:
    """Watch until time and every criterion hold."""
    session_id = observing(floor)
    seen_well(floor, session_id, minute)
    return session_id


def seen_well(floor: Floor, session_id: UUID, minute: float) -> None:
    """See every criterion of release met at a minute."""
    floor.do(record_vitals, minute, session_id=session_id, values=WELL)
    floor.do(rate_sedation, minute, session_id=session_id, score=5)
    scale = DissociationScale.NOUGHT_TO_TEN
    floor.do(rate_dissociation, minute, session_id=session_id, scale=scale, score=1)
    for criterion, answer in RELEASE_ANSWERS.items():
        floor.do(record_release_criterion, minute, session_id=session_id, criterion=criterion, answer=answer)
