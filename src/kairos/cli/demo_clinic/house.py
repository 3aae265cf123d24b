"""The house of the demonstration: one site, its chairs, and somebody in every role."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from kairos.actions.open_demo_clinic import DemoSite, open_demo_clinic
from kairos.actions.open_demo_log_in import open_demo_log_in
from kairos.queries.accounts import JOBS_ID, actor_for
from kairos.vocab.people import Actor, Role, Scope

PASSWORD = "kairos-demo"
CHAIRS = tuple(f"Chair {number}" for number in range(1, 9))
ZONES = (
    "Pacific/Honolulu",
    "America/Anchorage",
    "America/Los_Angeles",
    "America/Chicago",
    "America/New_York",
    "America/Halifax",
    "America/Sao_Paulo",
    "Atlantic/Azores",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Athens",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Dhaka",
    "Asia/Bangkok",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
)
_LATE_MORNING = 11 * 60
FLOOR_NURSE = ("floor", "Noa Petit")
STAFF = (
    (Role.NURSE, "nurse", "Sana Iqbal"),
    (Role.CLINICIAN, "clinician", "Dr Ana Vale"),
    (Role.MEDICAL_DIRECTOR, "director", "Dr Femi Osei"),
    (Role.PHARMACIST, "pharmacist", "Tom Reed"),
    (Role.THERAPIST, "therapist", "Jo Lindqvist"),
    (Role.COACH, "coach", "Nia Brandt"),
    (Role.COORDINATOR, "coordinator", "Luis Ferro"),
    (Role.PROGRAMME_LEAD, "lead", "Mara Szabo"),
    (Role.CONTENT_EDITOR, "editor", "Ilse Kwan"),
    (Role.RESEARCHER, "researcher", "Dev Anand"),
    (Role.AUDITOR, "auditor", "Pia Holm"),
    (Role.ADMINISTRATOR, "admin", "Ray Dunn"),
)


def zone_at_work(now: datetime) -> str:
    """Return a time zone in which it is late morning, so that the clinic is at work whenever it is opened."""

    def off(name: str) -> int:
        there = now.astimezone(ZoneInfo(name))
        return abs(there.hour * 60 + there.minute - _LATE_MORNING)

    return min(ZONES, key=off)


@dataclass(slots=True)
class House:
    """The clinic while it is filled: who acts, where, and the log-ins that were opened."""

    programme_id: UUID
    ours: Actor
    site_id: UUID
    place_ids: tuple[UUID, ...]
    time_zone: str
    staff: dict[Role, Actor] = field(default_factory=dict)
    floor_nurse: Actor = field(init=False)
    logins: list[dict[str, str]] = field(default_factory=list)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the clinic."""
        return ZoneInfo(self.time_zone)

    @property
    def nurse(self) -> Actor:
        """Who sits at the chairs."""
        return self.staff[Role.NURSE]

    @property
    def clinician(self) -> Actor:
        """Who prescribes and signs."""
        return self.staff[Role.CLINICIAN]

    def open_log_in(
        self, role: Role, username: str, name: str, *, now: datetime, person_id: UUID | None = None
    ) -> UUID:
        """Open a log-in and remember it for ``demo.json``."""
        user_id = open_demo_log_in(
            command_id=uuid4(),
            by=self.ours,
            now=now,
            programme_id=self.programme_id,
            username=username,
            display_name=name,
            password=PASSWORD,
            role=role,
            person_id=person_id,
        )
        self.logins.append({"role": role.value, "username": username, "password": PASSWORD})
        return user_id


def open_house(*, now: datetime) -> House:
    """Open organisation, programme, site and chairs, and a log-in for every role of the staff."""
    programme_id, zone = uuid4(), zone_at_work(now)
    ours = Actor(JOBS_ID, frozenset(), Scope(uuid4(), frozenset({programme_id})), "Kairos", is_system=True)
    (site,) = open_demo_clinic(
        command_id=uuid4(),
        by=ours,
        now=now,
        programme_id=programme_id,
        name="Alder House",
        programme_name="Ketamine programme",
        sites=(DemoSite("Alder House", zone, CHAIRS),),
    )
    house = House(programme_id, ours, site.id, site.place_ids, zone)
    for role, username, name in STAFF:
        house.staff[role] = actor_for(house.open_log_in(role, username, name, now=now))
    house.floor_nurse = actor_for(house.open_log_in(Role.NURSE, *FLOOR_NURSE, now=now))
    return house


def found_house(told: dict[str, Any]) -> House:
    """Return the house again, as ``demo.json`` tells of it."""
    kept = told["house"]
    programme_id = UUID(kept["programme"])
    scope = Scope(UUID(kept["organisation"]), frozenset({programme_id}))
    ours = Actor(JOBS_ID, frozenset(), scope, "Kairos", is_system=True)
    house = House(programme_id, ours, UUID(kept["site"]), tuple(map(UUID, kept["places"])), kept["time_zone"])
    house.staff = {Role(role): actor_for(UUID(user)) for role, user in kept["staff"].items()}
    house.floor_nurse = actor_for(UUID(kept["floor_nurse"]))
    house.logins = told["logins"]
    return house


def told_of(house: House) -> dict[str, Any]:
    """Return what ``demo.json`` keeps of the house."""
    return {
        "organisation": str(house.ours.scope.organisation_id),
        "programme": str(house.programme_id),
        "site": str(house.site_id),
        "places": [str(each) for each in house.place_ids],
        "time_zone": house.time_zone,
        "staff": {role.value: str(actor.id) for role, actor in house.staff.items()},
        "floor_nurse": str(house.floor_nurse.id),
    }
