"""The monitoring form of a session as its page shows it: filled, what is missing, signed, sent, due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.rules.medicine_grades import asked_classes
from kairos.domain.sessions.form_fields import FormField, with_answers
from kairos.domain.sessions.form_filling import fill_form
from kairos.domain.sessions.monitoring_form import FormStanding, MonitoringForm, monitoring_form, owes_form
from kairos.domain.sessions.picture import look_at
from kairos.queries.content_in_force import content_of, content_of_session
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, alarms, courses, forms, organisations, session_entries
from kairos.store.repositories.forms import Sending, SignedForm
from kairos.vocab.people import Actor, Permission, Scope


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form of one session. ``fields`` are as they would be signed now; ``signed`` holds, if any is."""

    session_id: UUID
    person_id: UUID
    is_owed: bool
    is_over: bool
    standing: MonitoringForm
    fields: tuple[FormField, ...]
    seq: int
    earlier: tuple[SignedForm, ...]
    signed: SignedForm | None
    sendings: tuple[Sending, ...]
    names: Mapping[UUID, str]
    today: date

    @property
    def missing(self) -> tuple[FormField, ...]:
        """The fields without which it cannot be signed."""
        return tuple(each for each in self.fields if each.is_missing)

    @property
    def has_moved_on(self) -> bool:
        """Whether the session has entries that the signed form did not see."""
        return self.signed is not None and self.signed.seq != self.seq


@reading(Permission.SEE_CHART)
def form_page(*, session_id: UUID, by: Actor, now: datetime) -> FormPage:
    """Return the form of a session. Call ``record_access`` first.

    Raises
    ------
    Missing    no such session within the scope
    """
    scope = by.scope
    summary = alarms.find_summary(scope, session_id)
    entries = session_entries.entries_of(scope, session_id)
    begun = content_of_session(scope, summary.programme_id, entries)
    picture = look_at(entries, protocols=begun.release.protocols, book=begun.parameters, now=now)
    planned = courses.find_planned_session(scope, UUID(summary.details["planned"]))
    content, zone = content_of(scope, summary.programme_id), _zone(scope, planned.site_id)
    session_on = (picture.state.dose.started_at or now).astimezone(zone).date()
    limits = LimitsInForce(content.parameters, session_on)
    chart = forms.chart_for(
        scope,
        planned,
        signer=by.name,
        drugs=content.release.concepts.ingredients,
        asked=asked_classes(content.release.rules.values()),
        limits=limits,
    )
    held = forms.forms_of(scope, session_id)
    replaced = {each.supersedes_id for each in held}
    signed = next((each for each in held if each.id not in replaced), None)
    sendings = forms.sendings_of(scope, [each.id for each in held])
    is_owed, today = owes_form(picture.state, picture.protocol), now.astimezone(zone).date()
    return FormPage(
        session_id=session_id,
        person_id=summary.person_id,
        is_owed=is_owed,
        is_over=picture.state.is_over,
        standing=_standing(signed, sendings, session_on, today, limits) if is_owed else _NOT_OWED,
        fields=with_answers(fill_form(entries, picture.protocol, chart, limits=limits), {}),
        seq=len(entries),
        earlier=tuple(each for each in held if signed is not None and each.id != signed.id),
        signed=signed,
        sendings=sendings,
        names=accounts.names_of([*(f.signed_by for f in held), *(s.recorded_by for s in sendings)]),
        today=today,
    )


_NOT_OWED = MonitoringForm(FormStanding.NOT_REQUIRED)


def _standing(
    signed: SignedForm | None,
    sendings: tuple[Sending, ...],
    session_on: date,
    today: date,
    limits: LimitsInForce,
) -> MonitoringForm:
    sent = [each.sent_on for each in sendings if signed is not None and each.form_id == signed.id]
    return monitoring_form(
        session_on=session_on,
        today=today,
        sent_on=min(sent) if sent else None,
        is_inpatient=False,
        limits=limits,
    )


def _zone(scope: Scope, site_id: UUID | None) -> ZoneInfo:
    zones = {site.id: site.time_zone for site in organisations.list_sites(scope)}
    return ZoneInfo(zones.get(site_id, "UTC") if site_id else "UTC")
