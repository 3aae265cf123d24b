"""The on-call roster."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from kairos.domain.protocols.on_call import Duty, OnCallStep
from kairos.store.records.on_call import OnCallDuty as DutyRecord
from kairos.store.records.on_call import OnCallWithdrawal as WithdrawalRecord
from kairos.store.repositories import organisations
from kairos.store.repositories.account_keeping import staff_accounts, staff_memberships
from kairos.store.repositories.rows import to_columns, to_value
from kairos.store.scope import check_within, the_only, within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class DutyEntry:
    """A duty as it was entered; without a site it holds for the whole programme."""

    id: UUID
    programme_id: UUID
    site_id: UUID | None
    step: str
    who: UUID
    weekdays: tuple[int, ...]
    starts: time
    ends: time
    first_day: date
    last_day: date | None
    by: UUID
    true_at: datetime

    def as_duty(self, zone: str, withdrawn_at: datetime | None = None) -> Duty:
        """Return what the rules ask: in the zone of its site."""
        return Duty(
            id=self.id,
            step=OnCallStep(self.step),
            who=self.who,
            zone=zone,
            starts=self.starts,
            ends=self.ends,
            first_day=self.first_day,
            last_day=self.last_day,
            weekdays=frozenset(self.weekdays),
            site_id=self.site_id,
            withdrawn_at=withdrawn_at,
        )


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That a duty holds no longer."""

    id: UUID
    programme_id: UUID
    duty_id: UUID
    by: UUID
    true_at: datetime


@dataclass(frozen=True, slots=True)
class Rostered:
    """A duty, who entered it and when, who withdrew it, and whether whom it names still works here."""

    duty: Duty
    programme_id: UUID
    by: UUID
    entered_at: datetime
    withdrawn_by: UUID | None = None
    is_here: bool = True


def add_duty(scope: Scope, entry: DutyEntry) -> None:
    """Keep a duty."""
    check_within(scope, entry.programme_id, scope.patient_id)
    DutyRecord.objects.create(**to_columns(entry) | {"weekdays": list(entry.weekdays)})


def find_duty(scope: Scope, duty_id: UUID) -> DutyEntry:
    """Return a duty as it was entered.

    Raises
    ------
    Missing
    """
    return to_value(DutyEntry, the_only(within(DutyRecord.objects.filter(id=duty_id), scope), "the duty"))


def is_withdrawn(duty_id: UUID) -> bool:
    """Whether a duty was withdrawn before."""
    return WithdrawalRecord.objects.filter(duty_id=duty_id).exists()


def add_withdrawal(scope: Scope, withdrawal: Withdrawal) -> None:
    """Keep that a duty holds no longer."""
    check_within(scope, withdrawal.programme_id, scope.patient_id)
    WithdrawalRecord.objects.create(**to_columns(withdrawal))


def rostered(scope: Scope, programme_id: UUID) -> tuple[Rostered, ...]:
    """Return every duty of a programme in the order they were entered, withdrawn ones too."""
    zones = {site.id: site.time_zone for site in organisations.list_sites(scope)}
    usual = zone_of_programme(scope, programme_id)
    rows = within(DutyRecord.objects.filter(programme_id=programme_id), scope)
    found = rows.select_related("withdrawal").order_by("recorded_at", "id")
    active = {account.id for account in staff_accounts(scope) if account.is_active}
    held = {each.user_id for each in staff_memberships(scope) if each.programme_id == programme_id}
    here = active & held
    return tuple(
        _rostered(row, zones.get(row.site_id, usual) if row.site_id else usual, row.who in here)
        for row in found
    )


def duties(scope: Scope, programme_id: UUID) -> tuple[Duty, ...]:
    """Return the duties of a programme in the order they were entered, of those who still work in it."""
    return tuple(each.duty for each in rostered(scope, programme_id) if each.is_here)


def zone_of_programme(scope: Scope, programme_id: UUID) -> str:
    """Return the time zone of duties of no site: that of the programme's first site, else UTC."""
    sites = [site for site in organisations.list_sites(scope) if site.programme_id == programme_id]
    return sites[0].time_zone if sites else "UTC"


def _rostered(row: DutyRecord, zone: str, is_here: bool) -> Rostered:
    ended = getattr(row, "withdrawal", None)
    duty = to_value(DutyEntry, row).as_duty(zone, ended.true_at if ended else None)
    return Rostered(duty, row.programme_id, row.by, row.true_at, ended.by if ended else None, is_here)
