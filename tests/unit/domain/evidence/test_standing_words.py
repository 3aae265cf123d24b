"""The status of a use in sentences: for each reader, from the same answer."""

from dataclasses import replace
from datetime import date

import pytest

from kairos.content.release import load_release
from kairos.domain.evidence.regulation import regulatory_status
from kairos.domain.evidence.standing_words import tell_evidence, tell_standing
from kairos.domain.evidence.texts import Audience

RELEASE = load_release()
BOOK, TEXTS = RELEASE.regulation, RELEASE.texts
TODAY = date(2026, 11, 22)


def standing(product="racemic_injection", use="trd", place="us"):
    """Return where a product stands today."""
    return regulatory_status(BOOK, product, use, place, on=TODAY)


def test_the_status_comes_first_and_then_its_conditions():
    told = tell_standing(standing(), TEXTS)
    assert told[0].startswith(
        "Racemic ketamine for injection is off-label for treatment-resistant depression"
    )
    assert told[1:] == tuple(TEXTS.template(name) for name in standing().conditions)


def test_a_place_of_which_nothing_is_known_is_called_by_its_code():
    (told,) = tell_standing(standing(place="se"), TEXTS)
    assert told.startswith("The table does not say")
    approved = replace(standing("esketamine_nasal"), jurisdiction="us-vt")
    assert "in US-VT" in tell_standing(approved, TEXTS)[0]


def test_a_row_nobody_looked_at_again_says_so():
    old = replace(standing(), on=date(2031, 1, 1))
    assert tell_standing(old, TEXTS)[-1] == "This entry should have been looked at again by 2027-11-30."


@pytest.mark.parametrize("product", sorted(BOOK.products))
@pytest.mark.parametrize("use", sorted(BOOK.indications))
def test_every_status_can_be_told_to_a_patient(product, use):
    told = tell_standing(standing(product, use), TEXTS, audience=Audience.PATIENT)
    assert all(sentence and "{" not in sentence for sentence in told)


def test_what_is_known_and_that_nothing_is():
    known = BOOK.indications["ptsd"].evidence_for("racemic_injection", "iv")
    assert "158 veterans" in tell_evidence(known, TEXTS)
    assert tell_evidence(None, TEXTS, audience=Audience.PATIENT).startswith("We found no study")
