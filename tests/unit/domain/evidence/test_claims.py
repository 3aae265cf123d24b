"""Claims: only a supported one may be repeated, and each is checked again by its day."""

from datetime import date

import pytest

from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.claims import ClaimVerdict, GradedClaim
from kairos.domain.evidence.grades import Direction, Grade


def claim(verdict):
    """Return a claim with this verdict."""
    checked, due = date(2026, 1, 1), date(2026, 6, 1)
    words = ("C-001", "It helps.", verdict, "It helps some.", Grade.LOW, Direction.MIXED)
    return GradedClaim(*words, ("label",), Certainty.VERIFIED, "curator", checked, due)


@pytest.mark.parametrize("verdict", ClaimVerdict)
def test_only_a_supported_claim_may_be_repeated(verdict):
    assert claim(verdict).may_be_repeated is (verdict is ClaimVerdict.SUPPORTED)


def test_a_claim_is_stale_from_the_day_after_its_review_was_due():
    assert not claim(ClaimVerdict.PARTLY).is_stale(date(2026, 6, 1))
    assert claim(ClaimVerdict.PARTLY).is_stale(date(2026, 6, 2))
