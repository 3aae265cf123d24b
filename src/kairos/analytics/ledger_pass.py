"""The ledger of treatments in columns: each trial judged by a definition of resistance, then counted."""

from collections.abc import Iterable
from typing import Any

import ibis

from kairos.analytics.fact_days import Table, step
from kairos.analytics.leaf_pass import NOT_SO, OPEN, SO
from kairos.domain.eligibility.ledger import LIST, PER_DAY, TRIAL, TrialSettings
from kairos.domain.eligibility.resistance import ResistanceDefinition
from kairos.vocab.facts import FactKind, OriginKind, Presence, Understanding
from kairos.vocab.quantities import PERCENT

_NO, _PERHAPS, _YES = 0, 1, 2
"""What a trial lacks weighs most: the least of its four parts is its verdict."""
_NULL = 2
_READ = (
    *("person", "fact", "concept", "kind", "presence", "understanding", "origin", "status", "about", "on"),
    *("first", "last", "is_undated", "begin_first", "end_first", "end_last", "daily_dose", "daily_dose_unit"),
    *("treatment", "treatment_type", "treatment_form", "treatment_completed", "episode"),
    *("improvement", "improvement_unit"),
)


def too_few_failed_answers(entries: Table, leaf: int, definition: ResistanceDefinition) -> Table:
    """Return by person whether fewer treatments failed than the definition needs."""
    entries = _ledger(entries, definition.drugs)
    trials = _trials(entries, definition.drugs)
    judged = trials.mutate(verdict=_judged(trials, definition.settings))
    each = judged.group_by(["person", "treatment"]).aggregate(
        verdict=judged.verdict.max(), is_talk=judged.is_talk.max()
    )
    counts = each.group_by("person").aggregate(
        **_counts(each, "failed", _YES), **_counts(each, "perhaps", _PERHAPS)
    )
    row = _told(entries).outer_join(counts, "person")
    row = row.mutate(person=row.person.coalesce(row.person_right))
    verdict = ibis.cases(
        (_reached(row, "failed", definition), NOT_SO),
        (_reached(row, "perhaps", definition), OPEN),
        (~row.is_complete.fill_null(False), OPEN),
        else_=SO,
    )
    return row.select("person", leaf=ibis.literal(leaf), verdict=verdict)


def none_tried_answers(entries: Table, leaf: int, drugs: frozenset[str]) -> Table:
    """Return by person whether nothing was tried; nothing where nobody said so."""
    entries = _ledger(entries, drugs)
    tried = _trials(entries, drugs).select("person").distinct().mutate(tried=True)
    row = _told(entries).outer_join(tried, "person")
    row = row.mutate(person=row.person.coalesce(row.person_right))
    none = (row.is_complete | row.is_denied).fill_null(False)
    verdict = ibis.cases((row.tried.fill_null(False), NOT_SO), (none, SO), else_=OPEN)
    return row.select("person", leaf=ibis.literal(leaf), verdict=verdict)


def _ledger(entries: Table, drugs: Iterable[str]) -> Table:
    """Return what the ledger is read from: few of the facts, looked up once for several uses."""
    return step(entries.filter(entries.concept.isin(sorted({LIST, TRIAL, *drugs}))).select(*_READ))


def _told(entries: Table) -> Table:
    """Return by person whether the ledger was confirmed as complete, or a trial was denied."""
    row = entries.filter(entries.concept.isin([LIST, TRIAL]))
    said_by = row.origin.isin([OriginKind.CONFIRMED_LIST.value, OriginKind.PERSON.value])
    complete = (row.concept == LIST) & (row.presence == Presence.PRESENT.value) & said_by
    denied = (row.concept == TRIAL) & (row.presence == Presence.ABSENT.value)
    return row.group_by("person").aggregate(is_complete=complete.max(), is_denied=denied.max())


def _trials(entries: Table, drugs: Iterable[str]) -> Table:
    present = entries.filter(entries.presence == Presence.PRESENT.value)
    entered = present.filter(present.concept == TRIAL)
    recorded = present.filter(
        present.concept.isin(sorted(drugs))
        & (present.kind == FactKind.MEDICATION.value)
        & (present.understanding == Understanding.EXACT.value)
    )
    named = entered.filter(entered.about.notnull()).select("person", fact="about").distinct()
    return ibis.union(_recorded(recorded.anti_join(named, ["person", "fact"])), _entered(entered))


def _recorded(row: Table) -> Table:
    """Return orders of a record as trials; improvement and episode are not known of them."""
    undated = row.is_undated
    ended = row.end_last <= row.on
    none = ibis.null("int32")
    return row.select(
        **_common(row),
        treatment=row.concept,
        is_talk=ibis.literal(False),
        started_first=undated.ifelse(none, row["first"]),
        started_last=undated.ifelse(none, row["last"]),
        ended_first=ended.ifelse(row.end_first, none),
        ended_last=ended.ifelse(row.end_last, none),
        is_ongoing=(row.end_first > row.on).coalesce(row.status == "active"),
        improvement=ibis.null("float64"),
        improvement_unit=ibis.null("string"),
        episode=ibis.null("string"),
        completed=ibis.null("string"),
    )


def _entered(row: Table) -> Table:
    """Return what somebody told of treatments as trials."""
    dated = row.begin_first.notnull()
    none = ibis.null("int32")
    return row.select(
        **_common(row),
        treatment=row.treatment.fill_null(""),
        is_talk=(row.treatment_type == "talk_therapy").fill_null(False),
        started_first=dated.ifelse(row["first"], none),
        started_last=dated.ifelse(row["last"], none),
        ended_first=row.end_first,
        ended_last=row.end_last,
        is_ongoing=row.end_first.isnull() & (row.status == "active"),
        improvement=row.improvement,
        improvement_unit=row.improvement_unit,
        episode=row.episode,
        completed=row.treatment_completed,
    )


def _common(row: Table) -> dict[str, Any]:
    return {
        "person": row.person,
        "on": row.on,
        "form": row.treatment_form.fill_null(""),
        "dose": row.daily_dose,
        "dose_unit": row.daily_dose_unit,
    }


def _judged(trial: Table, settings: TrialSettings) -> Any:
    """Return ``_YES`` where a trial was adequate and failed: the least of what is asked of it."""
    return ibis.least(
        _dose(trial, settings),
        _duration(trial, settings),
        _improvement(trial, settings),
        _episode(trial, settings),
    )


def _dose(trial: Table, settings: TrialSettings) -> Any:
    plain = {drug: least for drug, least in settings.doses.items() if "." not in drug}
    formed = {drug: least for drug, least in settings.doses.items() if "." in drug}
    least = _least(trial.treatment + "." + trial.form, formed).coalesce(_least(trial.treatment, plain))
    enough = ((trial.dose_unit == PER_DAY) & least.notnull()).ifelse(
        trial.dose >= least, ibis.null("boolean")
    )
    return ibis.cases((trial.is_talk, _YES), else_=_graded(enough))


def _least(name: Any, doses: dict[str, float]) -> Any:
    cases = [(name == drug, float(least)) for drug, least in sorted(doses.items())]
    return ibis.cases(*cases, else_=ibis.null("float64")) if cases else ibis.null("float64")


def _duration(trial: Table, settings: TrialSettings) -> Any:
    needed = settings.duration.total_seconds() / 86_400
    first = trial.is_ongoing.ifelse(trial.on, trial.ended_first)
    last = trial.is_ongoing.ifelse(trial.on, trial.ended_last)
    shortest = first - trial.started_last
    longest = ibis.least(last, trial.on) - trial.started_first
    return ibis.cases(
        (trial.is_talk & trial.completed.notnull(), (trial.completed == "yes").ifelse(_YES, _NO)),
        (trial.started_first.isnull(), _PERHAPS),
        (last.isnull(), ((trial.on - trial.started_first) < needed).ifelse(_NO, _PERHAPS)),
        (shortest >= needed, _YES),
        (longest < needed, _NO),
        else_=_PERHAPS,
    )


def _improvement(trial: Table, settings: TrialSettings) -> Any:
    too_little = trial.improvement < settings.improvement_below
    known = (trial.improvement_unit == PERCENT).ifelse(too_little, ibis.null("boolean"))
    return _graded(known)


def _episode(trial: Table, settings: TrialSettings) -> Any:
    return _graded(trial.episode == "current") if settings.needs_episode else ibis.literal(_YES)


def _graded(known: Any) -> Any:
    """Return a three-valued truth as a number: NULL is perhaps."""
    return known.cast("int8").fill_null(_NULL).cases((1, _YES), (0, _NO), else_=_PERHAPS)


def _counts(each: Table, name: str, least: int) -> dict[str, Any]:
    reached = each.verdict >= least
    return {
        name: reached.sum(),
        f"{name}_drugs": (reached & ~each.is_talk).sum(),
        f"{name}_therapies": (reached & each.is_talk).sum(),
    }


def _reached(row: Table, name: str, definition: ResistanceDefinition) -> Any:
    """Return whether so many failed; where there is no trial at all, none did."""
    return (
        (row[name].fill_null(0) >= definition.least)
        & (row[f"{name}_drugs"].fill_null(0) >= definition.least_drugs)
        & (row[f"{name}_therapies"].fill_null(0) >= definition.least_therapies)
    )
