"""Psychotherapy around dosing sessions: meetings, notes, answers, the trauma-care flag, touch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.domain.protocols.therapy import SessionKind
from kairos.domain.protocols.touch import TouchItem, TouchState
from kairos.domain.protocols.touch import TouchStatement as Statement
from kairos.domain.protocols.triads import Meeting, MeetingStatus
from kairos.store.records.therapy import TherapyAnswer as AnswerRecord
from kairos.store.records.therapy import TherapyMeeting as MeetingRecord
from kairos.store.records.therapy import TherapyNote as NoteRecord
from kairos.store.records.therapy import TouchStatement as TouchRecord
from kairos.store.records.therapy import TraumaCare as TraumaRecord
from kairos.store.repositories.patient_rows import add, values_of
from kairos.store.scope import within
from kairos.vocab.errors import Missing
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class MeetingSaid:
    """What was said last of one meeting; ``meeting`` is its own id."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    meeting: UUID
    kind: str
    course_id: UUID
    dosing_id: UUID
    starts_at: datetime
    status: str
    by: UUID
    true_at: datetime

    @property
    def value(self) -> Meeting:
        """The meeting as the rules see it."""
        return Meeting(
            self.meeting,
            SessionKind(self.kind),
            self.dosing_id,
            self.starts_at,
            MeetingStatus(self.status),
        )


@dataclass(frozen=True, slots=True)
class SignedNote:
    """One version of a note; ``words`` hold the fields. ``subject`` is a meeting or a dosing session."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    subject: UUID
    course_id: UUID
    kind: str
    version: int
    template: str
    words: Mapping[str, Any]
    signed_by: UUID
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """Aims, or ratings, of one dosing session."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    dosing_id: UUID
    kind: str
    details: Mapping[str, Any]
    by: UUID
    true_at: datetime


@dataclass(frozen=True, slots=True)
class TraumaCare:
    """What was said last of the trauma-care flag; ``words`` hold the plan for pacing."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    is_on: bool
    words: Mapping[str, Any]
    by: UUID
    true_at: datetime

    @property
    def pacing(self) -> str:
        """The plan for pacing."""
        return str(self.words.get("pacing", ""))


@dataclass(frozen=True, slots=True)
class TouchSaid:
    """One statement about touch; ``words`` hold its lines and the name it was signed with."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    dosing_id: UUID
    state: str
    words: Mapping[str, Any]
    signed_by: UUID
    witnessed_by: UUID | None
    true_at: datetime
    recorded_at: datetime | None = None

    @property
    def value(self) -> Statement:
        """The statement as the rules read it."""
        items = tuple(TouchItem(each["id"], each["words"]) for each in self.words.get("items", ()))
        return Statement(TouchState(self.state), items, self.recorded_at or self.true_at)


def say_of_meeting(scope: Scope, said: MeetingSaid) -> None:
    """Keep what is so of a meeting from now on."""
    add(MeetingRecord, scope, said)


def meetings_of_course(scope: Scope, course_id: UUID) -> tuple[MeetingSaid, ...]:
    """Return the meetings of a course as they stand, in order of time."""
    return _standing(scope, course_id=course_id)


def meetings_of_person(scope: Scope, person_id: UUID) -> tuple[MeetingSaid, ...]:
    """Return all meetings of a person as they stand, in order of time."""
    return _standing(scope, person_id=person_id)


def meetings_of_people(scope: Scope, person_ids: Iterable[UUID]) -> dict[UUID, list[MeetingSaid]]:
    """Return the meetings of these people as they stand, in order of time."""
    found: dict[UUID, list[MeetingSaid]] = {}
    for said in _standing(scope, person_id__in=list(person_ids)):
        found.setdefault(said.person_id, []).append(said)
    return found


def find_meeting(scope: Scope, meeting_id: UUID) -> MeetingSaid:
    """Return a meeting as it stands.

    Raises
    ------
    Missing
    """
    found = _standing(scope, meeting=meeting_id)
    if not found:
        raise Missing("this meeting is not there, or not within your programmes")
    return found[0]


def _standing(scope: Scope, **named: UUID | list[UUID]) -> tuple[MeetingSaid, ...]:
    rows = within(MeetingRecord.objects.filter(**named), scope).order_by("recorded_at", "id")
    newest = {said.meeting: said for said in values_of(MeetingSaid, rows)}
    return tuple(sorted(newest.values(), key=lambda said: (said.starts_at, said.meeting)))


def add_note(scope: Scope, note: SignedNote) -> None:
    """Keep a signed note."""
    add(NoteRecord, scope, note)


def notes_of(scope: Scope, subject: UUID) -> tuple[SignedNote, ...]:
    """Return the versions of a note, the one that holds first."""
    rows = within(NoteRecord.objects.filter(subject=subject), scope)
    return values_of(SignedNote, rows.order_by("-version"))


def signers_of_course(scope: Scope, course_id: UUID) -> dict[UUID, UUID]:
    """Return who signed the first version of each note of a course, by what it is about."""
    rows = within(NoteRecord.objects.filter(course_id=course_id, version=1), scope)
    return dict(rows.values_list("subject", "signed_by"))


def signers_for(scope: Scope, person_id: UUID) -> set[UUID]:
    """Return everybody who signed a note about a person."""
    rows = within(NoteRecord.objects.filter(person_id=person_id), scope)
    return set(rows.values_list("signed_by", flat=True))


def add_answer(scope: Scope, answer: Answer) -> None:
    """Keep aims or ratings."""
    add(AnswerRecord, scope, answer, details=dict(answer.details))


def answers_of(scope: Scope, dosing_ids: Iterable[UUID]) -> dict[tuple[UUID, str], Answer]:
    """Return what holds of aims and ratings, by dosing session and kind."""
    rows = within(AnswerRecord.objects.filter(dosing_id__in=list(dosing_ids)), scope)
    newest = values_of(Answer, rows.order_by("recorded_at", "id"))
    return {(each.dosing_id, each.kind): each for each in newest}


def say_of_trauma_care(scope: Scope, said: TraumaCare) -> None:
    """Keep that the flag is on, or off."""
    add(TraumaRecord, scope, said)


def trauma_care_of(scope: Scope, person_id: UUID) -> TraumaCare | None:
    """Return what was said last of the flag, if anything."""
    rows = within(TraumaRecord.objects.filter(person_id=person_id), scope)
    return next(iter(values_of(TraumaCare, rows.order_by("-recorded_at", "-id")[:1])), None)


def say_of_touch(scope: Scope, said: TouchSaid) -> None:
    """Keep a statement about touch."""
    add(TouchRecord, scope, said)


def touch_of(scope: Scope, dosing_id: UUID) -> tuple[TouchSaid, ...]:
    """Return what was said of touch in one dosing session, in the order it was recorded."""
    rows = within(TouchRecord.objects.filter(dosing_id=dosing_id), scope)
    return values_of(TouchSaid, rows.order_by("recorded_at", "id"))


def notes_of_person(scope: Scope, person_id: UUID) -> tuple[SignedNote, ...]:
    """Return the notes about a person that hold, each in its newest version, the oldest first."""
    rows = within(NoteRecord.objects.filter(person_id=person_id), scope)
    newest = values_of(SignedNote, rows.order_by("subject", "kind", "-version").distinct("subject", "kind"))
    return tuple(sorted(newest, key=lambda note: (note.signed_at, note.id)))
