"""Codes of drugs known from memory: which wait for somebody's word, and which do not."""

import pytest

from kairos.content.release import load_release
from kairos.domain.evidence.drug_codes import check_waits, waiting_code
from kairos.vocab.codes import RXNORM, Code
from kairos.vocab.errors import InvalidInput

CONCEPTS = load_release().concepts


@pytest.mark.parametrize(
    ("code", "concept", "waits"),
    [
        (Code(RXNORM, "321988"), "escitalopram", True),
        (Code(RXNORM, "321988"), "citalopram", False),
        (Code(RXNORM, "36437"), "sertraline", False),
        (Code(RXNORM, "0"), "sertraline", False),
        (None, "sertraline", False),
    ],
)
def test_a_code_from_memory_waits(code, concept, waits):
    assert (waiting_code(code, concept, CONCEPTS) is not None) is waits


def test_only_a_code_that_waits_can_be_confirmed():
    check_waits(CONCEPTS, system="rxnorm", code="321988", concept="escitalopram")
    with pytest.raises(InvalidInput, match="rxnorm 36437 does not wait to be confirmed as sertraline"):
        check_waits(CONCEPTS, system="rxnorm", code="36437", concept="sertraline")
