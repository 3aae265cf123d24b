"""Complaints: one's own, those that are for whoever asks, and whom a programme named for them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.content.release import load_release
from kairos.domain.protocols.complaints import answerers, newest_named
from kairos.queries.reading import reading
from kairos.store.repositories import account_keeping, accounts, complaints, people
from kairos.store.repositories.complaints import Answer, Complaint
from kairos.store.repositories.site_clock import zone_for
from kairos.store.scope import scoped, scoped_as
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission, Role, Scope
from kairos.vocab.quantities import DAY


@dataclass(frozen=True, slots=True)
class ComplaintShown:
    """A complaint with its answer, and the names of who made and who answers it."""

    complaint: Complaint
    answer: Answer | None
    by_name: str
    addressee: str
    is_late: bool
    zone: ZoneInfo

    @property
    def said(self) -> str:
        """What was written."""
        return str(self.complaint.words["words"])

    @property
    def answered(self) -> str:
        """What was answered."""
        return str(self.answer.words["words"]) if self.answer else ""


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A programme, whom it named, whom it could name, and whether a complaint waits for somebody."""

    programme_id: UUID
    programme: str
    named: str
    choices: tuple[tuple[UUID, str], ...]
    is_waiting: bool


@reading(Permission.COMPLAIN)
def own_complaints(*, by: Actor, now: datetime) -> tuple[ComplaintShown, ...]:
    """Return one's own complaints, the newest first. Raises Missing where the log-in is no patient's."""
    if by.scope.patient_id is None:
        raise Missing("this log-in belongs to no patient; ask the administrator")
    return _shown(by, now)


@reading(Permission.COMPLAIN)
def days_to_answer(*, by: Actor, now: datetime) -> int:
    """Return how many days an answer takes at most, as the content declares it."""
    book = load_release().parameters
    return int(book.quantity("complaints.answer_within", on=now.date()).value_in(DAY))


@reading(Permission.ANSWER_COMPLAINT)
def complaints_to_answer(*, by: Actor, now: datetime) -> tuple[ComplaintShown, ...]:
    """Return the complaints that came to whoever asks, the newest first."""
    with scoped_as(by.scope, by.id):
        return _shown(by, now)


@reading(Permission.ANSWER_COMPLAINT)
def complaints_waiting(*, by: Actor) -> int:
    """Return how many complaints wait for an answer of whoever asks, without opening any."""
    with scoped_as(by.scope, by.id):
        return complaints.count_waiting(by.scope)


@reading(Permission.ANSWER_COMPLAINT)
def complaint_page(*, complaint_id: UUID, by: Actor, now: datetime) -> ComplaintShown:
    """Return one complaint.

    Raises
    ------
    Missing    not there, or not for whoever asks
    """
    with scoped_as(by.scope, by.id):
        found = next((each for each in _shown(by, now) if each.complaint.id == complaint_id), None)
    if found is None:
        raise Missing("this complaint is not there, or not for you")
    return found


@reading(Permission.MANAGE_ACCOUNTS)
def complaint_contacts(*, by: Actor) -> tuple[ContactLine, ...]:
    """Return whom each programme of the organisation named, and who of its staff could be named."""
    roles: dict[UUID, dict[UUID, set[Role]]] = {}
    for held in account_keeping.staff_memberships(by.scope):
        if held.programme_id is not None:
            of = roles.setdefault(held.programme_id, {})
            of.setdefault(held.user_id, set()).add(Role(held.role))
    return tuple(
        _line(by.scope, programme_id, name, roles.get(programme_id, {}))
        for programme_id, name in account_keeping.programme_names(by.scope).items()
    )


def _line(scope: Scope, programme_id: UUID, name: str, roles: dict[UUID, set[Role]]) -> ContactLine:
    within = Scope(scope.organisation_id, frozenset({programme_id}))
    with scoped(within):
        said = complaints.contacts_of(within, programme_id)
    named = newest_named([each.user_id for each in said if each.user_id])
    possible = answerers(roles, named=named, acted=())
    names = accounts.names_of({*possible, *([named] if named else [])})
    return ContactLine(
        programme_id=programme_id,
        programme=name,
        named=names.get(named, "") if named else "",
        choices=tuple((each, names[each]) for each in possible),
        is_waiting=bool(said) and said[-1].user_id is None,
    )


def _shown(by: Actor, now: datetime) -> tuple[ComplaintShown, ...]:
    found = complaints.complaints_for(by.scope)
    answers = complaints.answers_to(by.scope, {each.id for each in found})
    known = people.identities(by.scope, {each.person_id for each in found})
    names = accounts.names_of(each.addressee for each in found if each.addressee)
    return tuple(
        ComplaintShown(
            complaint=each,
            answer=answers.get(each.id),
            by_name=known[each.person_id].shown_name if each.person_id in known else "",
            addressee=names.get(each.addressee, "") if each.addressee else "",
            is_late=each.id not in answers and each.due_at < now,
            zone=zone_for(by.scope, each.person_id),
        )
        for each in found
    )
