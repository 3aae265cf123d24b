"""The house of the demonstration: one site, its chairs, and somebody in every role."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from kairos.actions.open_demo_clinic import DemoSite, open_demo_clinic
from kairos.actions.open_demo_log_in import open_demo_log_in
from kairos.queries.accounts import JOBS_ID, actor_for
from kairos.vocab.people import Actor, Role, Scope

PASSWORD = "kairos-demo"
TIME_ZONE = "America/New_York"
SITE = DemoSite("Alder House", TIME_ZONE, tuple(f"Chair {number}" for number in range(1, 9)))
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


@dataclass(slots=True)
class House:
    """The clinic while it is filled: who acts, where, and the log-ins that were opened."""

    programme_id: UUID
    ours: Actor
    site_id: UUID
    place_ids: tuple[UUID, ...]
    staff: dict[Role, Actor] = field(default_factory=dict)
    logins: list[dict[str, str]] = field(default_factory=list)

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
    programme_id = uuid4()
    ours = Actor(JOBS_ID, frozenset(), Scope(uuid4(), frozenset({programme_id})), "Kairos", is_system=True)
    (site,) = open_demo_clinic(
        command_id=uuid4(),
        by=ours,
        now=now,
        programme_id=programme_id,
        name="Alder House",
        programme_name="Ketamine programme",
        sites=(SITE,),
    )
    house = House(programme_id, ours, site.id, site.place_ids)
    for role, username, name in STAFF:
        house.staff[role] = actor_for(house.open_log_in(role, username, name, now=now))
    return house
