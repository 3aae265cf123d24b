"""The ledger of controlled stock in the database: exact, in one chain a lot, never changed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from kairos.domain.stock import ledger
from kairos.domain.stock.dose_source import Lot
from kairos.domain.stock.ledger import EntryKind, Movement
from kairos.store.ids import new_id
from kairos.store.repositories import stock
from kairos.store.repositories.stock import EntryDraft, KeptLot
from kairos.store.scope import scoped
from kairos.vocab.people import Scope
from tests.support.clinic import NOW, Clinic, make_clinic, make_person
from tests.support.running_session import place_order, plan_session
from tests.support.stock_moves import Handling

pytestmark = pytest.mark.django_db
OPERATIONS = 250
BY, WITNESS = new_id(), new_id()


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def in_scope(clinic: Clinic) -> Iterator[Scope]:
    with scoped(clinic.scope):
        yield clinic.scope


def make_lot(clinic: Clinic, number: str = "L1") -> Lot:
    label = ("racemic_injection", "Ketamine 50 mg", number, date(2027, 1, 31))
    lot = Lot(new_id(), clinic.site_id, *label, Decimal(50))
    return stock.add_lot(clinic.scope, KeptLot(clinic.programme_id, lot, BY))


def draft(clinic: Clinic, lot: Lot, movement: Movement, **more: Any) -> EntryDraft:
    witness = WITNESS if movement.kind is EntryKind.WASTED else None
    given = {"id": new_id(), "true_at": NOW, "by": BY, "witness": witness} | more
    return EntryDraft(programme_id=clinic.programme_id, lot_id=lot.id, movement=movement, **given)


def order_of(clinic: Clinic) -> Any:
    planned = plan_session(clinic, make_person(clinic), NOW)
    return place_order(clinic, planned, BY, NOW)


def test_random_handling_adds_up_in_the_database_too(clinic: Clinic, in_scope: Scope) -> None:
    order_id, lots = order_of(clinic), [make_lot(clinic, "L1"), make_lot(clinic, "L2")]
    dice = Random(7)
    handled = [Handling(dice, new_id) for _ in lots]
    for _ in range(OPERATIONS):
        which = dice.randrange(len(lots))
        entry_id, movement, reverses = proposed = handled[which].propose()
        expected = handled[which].append(proposed)
        given = {"id": entry_id, "reverses": reverses}
        if movement.kind is EntryKind.DISPENSED:
            given["order_id"] = order_id
        entry = draft(clinic, lots[which], movement, **given)
        if expected is not None:
            assert stock.write_entry(in_scope, entry) == expected
    for lot, hand in zip(lots, handled, strict=True):
        kept = stock.ledger_of(in_scope, lot.id)
        assert kept == tuple(hand.entries)
        assert stock.balances_of(in_scope, [lot.id])[lot.id] == hand.counted == ledger.replay(kept)


def test_the_database_itself_refuses_what_the_ledger_would(clinic: Clinic, in_scope: Scope) -> None:
    lot, order_id = make_lot(clinic), order_of(clinic)
    issue = new_id()
    first = draft(clinic, lot, ledger.received(Decimal(50)))
    stock.write_entry(in_scope, first)
    stock.write_entry(
        in_scope, draft(clinic, lot, ledger.dispensed(Decimal(20), issue), id=issue, order_id=order_id)
    )
    reversal = ledger.Movement(EntryKind.REVERSED, Decimal(-50))
    refused = [
        draft(clinic, lot, ledger.sent_back(Decimal("30.001"))),
        draft(clinic, lot, ledger.administered(Decimal("20.001"), issue)),
        draft(clinic, lot, ledger.administered(Decimal(1), new_id())),
        draft(clinic, lot, ledger.wasted(Decimal(1)), witness=None),
        draft(clinic, lot, ledger.wasted(Decimal(1)), witness=BY),
        draft(clinic, lot, ledger.adjusted(Decimal(1))),
        draft(clinic, lot, reversal),
        draft(clinic, lot, ledger.Movement(EntryKind.REVERSED, Decimal(-1)), reverses=first.id),
        draft(clinic, lot, ledger.received(Decimal(1)), reverses=first.id),
        draft(clinic, lot, Movement(EntryKind.DISPENSED, Decimal(-1), Decimal(1), issue)),
        draft(clinic, lot, Movement(EntryKind.RECEIVED, Decimal(0), Decimal(1))),
    ]
    for each in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            stock.write_entry(in_scope, each)
    assert len(stock.ledger_of(in_scope, lot.id)) == 2


def test_an_entry_gets_its_place_and_balance_from_the_database(clinic: Clinic, in_scope: Scope) -> None:
    lot = make_lot(clinic)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO store_stockentry (id, programme_id, lot_id, seq, kind, in_mg, out_mg, balance_in_mg,"
            " balance_out_mg, reason, reference, true_at, by)"
            " VALUES (%s, %s, %s, 99, 'received', 5, 0, 1000, 1000, '', '', now(), %s)",
            [new_id(), clinic.programme_id, lot.id, BY],
        )
    (entry,) = stock.ledger_of(in_scope, lot.id)
    assert (entry.seq, entry.balance) == (1, ledger.Balance(Decimal(5), Decimal(0)))


@pytest.mark.parametrize(
    "statement", ["UPDATE store_stockentry SET in_mg = 0", "DELETE FROM store_stockentry"]
)
def test_a_direct_change_is_refused(statement: str, clinic: Clinic, in_scope: Scope) -> None:
    stock.write_entry(in_scope, draft(clinic, make_lot(clinic), ledger.received(Decimal(50))))
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_one_programme_does_not_see_another_s_stock(clinic: Clinic, in_scope: Scope) -> None:
    lot = make_lot(clinic)
    stock.write_entry(in_scope, draft(clinic, lot, ledger.received(Decimal(50))))
    other = make_clinic()
    with scoped(other.scope), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM store_stockentry")
        assert cursor.fetchone()[0] == 0
    with scoped(replace(clinic.scope, patient_id=new_id())), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM store_stocklot")
        assert cursor.fetchone()[0] == 0
