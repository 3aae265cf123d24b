"""The ledger of treatments tried: whether each was adequate, whether it failed, whether there are enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from kairos.domain.rules.case import UNDATED, Case, entry_of
from kairos.vocab.facts import EXACT, PRESENT, Fact, FactId, FactKind
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import PERCENT, Quantity
from kairos.vocab.verdict import MET, NOT_MET, UNKNOWN, Verdict, all_of, any_of

TRIAL = "treatment_trial"
LIST = "list.treatment_trial"
PER_DAY = "mg/d"
_MEDICATION = FactKind.MEDICATION


class Why(StrEnum):
    """What a trial lacks, or what is not known of it."""

    DOSE = "dose"
    DURATION = "duration"
    IMPROVEMENT = "improvement"
    EPISODE = "episode"


_DOSE, _DURATION, _IMPROVEMENT, _EPISODE = Why


class TreatmentTrial(NamedTuple):
    """One treatment as it was tried. What is ``None`` is not known.

    ``improvement`` is the fall of the symptom score in percent; ``in_episode`` whether it belongs to
    the present episode.
    """

    treatment: str
    facts: tuple[FactId, ...]
    is_talk_therapy: bool = False
    dose: Quantity | None = None
    started: PartialDate | None = None
    ended: PartialDate | None = None
    is_ongoing: bool = False
    improvement: Quantity | None = None
    in_episode: bool | None = None
    is_completed: bool | None = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class TrialSettings:
    """What makes a trial count; kept with the verdict.

    ``doses`` are the least daily doses in mg by drug, or by drug and form (``paroxetine.cr``).
    """

    duration: timedelta
    improvement_below: float
    doses: Mapping[str, float]
    needs_episode: bool = True


class JudgedTrial(NamedTuple):
    """A trial with its verdict (``MET``: adequate and failed) and what decided or is missing."""

    trial: TreatmentTrial
    verdict: Verdict
    reasons: Mapping[Why, Verdict]

    @property
    def lacking(self) -> tuple[Why, ...]:
        """What keeps it from counting: what is not so, else what is not known."""
        if self.verdict is MET:
            return ()
        return tuple([why for why, found in self.reasons.items() if found is self.verdict])


def judge(trial: TreatmentTrial, settings: TrialSettings, *, on: date) -> JudgedTrial:
    """Judge one trial: adequate dose, long enough, too little improvement, this episode."""
    reasons = {
        _DOSE: _dose(trial, settings),
        _DURATION: _duration(trial, settings, on),
        _IMPROVEMENT: _improvement(trial, settings),
        _EPISODE: _episode(trial, settings),
    }
    return JudgedTrial(trial, all_of(reasons.values()), reasons)


def failed_treatments(judged: Sequence[JudgedTrial]) -> Mapping[str, Verdict]:
    """Return by treatment whether one of its trials was adequate and failed; a drug counts once."""
    by_name: dict[str, list[Verdict]] = {}
    for j in judged:
        by_name.setdefault(j.trial.treatment, []).append(j.verdict)
    return {name: any_of(by_name[name]) for name in sorted(by_name)}


def _dose(trial: TreatmentTrial, settings: TrialSettings) -> Verdict:
    if trial.is_talk_therapy:
        return MET
    least = settings.doses.get(trial.treatment)
    if trial.form:
        least = settings.doses.get(f"{trial.treatment}.{trial.form}", least)
    if trial.dose is None or least is None or trial.dose.unit != PER_DAY:
        return UNKNOWN
    return MET if trial.dose.value >= least else NOT_MET


def _duration(trial: TreatmentTrial, settings: TrialSettings, on: date) -> Verdict:
    if trial.is_talk_therapy and trial.is_completed is not None:
        return MET if trial.is_completed else NOT_MET
    if trial.started is None:
        return UNKNOWN
    ended = PartialDate.of(on) if trial.is_ongoing else trial.ended
    if ended is None:
        at_most = on - trial.started.first
        return NOT_MET if at_most < settings.duration else UNKNOWN
    shortest, longest = ended.first - trial.started.last, min(ended.last, on) - trial.started.first
    if shortest >= settings.duration:
        return MET
    return NOT_MET if longest < settings.duration else UNKNOWN


def _improvement(trial: TreatmentTrial, settings: TrialSettings) -> Verdict:
    if trial.improvement is None or trial.improvement.unit != PERCENT:
        return UNKNOWN
    return MET if trial.improvement.value < settings.improvement_below else NOT_MET


def _episode(trial: TreatmentTrial, settings: TrialSettings) -> Verdict:
    if not settings.needs_episode:
        return MET
    if trial.in_episode is None:
        return UNKNOWN
    return MET if trial.in_episode else NOT_MET


def trials_of(case: Case, drugs: frozenset[str]) -> tuple[TreatmentTrial, ...]:
    """Return the trials on record: drugs of a class, and what clinicians entered.

    A clinician's entry that names a record entry (``details["about"]``) stands in its place. Several
    definitions of resistance ask for the same trials: they are gathered once a case.
    """
    kept = case.gathered.get(drugs)
    if kept is None:
        kept = case.gathered[drugs] = _gathered(case, drugs)
    return kept


def _gathered(case: Case, drugs: frozenset[str]) -> tuple[TreatmentTrial, ...]:
    entered = [e.fact for e in case.entries(TRIAL) if e.fact.presence is PRESENT]
    named = {str(f.details.get("about", "")) for f in entered}
    recorded = [
        e.fact
        for drug in sorted(drugs & case.concepts)
        for e in case.entries(drug)
        if e.fact.kind is _MEDICATION and e.fact.presence is PRESENT
    ]
    kept = [f for f in recorded if f.id not in named and f.understanding is EXACT]
    return tuple([_from_record(f, case.on) for f in kept] + [_from_entry(f) for f in entered])


def _from_record(fact: Fact, on: date) -> TreatmentTrial:
    return TreatmentTrial(
        treatment=fact.concept,
        facts=(fact.id,),
        dose=_quantity(fact, "daily_dose"),
        started=_start(fact),
        ended=fact.true_until if fact.true_until is not None and fact.true_until.last <= on else None,
        is_ongoing=_is_ongoing(fact, on),
        form=form_of(fact),
    )


def _is_ongoing(fact: Fact, on: date) -> bool:
    if fact.true_until is not None:
        return fact.true_until.first > on
    return fact.status == "active"


def _start(fact: Fact) -> PartialDate | None:
    if fact.true_from is not None:
        return fact.true_from
    entry = entry_of(fact)
    return None if entry.first is UNDATED else PartialDate.of(entry.first)


def _from_entry(fact: Fact) -> TreatmentTrial:
    episode = fact.details.get("episode")
    completed = fact.details.get("completed")
    return TreatmentTrial(
        treatment=str(fact.details.get("treatment", "")),
        facts=(fact.id,),
        is_talk_therapy=fact.details.get("type") == "talk_therapy",
        dose=_quantity(fact, "daily_dose"),
        started=fact.true_from,
        ended=fact.true_until,
        is_ongoing=fact.true_until is None and fact.status == "active",
        improvement=_quantity(fact, "improvement"),
        in_episode=None if episode is None else episode == "current",
        is_completed=None if completed is None else completed == "yes",
        form=form_of(fact),
    )


_FORMS = {"cr": "cr", "controlled": "cr", "patch": "patch", "transdermal": "patch", "emsam": "patch"}


def form_of(fact: Fact) -> str:
    """Return the form that changes the least dose: as entered, else by a word of the product's name."""
    details = fact.details
    if "form" not in details and "product" not in details:
        return ""
    return _form_in(f"{details.get('form', '')} {details.get('product', '')}")


@lru_cache(maxsize=4096)
def _form_in(text: str) -> str:
    return next((_FORMS[word] for word in text.lower().split() if word in _FORMS), "")


def _quantity(fact: Fact, name: str) -> Quantity | None:
    value = fact.details.get(name)
    return value if isinstance(value, Quantity) else None
