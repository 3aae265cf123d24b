"""What the REMS of esketamine wants before a dose: a certified site, an enrolled outpatient. Row REMS-02."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.verdict import Verdict


class RemsState(StrEnum):
    """What was recorded last: it holds from a day on, or has ended."""

    HOLDS = "holds"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class RemsStatement:
    """A certification or an enrolment as it was recorded: from which day, and its last if known."""

    state: RemsState
    on: date
    until: date | None = None
    reference: str = ""


def check_statement(statement: RemsStatement, *, today: date) -> None:
    """Refuse a statement without a reference, of a day not yet come, or that ends before it begins.

    Raises
    ------
    InvalidInput
    """
    problems = []
    if not statement.reference.strip():
        problems.append(Problem("reference", "enter the number or the name of the paper that proves it"))
    if statement.on > today:
        problems.append(Problem("on", f"{statement.on} has not come yet; enter the day from which it is so"))
    if statement.until is not None and statement.until < statement.on:
        problems.append(Problem("until", f"{statement.until} is before {statement.on}; enter the last day"))
    if problems:
        raise InvalidInput(*problems)


def stands(newest: RemsStatement | None, *, today: date) -> Verdict:
    """Return whether a statement holds on a day; nothing recorded is not known."""
    if newest is None:
        return Verdict.UNKNOWN
    is_over = newest.until is not None and newest.until < today
    holds = newest.state is RemsState.HOLDS and newest.on <= today and not is_over
    return Verdict.MET if holds else Verdict.NOT_MET


def check_rems(
    *, certified: RemsStatement | None, enrolled: RemsStatement | None, is_inpatient: bool, today: date
) -> None:
    """Refuse a dose where the site is not certified, or an outpatient not enrolled; an inpatient need not be.

    Raises
    ------
    NotAllowed
    """
    wanted = {"the site's REMS certification": certified}
    if not is_inpatient:
        wanted["the person's REMS enrolment"] = enrolled
    verdicts = {words: stands(newest, today=today) for words, newest in wanted.items()}
    lacking = [f"{words} {_SAID[v]}" for words, v in verdicts.items() if v is not Verdict.MET]
    if lacking:
        raise NotAllowed(f"{'; '.join(lacking)}: no dose is given; record it on the page of the REMS first")


_SAID = {Verdict.UNKNOWN: "is not on record", Verdict.NOT_MET: "has ended or is out of date"}
