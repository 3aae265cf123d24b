"""The regulatory table: it answers where it has a row that surely holds, and is silent elsewhere."""

from datetime import date

import pytest

from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.grades import Direction, Grade
from kairos.domain.evidence.regulation import (
    ControlRow,
    DatedRow,
    IndicationEvidence,
    IndicationProfile,
    PrescribingRow,
    Product,
    RegulatoryBook,
    RegulatoryStatus,
    StatusRow,
    control_schedule,
    may_be_prescribed,
    regulatory_status,
)
from kairos.vocab.instants import PartialDate
from kairos.vocab.verdict import Verdict

SPRAY = frozenset({"spray"})


def dated(since, until=None, place="here", name="row"):
    """Return when a row holds."""
    return DatedRow(
        name,
        place,
        PartialDate.parse(since),
        until,
        ("label",),
        Certainty.VERIFIED,
        date(2026, 1, 1),
        date(2026, 6, 1),
    )


def status_row(since, status, until=None, conditions=()):
    """Return a row for the spray and low mood."""
    return StatusRow(dated(since, until), SPRAY, frozenset({"low_mood"}), status, conditions)


def book(*statuses, controls=(), prescribing=()):
    """Return a table with one product."""
    product = Product("spray", frozenset({"nose"}), False, ("label",))
    known = IndicationEvidence(
        "spray", frozenset({"nose"}), Grade.LOW, Direction.FOR, "text", (), ("label",), Certainty.VERIFIED
    )
    profile = IndicationProfile("low_mood", True, (known,))
    return RegulatoryBook(
        {"spray": product}, {"low_mood": profile}, ("here",), statuses, controls, prescribing
    )


def asked(table, on, product="spray", use="low_mood", place="here"):
    """Return the status alone."""
    return regulatory_status(table, product, use, place, on=on).status


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2019, 2, 28), RegulatoryStatus.NOT_KNOWN),
        (date(2019, 3, 10), RegulatoryStatus.NOT_KNOWN),  # within the month nobody knows
        (date(2019, 3, 31), RegulatoryStatus.OFF_LABEL),
        (date(2020, 12, 31), RegulatoryStatus.OFF_LABEL),
        (date(2021, 1, 1), RegulatoryStatus.APPROVED),
        (date(2021, 12, 31), RegulatoryStatus.APPROVED),
        (date(2022, 1, 1), RegulatoryStatus.NOT_KNOWN),  # the older row does not come back
    ],
)
def test_the_newest_row_speaks_while_it_surely_holds(on, status):
    table = book(
        status_row("2021-01-01", RegulatoryStatus.APPROVED, date(2021, 12, 31)),
        status_row("2019-03", RegulatoryStatus.OFF_LABEL),
    )
    assert asked(table, on) is status


@pytest.mark.parametrize("strange", [{"product": "pill"}, {"use": "gout"}, {"place": "there"}])
def test_a_silent_table_gives_no_permission(strange):
    assert asked(book(status_row("2019", RegulatoryStatus.APPROVED)), date(2026, 1, 1), **strange) is (
        RegulatoryStatus.NOT_KNOWN
    )


def test_an_answer_carries_its_row():
    table = book(status_row("2019", RegulatoryStatus.APPROVED, conditions=("watched",)))
    answer = regulatory_status(table, "spray", "low_mood", "here", on=date(2026, 6, 1))
    assert answer.is_known and answer.conditions == ("watched",) and answer.sources == ("label",)
    assert not answer.is_stale
    assert regulatory_status(table, "spray", "low_mood", "here", on=date(2026, 6, 2)).is_stale
    silent = regulatory_status(table, "spray", "gout", "here", on=date(2026, 6, 2))
    assert not silent.is_known and not silent.is_stale and silent.sources == ()


def test_a_schedule_of_controlled_drugs():
    table = book(controls=(ControlRow(dated("2000"), SPRAY, "CIII"),))
    assert control_schedule(table, "spray", "here", on=date(2001, 1, 1)).schedule == "CIII"
    assert control_schedule(table, "spray", "there", on=date(2001, 1, 1)) is None


def test_a_means_of_prescribing_is_allowed_forbidden_or_not_known():
    rows = (
        PrescribingRow(dated("2026-01-01", date(2026, 12, 31)), SPRAY, "telehealth", True),
        PrescribingRow(dated("2019"), SPRAY, "home_use", False),
    )
    table = book(prescribing=rows)

    def ask(means, on):
        return may_be_prescribed(table, "spray", "here", means=means, on=on)

    assert ask("telehealth", date(2026, 12, 31)) == (Verdict.MET, rows[0])
    assert ask("telehealth", date(2027, 1, 1)) == (Verdict.UNKNOWN, None)
    assert ask("home_use", date(2026, 1, 1)) == (Verdict.NOT_MET, rows[1])


def test_a_product_is_found_by_its_route():
    assert book().product_by("nose").id == "spray"
    with pytest.raises(KeyError):
        book().product_by("ear")


def test_evidence_of_one_route_says_nothing_of_another():
    profile = book().indications["low_mood"]
    assert profile.evidence_for("spray", "nose").grade is Grade.LOW
    assert profile.evidence_for("spray", "mouth") is None
    assert profile.evidence_for("pill", "nose") is None
