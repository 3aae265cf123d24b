"""The next order looks back: a change says why, a second person reads it, and an interval is kept."""

from decimal import Decimal

import pytest

from kairos.actions.place_dose_order import place_dose_order
from kairos.actions.record_vitals import record_vitals
from kairos.actions.release_patient import release_patient
from kairos.actions.verify_dose_order import verify_dose_order
from kairos.actions.vital_signs import VitalSigns
from kairos.domain.protocols.dose_history import DoseStep
from kairos.domain.protocols.dosing import BodyMeasures, Concentration, DoseRate
from kairos.domain.protocols.orders import OrderRequest
from kairos.queries.dose_orders import order_page, worked_out
from kairos.queries.titration import titration
from kairos.store.repositories import orders
from kairos.store.repositories.prior_doses import last_given
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Role
from tests.support.clinic import staff
from tests.support.running_session import Floor, infusing, make_floor, plan_session, releasable
from tests.support.scores import add_score

pytestmark = pytest.mark.django_db
DAY_MIN = 24 * 60
HIGH = VitalSigns(systolic=158, diastolic=92, heart_rate=88, oxygen=97, breathing=14)


@pytest.fixture
def floor() -> Floor:
    """A floor on which one session was held, with its dose given in full."""
    made = make_floor()
    session_id = releasable(made)
    made.do(release_patient, 112, session_id=session_id)
    return made


def ordered(floor: Floor, planned_id, rate: str, minute: float, reason: str = ""):
    body = BodyMeasures(Decimal(68), floor.start.date(), Decimal(176))
    over = floor.at(40) - floor.at(0)
    request = OrderRequest(body, DoseRate(Decimal(rate)), over, Concentration(Decimal(1)), reason)
    return floor.do(
        place_dose_order, minute, planned_session_id=planned_id, request=request, by=floor.prescriber
    )


def next_session(floor: Floor, days: float):
    with scoped(floor.clinic.scope):
        return plan_session(floor.clinic, floor.person_id, floor.at(days * DAY_MIN), floor.places[0]).id


def test_the_same_dose_needs_no_reason_and_another_one_does(floor: Floor) -> None:
    planned_id = next_session(floor, 3)
    with pytest.raises(InvalidInput, match=r"0\.6 mg/kg is not the last dose, 0\.5 mg/kg"):
        ordered(floor, planned_id, "0.6", DAY_MIN)
    order_id = ordered(floor, planned_id, "0.5", DAY_MIN)
    with scoped(floor.clinic.scope):
        assert "changes_from" not in orders.find_order(floor.clinic.scope, order_id).order.details


def test_too_soon_after_the_last_dose_is_refused_with_the_limit(floor: Floor) -> None:
    planned_id = next_session(floor, 1)
    with pytest.raises(InvalidInput, match="1 d after the dose of 2026-03-02; the least is 2 d"):
        ordered(floor, planned_id, "0.5", 200)


def test_a_second_person_reads_why_a_dose_changes_before_it_counts_as_checked(floor: Floor) -> None:
    planned_id = next_session(floor, 3)
    order_id = ordered(floor, planned_id, "0.6", DAY_MIN, reason="little effect, well tolerated")
    numbers = {"dose_mg": Decimal("40.8"), "concentration_mg_per_mL": Decimal(1)}
    with pytest.raises(InvalidInput, match="read why it changes"):
        floor.do(verify_dose_order, DAY_MIN, order_id=order_id, **numbers)
    floor.do(verify_dose_order, DAY_MIN, order_id=order_id, change_seen=True, **numbers)
    page = order_page(planned_session_id=planned_id, by=floor.prescriber, now=floor.at(DAY_MIN))
    shown = page.standing
    assert (shown.changes_from, shown.changes_to) == ("0.5 mg/kg", "0.6 mg/kg")
    assert shown.changed_because == "little effect, well tolerated"


def test_the_look_before_ordering_asks_the_same(floor: Floor) -> None:
    planned_id = next_session(floor, 3)
    page = order_page(planned_session_id=planned_id, by=floor.prescriber, now=floor.at(DAY_MIN))
    body = BodyMeasures(Decimal(68), floor.start.date(), Decimal(176))
    over = floor.at(40) - floor.at(0)
    request = OrderRequest(body, DoseRate(Decimal("0.6")), over, Concentration(Decimal(1)))
    with pytest.raises(InvalidInput, match="say why it changes"):
        worked_out(page=page, request=request, by=floor.prescriber)


def test_the_history_holds_dose_peaks_and_the_score_at_the_next_measure() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    floor.do(record_vitals, 20, session_id=session_id, values=HIGH)
    for name, total, minute in (("phq9", 19, -60), ("phq9", 12, 3 * DAY_MIN), ("gad7", 3, 3 * DAY_MIN)):
        add_score(floor.clinic, floor.person_id, name, total, at=floor.at(minute))
    (row,) = titration(person_id=floor.person_id, by=floor.prescriber)
    assert row.given.dose.highest == (158, 92)
    assert row.given.step == DoseStep(Decimal(34), Decimal("0.5"))
    assert (row.effect.before, row.effect.after, row.effect.change) == (19, 12, -7)


def test_before_a_first_dose_there_is_no_history() -> None:
    floor = make_floor()
    assert titration(person_id=floor.person_id, by=floor.prescriber) == ()


def test_without_a_score_after_it_the_effect_is_not_known_and_the_cancelled_has_no_dose() -> None:
    floor = make_floor()
    infusing(floor)
    (row,) = titration(person_id=floor.person_id, by=staff(floor.clinic, Role.CLINICIAN))
    assert row.effect.change is None
    with scoped(floor.clinic.scope):
        assert last_given(floor.clinic.scope, floor.person_id, "esketamine_clinic") is None
