"""Screenings and signed decisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.domain.rules.target import Indication, Route, Setting, Target
from kairos.store.findings import findings_from_json, findings_to_json
from kairos.store.records.eligibility import EligibilityDecision as DecisionRecord
from kairos.store.records.eligibility import Screening as ScreeningRecord
from kairos.store.repositories.patient_rows import add, open_words, values_of
from kairos.store.repositories.rows import to_columns, to_value
from kairos.store.scope import once_a_reading, the_only, within
from kairos.vocab.facts import AskedAsOf
from kairos.vocab.finding import Finding
from kairos.vocab.people import Scope
from kairos.vocab.verdict import Advice, Verdict

_NEWEST = ("-recorded_at", "-id")
_ABOUT = ("route", "setting", "indication", "jurisdiction")


@dataclass(frozen=True, slots=True)
class KeptScreening:
    """The findings of all rules at one moment, with the content they were judged by.

    ``otherwise`` are the answers by the definitions that were not chosen.
    """

    id: UUID
    programme_id: UUID
    person_id: UUID
    asked: AskedAsOf
    route: str
    indication: str
    advice: Advice
    findings: tuple[Finding, ...]
    content_version: str
    overlay_version: str
    by: UUID
    recorded_at: datetime | None = None
    setting: str = "clinic"
    jurisdiction: str = "us"
    otherwise: tuple[Finding, ...] = ()

    @property
    def target(self) -> Target:
        """What was asked for."""
        return Target(
            Route(self.route), Setting(self.setting), Indication(self.indication), self.jurisdiction
        )


@dataclass(frozen=True, slots=True)
class EligibilityDecision:
    """What a clinician decided and signed; ``words`` hold the reasons, by rule or ``reason``."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    screening_id: UUID
    decision: str
    signed_by: UUID
    signed_at: datetime
    words: Mapping[str, Any]
    overridden_rules: tuple[str, ...] = ()
    recorded_at: datetime | None = None


def add_screening(scope: Scope, screening: KeptScreening) -> None:
    """Keep a screening."""
    judged, used = findings_to_json(screening.findings)
    otherwise, used_otherwise = findings_to_json(screening.otherwise)
    columns = to_columns(screening, "asked", "findings", "otherwise")
    as_of = {"as_of": screening.asked.on, "as_of_chosen": screening.asked.chosen}
    words = {"used": used, "used_otherwise": used_otherwise}
    add(ScreeningRecord, scope, _Row(**columns), **as_of, findings=judged, otherwise=otherwise, words=words)


def newest_screening(scope: Scope, person_id: UUID) -> KeptScreening | None:
    """Return the newest screening of a person, if there is one."""
    row = within(ScreeningRecord.objects.filter(person_id=person_id), scope).order_by(*_NEWEST).first()
    return _screening(row) if row else None


def find_screening(scope: Scope, screening_id: UUID) -> KeptScreening:
    """Return a screening.

    Raises
    ------
    Missing
    """
    return _screening(
        the_only(within(ScreeningRecord.objects.filter(id=screening_id), scope), "the screening")
    )


def newest_advice(scope: Scope, person_ids: Iterable[UUID]) -> dict[UUID, Advice]:
    """Return the advice of the newest screening of each of these people, for a list; in one query."""
    rows = within(ScreeningRecord.objects.filter(person_id__in=list(person_ids)), scope)
    newest = rows.order_by("person_id", "-recorded_at", "-id").distinct("person_id")
    return {person_id: Advice(advice) for person_id, advice in newest.values_list("person_id", "advice")}


def sign_decision(scope: Scope, decision: EligibilityDecision) -> None:
    """Keep a signed decision."""
    add(DecisionRecord, scope, decision, overridden_rules=list(decision.overridden_rules))


@once_a_reading
def decisions_of(scope: Scope, person_id: UUID) -> tuple[EligibilityDecision, ...]:
    """Return the signed decisions of a person, newest first."""
    rows = within(DecisionRecord.objects.filter(person_id=person_id), scope)
    return values_of(EligibilityDecision, rows.order_by(*_NEWEST))


def answers_of_rule(
    scope: Scope, rule: str, *, most: int
) -> tuple[Mapping[Verdict, int], tuple[tuple[UUID, Verdict], ...]]:
    """Return how the newest screenings of everybody answer one rule, and of whom it does not say met.

    Parameters
    ----------
    most : int    how many people are named at the most
    """
    every = within(ScreeningRecord.objects.all(), scope)
    newest = every.order_by("person_id", "-recorded_at", "-id").distinct("person_id").values("id")
    answered = {
        verdict: every.filter(id__in=newest, findings__contains=[{"rule": rule, "verdict": verdict.value}])
        for verdict in Verdict
    }
    named = [
        (person_id, verdict)
        for verdict in (Verdict.NOT_MET, Verdict.UNKNOWN)
        for person_id in answered[verdict].order_by("person_id").values_list("person_id", flat=True)[:most]
    ]
    return {verdict: rows.count() for verdict, rows in answered.items()}, tuple(named[:most])


def decision_in_brief(scope: Scope, person_id: UUID) -> tuple[str, datetime] | None:
    """Return the newest signed decision and when it was signed, without its words."""
    found = _newest_decision(scope, person_id)
    return found[:2] if found else None


def advice_in_brief(scope: Scope, person_id: UUID) -> tuple[Advice, datetime] | None:
    """Return the advice of the newest screening and when it was made, without its findings."""
    rows = within(ScreeningRecord.objects.filter(person_id=person_id), scope)
    found = rows.order_by(*_NEWEST).values_list("advice", "recorded_at").first()
    return (Advice(found[0]), found[1]) if found else None


def target_in_brief(scope: Scope, person_id: UUID) -> Target | None:
    """Return what the newest signed decision was about, or else the newest screening; None without either."""
    decided = _newest_decision(scope, person_id)
    screened = within(ScreeningRecord.objects.filter(person_id=person_id), scope)
    found = decided[2:] if decided else screened.order_by(*_NEWEST).values_list(*_ABOUT).first()
    if found is None:
        return None
    route, setting, indication, jurisdiction = found
    return Target(Route(route), Setting(setting), Indication(indication), jurisdiction)


@once_a_reading
def _newest_decision(scope: Scope, person_id: UUID) -> tuple[str, datetime, str, str, str, str] | None:
    """Return the newest signed decision, when it was signed, and what its screening was about."""
    rows = within(DecisionRecord.objects.filter(person_id=person_id), scope)
    columns = ("decision", "signed_at", *(f"screening__{each}" for each in _ABOUT))
    found: tuple[str, datetime, str, str, str, str] | None
    found = rows.order_by(*_NEWEST).values_list(*columns).first()
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    """A screening's own columns."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    route: str
    setting: str
    indication: str
    jurisdiction: str
    advice: Advice
    content_version: str
    overlay_version: str
    by: UUID
    recorded_at: datetime | None


def _screening(row: ScreeningRecord) -> KeptScreening:
    words: Any = open_words(row)
    return to_value(
        KeptScreening,
        row,
        asked=AskedAsOf(row.as_of, row.as_of_chosen),
        advice=Advice(row.advice),
        findings=findings_from_json(row.findings, words["used"]),
        otherwise=findings_from_json(row.otherwise, words.get("used_otherwise", [])),
    )
