"""Screening again: what is known otherwise than before, and which findings that changed.

A course goes on for months. What changed since a clinician last looked is named, entry by entry, and wants
to be acknowledged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kairos.domain.eligibility.objections import OBJECTION
from kairos.domain.rules.case import entry_of
from kairos.domain.rules.presence import ENDED_STATUS
from kairos.vocab.facts import AskedAsOf, Fact, FactKind, Origin, OriginKind
from kairos.vocab.finding import Finding
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity
from kairos.vocab.verdict import Severity, Verdict

_TOLD = frozenset({FactKind.ANSWER, FactKind.CONDITION, FactKind.MEDICATION, FactKind.ALLERGY})
_Key = tuple[FactKind, str]
ACKNOWLEDGED = "changes_acknowledged"
_SCREENING = "screening"


@dataclass(frozen=True, slots=True)
class FactChange:
    """One thing known otherwise than before: new, ended, answered another way, or of another dose."""

    kind: FactKind
    concept: str
    before: Fact | None
    after: Fact | None


@dataclass(frozen=True, slots=True)
class FindingChange:
    """One rule that answers otherwise; ``None`` where it was, or is, not asked."""

    rule: str
    before: Finding | None
    after: Finding | None

    @property
    def is_worse(self) -> bool:
        """Whether it speaks against going on, or asks, where it did not, or weighs more."""
        return _gravity(self.after) > _gravity(self.before)


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """Everything that is otherwise than when somebody last looked."""

    facts: tuple[FactChange, ...]
    findings: tuple[FindingChange, ...]

    @property
    def needs_acknowledgement(self) -> bool:
        """Whether a clinician has to look: something told is otherwise, or a rule answers worse."""
        return bool(self.facts) or any(change.is_worse for change in self.findings)


def what_changed(
    before: Iterable[Finding],
    after: Iterable[Finding],
    *,
    known_before: Iterable[Fact],
    known_now: Iterable[Fact],
    as_of: AskedAsOf,
) -> WhatChanged:
    """Return what is known otherwise now, and what the rules answer otherwise.

    Parameters
    ----------
    before, after : findings         of the screening that was looked at, and of the one now
    known_before, known_now : facts  that these rested on
    as_of : AskedAsOf                the day of the one now; what ends by then has ended
    """
    return WhatChanged(
        facts=_facts_changed(_newest(known_before), _newest(known_now), as_of),
        findings=_findings_changed({f.rule: f for f in before}, {f.rule: f for f in after}),
    )


def fact_of_acknowledgement(screening: str, *, ref: str, by: str, at: datetime) -> Fact:
    """Return a prescriber's word that what changed up to a screening (its id) was seen."""
    return Fact(
        id=ref,
        kind=FactKind.ANSWER,
        concept=ACKNOWLEDGED,
        origin=Origin(OriginKind.PERSON, ref, by),
        true_from=PartialDate.of(at.date()),
        true_at=at,
        recorded_at=at,
        details={_SCREENING: screening},
    )


def acknowledged_screenings(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the ids of the screenings up to which changes were acknowledged, in the order kept."""
    return tuple(str(fact.details[_SCREENING]) for fact in facts if fact.concept == ACKNOWLEDGED)


_NO_NEWS = frozenset({"", ACKNOWLEDGED, OBJECTION})


def _newest(facts: Iterable[Fact]) -> Mapping[_Key, Fact]:
    """Return the newest thing told of each concept."""
    told = [entry_of(fact) for fact in facts if fact.kind in _TOLD and fact.concept not in _NO_NEWS]
    ordered = sorted(told, key=lambda entry: (entry.last, entry.at, entry.fact.id))
    return {(entry.fact.kind, entry.fact.concept): entry.fact for entry in ordered}


def _facts_changed(
    before: Mapping[_Key, Fact], now: Mapping[_Key, Fact], as_of: AskedAsOf
) -> tuple[FactChange, ...]:
    keys = sorted(before.keys() | now.keys())
    pairs = ((key, before.get(key), now.get(key)) for key in keys)
    return tuple(
        FactChange(kind, concept, was, then)
        for (kind, concept), was, then in pairs
        if _says(was, as_of) != _says(then, as_of)
    )


def _says(fact: Fact | None, as_of: AskedAsOf) -> tuple[object, ...]:
    """Return what an entry amounts to now, so that the same thing told again is no change."""
    if fact is None:
        return ()
    ended = fact.true_until is not None and fact.true_until.last < as_of.on
    dose = fact.details.get("daily_dose")
    return (
        fact.presence,
        ended or fact.status in ENDED_STATUS,
        dose if isinstance(dose, Quantity) else None,
        fact.value,
    )


def _findings_changed(
    before: Mapping[str, Finding], after: Mapping[str, Finding]
) -> tuple[FindingChange, ...]:
    rules = dict.fromkeys((*after, *before))
    changes = (FindingChange(rule, before.get(rule), after.get(rule)) for rule in rules)
    return tuple(c for c in changes if _answer(c.before) != _answer(c.after))


def _answer(finding: Finding | None) -> tuple[object, ...]:
    return (finding.verdict, finding.severity, finding.unsettled) if finding is not None else ()


_STEPS = (Severity.CAUTION, Severity.RELATIVE, Severity.DEFER, Severity.ABSOLUTE)


def _gravity(finding: Finding | None) -> tuple[int, int]:
    """Order answers: met or not asked, unknown, against; within each by severity."""
    if finding is None or finding.verdict is Verdict.MET:
        return 0, 0
    spoken = 2 if finding.verdict is Verdict.NOT_MET else 1
    return spoken, _STEPS.index(finding.severity)
