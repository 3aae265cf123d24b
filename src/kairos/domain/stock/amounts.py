"""Amounts of stock: exact decimals in mg, to the last microgram."""

from decimal import Decimal, InvalidOperation

from kairos.vocab.errors import InvalidInput, Problem

MICROGRAM = Decimal("0.001")
"""One microgram in mg: the finest amount the ledger knows."""

NOTHING = Decimal("0.000")


def to_amount(mg: Decimal, field: str = "amount_mg") -> Decimal:
    """Return an amount with its three places, or refuse what is finer or not a number.

    Nothing is rounded: what cannot be written to the microgram is not what was measured.

    Parameters
    ----------
    mg : Decimal    mg, at least nought
    field : str     the field a refusal names

    Raises
    ------
    InvalidInput    not a finite number, below nought, or finer than a microgram
    """
    if not mg.is_finite() or mg < 0:
        raise InvalidInput(Problem(field, "is not an amount in mg; enter nought or more"))
    try:
        exact = mg.quantize(MICROGRAM)
    except InvalidOperation as error:
        raise InvalidInput(Problem(field, f"is {mg} mg, more than a ledger can hold")) from error
    if exact != mg:
        raise InvalidInput(Problem(field, f"is {mg} mg; the ledger is kept to 0.001 mg: enter three places"))
    return exact


def above_nought(mg: Decimal, field: str = "amount_mg") -> Decimal:
    """Return an amount that is more than nothing. Raises InvalidInput."""
    exact = to_amount(mg, field)
    if exact == 0:
        raise InvalidInput(Problem(field, "is nought; enter the amount in mg"))
    return exact
