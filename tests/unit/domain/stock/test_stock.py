"""The ledger of stock, step by step: amounts, movements, sources, accounts, counts, deliveries."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from kairos.domain.stock import ledger
from kairos.domain.stock.accounting import account_of
from kairos.domain.stock.amounts import above_nought, to_amount
from kairos.domain.stock.counts import (
    Counted,
    DiscrepancyReason,
    check_all_counted,
    check_may_review,
    counted_mg,
    inventory_due_at,
)
from kairos.domain.stock.delivery import Delivery, check_delivery, check_same
from kairos.domain.stock.dose_source import Keeping, Lot, check_source, offers, to_take
from kairos.vocab.errors import InvalidInput, NotAllowed

SITE, ONE, TWO, THREE = (UUID(int=n) for n in range(1, 5))
MG = Decimal
UNTIL = date(2027, 1, 31)


def lot(
    number: str = "L1", *, expires_on: date = UNTIL, is_multidose: bool = False, lot_id: UUID = ONE
) -> Lot:
    return Lot(lot_id, SITE, "racemic_injection", "Ketamine", number, expires_on, MG(50), is_multidose)


@pytest.mark.parametrize("given", ["-0.001", "0.0001", "NaN", "Infinity", "1E+40"])
def test_an_amount_is_exact_to_the_microgram_or_refused(given: str) -> None:
    with pytest.raises(InvalidInput):
        to_amount(MG(given))


def test_an_amount_keeps_its_three_places_and_may_have_to_be_something() -> None:
    assert str(to_amount(MG("16.5"))) == "16.500"
    assert above_nought(MG("0.001")) == MG("0.001")
    with pytest.raises(InvalidInput, match="is nought"):
        above_nought(MG(0))


def test_a_dose_goes_out_is_given_destroyed_and_returned() -> None:
    entries: list[ledger.LedgerEntry] = []
    moves = [
        (ONE, ledger.received(MG(200))),
        (TWO, ledger.dispensed(MG(100), TWO)),
        (THREE, ledger.administered(MG(34), TWO)),
        (UUID(int=9), ledger.wasted(MG(16), TWO)),
        (UUID(int=10), ledger.returned(MG(50), TWO)),
        (UUID(int=11), ledger.wasted(MG(50))),
        (UUID(int=12), ledger.sent_back(MG(50))),
        (UUID(int=13), ledger.adjusted(MG("-0.5"))),
    ]
    for entry_id, movement in moves:
        entries.append(ledger.append(entries, movement, entry_id=entry_id))
    assert [each.balance.in_mg for each in entries] == [200, 100, 100, 100, 150, 100, 50, MG("49.5")]
    assert [each.balance.out_mg for each in entries] == [0, 100, 66, 50, 0, 0, 0, 0]
    assert entries[-1].balance.total_mg == MG("49.5")
    assert ledger.left_of_issue(entries, TWO) == 0


def test_an_entry_is_taken_back_once_and_only_in_its_own_lot() -> None:
    first = ledger.append([], ledger.received(MG(50)), entry_id=ONE)
    back = ledger.append([first], ledger.reversal_of(first), entry_id=TWO, reverses=ONE)
    assert back.balance == ledger.Balance()
    with pytest.raises(NotAllowed, match="itself a correction"):
        ledger.reversal_of(back)
    with pytest.raises(NotAllowed, match="corrected before"):
        ledger.append([first, back], ledger.reversal_of(first), entry_id=THREE, reverses=ONE)
    with pytest.raises(NotAllowed, match="not of this lot"):
        ledger.append([], ledger.reversal_of(first), entry_id=THREE, reverses=ONE)


def test_no_balance_falls_below_nought() -> None:
    first = ledger.append([], ledger.received(MG(50)), entry_id=ONE)
    with pytest.raises(InvalidInput, match="in the cabinet"):
        ledger.append([first], ledger.sent_back(MG("50.001")), entry_id=TWO)
    with pytest.raises(InvalidInput, match="are out"):
        ledger.append([first], ledger.administered(MG(1), TWO), entry_id=THREE)
    out = [first, ledger.append([first], ledger.dispensed(MG(20), TWO), entry_id=TWO)]
    out.append(ledger.append(out, ledger.dispensed(MG(20), THREE), entry_id=THREE))
    with pytest.raises(InvalidInput, match="more than is still out for this dose"):
        ledger.append(out, ledger.administered(MG(21), TWO), entry_id=UUID(int=9))


def test_whole_containers_are_taken_out_and_only_the_dose_where_many_share_one() -> None:
    assert to_take(MG(34), lot()) == 50
    assert to_take(MG("50.001"), lot()) == 100
    assert to_take(MG(34), lot(is_multidose=True)) == 34


def test_lots_are_offered_first_to_expire_first_and_never_expired_empty_or_of_another_product() -> None:
    today = date(2026, 11, 22)
    later, sooner = lot("B"), lot("A", expires_on=today)
    past, empty = lot("C", expires_on=today - timedelta(days=1)), lot("D")
    known = [(later, MG(50)), (sooner, MG(50)), (past, MG(50)), (empty, MG("49.999"))]
    fitting = frozenset({"racemic_injection"})
    found = offers(known, dose_mg=MG(34), products=fitting, on=today)
    assert [(each.lot.lot_number, each.take_mg) for each in found] == [("A", 50), ("B", 50)]
    assert offers(known, dose_mg=MG(34), products=frozenset({"esketamine_nasal"}), on=today) == ()


@pytest.mark.parametrize(
    ("keeping", "taken", "has_reference", "said"),
    [
        (None, "50", True, "nobody has declared"),
        (Keeping.HERE, "33.999", True, "taken out of stock"),
        (Keeping.HERE, "0", True, "taken out of stock"),
        (Keeping.ELSEWHERE, "50", False, "no pharmacy reference"),
    ],
)
def test_a_dose_from_nowhere_is_refused(
    keeping: Keeping | None, taken: str, has_reference: bool, said: str
) -> None:
    with pytest.raises(NotAllowed, match=said):
        check_source(keeping, dose_mg=MG(34), taken_mg=MG(taken), has_reference=has_reference)


def test_a_dose_with_its_source_goes_on() -> None:
    check_source(Keeping.HERE, dose_mg=MG(34), taken_mg=MG(34), has_reference=False)
    check_source(Keeping.ELSEWHERE, dose_mg=MG(34), taken_mg=MG(0), has_reference=True)


def test_what_is_out_is_accounted_for_exactly() -> None:
    told = {"given_mg": MG(34), "lot": lot()}
    account = account_of(MG(100), wasted_mg=MG(16), returned_mg=MG(50), **told)
    assert (account.given_mg, account.wasted_mg, account.returned_mg) == (34, 16, 50)
    with pytest.raises(InvalidInput, match=r"0\.001 mg are missing"):
        account_of(MG(50), wasted_mg=MG("15.999"), returned_mg=MG(0), **told)
    with pytest.raises(InvalidInput, match=r"0\.001 mg are too many"):
        account_of(MG(50), wasted_mg=MG("16.001"), returned_mg=MG(0), **told)
    with pytest.raises(InvalidInput, match="only whole containers"):
        account_of(MG(50), wasted_mg=MG(0), returned_mg=MG(16), **told)
    many = {"given_mg": MG(34), "lot": lot(is_multidose=True)}
    assert account_of(MG(50), wasted_mg=MG(0), returned_mg=MG(16), **many).returned_mg == 16


def test_a_count_is_containers_and_what_is_opened() -> None:
    assert counted_mg(Counted(ONE, 3, MG("12.125")), lot()) == MG("162.125")
    with pytest.raises(InvalidInput, match="below nought"):
        counted_mg(Counted(ONE, -1, MG(0)), lot())


def test_an_inventory_names_every_lot_once() -> None:
    both = [lot(), lot("L2", lot_id=TWO)]
    counted = [Counted(ONE, 1, MG(0)), Counted(TWO, 1, MG(0))]
    check_all_counted(counted, both)
    with pytest.raises(InvalidInput, match="L2 is not counted"):
        check_all_counted(counted[:1], both)
    with pytest.raises(InvalidInput, match="twice"):
        check_all_counted([*counted, counted[0]], both)
    last = datetime(2026, 1, 1, tzinfo=UTC)
    assert inventory_due_at(last, timedelta(days=2)) == last + timedelta(days=2)


def test_a_difference_is_reviewed_once_by_somebody_who_did_not_count() -> None:
    check_may_review(ONE, TWO, is_closed=False)
    with pytest.raises(NotAllowed, match="does not review it"):
        check_may_review(ONE, ONE, is_closed=False)
    with pytest.raises(NotAllowed, match="is closed"):
        check_may_review(ONE, TWO, is_closed=True)


def test_the_book_follows_the_count_only_where_the_count_was_right_and_the_ledger_complete() -> None:
    assert {each for each in DiscrepancyReason if not each.moves_the_book} == {
        DiscrepancyReason.MISCOUNTED,
        DiscrepancyReason.NOT_RECORDED,
        DiscrepancyReason.RECORDED_WRONGLY,
    }


def test_a_delivery_is_complete_and_agrees_with_what_is_known_of_its_lot() -> None:
    came = Delivery("racemic_injection", "Ketamine", "L1", UNTIL, MG(50), 4, "Invoice 1")
    check_delivery(came, {"racemic_injection"})
    assert came.total_mg == 200
    assert came.as_lot(ONE, SITE) == lot()
    with pytest.raises(InvalidInput) as refused:
        check_delivery(Delivery("tea", " ", "", UNTIL, MG(50), 0, ""), {"racemic_injection"})
    fields = {problem.field for problem in refused.value.problems}
    assert fields == {"name", "lot_number", "reference", "product", "containers"}
    check_same(lot(), lot())
    with pytest.raises(InvalidInput, match="received as expiring"):
        check_same(lot(), lot(expires_on=date(2027, 2, 28)))
    with pytest.raises(InvalidInput, match="look at the label"):
        check_same(lot(), lot(is_multidose=True))
