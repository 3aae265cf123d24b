"""How far a person has read a consent document: a stream of steps for each reading.

A reading ends with its signature; whoever signs again, after a withdrawal, reads again.
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
    """Return the stream of the present reading; it is begun by its first step."""
    signed = [c for c in consents.consents_of(scope, person_id) if c.document.document == document.id]
    count = sum(c.document.version == document.version for c in signed)
    key = uuid5(person_id, f"{programme_id}/consent/{document.id}/{document.version}/{count}")
    return Stream(key, KIND, programme_id, person_id)


def steps_of(scope: Scope, reading: Stream) -> tuple[ReadingStep, ...]:
    """Return the steps of a reading, in order."""
    return tuple(
        ReadingStep(StepKind(event.type), event.payload["part"], event.payload["answer"])
        for event in streams.read(scope, reading.id)
    )


def add_step(scope: Scope, reading: Stream, step: ReadingStep, *, by: UUID, now: datetime) -> None:
    """Keep a step; the first one begins the stream."""
    streams.ensure_stream(scope, reading)
    event = {"part": step.part, "answer": step.answer}

    def attempt() -> int:
        last = len(streams.read(scope, reading.id))
        return streams.append(scope, reading, last, [NewEvent(step.kind, _VERSION, event, now)], by=by)

    streams.retrying(attempt)
