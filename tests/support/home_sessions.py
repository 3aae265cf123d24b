"""A session at home for tests of the database: all that its gate asks for, each step by who takes it."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kairos.actions.agree_to_support import agree_to_support
from kairos.actions.answer_check import answer_check
from kairos.actions.answer_home_check import answer_home_check
from kairos.actions.answer_support_quiz import answer_support_quiz
from kairos.actions.bind_order import bind_order
from kairos.actions.confirm_home_dose import confirm_home_dose
from kairos.actions.confirm_identity import confirm_identity
from kairos.actions.decide_go import decide_go
from kairos.actions.end_home_hold import end_home_hold
from kairos.actions.make_home_link import make_home_link
from kairos.actions.name_support_person import name_support_person
from kairos.actions.open_session import open_session
from kairos.actions.place_portion_order import place_portion_order
from kairos.actions.plan_course import plan_course
from kairos.actions.rate_dissociation import rate_dissociation
from kairos.actions.rate_sedation import rate_sedation
from kairos.actions.record_home_reading import record_home_reading
from kairos.actions.switch_home_route import switch_home_route
from kairos.actions.verify_dose_order import verify_dose_order
from kairos.actions.verify_emergency_plan import verify_emergency_plan
from kairos.actions.write_emergency_plan import write_emergency_plan
from kairos.content.release import load_release
from kairos.domain.protocols.dose_rules import MouthEnd
from kairos.domain.protocols.dosing import BodyMeasures
from kairos.domain.protocols.home_route import MEANINGS, SwitchState
from kairos.domain.protocols.portion_orders import PortionRequest
from kairos.domain.protocols.treatment_protocol import CheckKind
from kairos.domain.sessions.events import DissociationScale
from kairos.domain.sessions.home_links import HomeLink
from kairos.queries.home_links import fresh_address
from kairos.store.ids import new_id
from kairos.store.repositories import courses
from kairos.store.scope import scoped
from kairos.vocab.people import Actor, Role
from tests.support.clinic import staff
from tests.support.route_sessions import passing
from tests.support.running_session import (
    BORN,
    MORNING,
    NAME,
    WELL,
    Floor,
    give_consent,
    keep_pharmacy_reference,
    make_floor,
    sign_eligible,
)

HOME = "sublingual_home"
SUPPORT = {"name": "Mark Stone", "phone": "+15550177"}
PLAN = {
    "address": "14 Larch Road, flat 2, Millbrook",
    "access": "Side door, code 4417",
    "phone": "+15550178",
    "who": "Mark Stone, in the next room",
    "nearest": "County General, 9 minutes",
}
TEAM = "+15550142"
CALM = replace(WELL, breathing=None)


@dataclass(frozen=True, slots=True)
class Home:
    """A clinic floor with one person whose first session at home is planned for the start of the floor."""

    floor: Floor
    director: Actor
    planned_id: UUID
    order_id: UUID
    support_id: UUID

    @property
    def patient(self) -> Actor:
        """Whoever holds the patient's link."""
        return self._holder(Role.PATIENT)

    @property
    def support(self) -> Actor:
        """Whoever holds the support person's link."""
        return self._holder(Role.SUPPORT_PERSON)

    def _holder(self, role: Role) -> Actor:
        scope = replace(self.floor.clinic.scope, patient_id=self.floor.person_id)
        return Actor(new_id(), frozenset({role}), scope)


def switch_on(floor: Floor, minute: float = -900) -> Actor:
    """Switch sessions at home on, and return the medical director who did."""
    director = staff(floor.clinic, Role.MEDICAL_DIRECTOR)
    about = {
        "programme_id": floor.clinic.programme_id,
        "state": SwitchState.ON,
        "agreed": MEANINGS,
        "phone": TEAM,
    }
    floor.do(switch_home_route, minute, by=director, **about)
    return director


def make_home(start: datetime = MORNING, *, prepared: bool = True) -> Home:
    """Return a planned session at home, switched on; prepared: support person and plan are in order."""
    floor = make_floor(start)
    director = switch_on(floor)
    with scoped(floor.clinic.scope):
        give_consent(floor.clinic, floor.person_id, start, protocol=HOME)
        sign_eligible(floor.clinic, floor.person_id, floor.prescriber.id, start, route="sl", setting="home")
    about = {"person_id": floor.person_id, "protocol": HOME, "site_id": floor.clinic.site_id}
    course_id = floor.do(
        plan_course, -800, by=floor.prescriber, place_id=floor.places[0], starts=[start], **about
    )
    with scoped(floor.clinic.scope):
        (session,) = courses.sessions_of_course(floor.clinic.scope, course_id)
    order_id = _order(floor, session.id)
    support_id = named(floor) if prepared else new_id()
    home = Home(floor, director, session.id, order_id, support_id)
    if prepared:
        trained(home)
        planned_for(home)
    return home


def _order(floor: Floor, planned_id: UUID) -> UUID:
    request = PortionRequest(
        Decimal(100),
        mouth_end=MouthEnd.SPAT,
        body=BodyMeasures(Decimal(68), floor.start.date(), Decimal(172)),
    )
    order_id = floor.do(
        place_portion_order, -700, by=floor.prescriber, planned_session_id=planned_id, request=request
    )
    floor.do(verify_dose_order, -690, order_id=order_id, dose_mg=Decimal(100), portions=1)
    with scoped(floor.clinic.scope):
        keep_pharmacy_reference(floor.clinic, floor.person_id, order_id, floor.start)
    return order_id


def named(floor: Floor, minute: float = -600) -> UUID:
    """Name the support person."""
    return floor.do(name_support_person, minute, person_id=floor.person_id, words=SUPPORT)


def right_answers() -> dict[str, str]:
    """Return the right answers of the quiz."""
    return {question.id: question.right for question in load_release().support_training["en"].questions}


def trained(home: Home, minute: float = -500) -> None:
    """Have the support person pass the quiz and agree."""
    about = {"person_id": home.floor.person_id, "subject": home.support_id, "by": home.support}
    home.floor.do(answer_support_quiz, minute, answers=right_answers(), **about)
    home.floor.do(agree_to_support, minute + 1, **about)


def planned_for(home: Home, minute: float = -300) -> None:
    """Write the emergency plan and go through it for this session."""
    about = {"person_id": home.floor.person_id, "words": PLAN}
    home.floor.do(write_emergency_plan, minute, **about)
    home.floor.do(verify_emergency_plan, minute + 1, planned_session_id=home.planned_id)


def opened(home: Home, minute: float = -40) -> UUID:
    """Open the session; it has no chair."""
    return home.floor.do(open_session, minute, planned_session_id=home.planned_id, place_id=None)


def asked(home: Home, session_id: UUID, minute: float = -30, *, leave_out: str = "") -> None:
    """Answer the check, each item by whoever the protocol names first: the home where it may."""
    protocol = load_release().protocols[HOME]
    floor, words = home.floor, passing(protocol)
    floor.do(confirm_identity, minute, session_id=session_id, said={"name": NAME, "born_on": BORN})
    for item in protocol.checks:
        by = home.patient if Role.PATIENT in item.by else floor.nurse
        action = answer_home_check if by is not floor.nurse else answer_check
        about = {"session_id": session_id, "item": item.id, "by": by}
        if item.id == leave_out or item.kind is CheckKind.LOOKED_UP:
            continue
        if item.kind is CheckKind.SINCE:
            floor.do(action, minute, **about, answered_at=floor.at(-2880))
        else:
            floor.do(action, minute, **about, answer=words[item.id])


def measured(home: Home, session_id: UUID, minute: float = -25) -> None:
    """Read the cuff twice, and rate wakefulness and detachment over the camera."""
    floor = home.floor
    for at in (minute, minute + 10):
        floor.do(record_home_reading, at, by=home.support, session_id=session_id, values=CALM)
    floor.do(rate_sedation, minute + 10, session_id=session_id, score=5)
    scale = DissociationScale.NOUGHT_TO_TEN
    floor.do(rate_dissociation, minute + 10, session_id=session_id, scale=scale, score=1)


def decided(home: Home, minute: float = -40, *, leave_out: str = "") -> UUID:
    """Go through the gate at 30 minutes before the dose, up to the call."""
    session_id = opened(home, minute)
    asked(home, session_id, minute + 10, leave_out=leave_out)
    measured(home, session_id, minute + 15)
    home.floor.do(bind_order, minute + 30, session_id=session_id, order_id=home.order_id)
    home.floor.do(decide_go, minute + 32, session_id=session_id)
    return session_id


def dosed(home: Home) -> UUID:
    """Take the dose at minute nought; hold it for ten minutes, then spit it out."""
    session_id = decided(home)
    home.floor.do(confirm_home_dose, 0, by=home.patient, session_id=session_id)
    home.floor.do(end_home_hold, 10, by=home.patient, session_id=session_id, end=MouthEnd.SPAT)
    return session_id


def link_to(home: Home, kind: HomeLink, minute: float = -35) -> str:
    """Make a link, as the desk does, and return its secret."""
    address, planned_id = fresh_address(), None if kind is HomeLink.TRAINING else home.planned_id
    about = {"person_id": home.floor.person_id, "kind": kind, "planned_session_id": planned_id}
    home.floor.do(make_home_link, minute, address=address, **about)
    return address
