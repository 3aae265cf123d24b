"""Standing orders: what may be given without asking first, for which finding, by a prescriber's signature.

An order says drug, dose, unit, route, the most in one session, and the finding it is for. Where something
does not fit to the letter, a prescriber is asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from kairos.vocab.errors import InvalidInput, Problem


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """One standing order as it was signed. Amounts in ``unit``; ``ends_on`` is its last day."""

    id: UUID
    drug: str
    dose: Decimal
    unit: str
    route: str
    most: Decimal
    finding: str
    effect_after: timedelta
    starts_on: date
    ends_on: date
    is_ended: bool = False

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return not self.is_ended and self.starts_on <= on <= self.ends_on


def check_signing(
    order: StandingOrder, *, drugs: Iterable[str], findings: Iterable[str], longest: timedelta, today: date
) -> None:
    """Refuse a standing order that leaves something open or cannot be.

    Parameters
    ----------
    drugs, findings : codes    of the content
    longest : timedelta        how long an order may hold before it is signed anew

    Raises
    ------
    InvalidInput
    """
    problems = []
    if order.drug not in set(drugs):
        problems.append(Problem("drug", "is not in the list of medicines kept at hand"))
    if order.finding not in set(findings):
        problems.append(Problem("finding", "choose what it is for from the list of symptoms and alarms"))
    if order.dose <= 0:
        problems.append(Problem("dose", "must be more than nought"))
    if order.most < order.dose:
        problems.append(Problem("most", "the most in one session is at least one dose"))
    problems += [Problem(n, "is empty") for n in ("unit", "route") if not getattr(order, n).strip()]
    if order.effect_after <= timedelta():
        problems.append(Problem("effect_after", "say after how many minutes the effect is asked for"))
    if order.starts_on < today:
        problems.append(Problem("starts_on", "lies in the past; an order holds from its signature on"))
    if not order.starts_on <= order.ends_on <= order.starts_on + longest:
        problems.append(Problem("ends_on", f"an order holds for {longest.days} days at most; sign it anew"))
    if problems:
        raise InvalidInput(*problems)


@dataclass(frozen=True, slots=True)
class WantedDose:
    """What somebody is about to give: drug, amount with its unit, route."""

    drug: str
    dose: Decimal
    unit: str
    route: str


def check_under_order(
    order: StandingOrder,
    wanted: WantedDose,
    *,
    on: date,
    given_before: Decimal | None,
    there_now: Iterable[str],
) -> None:
    """Refuse to give something under a standing order that does not fit it to the letter.

    Parameters
    ----------
    given_before : amount     of this drug in this session, in the order's unit; None where it is not known
    there_now : codes         symptoms that are there and alarms that stand

    Raises
    ------
    InvalidInput    each thing that does not fit, with the limit, and that a prescriber is asked
    """
    ask = "ask a prescriber"
    problems = []
    if not order.holds(on):
        problems.append(Problem("standing_order", f"does not hold today; {ask}"))
    if (wanted.drug, wanted.unit, wanted.route) != (order.drug, order.unit, order.route):
        text = f"the order is for {order.drug} in {order.unit}, {order.route}; {ask}"
        problems.append(Problem("standing_order", text))
    if wanted.dose > order.dose:
        problems.append(Problem("dose", f"is more than {order.dose} {order.unit} of the order; {ask}"))
    if given_before is None:
        text = f"some was given in this session that cannot be added up in {order.unit}; {ask}"
        problems.append(Problem("dose", text))
    elif given_before + wanted.dose > order.most:
        total = given_before + wanted.dose
        text = f"would make {total} {order.unit} in this session; the order allows {order.most}; {ask}"
        problems.append(Problem("dose", text))
    if order.finding not in set(there_now):
        problems.append(Problem("standing_order", f"is for a finding that is not noted as there now; {ask}"))
    if problems:
        raise InvalidInput(*problems)
