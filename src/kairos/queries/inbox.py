"""The inbox: what the team must do, by when, and who has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.content.release import load_release
from kairos.domain.eligibility.objections import ObjectionKind, objections
from kairos.domain.evidence.texts import TextBook
from kairos.domain.instruments.questionnaire import Instrument
from kairos.domain.instruments.safety_plan import SafetyLevel
from kairos.domain.instruments.task_outcomes import outcomes_of
from kairos.queries.reading import reading
from kairos.store.repositories import (
    accounts,
    alarms,
    consent_readings,
    facts,
    integration,
    organisations,
    people,
    tasks,
)
from kairos.store.repositories.people import Identity
from kairos.store.repositories.tasks import Task
from kairos.vocab.people import Actor, Permission, Role, Scope

HANDED_OVER, HAND_OVER = "coach_escalation", "hand_over"
"""A task that a coach or therapist opened, and the kind of statement that holds what they wrote."""

EXPECTS = "expectation_talk"
"""A task to talk about what a person expects of the treatment; its subject is the reading of the consent."""

DANGER, ELSEWHERE = "danger_words", "danger_elsewhere"
_ALARMING = frozenset({SafetyLevel.URGENT, SafetyLevel.EMERGENCY})


@dataclass(frozen=True, slots=True)
class InboxTask:
    """One task as its reader sees it. ``why`` is the sentence of the finding that opened it."""

    task: Task
    name: str
    what: str
    why: str
    owner_name: str
    is_late: bool
    is_for_me: bool
    outcomes: tuple[str, ...]

    @property
    def level(self) -> str:
        """The level of its alarm: one that went further up is urgent, whatever it was."""
        held = str(self.task.details.get("level", ""))
        return SafetyLevel.URGENT if self.is_escalated and held not in _ALARMING else held

    @property
    def is_escalated(self) -> bool:
        """Whether it went to the medical director because nobody took it, or finished it, in time."""
        return "escalated_to" in self.task.details

    @property
    def is_alarming(self) -> bool:
        """Whether it stands above the list."""
        return self.level in _ALARMING

    @property
    def is_taken(self) -> bool:
        """Whether somebody has it."""
        return self.task.owner is not None


@dataclass(frozen=True, slots=True)
class Inbox:
    """Alarming tasks first, then those for the reader's roles, then the others they may see."""

    alarming: tuple[InboxTask, ...]
    mine: tuple[InboxTask, ...]
    others: tuple[InboxTask, ...]
    alarms_on_board: int
    zone: ZoneInfo

    @property
    def count(self) -> int:
        """How many tasks wait for the reader."""
        return sum(each.is_for_me for each in self.alarming) + len(self.mine)


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One task with how to reach the person it is about; ``said`` are their own words, if any."""

    entry: InboxTask
    contacts: tuple[Mapping[str, str], ...]
    zone: ZoneInfo
    said: str = ""


@reading(Permission.SEE_INBOX)
def inbox(*, by: Actor, now: datetime) -> Inbox:
    """Return the open tasks that concern the reader; clinical ones of other roles only to who sees charts."""
    held = [task for task in tasks.open_tasks(by.scope) if by.may(Permission.SEE_CHART) or is_for(task, by)]
    entries = _entries(by, held, now)
    alarming = sorted((e for e in entries if e.is_alarming), key=lambda e: (e.is_taken, e.task.due_at or now))
    calm = [e for e in entries if not e.is_alarming]
    return Inbox(
        alarming=tuple(alarming),
        mine=tuple(e for e in calm if e.is_for_me),
        others=tuple(e for e in calm if not e.is_for_me),
        alarms_on_board=len(alarms.open_alarms(by.scope)) if by.may(Permission.SEE_BOARD) else 0,
        zone=_zone(by.scope),
    )


@reading(Permission.SEE_INBOX)
def task_page(*, task_id: UUID, by: Actor, now: datetime) -> TaskPage:
    """Return one task, with the ways to reach the person.

    Raises
    ------
    Missing       no such task in the reader's programmes
    NotAllowed    it is clinical, and the reader sees no charts
    """
    task = tasks.find_task(by.scope, task_id)
    if not is_for(task, by):
        by.check_may(Permission.SEE_CHART)
    (entry,) = _entries(by, [task], now)
    identity = people.identities(by.scope, [task.person_id]).get(task.person_id)
    contacts = identity.contacts if identity else ()
    return TaskPage(entry, contacts, _zone(by.scope), _said(by, task) if identity else "")


@reading(Permission.ANSWER_SCREENING)
def screener(*, by: Actor) -> Instrument:
    """Return the C-SSRS screener in force."""
    return load_release().instruments["cssrs_screener"]


def is_for(task: Task, actor: Actor) -> bool:
    """Whether a task is for somebody: by name, by role, or because it went further up to them."""
    wanted = {task.owner_role, task.details.get("escalated_to", "")}
    stands_in = task.owner_role == Role.CLINICIAN and Role.MEDICAL_DIRECTOR in actor.roles
    return task.owner == actor.id or stands_in or bool(wanted & {role.value for role in actor.roles})


def _entries(by: Actor, held: Sequence[Task], now: datetime) -> list[InboxTask]:
    known = people.identities(by.scope, {task.person_id for task in held})
    names = accounts.names_of([task.owner for task in held if task.owner])
    return [
        InboxTask(
            task=task,
            name=known.get(task.person_id, Identity()).shown_name,
            what=_what(task),
            why=_why(task),
            owner_name=names.get(task.owner, "") if task.owner else "",
            is_late=task.due_at is not None and task.due_at < now and task.done_at is None,
            is_for_me=is_for(task, by),
            outcomes=outcomes_of(task.kind),
        )
        for task in held
    ]


def _what(task: Task) -> str:
    texts = load_release().texts
    message = f"task.{task.kind}"
    return texts.render(message, {}) if message in texts else task.kind.replace("_", " ").capitalize()


def _said(by: Actor, task: Task) -> str:
    """Return what the person wrote who asked for this task."""
    if task.kind == HANDED_OVER:
        said = integration.find_said(by.scope, task.subject, HAND_OVER)
        return str(said.words.get("note", ""))
    if task.kind == EXPECTS:
        return consent_readings.hoped(by.scope, task.subject)
    if "said" not in task.details:
        return ""
    found = facts.find_facts(by.scope, task.person_id, [str(task.details["said"])])
    return next((each.words for each in objections(found)), "")


def _why(task: Task) -> str:
    """Return the finding's sentence, filled with the words of the answer that it rests on."""
    release = load_release()
    if task.kind in list(ObjectionKind):
        return _objected_to(release.texts, str(task.details["rule"]))
    if task.kind == HANDED_OVER:
        return release.texts.render(f"integration.reason.{task.details['reason']}", {})
    if task.kind in (DANGER, ELSEWHERE):
        return _danger(release.texts, task)
    message = str(task.details.get("message", ""))
    if message not in release.texts:
        return ""
    instrument = release.instruments[str(task.details["instrument"])]
    return release.texts.render(message, {"answer": _answer_words(task, instrument)})


def _danger(texts: TextBook, task: Task) -> str:
    """Return where words of danger stand and what they may mean; of words kept from the team, neither."""
    if task.kind == ELSEWHERE:
        return texts.render("safety.danger_elsewhere", {})
    place = texts.template(f"danger.place.{task.details['place']}")
    about = [texts.template(f"danger.concern.{each}") for each in task.details["concerns"]]
    return texts.render("safety.danger_words", {"place": place, "about": ", ".join(about)})


def _objected_to(texts: TextBook, rule: str) -> str:
    if not rule:
        return texts.render("task.second_look_what", {})
    subject = f"{rule}.subject"
    named = texts.template(subject) if subject in texts else rule
    return texts.render("task.contested_what", {"subject": named})


def _answer_words(task: Task, instrument: Instrument) -> str:
    if "tier" in task.details:
        return next(tier.name for tier in instrument.tiers if tier.id == task.details["tier"])
    options = instrument.item(str(task.details["item"])).options
    return next(option.text for option in options if option.value == task.details["answer"])


def _zone(scope: Scope) -> ZoneInfo:
    sites = organisations.list_sites(scope)
    return ZoneInfo(sites[0].time_zone if sites else str(UTC))
