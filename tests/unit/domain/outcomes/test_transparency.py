"""A programme's own figures: everyone stands in one row, and a few are never told by what changed."""

from datetime import date

import pytest

from kairos.content.release import load_release
from kairos.domain.outcomes.change import Change
from kairos.domain.outcomes.definitions import definitions_for
from kairos.domain.outcomes.disclosure import Shown
from kairos.domain.outcomes.transparency import (
    ROWS,
    CourseSeen,
    FigureTable,
    PersonSeen,
    check_tells_no_few,
    figures_of,
    from_details,
    shown_figures,
    to_details,
)
from kairos.vocab.errors import NotAllowed
from kairos.vocab.verdict import Verdict

DEFINITIONS = definitions_for("phq9", book=load_release().parameters, on=date(2026, 3, 2))
MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
SMALLEST = 5
NO_CHANGE = Change(None, None)


def course(*watched, before=True, after=True):
    return CourseSeen(watched or (MET,), before, after)


def treated(change=NO_CHANGE, *serious, courses=None):
    return PersonSeen(True, True, courses or (course(),), serious, change)


def counts(table, *people):
    return {row: n for row, (n,) in figures_of(people, DEFINITIONS)[table].items() if n}


def test_who_was_screened_out():
    people = [
        PersonSeen(True, True),
        PersonSeen(True, False),
        PersonSeen(True, None),
        PersonSeen(False, True),
    ]
    assert counts(FigureTable.SCREENING, *people) == {"cleared": 1, "screened_out": 1, "undecided": 1}


def test_who_was_harmed_is_counted_of_those_who_were_treated():
    none = Change(None, None)
    people = [treated(), treated(none, False), treated(none, False, True), PersonSeen(True, serious=(True,))]
    assert counts(FigureTable.EVENTS, *people) == {"none_reported": 1, "reported": 1, "serious": 1}


def test_each_session_is_watched_or_not_or_not_known():
    seen = treated(courses=(course(MET, NOT_MET), course(UNKNOWN)))
    assert counts(FigureTable.WATCHED, seen) == {"throughout": 1, "lost": 1, "not_known": 1}


@pytest.mark.parametrize(
    ("baseline", "current", "row"),
    [
        (20, 4, "remission"),
        (20, 10, "response"),
        (20, 11, "less"),
        (20, 24, "less"),
        (6, 3, "low_at_start"),
        (None, 3, "not_measured"),
        (20, None, "not_measured"),
    ],
)
def test_outcomes_have_a_row_for_what_was_not_measured(baseline, current, row):
    assert counts(FigureTable.OUTCOME, treated(Change(baseline, current))) == {row: 1}


@pytest.mark.parametrize(
    ("seen", "parts"),
    [
        (course(MET, MET), 3),
        (course(MET, NOT_MET), 2),
        (course(UNKNOWN, after=False), 1),
        (course(NOT_MET, before=False, after=False), 0),
    ],
)
def test_a_courses_completeness_is_what_it_had(seen, parts):
    """S-154: preparation, every session watched, integration."""
    assert seen.parts == parts
    assert counts(FigureTable.COURSES, treated(courses=(seen,))) == {f"parts_{parts}": 1}


def test_nobody_was_treated_where_no_session_was_held():
    assert CourseSeen((), True, True).parts == 2
    assert figures_of([PersonSeen(courses=(CourseSeen((), True, True),))], DEFINITIONS) == {
        table: {row: (0,) for row in rows} for table, rows in ROWS.items()
    }


def test_what_is_kept_of_a_version_holds_no_hidden_count():
    figures = figures_of([PersonSeen(True, True)] * 2 + [PersonSeen(True, False)] * 9, DEFINITIONS)
    shown = shown_figures(figures, smallest=SMALLEST)
    told = to_details(shown, smallest=SMALLEST)
    assert told["tables"]["screening"]["rows"] == {"cleared": None, "screened_out": None, "undecided": None}
    assert told["tables"]["screening"]["totals"] == [11]
    assert from_details(told) == shown
    assert from_details({"tables": {"older": {"rows": {}, "totals": None}}}) == {}


def version(*counts, totals):
    return {FigureTable.WATCHED: Shown({str(n): c for n, c in enumerate(counts)}, totals)}


def test_a_version_that_tells_a_few_people_by_its_change_is_refused():
    before = version((50,), None, totals=(90,))
    check_tells_no_few(before, version((50,), (7,), totals=(95,)), smallest=SMALLEST)
    check_tells_no_few({}, before, smallest=SMALLEST)
    check_tells_no_few(before, version((50,), None, totals=None), smallest=SMALLEST)
    for after in (version((52,), None, totals=(90,)), version((50,), None, totals=(89,))):
        with pytest.raises(NotAllowed, match="fewer than 5"):
            check_tells_no_few(before, after, smallest=SMALLEST)
