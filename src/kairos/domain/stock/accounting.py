"""What becomes of an amount taken out for a dose: given, destroyed, returned; together exactly it."""

from dataclasses import dataclass
from decimal import Decimal

from kairos.domain.stock.amounts import to_amount
from kairos.domain.stock.dose_source import Lot
from kairos.vocab.errors import InvalidInput, Problem


@dataclass(frozen=True, slots=True)
class Account:
    """What became of what was out, in mg."""

    given_mg: Decimal
    wasted_mg: Decimal
    returned_mg: Decimal


def account_of(
    left_mg: Decimal, *, given_mg: Decimal, wasted_mg: Decimal, returned_mg: Decimal, lot: Lot
) -> Account:
    """Return the account of what is out for a dose.

    Parameters
    ----------
    left_mg : Decimal        mg that are out and not accounted for
    given_mg : Decimal       mg given as the chart says, and not entered before
    wasted_mg : Decimal      mg destroyed before a witness
    returned_mg : Decimal    mg put back unopened

    Raises
    ------
    InvalidInput             the three do not add up to what is out, or a part of a container is put back
    """
    account = Account(
        min(given_mg, left_mg), to_amount(wasted_mg, "wasted_mg"), to_amount(returned_mg, "returned_mg")
    )
    told = account.given_mg + account.wasted_mg + account.returned_mg
    if told != left_mg:
        said = (
            f"{left_mg} mg are out and {told} mg are accounted for, {account.given_mg} mg of them given; "
            f"{abs(left_mg - told)} mg {'are missing' if told < left_mg else 'are too many'}"
        )
        raise InvalidInput(Problem("wasted_mg", said))
    if not lot.is_multidose and account.returned_mg % lot.container_mg:
        said = f"is {account.returned_mg} mg; only whole containers of {lot.container_mg} mg go back"
        raise InvalidInput(Problem("returned_mg", said))
    return account
