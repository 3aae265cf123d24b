"""Who answers a complaint: never one of the treating team."""

from uuid import UUID

import pytest

from kairos.domain.protocols.complaints import TREATING, answerers, check_words, newest_named
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Role

LEAD, AUDITOR, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
ROLES = {LEAD: {Role.PROGRAMME_LEAD}, AUDITOR: {Role.AUDITOR}, OTHER: {Role.RESEARCHER}}


def test_the_lead_comes_before_the_auditor_and_whom_the_programme_named_before_both():
    assert answerers(ROLES, named=None, acted=()) == (LEAD, AUDITOR)
    assert answerers(ROLES, named=AUDITOR, acted=()) == (AUDITOR, LEAD)
    assert answerers(ROLES, named=OTHER, acted=()) == (LEAD, AUDITOR)


@pytest.mark.parametrize("role", sorted(TREATING))
def test_whoever_may_treat_in_the_programme_is_not_outside(role):
    assert answerers({LEAD: {Role.PROGRAMME_LEAD, role}}, named=LEAD, acted=()) == ()


def test_whoever_had_a_part_in_the_treatment_is_not_outside():
    assert answerers(ROLES, named=LEAD, acted={LEAD}) == (AUDITOR,)
    assert answerers({}, named=LEAD, acted=()) == ()


def test_something_is_written():
    assert check_words(" a ", asked="write") == "a"
    with pytest.raises(InvalidInput, match="write"):
        check_words("\n", asked="write")


def test_the_newest_name_holds():
    assert newest_named([LEAD, AUDITOR]) == AUDITOR
    assert newest_named([]) is None
