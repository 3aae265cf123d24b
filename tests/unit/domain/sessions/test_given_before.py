"""How much of a drug a session had: added up in one unit, or not known."""

from decimal import Decimal
from uuid import UUID

import pytest

from kairos.domain.sessions.events import MedicineGiven
from kairos.domain.sessions.medicines_given import given_before
from tests.support.dosing_sessions import infusing

WORDS = {"medicine": "Ondansetron", "amount": "", "route": "iv", "ordered_by": UUID(int=5)}


def after(*given):
    stream = infusing()
    for minute, (drug, dose, unit) in enumerate(given, start=10):
        event = MedicineGiven(**WORDS, drug=drug, dose=dose, unit=unit)
        stream.add(event, minute)
    return given_before(stream.state, "ondansetron", "mg")


def test_what_was_given_is_added_up_and_other_drugs_are_not():
    one = ("ondansetron", Decimal(4), "mg")
    assert after() == 0
    assert after(one, one) == 8
    stream = infusing()
    stream.add(MedicineGiven(**{**WORDS, "medicine": "Metoclopramide"}, drug="metoclopramide"), 10)
    assert given_before(stream.state, "ondansetron", "mg") == 0


@pytest.mark.parametrize(
    "unclear",
    [("ondansetron", Decimal(4000), "ug"), ("ondansetron", None, ""), ("", None, "")],
    ids=["another unit", "no amount", "words only"],
)
def test_what_cannot_be_added_up_is_not_known(unclear):
    assert after(("ondansetron", Decimal(4), "mg"), unclear) is None
