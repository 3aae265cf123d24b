"""Medicines in the session: on whose word, the check of that moment, the emergency's own path, the effect."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from kairos.actions import give_medicine as giving_action
from kairos.actions.end_standing_order import end_standing_order
from kairos.actions.give_medicine import give_medicine
from kairos.actions.note_medicine_effect import note_medicine_effect
from kairos.actions.note_symptom import note_symptom
from kairos.actions.sign_standing_order import sign_standing_order
from kairos.domain.eligibility.answers import fact_of_confirmed_list
from kairos.domain.safety.rescue import GivingRoute
from kairos.domain.safety.standing_orders import StandingOrder
from kairos.domain.safety.wanted import WantedMedicine
from kairos.domain.sessions.events import MedicineEffect, MedicineGiven, SymptomState
from kairos.domain.sessions.medicines_given import Given, medicines_given
from kairos.domain.sessions.state import replay
from kairos.queries.dosing_sessions import session_page
from kairos.queries.giving import before_giving, standing_orders
from kairos.store.ids import new_id
from kairos.store.repositories import facts, session_entries, tasks
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.facts import FactKind
from kairos.vocab.people import Role
from tests.support.accounts import make_login
from tests.support.clinic import make_clinic, staff
from tests.support.running_session import Floor, infusing, make_floor

pytestmark = pytest.mark.django_db
ALLERGY = "giving.allergy"


def asked_for_allergies(floor: Floor) -> None:
    """Keep a clinician's word that the list of allergies is complete: there is none."""
    said = {"fact_id": "list/a", "ref": "list/a", "by": str(floor.prescriber.id)}
    stated = fact_of_confirmed_list(FactKind.ALLERGY, at=floor.start - timedelta(days=1), **said)
    with scoped(floor.clinic.scope):
        facts.add_facts(floor.clinic.scope, floor.clinic.programme_id, floor.person_id, [stated])


def ondansetron(**more: Any) -> WantedMedicine:
    """Return 4 mg into the vein."""
    return WantedMedicine("Ondansetron", Decimal(4), "mg", GivingRoute.IV, **more)


def given_in(floor: Floor, session_id: UUID) -> tuple[Given, ...]:
    """Return what the session's entries say was given."""
    with scoped(floor.clinic.scope):
        return medicines_given(replay(session_entries.entries_of(floor.clinic.scope, session_id)))


def signed_order(floor: Floor, by: Any = None, **changed: Any) -> UUID:
    """Sign the standing order for nausea."""
    order = StandingOrder(
        id=new_id(),
        drug="ondansetron",
        dose=Decimal(4),
        unit="mg",
        route="iv",
        most=Decimal(8),
        finding="nausea",
        effect_after=timedelta(minutes=20),
        starts_on=floor.start.date(),
        ends_on=floor.start.date() + timedelta(days=30),
    )
    told = {"programme_id": floor.clinic.programme_id, "order": replace(order, **changed)}
    signed: UUID = floor.do(sign_standing_order, -60, by=by or floor.prescriber, **told)
    return signed


def test_on_a_prescribers_order_with_the_effect_asked_later() -> None:
    floor = make_floor()
    asked_for_allergies(floor)
    session_id = infusing(floor)
    wanted = ondansetron(ordered_by=make_login(floor.clinic, Role.CLINICIAN).id)
    floor.do(give_medicine, 5, session_id=session_id, wanted=wanted)
    (given,) = given_in(floor, session_id)
    assert (given.event.drug, given.event.dose, given.event.amount) == ("ondansetron", Decimal(4), "4 mg")
    assert given.event.findings[0] == "giving.allergy=met"
    assert given.event.effect_due_at == floor.at(20)
    page = session_page(session_id=session_id, by=floor.nurse, now=floor.at(21))
    assert "medicine_effect" in [due.kind for due in page.picture.dues]
    told = {"session_id": session_id, "given": int(given.ref), "effect": MedicineEffect.BETTER}
    floor.do(note_medicine_effect, 22, **told)
    assert [each.effect for each in given_in(floor, session_id)] == ["better"]
    page = session_page(session_id=session_id, by=floor.nurse, now=floor.at(23))
    assert "medicine_effect" not in [due.kind for due in page.picture.dues]
    with pytest.raises(InvalidInput, match="names no medicine"):
        floor.do(note_medicine_effect, 24, session_id=session_id, given=1, effect=MedicineEffect.SAME)


@pytest.mark.parametrize("role", [Role.NURSE, Role.PHARMACIST, None])
def test_a_medicine_is_given_on_a_prescribers_word_only(role: Role | None) -> None:
    floor = make_floor()
    asked_for_allergies(floor)
    session_id = infusing(floor)
    ordered_by = make_login(floor.clinic, role).id if role else floor.nurse.id
    with pytest.raises(InvalidInput, match="only a prescriber's word counts"):
        floor.do(give_medicine, 5, session_id=session_id, wanted=ondansetron(ordered_by=ordered_by))


def test_allergies_nobody_asked_for_are_said_and_never_pass_in_silence() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    wanted = ondansetron(ordered_by=make_login(floor.clinic, Role.CLINICIAN).id)
    with pytest.raises(InvalidInput, match="read and confirm first: allergy"):
        floor.do(give_medicine, 5, session_id=session_id, wanted=wanted)
    with scoped(floor.clinic.scope):
        state = replay(session_entries.entries_of(floor.clinic.scope, session_id))
    shown = before_giving(
        session_id=session_id,
        state=state,
        medicine="Ondansetron",
        route=GivingRoute.IV,
        by=floor.nurse,
        now=floor.at(5),
    )
    assert [each.rule for each in shown] == [ALLERGY]
    floor.do(give_medicine, 6, session_id=session_id, wanted=replace(wanted, acknowledged=(ALLERGY,)))
    (given,) = given_in(floor, session_id)
    assert given.event.acknowledged == (ALLERGY,)
    assert "giving.allergy=unknown" in given.event.findings


def test_an_emergency_refuses_nothing_and_is_looked_at_afterwards() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    wanted = ondansetron(emergency=True, reason="vomiting, not awake")
    floor.do(give_medicine, 5, session_id=session_id, wanted=wanted)
    (given,) = given_in(floor, session_id)
    assert given.event.emergency
    assert given.event.ordered_by == floor.nurse.id
    with scoped(floor.clinic.scope):
        (task,) = [
            task
            for task in tasks.tasks_of(floor.clinic.scope, floor.person_id)
            if task.kind == "emergency_medicine"
        ]
    assert task.owner_role == Role.CLINICIAN
    assert task.due_at == floor.at(5) + timedelta(hours=24)


def test_under_a_standing_order_only_what_it_says_and_for_what_it_says() -> None:
    floor = make_floor()
    asked_for_allergies(floor)
    order_id = signed_order(floor)
    session_id = infusing(floor)
    wanted = ondansetron(standing_order=order_id)
    with pytest.raises(InvalidInput, match="not noted as there now"):
        floor.do(give_medicine, 5, session_id=session_id, wanted=wanted)
    floor.do(note_symptom, 6, session_id=session_id, codes=("nausea",), state=SymptomState.PRESENT)
    for minute in (7, 8):
        floor.do(give_medicine, minute, session_id=session_id, wanted=wanted)
    with pytest.raises(InvalidInput, match="the order allows 8"):
        floor.do(give_medicine, 9, session_id=session_id, wanted=wanted)
    given = given_in(floor, session_id)
    assert [(each.event.standing_order, each.event.finding) for each in given] == [(order_id, "nausea")] * 2
    assert given[0].event.effect_due_at == floor.at(27)
    with pytest.raises(Missing):
        floor.do(give_medicine, 9, session_id=session_id, wanted=ondansetron(standing_order=new_id()))


def test_a_standing_order_is_signed_by_a_prescriber_and_ended_once() -> None:
    floor = make_floor()
    with pytest.raises(NotAllowed):
        signed_order(floor, by=floor.nurse)
    with pytest.raises(InvalidInput, match="list of medicines"):
        signed_order(floor, drug="aspirin")
    order_id = signed_order(floor)
    found = standing_orders(by=floor.nurse, now=floor.at(0))
    assert [each.order.id for each in found.holding] == [order_id]
    with pytest.raises(InvalidInput, match="say why"):
        floor.do(end_standing_order, 1, by=floor.prescriber, order_id=order_id, reason=" ")
    floor.do(
        end_standing_order, 1, by=floor.prescriber, order_id=order_id, reason="A new supply is stronger."
    )
    found = standing_orders(by=floor.nurse, now=floor.at(2))
    assert (found.holding, [each.order.is_ended for each in found.past]) == ((), [True])
    with pytest.raises(NotAllowed, match="ended already"):
        floor.do(end_standing_order, 3, by=floor.prescriber, order_id=order_id, reason="again")
    other = staff(make_clinic(), Role.NURSE)
    assert standing_orders(by=other, now=floor.at(2)).past == ()


def test_entries_of_earlier_releases_ask_for_no_effect() -> None:
    event = MedicineGiven(medicine="ondansetron", amount="4 mg", route="IV", ordered_by=new_id())
    assert not Given(event, make_floor().start, new_id(), "3").wants_effect


def test_under_content_from_before_there_were_such_times_it_is_kept_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    floor = make_floor()
    session_id = infusing(floor)
    known = giving_action.content_of

    def without_times(*given: Any) -> Any:
        return replace(known(*given), parameters={})

    monkeypatch.setattr(giving_action, "content_of", without_times)
    wanted = ondansetron(emergency=True, reason="vomiting")
    floor.do(give_medicine, 5, session_id=session_id, wanted=wanted)
    (given,) = given_in(floor, session_id)
    assert given.event.effect_due_at is None
    assert not given.wants_effect
