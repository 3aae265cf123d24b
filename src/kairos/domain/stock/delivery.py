"""A delivery of one lot, as its label and papers say it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from kairos.domain.stock.amounts import above_nought
from kairos.domain.stock.dose_source import Lot
from kairos.vocab.errors import InvalidInput, Problem


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came.

    Parameters
    ----------
    product : str             a product of the content, as ``racemic_injection``
    name : str                the product as its label says it
    container_mg : Decimal    mg in one container
    containers : int          how many came
    reference : str           the supplier's invoice or order form
    """

    product: str
    name: str
    lot_number: str
    expires_on: date
    container_mg: Decimal
    containers: int
    reference: str
    is_multidose: bool = False

    @property
    def total_mg(self) -> Decimal:
        """All of it, in mg."""
        return self.containers * above_nought(self.container_mg, "container_mg")

    def as_lot(self, lot_id: UUID, site_id: UUID) -> Lot:
        """Return the lot that came to a site."""
        each_mg = above_nought(self.container_mg, "container_mg")
        label = (self.product, self.name.strip(), self.lot_number.strip(), self.expires_on)
        return Lot(lot_id, site_id, *label, each_mg, self.is_multidose)


def check_delivery(delivery: Delivery, products: Collection[str]) -> None:
    """Refuse a delivery that cannot be entered. Raises InvalidInput with every field that is wrong."""
    told = ("name", "lot_number", "reference")
    problems = [
        Problem(field, "is empty; enter it as the label or the papers say it")
        for field in told
        if not getattr(delivery, field).strip()
    ]
    if delivery.product not in products:
        problems.append(Problem("product", "is not one the content knows; choose one of the list"))
    if delivery.containers < 1:
        problems.append(Problem("containers", "is nought; enter how many came"))
    if problems:
        raise InvalidInput(*problems)


def check_same(known: Lot, came: Lot) -> None:
    """Refuse a second delivery of a lot that says something else of it. Raises InvalidInput."""
    if known.expires_on != came.expires_on:
        said = f"is {came.expires_on}; lot {known.lot_number} was received as expiring on {known.expires_on}"
        raise InvalidInput(Problem("expires_on", said))
    if known.is_multidose != came.is_multidose:
        said = f"differs from what lot {known.lot_number} was received as; look at the label again"
        raise InvalidInput(Problem("is_multidose", said))
