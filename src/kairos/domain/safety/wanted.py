"""What somebody says they give: the medicine, in words or of the list, amount, route, on whose word."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from kairos.domain.safety.rescue import GivingRoute
from kairos.vocab.errors import InvalidInput, Problem


@dataclass(frozen=True, slots=True)
class WantedMedicine:
    """One medicine about to be given, or given a moment ago.

    Exactly one word stands behind it: a prescriber's (``ordered_by``), a standing order, or an emergency,
    whose ``reason`` is written down.
    """

    medicine: str
    dose: Decimal
    unit: str
    route: GivingRoute
    ordered_by: UUID | None = None
    standing_order: UUID | None = None
    emergency: bool = False
    reason: str = ""
    acknowledged: tuple[str, ...] = ()


def drug_of(medicine: str, named: Callable[[str], tuple[str, ...]]) -> str:
    """Return the one ingredient that words name; empty where they name none or several."""
    found = named(medicine.replace("_", " "))
    return found[0] if len(found) == 1 else ""


def check_wanted(wanted: WantedMedicine) -> None:
    """Refuse what is not said, and what nobody's word or more than one stands behind.

    Raises
    ------
    InvalidInput
    """
    problems = []
    if not wanted.medicine.strip():
        problems.append(Problem("medicine", "enter what is given"))
    if wanted.dose <= 0:
        problems.append(Problem("dose", "must be more than nought"))
    if not wanted.unit.strip():
        problems.append(Problem("unit", "enter the unit of the amount"))
    words = (wanted.ordered_by is not None, wanted.standing_order is not None, wanted.emergency)
    if sum(words) != 1:
        problems.append(
            Problem("ordered_by", "name one: the prescriber, the standing order, or that it is an emergency")
        )
    if wanted.emergency and not wanted.reason.strip():
        problems.append(Problem("reason", "is empty; say in a few words what the emergency is"))
    if problems:
        raise InvalidInput(*problems)
