"""Stock from the delivery to the last microgram: taken out, given, destroyed, counted, corrected."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from kairos.actions import clinic_days
from kairos.actions.account_for_dose import account_for_dose
from kairos.actions.bind_order import bind_order
from kairos.actions.complete_infusion import complete_infusion
from kairos.actions.correct_stock_entry import correct_stock_entry
from kairos.actions.count_stock import count_stock
from kairos.actions.declare_stock_keeping import declare_stock_keeping
from kairos.actions.dispense_stock import dispense_stock
from kairos.actions.invalidate_dose_order import invalidate_dose_order
from kairos.actions.receive_stock import receive_stock
from kairos.actions.record_pharmacy_reference import record_pharmacy_reference
from kairos.actions.review_stock_discrepancy import review_stock_discrepancy
from kairos.actions.send_back_stock import send_back_stock
from kairos.actions.start_infusion import start_infusion
from kairos.actions.take_stock_inventory import take_stock_inventory
from kairos.actions.waste_stock import waste_stock
from kairos.actions.witness_stock_entry import witness_stock_entry
from kairos.domain.stock.counts import Counted, DiscrepancyReason
from kairos.domain.stock.delivery import Delivery
from kairos.domain.stock.dose_source import Keeping
from kairos.domain.stock.ledger import Balance
from kairos.queries.dose_sources import dose_sources
from kairos.queries.stock import issue_page, lot_register, stock_page
from kairos.store.ids import new_id
from kairos.store.repositories import stock
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Actor, Role
from tests.support.accounts import make_login
from tests.support.clinic import declare_keeping, staff
from tests.support.running_session import Floor, checked, make_floor, opened

pytestmark = pytest.mark.django_db
UNTIL = date(2027, 1, 31)


@pytest.fixture
def floor() -> Floor:
    floor = make_floor()
    with scoped(floor.clinic.scope):
        declare_keeping(floor.clinic, Keeping.HERE)
    return floor


def receive(floor: Floor, number: str = "L1", **more: Any) -> UUID:
    label = {"product": "racemic_injection", "name": "Ketamine", "lot_number": number, "expires_on": UNTIL}
    given = label | {"container_mg": Decimal(50), "containers": 4, "reference": "Invoice 1"} | more
    lot_id: UUID = floor.do(receive_stock, -99, site_id=floor.clinic.site_id, delivery=Delivery(**given))
    return lot_id


def balance_of(floor: Floor, lot_id: UUID) -> tuple[Decimal, Decimal]:
    with scoped(floor.clinic.scope):
        found = stock.balances_of(floor.clinic.scope, [lot_id]).get(lot_id, Balance())
    return found.in_mg, found.out_mg


def second_person(floor: Floor, role: Role = Role.PHARMACIST) -> Actor:
    account = make_login(floor.clinic, role)
    return Actor(account.id, frozenset({role}), floor.clinic.scope, "Second")


def issues_of(floor: Floor) -> dict[UUID, Decimal]:
    with scoped(floor.clinic.scope):
        return stock.out_for_order(floor.clinic.scope, floor.order_id)


def account(
    floor: Floor, minute: float, issue: UUID, *, wasted: str, returned: str = "0", **more: Any
) -> Any:
    amounts = {"wasted_mg": Decimal(wasted), "returned_mg": Decimal(returned)}
    return floor.do(account_for_dose, minute, issue=issue, **amounts, **{"witness_id": None} | more)


def test_no_dose_starts_without_its_source_and_the_lot_is_bound_with_the_order(floor: Floor) -> None:
    session_id = checked(floor)
    with pytest.raises(NotAllowed, match="taken out of stock for this order"):
        floor.do(start_infusion, 0, session_id=session_id)
    lot_id = receive(floor)
    source = dose_sources(order_ids=[floor.order_id], by=floor.nurse, now=floor.at(0))[floor.order_id]
    assert [offer.lot.id for offer in source.offers] == [lot_id]
    bound = {"session_id": session_id, "order_id": floor.order_id, "lot_id": lot_id}
    floor.do(bind_order, 0, **bound)
    floor.do(bind_order, 0, **bound)
    assert balance_of(floor, lot_id) == (150, 50)
    floor.do(start_infusion, 1, session_id=session_id)
    there = dose_sources(order_ids=[floor.order_id], by=floor.nurse, now=floor.at(2))[floor.order_id]
    assert (there.is_there, there.offers, there.taken_from) == (True, (), ("L1",))


def test_the_rest_of_a_dose_is_destroyed_before_a_second_person_to_the_microgram(floor: Floor) -> None:
    lot_id, witness = receive(floor), second_person(floor)
    session_id = checked(floor)
    floor.do(bind_order, 0, session_id=session_id, order_id=floor.order_id, lot_id=lot_id)
    floor.do(start_infusion, 1, session_id=session_id)
    (issue,) = issues_of(floor)
    with pytest.raises(NotAllowed, match="still being given"):
        account(floor, 10, issue, wasted="16")
    assert issue_page(issue=issue, by=floor.nurse, now=floor.at(10)).is_running
    floor.do(complete_infusion, 41, session_id=session_id)
    page = issue_page(issue=issue, by=floor.nurse, now=floor.at(42))
    assert (page.left_mg, page.given_mg, page.rest_mg) == (50, 34, 16)
    with pytest.raises(InvalidInput, match=r"0\.500 mg are missing"):
        account(floor, 42, issue, wasted="15.5", witness_id=witness.id)
    with pytest.raises(InvalidInput, match="nobody is named"):
        account(floor, 42, issue, wasted="16")
    with pytest.raises(NotAllowed, match="second person"):
        account(floor, 42, issue, wasted="16", witness_id=floor.nurse.id)
    with pytest.raises(NotAllowed, match="does not handle stock"):
        account(floor, 42, issue, wasted="16", witness_id=second_person(floor, Role.COACH).id)
    entry_id = account(floor, 42, issue, wasted="16", witness_id=witness.id)
    floor.do(witness_stock_entry, 42, entry_id=entry_id, by=witness)
    with pytest.raises(NotAllowed, match="another witness"):
        floor.do(witness_stock_entry, 42, entry_id=entry_id)
    assert balance_of(floor, lot_id) == (150, 0)
    with pytest.raises(NotAllowed, match="all of this is accounted for"):
        account(floor, 43, issue, wasted="0")
    rows = lot_register(lot_id=lot_id, by=floor.nurse).rows
    kinds = [row.entry.movement.kind.value for row in rows]
    assert kinds == ["received", "dispensed", "administered", "wasted"]


def test_what_was_never_given_goes_back_unopened(floor: Floor) -> None:
    lot_id = receive(floor)
    issue = floor.do(dispense_stock, -5, order_id=floor.order_id, lot_id=lot_id)
    assert account(floor, 0, issue, wasted="0", returned="50") == issue
    assert balance_of(floor, lot_id) == (200, 0)
    again = floor.do(dispense_stock, 1, order_id=floor.order_id, lot_id=lot_id)
    opened(floor)
    assert account(floor, 2, again, wasted="0", returned="50") == again
    assert stock_page(by=floor.nurse, now=floor.at(3)).out == ()


def test_a_lot_serves_only_what_it_may(floor: Floor) -> None:
    other = receive(floor, "L2", product="esketamine_nasal")
    with pytest.raises(NotAllowed, match="not given with"):
        floor.do(dispense_stock, 0, order_id=floor.order_id, lot_id=other)
    old = receive(floor, "L3", expires_on=date(2026, 3, 1))
    with pytest.raises(NotAllowed, match="expired on 2026-03-01"):
        floor.do(dispense_stock, 0, order_id=floor.order_id, lot_id=old)
    lot_id = receive(floor)
    with scoped(floor.clinic.scope):
        declare_keeping(floor.clinic)
    with pytest.raises(NotAllowed, match="does not keep its stock in Kairos"):
        floor.do(dispense_stock, 0, order_id=floor.order_id, lot_id=lot_id)
    floor.do(invalidate_dose_order, 1, by=floor.prescriber, order_id=floor.order_id, reason="other dose")
    with pytest.raises(NotAllowed, match="an order that stands"):
        floor.do(dispense_stock, 2, order_id=floor.order_id, lot_id=lot_id)


def test_a_lot_is_in_date_by_the_day_of_its_site(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    yesterday = receive(floor, "L4", expires_on=floor.at(0).date() - timedelta(days=1))
    with pytest.raises(NotAllowed, match="expired on"):
        floor.do(dispense_stock, 0, order_id=floor.order_id, lot_id=yesterday)
    monkeypatch.setattr(clinic_days, "zone_of", lambda *_: ZoneInfo("Etc/GMT+12"))  # where it is yesterday
    assert floor.do(dispense_stock, 0, order_id=floor.order_id, lot_id=yesterday)


def test_a_pharmacy_s_label_is_the_source_where_the_stock_is_elsewhere() -> None:
    floor = make_floor()
    with pytest.raises(InvalidInput, match="is empty"):
        floor.do(record_pharmacy_reference, 0, order_id=floor.order_id, reference=" ")
    floor.do(record_pharmacy_reference, 0, order_id=floor.order_id, reference="RX-77")
    source = dose_sources(order_ids=[floor.order_id], by=floor.nurse, now=floor.at(0))[floor.order_id]
    assert (source.kept, source.reference, source.is_there) == ("elsewhere", "RX-77", True)
    session_id = checked(floor)
    floor.do(bind_order, 0, session_id=session_id, order_id=floor.order_id, reference="RX-78")
    floor.do(start_infusion, 1, session_id=session_id)
    with scoped(floor.clinic.scope):
        declare_keeping(floor.clinic, Keeping.HERE)
    with pytest.raises(NotAllowed, match="choose the lot"):
        floor.do(record_pharmacy_reference, 2, order_id=floor.order_id, reference="RX-79")


def test_a_programme_declares_where_its_stock_is(floor: Floor) -> None:
    lead = staff(floor.clinic, Role.PROGRAMME_LEAD)
    declare = {"programme_id": floor.clinic.programme_id, "by": lead}
    with pytest.raises(InvalidInput, match="name the pharmacy"):
        floor.do(declare_stock_keeping, 0, kept=Keeping.ELSEWHERE, **declare)
    floor.do(declare_stock_keeping, 0, kept=Keeping.ELSEWHERE, pharmacy="Park Pharmacy", **declare)
    with pytest.raises(NotAllowed, match="declare it on the stock page"):
        receive(floor)
    floor.do(declare_stock_keeping, 1, kept=Keeping.HERE, **declare)
    receive(floor)
    with pytest.raises(NotAllowed, match="still hold something"):
        floor.do(declare_stock_keeping, 2, kept=Keeping.ELSEWHERE, pharmacy="Park Pharmacy", **declare)
    with pytest.raises(Missing):
        floor.do(take_stock_inventory, 3, site_id=new_id(), at_moment="close", counted=())


def test_where_nothing_is_declared_no_dose_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    floor = make_floor()
    session_id = checked(floor)
    monkeypatch.setattr(stock, "keeping_of", lambda scope, programme_id: None)
    source = dose_sources(order_ids=[floor.order_id], by=floor.nurse, now=floor.at(0))[floor.order_id]
    assert (source.kept, source.is_there) == ("", False)
    with pytest.raises(NotAllowed, match="nobody has declared"):
        floor.do(start_infusion, 0, session_id=session_id)


def test_a_count_that_differs_is_closed_by_another_with_a_reason(floor: Floor) -> None:
    lot_id, pharmacist = receive(floor), staff(floor.clinic, Role.PHARMACIST)
    assert floor.do(count_stock, 0, counted=Counted(lot_id, 4, Decimal(0))) is None
    found = floor.do(count_stock, 1, counted=Counted(lot_id, 3, Decimal("49.5")))
    review = {"discrepancy_id": found, "reason": DiscrepancyReason.SPILLED_OR_BROKEN}
    with pytest.raises(InvalidInput, match="is empty"):
        floor.do(review_stock_discrepancy, 2, account=" ", by=pharmacist, **review)
    floor.do(review_stock_discrepancy, 2, account="A drop on the tray.", by=pharmacist, **review)
    assert balance_of(floor, lot_id) == (Decimal("199.5"), 0)
    with pytest.raises(NotAllowed, match="is closed"):
        floor.do(review_stock_discrepancy, 3, account="Again.", by=pharmacist, **review)
    wrong = floor.do(count_stock, 4, counted=Counted(lot_id, 4, Decimal(0)))
    given = {"discrepancy_id": wrong, "reason": DiscrepancyReason.MISCOUNTED, "account": "Counted twice."}
    floor.do(review_stock_discrepancy, 5, by=pharmacist, **given)
    assert balance_of(floor, lot_id) == (Decimal("199.5"), 0)
    numbers = [each.found.number for each in stock_page(by=floor.nurse, now=floor.at(6)).discrepancies]
    assert numbers == [2, 1]


def test_an_inventory_counts_every_lot_and_numbers_what_differs(floor: Floor) -> None:
    first, second = receive(floor, "L1"), receive(floor, "L2")
    empty = receive(floor, "L3", containers=1)
    witness = second_person(floor)
    destroy = {"lot_id": empty, "amount_mg": Decimal(50), "witness_id": witness.id}
    with pytest.raises(InvalidInput, match="not one of the list"):
        floor.do(waste_stock, -1, reason="bored", **destroy)
    floor.do(waste_stock, -1, reason="broken", **destroy)
    here = {"site_id": floor.clinic.site_id}
    both = (Counted(first, 4, Decimal(0)), Counted(second, 3, Decimal(0)))
    with pytest.raises(InvalidInput, match="opening or close"):
        floor.do(take_stock_inventory, 0, at_moment="noon", counted=both, **here)
    with pytest.raises(InvalidInput, match="L2 is not counted"):
        floor.do(take_stock_inventory, 0, at_moment="close", counted=both[:1], **here)
    floor.do(take_stock_inventory, 0, at_moment="close", counted=both, **here)
    page = stock_page(by=floor.nurse, now=floor.at(1))
    assert [each.found.difference_mg for each in page.open_discrepancies] == [-50]
    assert page.due_by is not None and not page.is_due


def test_stock_is_sent_back_and_a_wrong_entry_taken_back(floor: Floor) -> None:
    lot_id = receive(floor)
    send = {"lot_id": lot_id, "amount_mg": Decimal(50)}
    with pytest.raises(InvalidInput, match="is empty"):
        floor.do(send_back_stock, 0, reference=" ", **send)
    entry_id = floor.do(send_back_stock, 0, reference="Supplier", **send)
    with pytest.raises(InvalidInput, match="is empty"):
        floor.do(correct_stock_entry, 1, entry_id=entry_id, reason=" ")
    floor.do(correct_stock_entry, 1, entry_id=entry_id, reason="wrong lot")
    assert balance_of(floor, lot_id) == (200, 0)


def test_what_is_sent_twice_happens_once(floor: Floor) -> None:
    lot_id = receive(floor)
    given = {"lot_id": lot_id, "amount_mg": Decimal(50), "reference": "Supplier", "command_id": new_id()}
    first = send_back_stock(by=floor.nurse, now=floor.at(0), **given)
    assert send_back_stock(by=floor.nurse, now=floor.at(1), **given) == first
    assert balance_of(floor, lot_id) == (150, 0)
