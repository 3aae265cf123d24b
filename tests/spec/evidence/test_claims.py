"""What may be said of ketamine.

Claims that are made elsewhere were checked one by one. Only a supported claim may be repeated; of every other
one the program says what holds instead. A few of them, as examples; the whole list is in the content.
"""

import pytest

from kairos.content.release import load_release
from kairos.domain.evidence.claims import ClaimVerdict

CLAIMS = load_release().claims

CLAIM_SITUATIONS = (
    ("name", "claimed", "verdict"),
    ("C-001", "a third and more of anxiety resists treatment", ClaimVerdict.WRONG_CITATION),
    ("C-009", "failure of one set beside improvement of another", ClaimVerdict.UNSUPPORTED),
    ("C-012", "effects in hours to days", ClaimVerdict.SUPPORTED),
    ("C-018", "fully legal", ClaimVerdict.OVERSTATED),
    ("C-022", "supervision is all that is needed", ClaimVerdict.OVERSTATED),
    ("C-041", "fast relief in PTSD", ClaimVerdict.OVERSTATED),
    ("C-044", "suicidal thoughts lessen soon", ClaimVerdict.PARTLY),
    ("C-045", "first choice in a crisis", ClaimVerdict.UNSUPPORTED),
    ("C-054", "less addictive than alcohol", ClaimVerdict.UNSUPPORTED),
)


@pytest.mark.parametrize(CLAIM_SITUATIONS[0], CLAIM_SITUATIONS[1:])
def test_a_claim_has_its_verdict(name, claimed, verdict):
    """Each claim has a verdict; only a supported one may be repeated."""
    assert claimed
    assert CLAIMS[name].verdict is verdict
    assert CLAIMS[name].may_be_repeated is (verdict is ClaimVerdict.SUPPORTED)


def test_every_claim_has_a_better_statement_with_sources_an_owner_and_a_day_of_review():
    """Every claim has a statement that holds, its sources, an owner and a day of review."""
    for claim in CLAIMS.values():
        assert claim.idea != claim.better
        assert claim.sources and claim.owner
        assert claim.review_by > claim.checked_on
