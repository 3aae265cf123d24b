"""A licence holds until its last day; a check says where and when it was made."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kairos.domain.protocols.credentials import Credential, check_credential, credential_standing
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Role
from kairos.vocab.verdict import Verdict

TODAY = date(2026, 3, 2)
GOOD = Credential("State register", "RN-1", TODAY, TODAY + timedelta(days=365))


@pytest.mark.parametrize(
    ("until", "verdict"),
    [(None, Verdict.UNKNOWN), (TODAY, Verdict.MET), (TODAY - timedelta(days=1), Verdict.NOT_MET)],
)
def test_a_licence_holds_until_its_last_day(until, verdict):
    assert credential_standing(until, today=TODAY) is verdict


def test_a_check_in_order():
    check_credential(GOOD, Role.NURSE, today=TODAY)


def test_what_is_wrong_is_told_at_once():
    odd = replace(GOOD, source=" ", reference="", checked_on=TODAY + timedelta(days=1))
    with pytest.raises(InvalidInput) as found:
        check_credential(odd, Role.AUDITOR, today=TODAY)
    assert [problem.field for problem in found.value.problems] == [
        "role",
        "source",
        "reference",
        "checked_on",
    ]
