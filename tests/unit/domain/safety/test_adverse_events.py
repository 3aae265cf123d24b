"""Adverse events: strength is not seriousness; a serious one is told, and reviewed by somebody else."""

from dataclasses import replace
from datetime import date

import pytest

from kairos.domain.safety.adverse_events import (
    ActionTaken,
    AdverseEvent,
    Criterion,
    EventOutcome,
    EventReview,
    EventSeverity,
    Expectedness,
    Relatedness,
    ReportDecision,
    check_adverse_event,
    check_event_review,
    check_may_replace,
)
from kairos.domain.safety.event_figures import event_figures
from kairos.domain.safety.medwatch import ReportFacts, SuspectDose, age_at, medwatch_blocks, open_blocks
from kairos.vocab.errors import InvalidInput, NotAllowed

TODAY = date(2026, 3, 5)
TERMS = frozenset({"headache", "syncope"})
EVENT = AdverseEvent(
    term="headache",
    named="",
    onset_on=date(2026, 3, 2),
    severity=EventSeverity.SEVERE,
    criteria=frozenset(),
    relatedness=Relatedness.POSSIBLE,
    action=ActionTaken.NOT_CHANGED,
    outcome=EventOutcome.RECOVERED,
    told="",
    ended_on=date(2026, 3, 3),
)
SERIOUS = replace(EVENT, criteria=frozenset({Criterion.HOSPITALISATION}), told="In hospital for a night.")


def test_something_strong_is_not_yet_serious():
    check_adverse_event(EVENT, terms=TERMS, today=TODAY)
    assert not EVENT.is_serious
    assert SERIOUS.is_serious


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"term": "moonburn"}, ["term"]),
        ({"term": "other"}, ["named"]),
        ({"term": "other", "named": "Moonburn"}, []),
        ({"onset_on": date(2026, 3, 6), "ended_on": None, "outcome": EventOutcome.UNKNOWN}, ["onset_on"]),
        ({"ended_on": date(2026, 3, 1)}, ["ended_on"]),
        ({"ended_on": date(2026, 3, 6)}, ["ended_on"]),
        ({"outcome": EventOutcome.RECOVERING}, ["outcome"]),
        ({"ended_on": None, "outcome": EventOutcome.RECOVERING}, []),
        ({"outcome": EventOutcome.FATAL}, ["criteria"]),
        ({"criteria": frozenset({Criterion.DEATH}), "told": "x"}, ["criteria"]),
        ({"criteria": frozenset({Criterion.LIFE_THREATENING})}, ["told"]),
    ],
)
def test_what_cannot_be_or_contradicts_itself_is_refused(changed, fields):
    event = replace(EVENT, **changed)
    if not fields:
        check_adverse_event(event, terms=TERMS, today=TODAY)
        return
    with pytest.raises(InvalidInput) as refused:
        check_adverse_event(event, terms=TERMS, today=TODAY)
    assert [problem.field for problem in refused.value.problems] == fields


def test_a_newer_version_says_why():
    check_may_replace(None, reason="")
    check_may_replace(EVENT, reason="the hospital wrote")
    with pytest.raises(InvalidInput, match="what is changed"):
        check_may_replace(EVENT, reason=" ")


REVIEW = EventReview(Expectedness.UNEXPECTED, ReportDecision.REPORT, "Read the discharge letter.")
FREE = {"is_serious": True, "treated": False, "others_may": True, "is_reviewed": False}


def test_a_serious_event_is_reviewed_by_somebody_who_did_not_treat():
    check_event_review(REVIEW, **FREE)
    with pytest.raises(NotAllowed, match="whoever treated"):
        check_event_review(REVIEW, **(FREE | {"treated": True}))
    check_event_review(REVIEW, **(FREE | {"treated": True, "others_may": False}))


@pytest.mark.parametrize(
    ("changed", "said"), [({"is_serious": False}, "only a serious"), ({"is_reviewed": True}, "as it stands")]
)
def test_what_is_not_serious_or_reviewed_already_is_not_reviewed(changed, said):
    with pytest.raises(NotAllowed, match=said):
        check_event_review(REVIEW, **(FREE | changed))


def test_a_review_gives_an_account():
    with pytest.raises(InvalidInput, match="what was found"):
        check_event_review(replace(REVIEW, account=""), **FREE)


def test_figures_count_events_and_people_beside_sessions():
    reported = [
        ("a", EVENT),
        ("a", SERIOUS),
        ("b", replace(EVENT, term="syncope", severity=EventSeverity.MILD)),
    ]
    figures = event_figures(reported, sessions=40)
    assert (figures.events, figures.people, figures.serious, figures.sessions) == (3, 2, 1, 40)
    headache, syncope = figures.terms
    assert (headache.term, headache.events, headache.people, headache.serious) == ("headache", 2, 1, 1)
    assert dict(syncope.by_severity) == {"mild": 1, "moderate": 0, "severe": 0}
    assert event_figures([], sessions=0).terms == ()


FACTS = ReportFacts(event=SERIOUS, term_words="Headache", patient_code="A1B2C3D4", reported_on=TODAY)


def blocks(facts):
    return {block.number: block.value for block in medwatch_blocks(facts)}


def test_medwatch_what_is_not_known_is_left_empty_and_named_so():
    """Form FDA 3500A: what is unknown is left blank."""
    found = blocks(FACTS)
    assert found["A1"] == "A1B2C3D4"
    assert found["B2"] == "Hospitalization - initial or prolonged"
    assert found["B3"] == "03/02/2026"
    assert found["B5"] == "Headache. In hospital for a night."
    left = open_blocks(medwatch_blocks(FACTS))
    assert {block.number for block in left} == {
        *("A2", "A3", "A4", "B6", "B7", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10"),
        *("E1", "E2", "E3", "E4"),
    }
    assert all(block.why for block in left)


def test_medwatch_from_a_whole_record():
    dose = SuspectDose(
        "Esketamine nasal spray", "56 mg", "ESKETAMINE", TODAY, "", ("L1", "L2"), (date(2027, 1, 31),)
    )
    whole = replace(
        FACTS,
        born_on=date(1981, 4, 14),
        sex="female",
        weight_kg="68",
        dose=dose,
        concomitants=("Sertraline",),
        history=("Depression",),
        site="Main clinic",
        reporter="N. Nurse",
        occupation="nurse",
    )
    found = blocks(whole)
    assert found["A2"] == "44 years; born 04/14/1981"
    assert found["C2"] == "56 mg, ESKETAMINE"
    assert (found["C6"], found["C7"]) == ("L1, L2", "01/31/2027")
    assert found["C10"] == "Sertraline"
    assert found["E2"] == "Yes"
    assert (found["C5"], found["C8"], found["E4"]) == ("", "", "")  # nothing is inferred


def test_medwatch_a_confirmed_list_without_medicines_says_so():
    assert blocks(replace(FACTS, list_is_known=True))["C10"].startswith("None, as")


def test_an_age_is_whole_years():
    assert age_at(date(1980, 3, 6), TODAY) == 45
    assert age_at(date(1980, 3, 5), TODAY) == 46
