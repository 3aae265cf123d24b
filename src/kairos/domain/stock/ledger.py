"""The ledger of one lot at one site: entries in a row, and the balance after each.

A lot has two balances. What lies *in* the cabinet, and what is *out*: taken for a dose and not yet
accounted for. Taking out moves an amount from one to the other; giving and destroying end it; returning
moves it back. Neither can fall below nought. An entry is never changed: a mistake is reversed by an entry
that names it, and what was right is entered anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from kairos.domain.stock.amounts import NOTHING
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem


class EntryKind(StrEnum):
    """What an entry says happened to an amount."""

    RECEIVED = "received"
    DISPENSED = "dispensed"
    ADMINISTERED = "administered"
    WASTED = "wasted"
    RETURNED = "returned"
    SENT_BACK = "sent_back"
    ADJUSTED = "adjusted"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True)
class Balance:
    """What a lot holds, in mg: in the cabinet, and out for doses."""

    in_mg: Decimal = NOTHING
    out_mg: Decimal = NOTHING

    @property
    def total_mg(self) -> Decimal:
        """All of the lot that the site answers for."""
        return self.in_mg + self.out_mg


@dataclass(frozen=True, slots=True)
class Movement:
    """What an entry does: by how many mg each balance changes; ``issue`` is the taking-out it belongs to."""

    kind: EntryKind
    in_mg: Decimal
    out_mg: Decimal = NOTHING
    issue: UUID | None = None


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One entry with its place in the chain and the balance after it."""

    id: UUID
    seq: int
    movement: Movement
    balance: Balance
    reverses: UUID | None = None


def received(mg: Decimal) -> Movement:
    """Return the movement of an amount that comes into the cabinet from outside."""
    return Movement(EntryKind.RECEIVED, mg)


def dispensed(mg: Decimal, issue: UUID) -> Movement:
    """Return the movement of an amount taken out of the cabinet for one dose."""
    return Movement(EntryKind.DISPENSED, -mg, mg, issue)


def administered(mg: Decimal, issue: UUID) -> Movement:
    """Return the movement of an amount given to the person."""
    return Movement(EntryKind.ADMINISTERED, NOTHING, -mg, issue)


def wasted(mg: Decimal, issue: UUID | None = None) -> Movement:
    """Return the movement of an amount destroyed, of a dose or of the cabinet."""
    if issue is None:
        return Movement(EntryKind.WASTED, -mg)
    return Movement(EntryKind.WASTED, NOTHING, -mg, issue)


def returned(mg: Decimal, issue: UUID) -> Movement:
    """Return the movement of an amount that goes back into the cabinet, unopened."""
    return Movement(EntryKind.RETURNED, mg, -mg, issue)


def sent_back(mg: Decimal) -> Movement:
    """Return the movement of an amount that leaves for the supplier or for whoever destroys it."""
    return Movement(EntryKind.SENT_BACK, -mg)


def adjusted(mg: Decimal) -> Movement:
    """Return the movement that brings the book to a count; mg may be below nought."""
    return Movement(EntryKind.ADJUSTED, mg)


def reversal_of(entry: LedgerEntry) -> Movement:
    """Return the movement that takes an entry back.

    Raises
    ------
    NotAllowed    a reversal is not reversed: enter what is right
    """
    if entry.movement.kind is EntryKind.REVERSED:
        raise NotAllowed("this entry is itself a correction; enter what is right instead")
    was = entry.movement
    return Movement(EntryKind.REVERSED, -was.in_mg, -was.out_mg, was.issue)


def after(balance: Balance, movement: Movement) -> Balance:
    """Return the balance after a movement, to the microgram.

    Raises
    ------
    InvalidInput    more than the lot has in the cabinet, or more than is out
    """
    new = Balance(balance.in_mg + movement.in_mg, balance.out_mg + movement.out_mg)
    if new.in_mg < 0:
        said = f"is {-movement.in_mg} mg; the lot has {balance.in_mg} mg in the cabinet"
        raise InvalidInput(Problem("amount_mg", said))
    if new.out_mg < 0:
        said = f"is {-movement.out_mg} mg; {balance.out_mg} mg of the lot are out"
        raise InvalidInput(Problem("amount_mg", said))
    return new


def left_of_issue(entries: Iterable[LedgerEntry], issue: UUID) -> Decimal:
    """Return how many mg of one taking-out are not yet accounted for."""
    return sum((e.movement.out_mg for e in entries if e.movement.issue == issue), NOTHING)


def append(
    entries: Sequence[LedgerEntry], movement: Movement, *, entry_id: UUID, reverses: UUID | None = None
) -> LedgerEntry:
    """Return the next entry of a lot's chain.

    Parameters
    ----------
    entries : sequence       all entries of the lot, in order

    Raises
    ------
    InvalidInput             a balance, or the rest of the dose, would fall below nought
    NotAllowed               the entry to reverse is not of this lot, or was reversed before
    """
    if reverses is not None:
        check_can_reverse(entries, reverses)
    balance = after(entries[-1].balance if entries else Balance(), movement)
    entry = LedgerEntry(entry_id, len(entries) + 1, movement, balance, reverses)
    if movement.issue is not None:
        check_issue([*entries, entry], movement.issue)
    return entry


def check_issue(entries: Iterable[LedgerEntry], issue: UUID) -> None:
    """Refuse that more of one taking-out is accounted for than was taken. Raises InvalidInput."""
    left = left_of_issue(entries, issue)
    if left < 0:
        raise InvalidInput(Problem("amount_mg", f"is {-left} mg more than is still out for this dose"))


def check_can_reverse(entries: Iterable[LedgerEntry], entry_id: UUID) -> None:
    """Refuse to reverse what is not there or was reversed before. Raises NotAllowed."""
    known = list(entries)
    if not any(each.id == entry_id for each in known):
        raise NotAllowed("this entry is not of this lot")
    if any(each.reverses == entry_id for each in known):
        raise NotAllowed("this entry was corrected before; look at the entries after it")


def replay(entries: Iterable[LedgerEntry]) -> Balance:
    """Return the balance as the sum of all movements, whatever the entries say of it."""
    balance = Balance()
    for each in entries:
        balance = replace(
            balance,
            in_mg=balance.in_mg + each.movement.in_mg,
            out_mg=balance.out_mg + each.movement.out_mg,
        )
    return balance
