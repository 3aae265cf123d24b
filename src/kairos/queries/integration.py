"""The days after sessions of one person: the plan, cards, habits, talks, visits; as the reader may see them.

What is private never reaches staff: the database leaves those rows out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.content.release import load_release
from kairos.domain.integration.goals import Goal
from kairos.domain.integration.habits import Habit, HabitState, days_done
from kairos.domain.integration.hours import HourState
from kairos.domain.integration.insights import Insight, InsightState
from kairos.domain.integration.plan import (
    DatedStep,
    DaysAfter,
    StepState,
    Window,
    dated_steps,
    next_step,
    window_of,
)
from kairos.domain.integration.sharing import OutsideShare, SharePart
from kairos.domain.integration.summaries import SummaryState, TalkSummary
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.visits import VisitStanding, visit_standing
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, courses, goals, integration, people, tasks, therapy
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.integration import KeptPlan, Said
from kairos.store.repositories.people import Identity
from kairos.store.repositories.site_clock import zone_for
from kairos.store.repositories.tasks import Task
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission, Role, Scope

DAYS_AFTER, PRIVATE, HANDED_OVER = "days_after", "private", "coach_escalation"
AT_ONCE = 50
TRAINED = frozenset({Role.THERAPIST, Role.CLINICIAN, Role.MEDICAL_DIRECTOR})
KINDS = (
    *("step", "insight", "habit", "habit_day", "practice"),
    *("talk", "summary", "visit", "share", "outside_look", "hand_over"),
)


@dataclass(frozen=True, slots=True)
class DaysShown:
    """The newest plan of a person, dated."""

    plan: KeptPlan
    steps: tuple[DatedStep, ...]
    window: Window
    next: DatedStep | None


@dataclass(frozen=True, slots=True)
class OwnDays:
    """The line of the newest plan alone, as the page of today shows it."""

    content: DaysAfter
    days: DaysShown | None
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Talk:
    """A meeting to come or held: when, with whom, how and where; ``id`` is None for a therapy session."""

    id: UUID | None
    starts_at: datetime
    with_id: UUID | None
    way: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One check-in visit as it was signed."""

    id: UUID
    signed_at: datetime
    signed_by: UUID
    change: str
    fields: Mapping[str, str]
    why: str


@dataclass(frozen=True, slots=True)
class IntegrationPage:
    """Everything around the days after sessions of one person, as its reader may see it.

    ``is_kept_out`` is set where the reader is a coach and the person has the trauma-care flag.
    """

    person_id: UUID
    identity: Identity
    content: DaysAfter
    days: DaysShown | None
    insights: tuple[Insight, ...]
    habits: tuple[Habit, ...]
    practised: Mapping[str, tuple[datetime, ...]]
    talks: tuple[Talk, ...]
    summaries: tuple[TalkSummary, ...]
    versions: Mapping[UUID, UUID]
    shares: tuple[OutsideShare, ...]
    visits: tuple[Visit, ...]
    standing: VisitStanding
    handed_over: tuple[Task, ...]
    names: Mapping[UUID, str]
    zone: ZoneInfo
    habit_days: int
    goals: tuple[Goal, ...] = ()
    is_kept_out: bool = False

    def today(self, now: datetime) -> date:
        """The day where the person is treated."""
        return now.astimezone(self.zone).date()


@reading(Permission.INTEGRATE)
def own_integration(*, by: Actor, now: datetime) -> IntegrationPage:
    """Return a patient's own days after sessions. Raises Missing."""
    if by.scope.patient_id is None:
        raise Missing("you have no record of your own here")
    return integration_of(by.scope, by.scope.patient_id, now)


@reading(Permission.INTEGRATE)
def own_days(*, by: Actor, now: datetime) -> OwnDays:
    """Return a patient's newest plan alone. Raises Missing."""
    if by.scope.patient_id is None:
        raise Missing("you have no record of your own here")
    programme_id = min(by.scope.programme_ids)
    content, limits = content_and_limits(by.scope, programme_id, now)
    said = integration.all_of_person(by.scope, by.scope.patient_id, "step")
    days = _days(by.scope, by.scope.patient_id, content, said, limits)
    return OwnDays(content, days, zone_for(by.scope, by.scope.patient_id))


@reading(Permission.HOLD_THERAPY)
def integration_page(*, person_id: UUID, by: Actor, now: datetime) -> IntegrationPage:
    """Return the days after sessions of a person, without what is private. Raises Missing."""
    flag = therapy.trauma_care_of(by.scope, person_id)
    is_kept_out = flag is not None and flag.is_on and by.roles.isdisjoint(TRAINED)
    return integration_of(by.scope, person_id, now, is_kept_out=is_kept_out)


@reading(Permission.HOLD_CHECK_IN)
def visits_page(*, person_id: UUID, by: Actor, now: datetime) -> IntegrationPage:
    """Return the check-in visits of a person, with what else a clinician looks at. Raises Missing."""
    return integration_of(by.scope, person_id, now)


@reading(None)
def plans_missing(*, by: Actor) -> tuple[UUID, ...]:
    """Return dosing sessions that were held and whose plan for the days after was never opened."""
    return integration.held_without_plan(by.scope, limit=AT_ONCE)


def integration_of(
    scope: Scope, person_id: UUID, now: datetime, *, is_kept_out: bool = False
) -> IntegrationPage:
    """Return what a scope sees of somebody's days after sessions.

    Raises
    ------
    Missing    no such person within the scope
    """
    person = people.find_person(scope, person_id)
    content, limits = content_and_limits(scope, person.enrolments[0].programme_id, now)
    said = _by_kind(() if is_kept_out else integration.all_of_person(scope, person_id, *KINDS))
    talks = () if is_kept_out else _talks(scope, person_id, said["talk"])
    found = IntegrationPage(
        person_id=person_id,
        identity=person.identity or Identity(),
        content=content,
        days=_days(scope, person_id, content, said["step"], limits),
        insights=tuple(map(_insight, _standing(said["insight"]))),
        habits=tuple(_habit(each, said["habit_day"]) for each in _standing(said["habit"])),
        practised=_practised(said["practice"]),
        talks=talks,
        summaries=tuple(map(_summary, _standing(said["summary"]))),
        versions={each.subject: each.id for each in _standing(said["summary"])},
        shares=tuple(_share(each, said["outside_look"]) for each in _standing(said["share"])),
        visits=tuple(map(_visit, reversed(said["visit"]))),
        standing=_visit_standing(scope, person_id, said["visit"], limits, now),
        handed_over=tuple(t for t in tasks.tasks_of(scope, person_id) if t.kind == HANDED_OVER),
        names=accounts.names_of(_named(said, talks)),
        zone=zone_for(scope, person_id),
        habit_days=limits.span("integration.habit_days").days,
        goals=goals.goals_of(scope, person_id),
        is_kept_out=is_kept_out,
    )
    return found


def habits_of(scope: Scope, person_id: UUID) -> tuple[Habit, ...]:
    """Return the habits of a person that a scope sees, newest first."""
    said = _by_kind(integration.all_of_person(scope, person_id, "habit", "habit_day"))
    return tuple(_habit(each, said["habit_day"]) for each in _standing(said["habit"]))


def newest_plans(plans: Iterable[KeptPlan]) -> dict[UUID, KeptPlan]:
    """Return the newest plan of each person; the plans come newest first."""
    found: dict[UUID, KeptPlan] = {}
    for plan in plans:
        found.setdefault(plan.person_id, plan)
    return found


def steps_of(
    content: DaysAfter, plan: KeptPlan, said: Iterable[Said], limits: LimitsInForce
) -> tuple[DatedStep, ...]:
    """Return the steps of one plan as they stand."""
    states = {str(s.details["step"]): StepState(s.state) for s in said if s.plan_id == plan.id}
    return dated_steps(content, plan.anchored_at, states, limits=limits)


def first_dose_of(sessions: Sequence[PlannedSession]) -> datetime | None:
    """Return when the first dose was of the course with a session to come, or of the newest."""
    wanted = [each for each in sessions if each.status in (PlannedStatus.PLANNED, PlannedStatus.OPEN)]
    course_id = next((each.course_id for each in reversed(wanted or sessions)), None)
    held = [s for s in sessions if s.course_id == course_id and s.status == PlannedStatus.DONE]
    return min((each.starts_at for each in held), default=None)


def content_and_limits(scope: Scope, programme_id: UUID, now: datetime) -> tuple[DaysAfter, LimitsInForce]:
    """Return the plan and the numbers in force; a release that has no plan yet lends the shipped one."""
    in_force = content_of(scope, programme_id)
    content = in_force.release.integration.get(DAYS_AFTER) or load_release().integration[DAYS_AFTER]
    return content, LimitsInForce(in_force.parameters, now.date())


def _by_kind(said: Iterable[Said]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {kind: [] for kind in KINDS}
    for each in said:
        found[each.kind].append(each)
    return found


def _standing(said: Iterable[Said]) -> tuple[Said, ...]:
    """Return what was said last of each thing, newest thing first; what was taken back is left out."""
    newest = {each.subject: each for each in said}
    return tuple(each for each in reversed(newest.values()) if each.state != PRIVATE)


def _days(
    scope: Scope, person_id: UUID, content: DaysAfter, said: Iterable[Said], limits: LimitsInForce
) -> DaysShown | None:
    plan = next(iter(integration.plans_of(scope, person_id)), None)
    if plan is None:
        return None
    steps = steps_of(content, plan, said, limits)
    return DaysShown(plan, steps, window_of(content, plan.anchored_at, limits=limits), next_step(steps))


def _insight(said: Said) -> Insight:
    return Insight(
        id=said.subject,
        insight=str(said.words["insight"]),
        meaning=str(said.words["meaning"]),
        action=str(said.words["action"]),
        do_on=date.fromisoformat(said.details["do_on"]),
        review_on=date.fromisoformat(said.details["review_on"]),
        state=InsightState(said.state),
        is_shared=bool(said.details["is_shared"]),
    )


def _habit(said: Said, days: Iterable[Said]) -> Habit:
    mine = [d for d in days if d.subject == said.subject]
    goal = said.details["goal"]
    return Habit(
        id=said.subject,
        words=str(said.words["habit"]),
        goal_id=UUID(goal) if goal else None,
        state=HabitState(said.state),
        is_shared=bool(said.details["is_shared"]),
        days=days_done((date.fromisoformat(d.details["day"]), d.state == "done") for d in mine),
    )


def _practised(said: Iterable[Said]) -> dict[str, tuple[datetime, ...]]:
    found: dict[str, list[datetime]] = {}
    for each in said:
        found.setdefault(str(each.details["id"]), []).append(each.true_at)
    return {name: tuple(reversed(times)) for name, times in found.items()}


def _talks(scope: Scope, person_id: UUID, said: Iterable[Said]) -> tuple[Talk, ...]:
    """Return the hours that were taken and the sessions that a therapist planned, in order of time."""
    taken = [each for each in _standing(said) if each.state == HourState.TAKEN]
    known = {each.details["meeting"] for each in taken}
    talks = [_talk(scope, each) for each in taken]
    for meeting in therapy.meetings_of_person(scope, person_id):
        is_ours = meeting.kind == "integration" and meeting.status != "cancelled"
        if is_ours and str(meeting.meeting) not in known:
            talks.append(Talk(None, meeting.starts_at, None, ""))
    return tuple(sorted(talks, key=lambda talk: talk.starts_at))


def _talk(scope: Scope, said: Said) -> Talk:
    offer = integration.sayings_of_hour(scope, UUID(said.details["hour"]))[0]
    return Talk(said.subject, offer.starts_at, offer.user, offer.way, str(offer.words.get("where", "")))


def _summary(said: Said) -> TalkSummary:
    return TalkSummary(
        id=said.subject,
        words=str(said.words["summary"]),
        reply=str(said.words["reply"]),
        state=SummaryState(said.state),
        written_by=UUID(said.details["written_by"]),
        said_at=said.true_at,
    )


def _share(said: Said, looks: Iterable[Said]) -> OutsideShare:
    return OutsideShare(
        id=said.subject,
        recipient=str(said.words["recipient"]),
        parts=tuple(SharePart(part) for part in said.details["parts"]),
        expires_at=datetime.fromisoformat(said.details["expires_at"]),
        is_ended=said.state != "open",
        looks=tuple(look.true_at for look in looks if look.subject == said.subject),
    )


def _visit(said: Said) -> Visit:
    fields = {str(name): str(words) for name, words in said.words["fields"].items()}
    return Visit(said.subject, said.true_at, said.by, said.state, fields, str(said.words["why"]))


def _visit_standing(
    scope: Scope, person_id: UUID, visits: Iterable[Said], limits: LimitsInForce, now: datetime
) -> VisitStanding:
    return visit_standing(
        first_dose_at=first_dose_of(courses.sessions_of_person(scope, person_id)),
        last_visit_at=max((visit.true_at for visit in visits), default=None),
        limits=limits,
        now=now,
    )


def _named(said: Mapping[str, Iterable[Said]], talks: Iterable[Talk]) -> set[UUID]:
    """Return everybody of the team whose name stands on the page."""
    written = {UUID(each.details["written_by"]) for each in said["summary"] if each.details}
    met = {talk.with_id for talk in talks if talk.with_id is not None}
    return written | met | {each.by for kind in ("visit", "hand_over") for each in said[kind]}
