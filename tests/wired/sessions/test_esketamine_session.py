"""A visit for esketamine nasal spray, by actions from signing to going home."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from kairos.actions import clinic_days, session_stream
from kairos.actions.answer_check import answer_check
from kairos.actions.bind_order import bind_order
from kairos.actions.confirm_identity import confirm_identity
from kairos.actions.decide_go import decide_go
from kairos.actions.empty_mouth import empty_mouth
from kairos.actions.give_portion import give_portion
from kairos.actions.invalidate_dose_order import invalidate_dose_order
from kairos.actions.note_symptom import note_symptom
from kairos.actions.open_session import open_session
from kairos.actions.place_portion_order import place_portion_order
from kairos.actions.plan_course import plan_course
from kairos.actions.rate_dissociation import rate_dissociation
from kairos.actions.rate_sedation import rate_sedation
from kairos.actions.record_release_criterion import record_release_criterion
from kairos.actions.record_rems_enrolment import record_rems_enrolment
from kairos.actions.record_site_certification import record_site_certification
from kairos.actions.record_vitals import record_vitals
from kairos.actions.release_patient import release_patient
from kairos.actions.screen_person import screen_person
from kairos.actions.stop_dosing import stop_dosing
from kairos.actions.verify_dose_order import verify_dose_order
from kairos.domain.protocols.portion_orders import PortionRequest
from kairos.domain.protocols.rems import RemsState, RemsStatement
from kairos.domain.protocols.treatment_protocol import CheckKind
from kairos.domain.rules.target import Route, Setting
from kairos.domain.sessions.events import DissociationScale, StopReason, SymptomState
from kairos.domain.sessions.portions import next_portion
from kairos.queries.dosing_sessions import session_page
from kairos.store.repositories import courses, rems
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Role
from tests.support.clinic import staff
from tests.support.route_sessions import dosed, passing, protocol_of, ready
from tests.support.running_session import (
    BORN,
    NAME,
    WELL,
    Floor,
    give_consent,
    keep_pharmacy_reference,
    make_floor,
    sign_eligible,
)

pytestmark = pytest.mark.django_db
ESKETAMINE = "esketamine_clinic"
EXPIRES = date(2027, 6, 30)


@pytest.fixture
def floor() -> Floor:
    """Return a clinic with a person whose course of infusions has ended and who is signed for esketamine."""
    return make_floor()


def signed_for_esketamine(floor: Floor) -> Floor:
    """Sign that the person may start esketamine in the clinic, certify the site and enrol the person."""
    about = (floor.clinic, floor.person_id, floor.prescriber.id, floor.start)
    with scoped(floor.clinic.scope):
        give_consent(floor.clinic, floor.person_id, floor.start, protocol=ESKETAMINE)
        sign_eligible(*about, route="esketamine")
    on_record(floor)
    return floor


def on_record(floor: Floor) -> None:
    """Record what the REMS asks for."""
    statement = RemsStatement(RemsState.HOLDS, floor.start.date(), reference="R-1")
    floor.do(record_site_certification, -90, site_id=floor.clinic.site_id, statement=statement)
    floor.do(record_rems_enrolment, -90, person_id=floor.person_id, statement=statement)


def mornings_after(start):
    """Return two mornings to come, within the hours of every site, whatever the time of day is now."""
    return [(start + timedelta(days=day)).replace(hour=9, minute=0) for day in (1, 4)]


def planned(floor: Floor, days=(0, 3), starts=None, protocol=ESKETAMINE):
    """Plan the first sessions of the induction and return them."""
    starts = starts or [datetime(2026, 3, 2, 9, 0, tzinfo=UTC) + timedelta(days=day) for day in days]
    course_id = floor.do(
        plan_course,
        -60,
        by=floor.prescriber,
        person_id=floor.person_id,
        protocol=protocol,
        site_id=floor.clinic.site_id,
        place_id=None,
        starts=starts,
    )
    with scoped(floor.clinic.scope):
        return courses.sessions_of_course(floor.clinic.scope, course_id)


def ordered(floor: Floor, session, mg: int = 56):
    """Order a dose, have it checked, and note what the pharmacy's label says."""
    request = PortionRequest(Decimal(mg))
    order_id = floor.do(
        place_portion_order, -50, by=floor.prescriber, planned_session_id=session.id, request=request
    )
    floor.do(verify_dose_order, -45, order_id=order_id, dose_mg=Decimal(mg), portions=mg // 28)
    with scoped(floor.clinic.scope):
        keep_pharmacy_reference(floor.clinic, floor.person_id, order_id, floor.start)
    return order_id


def checked(floor: Floor, session, order_id):
    """Open the session, answer the whole check, bind the order and decide."""
    protocol = protocol_of(ESKETAMINE)
    session_id = floor.do(open_session, -20, planned_session_id=session.id, place_id=floor.places[0])
    floor.do(confirm_identity, -19, session_id=session_id, said={"name": NAME, "born_on": BORN})
    for item in protocol.checks:
        about = {"session_id": session_id, "item": item.id}
        if item.kind is CheckKind.SINCE:
            floor.do(answer_check, -18, **about, answered_at=floor.at(-48 * 60))
        elif item.kind is CheckKind.CHOICE:
            floor.do(answer_check, -18, **about, answer=passing(protocol)[item.id])
    seen_well(floor, session_id, -15)
    floor.do(bind_order, -10, session_id=session_id, order_id=order_id)
    floor.do(decide_go, -8, session_id=session_id)
    return session_id


def seen_well(floor: Floor, session_id, minute):
    """Take everything at the chair."""
    floor.do(record_vitals, minute, session_id=session_id, values=WELL)
    floor.do(rate_sedation, minute, session_id=session_id, score=5)
    scale = DissociationScale.NOUGHT_TO_TEN
    floor.do(rate_dissociation, minute, session_id=session_id, scale=scale, score=1)


def test_a_visit_from_signing_to_going_home(floor):
    """56 mg in two devices five minutes apart; 119 minutes are refused, 120 are not."""
    session = planned(signed_for_esketamine(floor))[0]
    session_id = checked(floor, session, ordered(floor, session))
    given = {"session_id": session_id, "lot": "L1", "expires_on": EXPIRES}
    assert floor.do(give_portion, 0, **given).phase == "dosing"
    with pytest.raises(NotAllowed, match="gap"):
        floor.do(give_portion, 4, **given)
    with pytest.raises(InvalidInput, match="read it from the device"):
        floor.do(give_portion, 5, session_id=session_id)
    entered = floor.do(give_portion, 5, **given)
    assert (entered.phase, entered.next_due) == ("observing", "sedation")
    with pytest.raises(NotAllowed, match="nothing of an order is left"):
        floor.do(give_portion, 11, **given)
    seen_well(floor, session_id, 40)
    seen_well(floor, session_id, 118)
    for item in protocol_of(ESKETAMINE).release:
        answer = next(word for word, meets in item.answers.items() if meets)
        floor.do(record_release_criterion, 118, session_id=session_id, criterion=item.id, answer=answer)
    with pytest.raises(NotAllowed, match="time"):
        floor.do(release_patient, 119, session_id=session_id)
    assert floor.do(release_patient, 120, session_id=session_id).phase == "released"
    page = session_page(session_id=session_id, by=floor.nurse, now=floor.at(121))
    assert [portion.lot for portion in page.picture.state.dose.portions] == ["L1", "L1"]


def test_a_device_is_in_date_by_the_day_of_its_site(floor, monkeypatch):
    session = planned(signed_for_esketamine(floor))[0]
    session_id = checked(floor, session, ordered(floor, session))
    floor.do(give_portion, 0, session_id=session_id, lot="L1", expires_on=EXPIRES)
    given = {"session_id": session_id, "lot": "L1", "expires_on": floor.at(5).date() - timedelta(days=1)}
    with pytest.raises(InvalidInput, match="has passed"):
        floor.do(give_portion, 5, **given)
    monkeypatch.setattr(clinic_days, "zone_of", lambda *_: ZoneInfo("Etc/GMT+12"))  # where it is yesterday
    assert floor.do(give_portion, 5, **given).phase == "observing"


def test_rems_02_no_device_is_used_where_site_or_person_are_not_on_record(floor):
    """Ended or out of date stops the dose as much as nothing on record."""
    session = planned(signed_for_esketamine(floor))[0]
    session_id = checked(floor, session, ordered(floor, session))
    given = {"session_id": session_id, "lot": "L1", "expires_on": EXPIRES}
    ended = RemsStatement(RemsState.ENDED, floor.start.date(), reference="R-2")
    holds = RemsStatement(RemsState.HOLDS, floor.start.date(), reference="R-3")
    of_site = {"site_id": floor.clinic.site_id}
    with pytest.raises(InvalidInput, match="proves it"):
        floor.do(record_site_certification, -6, statement=replace(ended, reference=""), **of_site)
    floor.do(record_site_certification, -6, statement=ended, **of_site)
    with pytest.raises(NotAllowed, match="certification has ended"):
        floor.do(give_portion, 0, **given)
    floor.do(record_site_certification, -5, statement=holds, **of_site)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rems, "enrolments", lambda scope, person_ids: {})
        patch.setattr(rems, "certifications", lambda scope, site_ids: {})
        with pytest.raises(NotAllowed, match="enrolment is not on record"):
            floor.do(give_portion, 0, **given)
    assert floor.do(give_portion, 0, **given).phase == "dosing"


def test_a_dose_that_is_stopped_after_the_first_device(floor):
    session = planned(signed_for_esketamine(floor))[0]
    session_id = checked(floor, session, ordered(floor, session))
    floor.do(give_portion, 0, session_id=session_id, lot="L1", expires_on=EXPIRES)
    floor.do(note_symptom, 2, session_id=session_id, codes=("panic",), state=SymptomState.PRESENT)
    assert floor.do(stop_dosing, 3, session_id=session_id, reason=StopReason.DISTRESS).phase == "observing"
    with pytest.raises(NotAllowed, match="mouth emptied"):
        floor.do(empty_mouth, 4, session_id=session_id, end="spat")


def test_the_first_dose_is_refused_above_56_mg_and_the_check_is_a_second_persons(floor):
    session = planned(signed_for_esketamine(floor))[0]
    about = {"planned_session_id": session.id, "by": floor.prescriber}
    with pytest.raises(InvalidInput, match="order 56 mg"):
        floor.do(place_portion_order, -50, request=PortionRequest(Decimal(84)), **about)
    order_id = floor.do(place_portion_order, -50, request=PortionRequest(Decimal(56)), **about)
    with pytest.raises(NotAllowed, match="other than who placed it"):
        floor.do(
            verify_dose_order,
            -49,
            by=floor.prescriber,
            order_id=order_id,
            dose_mg=Decimal(56),
            portions=2,
        )
    with pytest.raises(InvalidInput, match="is not what was ordered"):
        floor.do(verify_dose_order, -49, order_id=order_id, dose_mg=Decimal(56), portions=3)


def test_nobody_is_planned_for_a_route_that_was_not_signed(floor):
    """Signed for an infusion: a course of esketamine is refused, and the other way round."""
    with pytest.raises(NotAllowed, match="nobody signed for this route and place"):
        planned(floor)
    floor.do(invalidate_dose_order, -55, by=floor.prescriber, order_id=floor.order_id, reason="another")
    about = {"planned_session_id": floor.planned_id, "request": PortionRequest(Decimal(56))}
    with pytest.raises(NotAllowed, match="this protocol is an infusion"):
        floor.do(place_portion_order, -50, by=floor.prescriber, **about)


def test_a_person_is_screened_for_any_route_that_has_a_protocol(floor):
    """Esketamine in the clinic has one; an infusion at home has none and is refused."""
    about = {"person_id": floor.person_id, "by": floor.prescriber}
    floor.do(screen_person, 0, route=Route.ESKETAMINE, **about)
    with pytest.raises(NotAllowed, match="no protocol for iv, home"):
        floor.do(screen_person, 1, route=Route.IV, setting=Setting.HOME, **about)


def test_sessions_at_home_are_off_until_a_programme_can_switch_them_on(floor):
    """A person signed for a lozenge at home is planned by nobody."""
    about = (floor.clinic, floor.person_id, floor.prescriber.id, floor.start)
    with scoped(floor.clinic.scope):
        sign_eligible(*about, route="sl", setting="home")
    with pytest.raises(NotAllowed, match="at home are not switched on"):
        planned(floor, protocol="sublingual_home")


def test_a_session_outside_its_course_week_is_refused(floor):
    with pytest.raises(InvalidInput, match="course week 1; the most is 2"):
        planned(signed_for_esketamine(floor), days=(0, 2, 4))


def test_a_step_is_left_to_whom_the_protocol_names(floor):
    """A therapist may not give, whatever their permissions; one of our own processes does what jobs must."""
    therapist = staff(floor.clinic, Role.THERAPIST)
    picture = ready(ESKETAMINE).look(0)
    event = next_portion(picture, lot="L1", expires_on=EXPIRES)
    with pytest.raises(NotAllowed, match="left to others by this protocol: clinician or medical director"):
        session_stream.check_role(picture, event, therapist)
    session_stream.check_role(picture, event, floor.nurse)
    session_stream.check_role(picture, event, replace(therapist, is_system=True))
    with pytest.raises(NotAllowed, match="nothing of an order is left"):
        next_portion(dosed(ESKETAMINE).look(20))
