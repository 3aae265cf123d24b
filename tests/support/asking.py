"""Links to questionnaires, and people who answer them, for tests of actions, screens and journeys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from kairos.actions.save_answer import save_answer
from kairos.actions.start_questionnaire import start_questionnaire
from kairos.actions.submit_questionnaire import submit_questionnaire
from kairos.domain.instruments.answer_link import LinkPurpose
from kairos.domain.outcomes.schedule import MEASURED
from kairos.domain.protocols.course import PlannedStatus
from kairos.queries.answering import holder_of
from kairos.store.ids import new_id
from kairos.store.repositories import courses, links
from kairos.store.scope import scoped
from kairos.vocab.people import Actor
from tests.support.clinic import Clinic
from tests.support.instruments import answers_adding_up_to, the_instrument


def real_now() -> datetime:
    """Return the real time: screens and the database read their own clocks, which no test can set."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """A link as it stands in a message, and whose it is."""

    clinic: Clinic
    person_id: UUID
    link: links.OneTapLink
    address: str = field(repr=False)

    @property
    def path(self) -> str:
        """The path in the message."""
        return f"/l/{self.address}/"

    @property
    def holder(self) -> Actor:
        """Whoever holds the link."""
        return holder_of(self.address, now=real_now()).actor


def make_link(
    clinic: Clinic,
    person_id: UUID,
    *,
    instruments: Iterable[str] = MEASURED,
    subject: UUID | None = None,
    timepoint: str = "hour_24",
    expires_at: datetime | None = None,
    purpose: str = LinkPurpose.ANSWER_QUESTIONNAIRE,
) -> Asked:
    """Return a link to questionnaires, as the message of an asking would carry it."""
    link = links.OneTapLink(
        id=new_id(),
        programme_id=clinic.programme_id,
        person_id=person_id,
        purpose=purpose,
        expires_at=expires_at or real_now() + timedelta(days=1),
        subject=subject or new_id(),
        details={"timepoint": timepoint, "instruments": list(instruments)},
    )
    with scoped(clinic.scope):
        return Asked(clinic, person_id, link, links.make_link(clinic.scope, link))


def plan_session(
    clinic: Clinic, person_id: UUID, starts_at: datetime, status: PlannedStatus = PlannedStatus.PLANNED
) -> courses.PlannedSession:
    """Return the only session of a new course."""
    about = (clinic.programme_id, person_id)
    course = courses.Course(new_id(), *about, "iv", "1", "active", new_id())
    ends_at = starts_at + timedelta(hours=2)
    session = courses.PlannedSession(new_id(), *about, course.id, 1, starts_at, ends_at, status)
    with scoped(clinic.scope):
        courses.add_course(clinic.scope, course, [session])
    return session


def answer_all(asked: Asked, given: Mapping[str, Mapping[str, int | None]], *, now: datetime) -> None:
    """Give these answers by questionnaire through a link, one after another, and send them in."""
    holder = asked.holder
    start_questionnaire(command_id=new_id(), by=holder, now=now)
    for instrument, answers in given.items():
        for item, value in answers.items():
            save_answer(
                instrument=instrument, item_id=item, value=value, command_id=new_id(), by=holder, now=now
            )
    submit_questionnaire(command_id=new_id(), by=holder, now=now)


def phq9_of(total: int) -> dict[str, int]:
    """Return PHQ-9 answers with this total; the question on self-harm, the last one, gets what is left."""
    return answers_adding_up_to(total, instrument=the_instrument("phq9"))
