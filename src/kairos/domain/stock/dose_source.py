"""Where a dose comes from: a lot of our own ledger, or a pharmacy that keeps the stock. Never nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from uuid import UUID

from kairos.domain.stock.amounts import NOTHING
from kairos.vocab.errors import NotAllowed


class Keeping(StrEnum):
    """Where a programme keeps its controlled stock. It is declared; nothing is taken for granted."""

    HERE = "here"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Lot:
    """One delivery's lot of one product at one site, in containers of one size."""

    id: UUID
    site_id: UUID
    product: str
    name: str
    lot_number: str
    expires_on: date
    container_mg: Decimal
    is_multidose: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A lot that could serve a dose, with what would be taken out of it."""

    lot: Lot
    in_mg: Decimal
    take_mg: Decimal


def to_take(dose_mg: Decimal, lot: Lot) -> Decimal:
    """Return how much is taken out for a dose: whole containers, or the dose where many share one."""
    if lot.is_multidose:
        return dose_mg
    count = (dose_mg / lot.container_mg).to_integral_value(rounding=ROUND_CEILING)
    return count * lot.container_mg


def offers(
    lots: Iterable[tuple[Lot, Decimal]], *, dose_mg: Decimal, products: frozenset[str], on: date
) -> tuple[Offer, ...]:
    """Return the lots that can serve a dose, the first to expire first.

    Parameters
    ----------
    lots : pairs               each with the mg it has in the cabinet
    products : set of str      what the ordered route may be given with
    on : date                  the day of the dose; a lot may be used on its last day
    """
    found = [
        Offer(lot, in_mg, take)
        for lot, in_mg in lots
        if lot.product in products and lot.expires_on >= on and (take := to_take(dose_mg, lot)) <= in_mg
    ]
    return tuple(sorted(found, key=lambda each: (each.lot.expires_on, each.lot.lot_number)))


def check_source(
    keeping: Keeping | None, *, dose_mg: Decimal, taken_mg: Decimal, has_reference: bool
) -> None:
    """Refuse a dose that comes from nowhere.

    Parameters
    ----------
    keeping : Keeping or None    what the programme declared; None where nobody has
    taken_mg : Decimal           mg that are out of our lots for this order and not accounted for
    has_reference : bool         whether the pharmacy's reference for this order is recorded

    Raises
    ------
    NotAllowed                   says what to do
    """
    if keeping is None:
        raise NotAllowed(
            "nobody has declared where this programme keeps its controlled stock; "
            "a pharmacist, medical director or programme lead declares it on the stock page"
        )
    if keeping is Keeping.ELSEWHERE and not has_reference:
        raise NotAllowed("no pharmacy reference is recorded for this dose; enter the one on its label")
    if keeping is Keeping.HERE and taken_mg < max(dose_mg, NOTHING):
        raise NotAllowed(
            f"{taken_mg} mg are taken out of stock for this order of {dose_mg} mg; "
            "choose the order again with the lot it is drawn from"
        )
