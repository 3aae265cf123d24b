"""What a person objects to: kept as said, answered by a named role, read by no rule."""

import pytest

from kairos.domain.eligibility.objections import (
    LONGEST,
    Objection,
    ObjectionKind,
    fact_of_objection,
    objections,
    own_words,
)
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Role
from tests.support.facts import at, yes


@pytest.mark.parametrize("words", ["That was my brother", ""])
@pytest.mark.parametrize("kind", ObjectionKind)
def test_an_objection_comes_back_as_it_was_said(kind, words):
    said = Objection(kind, "eligibility.aneurysm", words, "task-1", at("2026-06-01"))
    kept = fact_of_objection(said, ref="objection/1", by="somebody")
    assert objections([yes("aneurysm_or_malformation"), kept]) == (said,)


def test_a_finding_is_looked_at_by_a_clinician_and_a_decision_by_the_medical_director():
    assert ObjectionKind.NOT_RIGHT.owner is Role.CLINICIAN
    assert ObjectionKind.SECOND_LOOK.owner is Role.MEDICAL_DIRECTOR
    assert ObjectionKind.NOT_RIGHT.answer_within != ObjectionKind.SECOND_LOOK.answer_within


def test_nothing_need_be_written_and_not_more_than_can_be_kept():
    assert own_words("  ") == ""
    with pytest.raises(InvalidInput, match=str(LONGEST)):
        own_words("a" * (LONGEST + 1))
