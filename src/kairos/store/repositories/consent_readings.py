"""How far a person has read a consent document: a stream of steps for each reading.

A reading ends with its signature; whoever signs again, after taking one back, reads again.
"""

from datetime import datetime
from uuid import UUID, uuid5

from kairos.domain.evidence import consent
from kairos.domain.evidence.consent_reading import ReadingStep, StepKind
from kairos.store import streams
from kairos.store.repositories import consents
from kairos.store.streams import NewEvent, Stream
from kairos.vocab.people import Scope

KIND = "consent"
_VERSION = 1


def reading_of(
    scope: Scope, programme_id: UUID, person_id: UUID, document: consent.ConsentDocument
) -> Stream:
    """Return the stream of the present reading; it is begun by its first step.

    While a signature of this version is in force, that is the reading which led to it.
    """
    signed = [
        each
        for each in consents.consents_of(scope, person_id)
        if (each.document.document, each.document.version) == (document.id, document.version)
    ]
    count = len(signed) - (1 if signed and signed[0].is_in_force else 0)
    key = uuid5(person_id, f"{programme_id}/consent/{document.id}/{document.version}/{count}")
    return Stream(key, KIND, programme_id, person_id)


def steps_of(scope: Scope, reading: Stream) -> tuple[ReadingStep, ...]:
    """Return the steps of a reading, in order."""
    return tuple(
        ReadingStep(
            StepKind(event.type),
            event.payload["part"],
            event.payload["answer"],
            event.words,
            event.true_at,
            str(event.by),
        )
        for event in streams.read(scope, reading.id)
    )


def add_step(scope: Scope, reading: Stream, *steps: ReadingStep, by: UUID, now: datetime) -> None:
    """Keep steps; the first one begins the stream."""
    streams.ensure_stream(scope, reading)
    events = [
        NewEvent(step.kind, _VERSION, {"part": step.part, "answer": step.answer}, now, step.words)
        for step in steps
    ]

    def attempt() -> int:
        return streams.append(scope, reading, len(streams.read(scope, reading.id)), events, by=by)

    streams.retrying(attempt)


def hoped(scope: Scope, reading_id: UUID) -> str:
    """Return what the person wrote last of what they hope for; empty where they wrote nothing."""
    said = [event.words["said"] for event in streams.read(scope, reading_id) if "said" in event.words]
    return said[-1] if said else ""
