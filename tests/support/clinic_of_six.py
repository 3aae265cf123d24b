"""A clinic of six chairs on one day: six people are expected, and all but one lack something else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kairos.actions.answer_check import answer_check
from kairos.actions.cancel_session import cancel_session
from kairos.actions.open_session import open_session
from kairos.actions.release_patient import release_patient
from kairos.domain.sessions.events import CancelReason
from kairos.store.ids import new_id
from kairos.store.repositories import accounts, organisations, people
from kairos.store.repositories.courses import PlannedSession
from kairos.store.scope import scoped
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Actor, Role
from tests.support import canaries
from tests.support.accounts import make_login
from tests.support.clinic import Clinic, make_clinic, make_person
from tests.support.running_session import (
    BORN,
    Floor,
    confirm_medicines,
    give_consent,
    place_order,
    place_verified_order,
    plan_session,
    releasable,
    sign_eligible,
)

READY, UNSIGNED, UNORDERED, UNENROLLED, ALONE, ABSENT = (
    "Nora Ready",
    "Ulla Unsigned",
    "Otto Unordered",
    "Emil Unenrolled",
    "Ada Alone",
    "Max Absent",
)
STARTS = {READY: -150, UNSIGNED: 20, UNORDERED: 25, UNENROLLED: 15, ALONE: 10, ABSENT: -75}
NOON = 12


@dataclass(frozen=True, slots=True)
class Team:
    """The log-ins of the day."""

    desk: accounts.Account
    nurse: accounts.Account
    second: accounts.Account
    clinician: accounts.Account


@dataclass(frozen=True, slots=True)
class ClinicOfSix:
    """The clinic, its team, who is expected by name, and the floor of the one who is ready."""

    clinic: Clinic
    team: Team
    chairs: tuple[UUID, ...]
    planned: dict[str, PlannedSession]
    floor: Floor

    def opened(self, name: str, chair: int, **answers: str) -> UUID:
        """Open somebody's session at a chair, and answer items of the check."""
        about = {"planned_session_id": self.planned[name].id, "place_id": self.chairs[chair]}
        session_id: UUID = self.floor.do(open_session, 140, **about)
        for item, answer in answers.items():
            self.floor.do(answer_check, 141, session_id=session_id, item=item, answer=answer)
        return session_id

    def treat(self) -> None:
        """Carry the session of the one who is ready to its end."""
        session_id = releasable(self.floor)
        self.floor.do(release_patient, 112, session_id=session_id)

    def next_session(self, start: datetime) -> UUID:
        """Plan another session for the one who is ready, and return its id."""
        with scoped(self.clinic.scope):
            return plan_session(self.clinic, self.floor.person_id, start, self.chairs[0]).id

    def cancel(self, session_id: UUID) -> None:
        """End a session in which nothing was given."""
        self.floor.do(cancel_session, 145, session_id=session_id, reason=CancelReason.CLINIC)


def zone_of_noon(now: datetime) -> str:
    """Return a time zone in which it is about noon, so that a test's day is one day at any hour."""
    ahead = NOON - now.hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "UTC"


def make_clinic_of_six(now: datetime) -> ClinicOfSix:
    """Return the clinic on the morning of its day, which nobody has opened."""
    clinic = make_clinic(zone=zone_of_noon(now))
    team = Team(
        make_login(clinic, Role.COORDINATOR, username="desk"),
        make_login(clinic, Role.NURSE, username="nurse-one"),
        make_login(clinic, Role.NURSE, username="nurse-two"),
        make_login(clinic, Role.CLINICIAN, username="prescriber"),
    )
    chairs = tuple(new_id() for _ in STARTS)
    nurse, prescriber = (
        _acting(clinic, team.nurse, Role.NURSE),
        _acting(clinic, team.clinician, Role.CLINICIAN),
    )
    with scoped(clinic.scope):
        for number, chair in enumerate(chairs, start=1):
            place = organisations.Place(chair, clinic.programme_id, clinic.site_id, f"Chair {number}")
            organisations.add_place(clinic.scope, place)
    planned = {
        name: _expected(clinic, name, now + timedelta(minutes=minutes), chair, prescriber.id)
        for (name, minutes), chair in zip(STARTS.items(), chairs, strict=True)
    }
    start = now + timedelta(minutes=STARTS[READY])
    with scoped(clinic.scope):
        order_id = place_verified_order(clinic, planned[READY], prescriber.id, nurse.id, start)
        for name in (UNSIGNED, ABSENT):
            place_verified_order(clinic, planned[name], prescriber.id, nurse.id, start)
        place_order(clinic, planned[ALONE], prescriber.id, start)
    about = (clinic, (chairs[0], chairs[1]), nurse, prescriber, planned[READY].person_id, planned[READY].id)
    return ClinicOfSix(clinic, team, chairs, planned, Floor(*about, order_id, start))


def _acting(clinic: Clinic, account: accounts.Account, role: Role) -> Actor:
    return Actor(account.id, frozenset({role}), clinic.scope, account.display_name)


def _expected(clinic: Clinic, name: str, start: datetime, chair: UUID, signed_by: UUID) -> PlannedSession:
    """Return the appointment of somebody who lacks what their name says."""
    given, _, family = name.partition(" ")
    is_esketamine = name == UNENROLLED
    who = people.Identity(family, given, born_on=PartialDate.parse(BORN))
    if name == READY:
        who = people.Identity(canaries.FAMILY, canaries.GIVEN, born_on=PartialDate.parse(BORN))
    person_id = make_person(clinic, who)
    with scoped(clinic.scope):
        protocol = "esketamine_clinic" if is_esketamine else "iv_racemic_clinic"
        if name != UNSIGNED:
            give_consent(clinic, person_id, start, protocol=protocol)
        sign_eligible(clinic, person_id, signed_by, start, route="esketamine" if is_esketamine else "iv")
        if name != ABSENT:
            confirm_medicines(clinic, person_id, signed_by, start)
        return plan_session(clinic, person_id, start, chair, protocol)
