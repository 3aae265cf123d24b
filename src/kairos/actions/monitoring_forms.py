"""What the actions of the monitoring form share: who owes one by when, and the form as it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.actions.content_in_force import content_of
from kairos.actions.safety_tasks import settle_task, watch_task
from kairos.actions.session_planning import planned_session_of
from kairos.actions.session_stream import Sitting, begin
from kairos.content.in_force import ContentInForce
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.rules.medicine_grades import asked_classes
from kairos.domain.sessions.form_fields import FormField, with_answers
from kairos.domain.sessions.form_filling import fill_form
from kairos.domain.sessions.monitoring_form import due_until, monitoring_form, owes_form, remind_at
from kairos.store.ids import new_id
from kairos.store.repositories import forms, organisations, tasks
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.tasks import Task
from kairos.vocab.people import Actor, Role

FORM_TASK = "monitoring_form"
SENT = "form_sent"


@dataclass(frozen=True, slots=True)
class FormDesk:
    """A session at the moment of its form: its entries, appointment, content, and the days of the site."""

    sitting: Sitting
    planned: PlannedSession
    content: ContentInForce
    zone: ZoneInfo
    limits: LimitsInForce
    session_on: date
    today: date

    @property
    def due_on(self) -> date:
        """The last day on which the form is in time."""
        found = monitoring_form(
            session_on=self.session_on, today=self.today, sent_on=None, is_inpatient=False, limits=self.limits
        )
        return found.due_on or self.session_on


def form_desk(session_id: UUID, *, by: Actor, now: datetime) -> FormDesk:
    """Return a session with what its form is filled by.

    Raises
    ------
    Missing    no such session within the scope
    """
    sitting = begin(session_id, by=by, now=now)
    planned = planned_session_of(session_id, by=by)
    zones = {site.id: site.time_zone for site in organisations.list_sites(by.scope)}
    zone = ZoneInfo(zones.get(planned.site_id, "UTC") if planned.site_id else "UTC")
    started = sitting.picture.state.dose.started_at or now
    session_on = started.astimezone(zone).date()
    content = content_of(by.scope, planned.programme_id)
    limits = LimitsInForce(content.parameters, session_on)
    today = now.astimezone(zone).date()
    return FormDesk(sitting, planned, content, zone, limits, session_on, today)


def filled(desk: FormDesk, answers: Mapping[str, str], *, by: Actor) -> tuple[FormField, ...]:
    """Return every field of a form, from the record and from who signs.

    Raises
    ------
    InvalidInput    an answer that the form does not take
    """
    release = desk.content.release
    chart = forms.chart_for(
        by.scope,
        desk.planned,
        signer=by.name,
        drugs=release.concepts.ingredients,
        asked=asked_classes(release.rules.values()),
        limits=desk.limits,
    )
    found = fill_form(desk.sitting.entries, desk.sitting.picture.protocol, chart, limits=desk.limits)
    return with_answers(found, answers)


def open_form_task(session_id: UUID, *, by: Actor, now: datetime) -> None:
    """Have the form of a session signed and sent in time, where it owes one."""
    desk = form_desk(session_id, by=by, now=now)
    picture = desk.sitting.picture
    if owes_form(picture.state, picture.protocol):
        add_form_task(desk, desk.due_on, by=by)


def reopen_form_task(desk: FormDesk, *, by: Actor) -> None:
    """Have a corrected form sent: when the first was due, or as many days from today where that is over."""
    days = desk.due_on - desk.session_on
    add_form_task(desk, max(desk.due_on, desk.today + days), by=by)


def add_form_task(desk: FormDesk, due_on: date, *, by: Actor) -> None:
    """Add the task of one form, with its reminder."""
    planned, session_id = desk.planned, desk.sitting.stream.id
    task = Task(
        id=new_id(),
        programme_id=planned.programme_id,
        person_id=planned.person_id,
        kind=FORM_TASK,
        subject=session_id,
        owner_role=Role.NURSE,
        due_at=due_until(due_on, desk.zone) - timedelta(seconds=1),
        details={"due_on": due_on.isoformat()},
    )
    tasks.add_task(by.scope, task)
    watch_task(by.scope, task, remind_at=remind_at(due_on, desk.zone, desk.limits))


def settle_form_tasks(person_id: UUID, session_id: UUID, *, by: Actor) -> None:
    """End the task of a form that was sent."""
    for each in tasks.tasks_of(by.scope, person_id):
        if each.kind == FORM_TASK and each.subject == session_id:
            settle_task(by.scope, each.id, by=by.id, outcome=SENT)
