"""Statements about the REMS: of sites, and of people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kairos.domain.protocols.rems import RemsState, RemsStatement
from kairos.store.records.courses import Course as CourseRecord
from kairos.store.records.rems import RemsEnrolment as EnrolmentRecord
from kairos.store.records.rems import SiteCertification as CertificationRecord
from kairos.store.repositories.patient_rows import add, values_of
from kairos.store.repositories.rows import to_columns, to_values
from kairos.store.scope import check_within, within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class Certification:
    """What was said of a site."""

    id: UUID
    programme_id: UUID
    site_id: UUID
    state: str
    on: date
    until: date | None
    reference: str
    by: UUID
    true_at: datetime

    @property
    def statement(self) -> RemsStatement:
        """The statement itself."""
        return RemsStatement(RemsState(self.state), self.on, self.until, self.reference)


@dataclass(frozen=True, slots=True)
class RemsEnrolment:
    """What was said of a person; ``words`` hold the reference."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    state: str
    on: date
    until: date | None
    words: Mapping[str, Any]
    by: UUID
    true_at: datetime

    @property
    def statement(self) -> RemsStatement:
        """The statement itself."""
        return RemsStatement(RemsState(self.state), self.on, self.until, self.words.get("reference", ""))


def add_certification(scope: Scope, certification: Certification) -> None:
    """Keep what was said of a site."""
    check_within(scope, certification.programme_id, scope.patient_id)
    CertificationRecord.objects.create(**to_columns(certification))


def certifications(scope: Scope, site_ids: Iterable[UUID]) -> dict[UUID, Certification]:
    """Return what holds of each site of which anything was said."""
    rows = within(CertificationRecord.objects.filter(site_id__in=set(site_ids)), scope)
    return {each.site_id: each for each in to_values(Certification, rows.order_by("recorded_at", "id"))}


def add_enrolment(scope: Scope, enrolment: RemsEnrolment) -> None:
    """Keep what was said of a person."""
    add(EnrolmentRecord, scope, enrolment)


def enrolments(scope: Scope, person_ids: Iterable[UUID]) -> dict[UUID, RemsEnrolment]:
    """Return what holds of each person of whom anything was said."""
    rows = within(EnrolmentRecord.objects.filter(person_id__in=set(person_ids)), scope)
    return {each.person_id: each for each in values_of(RemsEnrolment, rows.order_by("recorded_at", "id"))}


def people_under(scope: Scope, protocols: Iterable[str]) -> set[UUID]:
    """Return the people who have a course by one of these protocols."""
    rows = within(CourseRecord.objects.filter(protocol__in=list(protocols)), scope)
    return set(rows.values_list("person_id", flat=True))
