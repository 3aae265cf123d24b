import pytest

from kairos.domain.evidence.preference import check_matters
from kairos.vocab.errors import InvalidInput


def test_what_matters_stands_in_the_order_offered():
    assert check_matters(["cost", "home"], ["home", "near", "cost"]) == ("home", "cost")


def test_what_is_not_offered_cannot_matter():
    with pytest.raises(InvalidInput, match="not offered: elsewhere"):
        check_matters(["home", "elsewhere"], ["home"])
