"""Condition: a diagnosis, with or without a clinical status, stated, doubted or refuted."""

from typing import NamedTuple

from kairos.interop.fhir.elements import Json, child, instant, number, partial_date, status_code, text
from kairos.interop.fhir.understanding import (
    STORED_ONLY,
    Details,
    Draft,
    Reader,
    Understood,
    day_of,
    details,
    encounter_of,
    first_code,
    span,
    understanding_of,
)
from kairos.vocab.facts import FactKind, Presence, Understanding

_CLINICAL = ("", "active", "recurrence", "relapse", "inactive", "remission", "resolved")
_PRESENCE = {
    "": Presence.PRESENT,
    "confirmed": Presence.PRESENT,
    "unconfirmed": Presence.NOT_SURE,
    "provisional": Presence.NOT_SURE,
    "differential": Presence.NOT_SURE,
    "refuted": Presence.ABSENT,
}
_OPPOSITE = {Presence.PRESENT: Presence.ABSENT, Presence.ABSENT: Presence.PRESENT}


def understand_condition(resource: Json, ref: str, reader: Reader) -> Understood:
    """Return the facts of a Condition: one for each concept its codes mean."""
    verification = status_code(resource, "verificationStatus")
    if verification == "entered-in-error":
        return STORED_ONLY
    draft = Draft(reader, resource, ref, FactKind.CONDITION)
    known = draft.status(verification, _PRESENCE, system="verificationStatus")
    clinical = status_code(resource, "clinicalStatus")
    known &= draft.status(clinical, _CLINICAL, system="clinicalStatus")
    stated = _PRESENCE.get(verification, Presence.NOT_SURE)
    concept, days = child(resource, "code"), _written(resource)
    shared = {"code": first_code(concept), "status": clinical, **_times(resource, days, reader)}
    meanings = draft.meanings(concept)
    for meaning in meanings:
        presence = stated if meaning.presence is Presence.PRESENT else _OPPOSITE.get(stated, stated)
        understanding = understanding_of(meaning) if known else Understanding.NOT_UNDERSTOOD
        draft.add(meaning.concept, presence=presence, understanding=understanding, **shared)
    if not meanings:
        draft.add("", presence=stated, understanding=Understanding.NOT_UNDERSTOOD, **shared)
    return draft.done(*(day_of(written) for written in days))


class _Written(NamedTuple):
    """The dates of a diagnosis as they are written; empty where there is none."""

    onset: str
    onset_end: str
    abated: str
    abated_end: str
    recorded: str


def _written(resource: Json) -> _Written:
    onset = span(resource, "onsetDateTime", "onsetPeriod")
    abated = span(resource, "abatementDateTime", "abatementPeriod")
    return _Written(*onset, *abated, text(resource, "recordedDate"))


def _times(resource: Json, days: _Written, reader: Reader) -> dict[str, object]:
    _, onset_end = span(resource, "onsetPeriod")
    return {
        "true_from": partial_date(days.onset),
        "true_until": partial_date(days.abated_end or days.abated or onset_end),
        "recorded_at": instant(days.recorded) or _encounter_start(resource, reader),
        "details": _details(resource, days.recorded),
    }


def _encounter_start(resource: Json, reader: Reader) -> object:
    encounter = encounter_of(resource)
    return instant(text(child(reader.follow(encounter), "period"), "start")) if encounter else None


def _details(resource: Json, written: str) -> Details:
    recorded = partial_date(written)
    return details(
        encounter=encounter_of(resource),
        onset_age=_age(resource, "onsetAge"),
        abatement_age=_age(resource, "abatementAge"),
        onset_text=text(resource, "onsetString"),
        abatement_text=text(resource, "abatementString"),
        recorded_on=str(recorded) if recorded else "",
    )


def _age(resource: Json, key: str) -> str:
    age = child(resource, key)
    years = number(age, "value")
    return "" if years is None else f"{years:g} {text(age, 'unit') or text(age, 'code')}".strip()
