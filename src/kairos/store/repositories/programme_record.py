"""What a programme's own figures count, person by person, read in one statement a table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.domain.eligibility.decision import Decision
from kairos.domain.instruments.library import phq9
from kairos.domain.outcomes.change import Change
from kairos.domain.outcomes.trajectory import TimedScore, trajectory
from kairos.domain.outcomes.transparency import NOT_MEASURED, CourseSeen, PersonSeen
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.protocols.therapy import SessionKind
from kairos.domain.protocols.triads import MeetingStatus
from kairos.domain.sessions.supervised import TOLD, watched_throughout
from kairos.store.records.courses import PlannedSession
from kairos.store.records.eligibility import EligibilityDecision, Screening
from kairos.store.records.safety import AdverseEvent
from kairos.store.records.streams import StreamEvent
from kairos.store.records.therapy import TherapyMeeting
from kairos.store.repositories.questionnaires import scores_of_programme
from kairos.store.scope import within
from kairos.vocab.people import Scope
from kairos.vocab.verdict import Verdict


@dataclass(frozen=True, slots=True)
class _Held:
    person: UUID
    course: UUID
    stream: UUID | None
    starts_at: datetime


def people_seen(scope: Scope, programme_id: UUID) -> Mapping[UUID, PersonSeen]:
    """Return everybody who was screened or treated in a programme, as the figures count them."""
    held = _held(scope, programme_id)
    screened, decided = _decided(scope, programme_id)
    courses, events = _courses(scope, programme_id, held), _events(scope, programme_id)
    changes = _changes(scope, programme_id, held)
    return {
        person: PersonSeen(
            was_screened=person in screened,
            is_cleared=decided.get(person),
            courses=tuple(courses.get(person, ())),
            serious=tuple(events.get(person, ())),
            change=changes.get(person, NOT_MEASURED),
        )
        for person in {*screened, *courses}
    }


def _held(scope: Scope, programme_id: UUID) -> list[_Held]:
    rows = PlannedSession.objects.filter(programme_id=programme_id, status=PlannedStatus.DONE)
    told = within(rows, scope).order_by("starts_at", "id")
    return [_Held(*each) for each in told.values_list("person_id", "course_id", "stream", "starts_at")]


def _decided(scope: Scope, programme_id: UUID) -> tuple[frozenset[UUID], Mapping[UUID, bool]]:
    """Return who was screened, and whether the newest signed decision of each is to start."""
    screened = within(Screening.objects.filter(programme_id=programme_id), scope)
    signed = within(EligibilityDecision.objects.filter(programme_id=programme_id), scope)
    newest = signed.order_by("person_id", "-recorded_at", "-id").distinct("person_id")
    decided = {
        person: decision == Decision.START for person, decision in newest.values_list("person_id", "decision")
    }
    return frozenset(screened.values_list("person_id", flat=True).distinct()), decided


def _courses(scope: Scope, programme_id: UUID, held: Iterable[_Held]) -> dict[UUID, list[CourseSeen]]:
    watched, met = _watched(scope, programme_id), _met(scope, programme_id)
    sessions: dict[tuple[UUID, UUID], list[Verdict]] = defaultdict(list)
    for each in held:
        seen = watched.get(each.stream, Verdict.UNKNOWN) if each.stream else Verdict.UNKNOWN
        sessions[(each.person, each.course)].append(seen)
    found: dict[UUID, list[CourseSeen]] = defaultdict(list)
    for (person, course), verdicts in sessions.items():
        before, after = ((course, kind) in met for kind in (SessionKind.PREPARATORY, SessionKind.INTEGRATION))
        found[person].append(CourseSeen(tuple(verdicts), before, after))
    return found


def _watched(scope: Scope, programme_id: UUID) -> Mapping[UUID, Verdict]:
    rows = within(StreamEvent.objects.filter(programme_id=programme_id, type__in=TOLD), scope)
    types: dict[UUID, list[str]] = defaultdict(list)
    for stream, kind in rows.order_by("stream_id", "seq").values_list("stream_id", "type"):
        types[stream].append(kind)
    return {stream: watched_throughout(told) for stream, told in types.items()}


def _met(scope: Scope, programme_id: UUID) -> frozenset[tuple[UUID, str]]:
    """Return the kinds of meetings that were held, by course."""
    rows = within(TherapyMeeting.objects.filter(programme_id=programme_id), scope)
    newest = rows.order_by("meeting", "-recorded_at", "-id").distinct("meeting")
    told = newest.values_list("course_id", "kind", "status")
    return frozenset((course, kind) for course, kind, status in told if status == MeetingStatus.HELD)


def _events(scope: Scope, programme_id: UUID) -> dict[UUID, list[bool]]:
    rows = AdverseEvent.objects.filter(programme_id=programme_id, superseded_by__isnull=True)
    found: dict[UUID, list[bool]] = defaultdict(list)
    for person, criteria in within(rows, scope).values_list("person_id", "criteria"):
        found[person].append(bool(criteria))
    return found


def _changes(scope: Scope, programme_id: UUID, held: Iterable[_Held]) -> Mapping[UUID, Change]:
    """Return the change of the PHQ-9 of everybody who was treated, from before their first session held."""
    began: dict[UUID, datetime] = {}
    for each in held:
        began.setdefault(each.person, each.starts_at)
    scores: dict[UUID, list[TimedScore]] = defaultdict(list)
    for person, at, value in scores_of_programme(scope, programme_id, phq9.ID):
        scores[person].append(TimedScore(at, None if value is None else int(value)))
    return {
        person: trajectory(scores[person], course_began_at=start).change for person, start in began.items()
    }
