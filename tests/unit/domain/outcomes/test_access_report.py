"""Who reaches treatment, by group: everyone in one group each, small counts hidden with their neighbours."""

from datetime import date

import pytest

from kairos.domain.outcomes.access_report import (
    GROUPS,
    FeeState,
    Grouping,
    PersonOfGroup,
    access_report,
)
from kairos.vocab.instants import PartialDate

TODAY = date(2026, 3, 2)


def counts(people, grouping):
    """Return the counts of each group of tenfold people: nothing is small."""
    shown = access_report(list(people) * 10, today=TODAY, smallest=5)[grouping]
    return {group: row for group, row in shown.rows.items() if row != (0, 0)}


@pytest.mark.parametrize(
    ("person", "grouping", "group"),
    [
        (PersonOfGroup(True, sex="female"), Grouping.SEX, "female"),
        (PersonOfGroup(True, sex="unsure"), Grouping.SEX, "other"),
        (PersonOfGroup(True), Grouping.SEX, "not_known"),
        (PersonOfGroup(True, language="es-MX"), Grouping.LANGUAGE, "es"),
        (PersonOfGroup(True, language="pl"), Grouping.LANGUAGE, "other"),
        (PersonOfGroup(True, born_on=PartialDate.parse("1996-03-03")), Grouping.AGE, "under_30"),
        (PersonOfGroup(True, born_on=PartialDate.parse("1996-03-02")), Grouping.AGE, "30_to_44"),
        (PersonOfGroup(True, born_on=PartialDate.parse("1950")), Grouping.AGE, "60_on"),
        (PersonOfGroup(True, born_on=PartialDate.parse("1996")), Grouping.AGE, "not_known"),
        (PersonOfGroup(True), Grouping.AGE, "not_known"),
        (PersonOfGroup(True, fee=FeeState.WAIVED), Grouping.FEE, "waived"),
        (PersonOfGroup(True), Grouping.FEE, "full"),
    ],
)
def test_each_person_stands_in_one_group(person, grouping, group):
    assert counts([person], grouping) == {group: (0, 10)}
    assert set(GROUPS[grouping]) >= {group}


def test_who_was_not_treated_is_counted_beside():
    people = [PersonOfGroup(True, sex="male"), PersonOfGroup(False, sex="male")]
    assert counts(people, Grouping.SEX) == {"male": (10, 10)}


def test_the_report_suppresses_small_cells():
    """S-151: three of thirteen women were treated; the men beside them are hidden with them."""
    women = [PersonOfGroup(n < 3, sex="female") for n in range(13)]
    men = [PersonOfGroup(n < 9, sex="male") for n in range(20)]
    shown = access_report([*women, *men], today=TODAY, smallest=5)[Grouping.SEX]
    assert (shown.rows["female"], shown.rows["male"], shown.totals) == (None, None, (21, 12))
