"""Random handling of stock, for the ledger in memory and for the one in the database."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from uuid import UUID

from kairos.domain.stock import ledger
from kairos.domain.stock.ledger import Balance, EntryKind, LedgerEntry, Movement
from kairos.vocab.errors import InvalidInput, NotAllowed

ISSUES_KEPT = 6


def some_mg(dice: Random, most_mcg: int = 200_000) -> Decimal:
    """Return an amount of whole micrograms, in mg."""
    return Decimal(dice.randint(1, most_mcg)) / 1000


@dataclass
class Handling:
    """Somebody who handles one lot at random, and keeps count of it in whole micrograms by hand."""

    dice: Random
    new_id: Callable[[], UUID]
    entries: list[LedgerEntry] = field(default_factory=list)
    issues: list[UUID] = field(default_factory=list)
    in_mcg: int = 0
    out_mcg: int = 0
    refused: int = 0

    def propose(self) -> tuple[UUID, Movement, UUID | None]:
        """Return the id, the movement and, for a correction, the entry it takes back."""
        dice, entry_id = self.dice, self.new_id()
        if self.entries and dice.random() < 0.1:
            wrong = dice.choice(self.entries[-50:])
            if wrong.movement.kind is not EntryKind.REVERSED:
                return entry_id, ledger.reversal_of(wrong), wrong.id
        mg = some_mg(dice)
        kind = dice.choice(["in", "in", "issue", "issue", "give", "waste", "return", "destroy", "send"])
        if kind == "issue":
            self.issues = [*self.issues, entry_id][-ISSUES_KEPT:]
            return entry_id, ledger.dispensed(mg, entry_id), None
        if kind in ("give", "waste", "return") and self.issues:
            of = dice.choice(self.issues)
            return entry_id, _of_issue(kind, mg, of), None
        by_kind = {"destroy": ledger.wasted, "send": ledger.sent_back}
        return entry_id, by_kind.get(kind, ledger.received)(mg), None

    def append(self, proposed: tuple[UUID, Movement, UUID | None]) -> LedgerEntry | None:
        """Add a movement as the domain allows it, and count along; None where it is refused."""
        entry_id, movement, reverses = proposed
        try:
            entry = ledger.append(self.entries, movement, entry_id=entry_id, reverses=reverses)
        except (InvalidInput, NotAllowed):
            self.refused += 1
            return None
        self.entries.append(entry)
        self.in_mcg += int(movement.in_mg * 1000)
        self.out_mcg += int(movement.out_mg * 1000)
        return entry

    @property
    def counted(self) -> Balance:
        """The balance as counted by hand."""
        return Balance(Decimal(self.in_mcg) / 1000, Decimal(self.out_mcg) / 1000)


def _of_issue(kind: str, mg: Decimal, issue: UUID) -> Movement:
    return {"give": ledger.administered, "return": ledger.returned, "waste": ledger.wasted}[kind](mg, issue)
