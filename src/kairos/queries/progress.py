"""Did it help: scores over time with sessions, what they amount to by definition, what was missed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.content.release import ContentRelease, load_release
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.instruments.asking import Asking
from kairos.domain.instruments.library import phq9
from kairos.domain.instruments.questionnaire import Instrument
from kairos.domain.outcomes.change import Change
from kairos.domain.outcomes.course_review import CourseReview, review_course
from kairos.domain.outcomes.definitions import OutcomeDefinitions, definitions_for
from kairos.domain.outcomes.response_count import ResponseCount, count_responses
from kairos.domain.outcomes.schedule import MEASURED, Moment, kind_of
from kairos.domain.outcomes.trajectory import TimedScore, Trajectory, trajectory
from kairos.domain.protocols.course import PlannedStatus
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import courses, deadlines, people, questionnaires, tasks
from kairos.store.repositories.askings import asking_of_deadline, still_open
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.deadlines import Deadline
from kairos.store.repositories.people import Identity
from kairos.store.repositories.questionnaires import QuestionnaireResponse, Score
from kairos.store.repositories.site_clock import zone_for
from kairos.store.repositories.tasks import Task
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission, Scope


@dataclass(frozen=True, slots=True)
class ScaleProgress:
    """One scale over time: its series with what was missed, its change, and at how many answers it held."""

    instrument: Instrument
    series: Trajectory
    definitions: OutcomeDefinitions
    counted: ResponseCount
    missing_items: tuple[tuple[datetime, tuple[str, ...]], ...]

    @property
    def change(self) -> Change:
        """From the baseline to the newest score."""
        return self.series.change


@dataclass(frozen=True, slots=True)
class SelfHarmAnswer:
    """One answer to the question on self-harm, and the tasks it started."""

    at: datetime
    value: int
    words: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class HeldSession:
    """A session that was held, with its number."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything the progress page shows."""

    person_id: UUID
    identity: Identity
    scales: tuple[ScaleProgress, ...]
    sessions: tuple[HeldSession, ...]
    review: CourseReview
    self_harm: tuple[SelfHarmAnswer, ...]
    worsened: tuple[Task, ...]
    asked: int
    answered: int
    zone: ZoneInfo


@reading(Permission.SEE_CHART)
def progress(*, person_id: UUID, by: Actor, now: datetime) -> Progress:
    """Return how a person's scores went.

    Raises
    ------
    Missing    no such person in the reader's programmes
    """
    return _progress(by.scope, person_id, now)


@reading(Permission.SEE_OWN_RECORD)
def own_progress(*, by: Actor, now: datetime) -> Progress:
    """Return how one's own scores went.

    Raises
    ------
    Missing    the log-in is no patient's
    """
    if by.scope.patient_id is None:
        raise Missing("this log-in belongs to no patient; ask the administrator")
    return _progress(by.scope, by.scope.patient_id, now)


def _progress(scope: Scope, person_id: UUID, now: datetime) -> Progress:
    release, person = load_release(), people.find_person(scope, person_id)
    book = content_of(scope, person.enrolments[0].programme_id).parameters
    planned = courses.sessions_of_person(scope, person_id)
    held = [session for session in planned if session.status == PlannedStatus.DONE]
    responses = questionnaires.responses_of(scope, person_id)
    scores = questionnaires.scores_of(scope, person_id)
    askings = deadlines.deadlines_of_person(scope, person_id, map(kind_of, Moment))
    missed = _missed(scope, person_id, _ended(askings, planned, now), responses)
    scales = tuple(_scale(release.instruments[name], scores, missed, held, book, now) for name in MEASURED)
    main = scales[0]
    known = [score for scale in scales for score in scale.series.scores]
    opened = tasks.tasks_of(scope, person_id)
    return Progress(
        person_id=person_id,
        identity=person.identity or Identity(),
        scales=scales,
        sessions=tuple(HeldSession(n, s.starts_at) for n, s in enumerate(held, start=1)),
        review=review_course(main.change, infusions_given=len(held), book=book, on=now.date()),
        self_harm=_self_harm(responses, opened, release),
        worsened=tuple(t for t in opened if t.kind == "outcome_worsening" and t.done_at is None),
        asked=len(known),
        answered=sum(score.total is not None for score in known),
        zone=zone_for(scope, person_id),
    )


def _scale(
    instrument: Instrument,
    scores: Sequence[Score],
    missed: Sequence[tuple[str, TimedScore]],
    held: Sequence[PlannedSession],
    book: ParameterBook,
    now: datetime,
) -> ScaleProgress:
    name = instrument.id
    mine = [score for score in scores if score.instrument == name]
    timed = [TimedScore(s.answered_at, None if s.value is None else int(s.value)) for s in mine]
    timed += [score for of, score in missed if of == name]
    series = trajectory(timed, course_began_at=held[0].starts_at if held else None)
    definitions = definitions_for(name, book=book, on=now.date())
    return ScaleProgress(
        instrument=instrument,
        series=series,
        definitions=definitions,
        counted=count_responses(series, definitions),
        missing_items=tuple((s.answered_at, s.missing) for s in mine if s.missing),
    )


def _missed(
    scope: Scope,
    person_id: UUID,
    ended: Iterable[tuple[Asking, datetime]],
    responses: Sequence[QuestionnaireResponse],
) -> list[tuple[str, TimedScore]]:
    """Return what was asked, is closed by now, and was never answered."""
    return [
        (name, TimedScore(at, None))
        for asking, at in ended
        for name in still_open(scope, person_id, asking, responses)
    ]


def _ended(
    askings: Sequence[Deadline], planned: Sequence[PlannedSession], now: datetime
) -> Iterator[tuple[Asking, datetime]]:
    """Yield the askings that went out and are closed by now, each with the time it was due.

    One before a session closes when that starts, wherever it was moved; one that is not held asks nothing.
    """
    starts = {s.id: s.starts_at for s in planned if s.status != PlannedStatus.CANCELLED}
    for deadline in askings:
        asking = asking_of_deadline(deadline)
        due_at, closes_at = (
            datetime.fromisoformat(deadline.details[name]) for name in ("due_at", "closes_at")
        )
        if asking.timepoint == Moment.BEFORE_SESSION:
            due_at = closes_at = starts.get(deadline.subject, datetime.max.replace(tzinfo=UTC))
        if deadline.done_at is not None and closes_at <= now:
            yield asking, due_at


def _self_harm(
    responses: Sequence[QuestionnaireResponse], opened: Sequence[Task], release: ContentRelease
) -> tuple[SelfHarmAnswer, ...]:
    """Return the answers to the question on self-harm, newest first, with the tasks each one started."""
    item = release.instruments[phq9.ID].item(phq9.SELF_HARM_ITEM)
    words = {option.value: option.text for option in item.options}
    found = []
    for response in reversed(responses):
        if response.instrument != phq9.ID or item.id not in response.answers:
            continue
        value = response.answers[item.id]
        found.append(SelfHarmAnswer(response.answered_at, value, words[value], _started(response, opened)))
    return tuple(found)


def _started(response: QuestionnaireResponse, opened: Sequence[Task]) -> tuple[Task, ...]:
    if response.subject is None:
        return ()
    asking = Asking(response.subject, response.timepoint, (response.instrument,))
    subject = asking.request_id(response.instrument)
    return tuple(task for task in opened if task.subject == subject)
