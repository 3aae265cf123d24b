"""Monitoring forms: signed, sent, and what the chart brings to one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.evidence.concepts import Ingredient
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.medicine_list import ListState, medicine_list
from kairos.domain.sessions.form_filling import FormChart
from kairos.store.records.forms import FormSending as SendingRecord
from kairos.store.records.forms import MonitoringForm as FormRecord
from kairos.store.repositories import courses, facts, organisations, people
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.patient_rows import add, value_of, values_of
from kairos.store.scope import within
from kairos.vocab.facts import FactKind
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class SignedForm:
    """A form as it was signed; ``words`` hold the fields, and why it replaces the one before."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    session_id: UUID
    seq: int
    content_version: str
    overlay_version: str
    due_on: date
    supersedes_id: UUID | None
    words: Mapping[str, Any]
    signed_by: UUID
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Sending:
    """Proof that a form was sent; ``words`` hold the reference."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    form_id: UUID
    way: str
    sent_on: date
    words: Mapping[str, Any]
    recorded_by: UUID
    true_at: datetime


def add_form(scope: Scope, form: SignedForm) -> None:
    """Keep a signed form."""
    add(FormRecord, scope, form)


def forms_of(scope: Scope, session_id: UUID) -> tuple[SignedForm, ...]:
    """Return the forms of a session, the one that holds first."""
    rows = within(FormRecord.objects.filter(session_id=session_id), scope)
    return values_of(SignedForm, rows.order_by("-recorded_at", "-id"))


def form_in_force(scope: Scope, session_id: UUID) -> SignedForm | None:
    """Return the form that holds: the one that nothing replaces."""
    rows = within(FormRecord.objects.filter(session_id=session_id, superseded_by__isnull=True), scope)
    row = rows.first()
    return value_of(SignedForm, row) if row else None


def add_sending(scope: Scope, sending: Sending) -> None:
    """Keep proof of sending."""
    add(SendingRecord, scope, sending)


def sendings_of(scope: Scope, form_ids: Iterable[UUID]) -> tuple[Sending, ...]:
    """Return all proofs of sending of these forms, newest first."""
    rows = within(SendingRecord.objects.filter(form_id__in=list(form_ids)), scope)
    return values_of(Sending, rows.order_by("-recorded_at", "-id"))


def chart_for(
    scope: Scope,
    planned: PlannedSession,
    *,
    signer: str,
    drugs: Mapping[str, Ingredient],
    asked: Mapping[str, frozenset[str]],
    limits: LimitsInForce,
) -> FormChart:
    """Return what the chart and the site bring to the form of a session, as of the day of the limits."""
    identity = people.identities(scope, [planned.person_id]).get(planned.person_id, people.Identity())
    known = facts.facts_of(scope, planned.person_id, kinds=[FactKind.MEDICATION, FactKind.ANSWER])
    listed = medicine_list(known, drugs=drugs, asked=asked, on=limits.on, limits=limits)
    taken = [drugs[each.key].classes for each in listed.current if each.key in drugs]
    protocol = courses.find_course(scope, planned.course_id).protocol
    site = next((each for each in organisations.list_sites(scope) if each.id == planned.site_id), None)
    return FormChart(
        family_name=identity.family_name,
        given_names=identity.given_names,
        born_on=str(identity.born_on or ""),
        sex=identity.sex,
        is_first_treatment=not courses.had_dose_before(scope, planned, protocol),
        medicine_classes=frozenset().union(*taken),
        list_is_known=listed.state is ListState.KNOWN,
        site_name=site.name if site else "",
        signer=signer,
        zone=ZoneInfo(site.time_zone if site else "UTC"),
    )
