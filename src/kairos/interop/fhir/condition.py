"""Condition: a diagnosis, with or without a clinical status, stated, doubted or refuted."""

from datetime import date

from kairos.interop.fhir.elements import Json, child, number, partial_date, status_code, text
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
    when,
)
from kairos.vocab.facts import FactKind, Presence, Understanding
from kairos.vocab.instants import PartialDate

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
    shared = {"code": first_code(child(resource, "code")), "status": clinical, **_times(resource, reader)}
    meanings = draft.meanings(child(resource, "code"))
    for meaning in meanings:
        presence = stated if meaning.presence is Presence.PRESENT else _OPPOSITE.get(stated, stated)
        understanding = understanding_of(meaning) if known else Understanding.NOT_UNDERSTOOD
        draft.add(meaning.concept, presence=presence, understanding=understanding, **shared)
    if not meanings:
        draft.add("", presence=stated, understanding=Understanding.NOT_UNDERSTOOD, **shared)
    return draft.done(*_days(resource))


def _times(resource: Json, reader: Reader) -> dict[str, object]:
    onset, _ = span(resource, "onsetDateTime", "onsetPeriod")
    _, onset_end = span(resource, "onsetPeriod")
    abated, abated_end = span(resource, "abatementDateTime", "abatementPeriod")
    return {
        "true_from": partial_date(onset),
        "true_until": partial_date(abated_end or abated or onset_end),
        "recorded_at": when(text(resource, "recordedDate"))[1] or _encounter_start(resource, reader),
        "details": _details(resource),
    }


def _encounter_start(resource: Json, reader: Reader) -> object:
    encounter = reader.follow(encounter_of(resource))
    return when(text(child(encounter, "period"), "start"))[1]


def _details(resource: Json) -> Details:
    recorded: PartialDate | None = partial_date(text(resource, "recordedDate"))
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


def _days(resource: Json) -> tuple[date | None, ...]:
    onset = span(resource, "onsetDateTime", "onsetPeriod")
    abated = span(resource, "abatementDateTime", "abatementPeriod")
    return tuple(day_of(written) for written in (*onset, *abated, text(resource, "recordedDate")))
