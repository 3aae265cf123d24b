"""Treatment resistance: whether enough adequate treatments have failed, by the definition in force."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kairos.domain.eligibility.ledger import (
    LIST,
    TRIAL,
    JudgedTrial,
    TrialSettings,
    failed_treatments,
    judge,
    trials_of,
)
from kairos.domain.rules.answer import Answer
from kairos.domain.rules.case import Case
from kairos.domain.rules.evaluation import Binding, Plan
from kairos.domain.rules.expression import NoneTried, TooFewFailed
from kairos.vocab.facts import ABSENT, PRESENT, OriginKind
from kairos.vocab.finding import FindingValue
from kairos.vocab.verdict import MET, NOT_MET, UNKNOWN, Verdict

_STANDARD, _STRICT = "trial.min_dose.", "trial.min_dose_strict."


@dataclass(frozen=True, slots=True)
class ResistanceDefinition:
    """How many failed treatments make resistance, of which kinds, judged how; kept with the verdict.

    ``words`` are what a sentence says of the definition itself, whoever is judged by it.
    """

    settings: TrialSettings
    drugs: frozenset[str]
    least: int
    least_drugs: int
    least_therapies: int
    words: Mapping[str, FindingValue]


def bind_too_few_failed(binding: Binding, expression: TooFewFailed) -> Plan:
    """Bind the question whether resistance is *not* shown, by the definition that the expression states."""
    definition = definition_of(binding, expression)
    return Plan(lambda case: _answer(case, definition), definition.drugs | {TRIAL, LIST})


def trials_judged(binding: Binding, expression: TooFewFailed) -> Callable[[Case], tuple[JudgedTrial, ...]]:
    """Bind the ledger itself: each trial with what it lacks, by the definition that the expression states."""
    definition = definition_of(binding, expression)
    return lambda case: _judged(case, definition)


def bind_none_tried(binding: Binding, expression: NoneTried) -> Plan:
    """Bind the question whether no first-line treatment was tried at all."""
    drugs = drugs_of(binding, expression.classes)
    return Plan(lambda case: _tried(case, drugs), drugs | {TRIAL, LIST})


def definition_of(binding: Binding, expression: TooFewFailed) -> ResistanceDefinition:
    """Return the definition that an expression states, with the parameters in force."""
    drugs = drugs_of(binding, expression.classes)
    duration = binding.duration(expression.duration)
    improvement = binding.quantity(expression.improvement).value
    least = int(binding.quantity(expression.least).value)
    return ResistanceDefinition(
        settings=TrialSettings(
            duration=duration,
            improvement_below=improvement,
            doses=_doses(binding, drugs, strict=expression.strict_doses),
            needs_episode=not expression.any_episode,
        ),
        drugs=drugs,
        least=least,
        least_drugs=int(binding.quantity(expression.least_drugs).value),
        least_therapies=int(binding.quantity(expression.least_therapies).value),
        words={
            "limit": str(least),
            "definition": expression.definition,
            "weeks": f"{duration.days / 7:g}",
            "improvement": f"{improvement:g} %",
        },
    )


def drugs_of(binding: Binding, classes: frozenset[str]) -> frozenset[str]:
    """Return the drugs of several classes together."""
    return frozenset().union(*(binding.drugs(name) for name in classes))


def _doses(binding: Binding, drugs: frozenset[str], *, strict: bool) -> Mapping[str, float]:
    found = {}
    for drug in drugs:
        for key in (drug, f"{drug}.cr", f"{drug}.patch"):
            names = ([_STRICT + key] if strict else []) + [_STANDARD + key]
            known = [name for name in names if name in binding.parameters]
            if known:
                found[key] = binding.quantity(known[0]).value_in("mg/d")
    return found


def _answer(case: Case, definition: ResistanceDefinition) -> Answer:
    judged = _judged(case, definition)
    failed = failed_treatments(judged)
    if _reached(judged, failed, definition, counting=_FAILED):
        return _said(NOT_MET, "resistance.met", judged, failed, definition)
    if _reached(judged, failed, definition, counting=_PERHAPS_FAILED):
        return _said(UNKNOWN, "resistance.not_known", judged, failed, definition)
    if not _is_complete(case):
        message = "resistance.too_few" if judged else "resistance.silent"
        return _said(UNKNOWN, message, judged, failed, definition)
    return _said(MET, "resistance.not_met", judged, failed, definition)


def _judged(case: Case, definition: ResistanceDefinition) -> tuple[JudgedTrial, ...]:
    trials = trials_of(case, definition.drugs)
    return tuple([judge(trial, definition.settings, on=case.on) for trial in trials])


def _reached(
    judged: Sequence[JudgedTrial],
    verdicts: Mapping[str, Verdict],
    definition: ResistanceDefinition,
    *,
    counting: frozenset[Verdict],
) -> bool:
    failed = {name for name, verdict in verdicts.items() if verdict in counting}
    if len(failed) < definition.least:
        return False
    therapies = {j.trial.treatment for j in judged if j.trial.is_talk_therapy}
    return (
        len(failed - therapies) >= definition.least_drugs
        and len(failed & therapies) >= definition.least_therapies
    )


_FAILED = frozenset({MET})
_PERHAPS_FAILED = frozenset({MET, UNKNOWN})


def _is_complete(case: Case) -> bool:
    confirmed = [e.fact for e in case.entries(LIST) if e.fact.presence is PRESENT]
    return any(f.origin.kind in {OriginKind.CONFIRMED_LIST, OriginKind.PERSON} for f in confirmed)


def _said(
    verdict: Verdict,
    message: str,
    judged: Sequence[JudgedTrial],
    failed: Mapping[str, Verdict],
    definition: ResistanceDefinition,
) -> Answer:
    values: dict[str, FindingValue] = {
        "count": str(list(failed.values()).count(MET)),
        "tried": ", ".join([name.replace("_", " ") for name in failed]) or "none",
        "open": _open(judged),
        **definition.words,
    }
    facts = tuple(sorted({fact for j in judged for fact in j.trial.facts}))
    return Answer(verdict, message, values, facts, 2 if judged else 0)


def _open(judged: Sequence[JudgedTrial]) -> str:
    """Return what is not known, or not enough, of each trial: codes for the reader's own list."""
    parts = []
    for j in judged:
        lacking = j.lacking
        if lacking:
            parts.append(f"{j.trial.treatment.replace('_', ' ')}: {', '.join(lacking)}")
    return "; ".join(parts) or "nothing"


def _tried(case: Case, drugs: frozenset[str]) -> Answer:
    trials = trials_of(case, drugs)
    facts = tuple(sorted({fact for trial in trials for fact in trial.facts}))
    if trials:
        names = ", ".join(sorted({trial.treatment.replace("_", " ") for trial in trials}))
        return Answer(NOT_MET, "first_line.tried", {"tried": names}, facts)
    if _is_complete(case) or any(e.fact.presence is ABSENT for e in case.entries(TRIAL)):
        return Answer(MET, "first_line.none_tried", {}, facts, 3)
    return Answer(UNKNOWN, "first_line.silent", rank=0)
