"""Adverse events: list and figures of a programme, one event with its versions, its report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.protocols.dosing import plain
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.medicine_list import ListState, medicine_list
from kairos.domain.rules.medicine_grades import asked_classes
from kairos.domain.safety.event_figures import EventFigures, event_figures
from kairos.domain.safety.medwatch import ReportFacts, SuspectDose
from kairos.domain.sessions.picture import Picture, look_at
from kairos.queries.content_in_force import content_of, content_of_session
from kairos.queries.reading import reading
from kairos.store.repositories import (
    account_keeping,
    accounts,
    adverse_events,
    alarms,
    facts,
    organisations,
    people,
    session_entries,
)
from kairos.store.repositories.adverse_events import EventVersion, KeptEventReview
from kairos.store.repositories.people import Identity
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.facts import Fact, FactKind, Presence
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Actor, Permission, Scope
from kairos.vocab.quantities import Quantity

_CODE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class EventList:
    """Every event as it is known now, which of them wait for a review, and the figures."""

    events: tuple[EventVersion, ...]
    waiting: frozenset[UUID]
    names: Mapping[UUID, str]
    figures: EventFigures


@dataclass(frozen=True, slots=True)
class EventPage:
    """One event with its versions and reviews; ``names`` of who wrote, ``shown_name`` of whom it is about."""

    current: EventVersion
    versions: tuple[EventVersion, ...]
    reviews: tuple[KeptEventReview, ...]
    names: Mapping[UUID, str]
    shown_name: str
    zone: ZoneInfo

    @property
    def wants_review(self) -> bool:
        """Whether it is serious, and nobody has reviewed it as it stands."""
        reviewed = {each.version_id for each in self.reviews}
        return self.current.event.is_serious and self.current.id not in reviewed


@dataclass(frozen=True, slots=True)
class PersonOfEvent:
    """Whom a new event is about, what it may be called, and what today is there."""

    person_id: UUID
    shown_name: str
    terms: Mapping[str, str]
    today: date
    zone: ZoneInfo


@reading(Permission.SEE_CHART)
def event_list(*, by: Actor) -> EventList:
    """Return the events of the programmes with their figures."""
    found = adverse_events.events_known(by.scope)
    reviewed = adverse_events.reviewed_versions(by.scope)
    known = people.identities(by.scope, {each.person_id for each in found})
    return EventList(
        events=found,
        waiting=frozenset(e.id for e in found if e.event.is_serious and e.id not in reviewed),
        names={key: identity.shown_name for key, identity in known.items()},
        figures=event_figures(
            ((str(each.person_id), each.event) for each in found),
            sessions=adverse_events.sessions_held(by.scope),
        ),
    )


@reading(Permission.SEE_CHART)
def event_page(*, event_id: UUID, by: Actor) -> EventPage:
    """Return one event. Raises Missing."""
    current = adverse_events.find_event(by.scope, event_id)
    versions = adverse_events.versions_of(by.scope, event_id)
    reviews = adverse_events.reviews_of(by.scope, event_id)
    writers = {each.by for each in versions} | {each.reviewed_by for each in reviews}
    identity = people.identities(by.scope, [current.person_id]).get(current.person_id, Identity())
    zone = zone_for(by.scope, current.person_id)
    return EventPage(current, versions, reviews, accounts.names_of(writers), identity.shown_name, zone)


@reading(Permission.SEE_CHART)
def person_of_event(*, person_id: UUID, by: Actor, now: datetime) -> PersonOfEvent:
    """Return whom a new event is about. Raises Missing."""
    people.find_person(by.scope, person_id)
    (enrolment, *_) = people.enrolments_of(by.scope, person_id)
    identity = people.identities(by.scope, [person_id]).get(person_id, Identity())
    zone = zone_for(by.scope, person_id)
    terms = content_of(by.scope, enrolment.programme_id).release.event_terms
    return PersonOfEvent(person_id, identity.shown_name, terms, now.astimezone(zone).date(), zone)


@reading(Permission.SEE_CHART)
def report_facts(*, event_id: UUID, term_words: str, by: Actor, now: datetime) -> ReportFacts:
    """Return what the draft of a report to the authority is filled from; what nobody recorded stays empty."""
    version = adverse_events.find_event(by.scope, event_id)
    scope, person_id = by.scope, version.person_id
    identity = people.identities(scope, [person_id]).get(person_id, Identity())
    known = facts.facts_of(scope, person_id)
    content = content_of(scope, version.programme_id)
    listed = medicine_list(
        known,
        drugs=content.release.concepts.ingredients,
        asked=asked_classes(content.release.rules.values()),
        on=version.onset_on,
        limits=LimitsInForce(content.parameters, now.date()),
    )
    reporter, occupation = _reporter(scope, version)
    return ReportFacts(
        event=version.event,
        term_words=term_words,
        patient_code=str(person_id)[-_CODE_LENGTH:].upper(),
        reported_on=now.astimezone(zone_for(scope, person_id)).date(),
        born_on=_full(identity.born_on),
        sex=identity.sex,
        weight_kg=_weight(known),
        dose=_dose(scope, version, now),
        concomitants=tuple(each.name for each in listed.current),
        list_is_known=listed.state is ListState.KNOWN,
        history=_history(known),
        site=", ".join(site.name for site in organisations.list_sites(scope)[:1]),
        reporter=reporter,
        occupation=occupation,
    )


def _dose(scope: Scope, version: EventVersion, now: datetime) -> SuspectDose:
    if version.session_id is None:
        return SuspectDose()
    picture = _picture(scope, version.session_id, version.programme_id, now)
    dose = picture.state.dose
    given = dose.given_mg(now)
    started = dose.started_at
    return SuspectDose(
        product="Esketamine nasal spray" if picture.protocol.route == "esketamine" else "Ketamine",
        amount=f"{plain(given)} mg" if given else "",
        route=picture.protocol.route.upper(),
        given_on=started.astimezone(zone_for(scope, version.person_id)).date() if started else None,
        lots=tuple(dict.fromkeys(each.lot for each in dose.portions if each.lot)),
        expiries=tuple(dict.fromkeys(each.expires_on for each in dose.portions if each.expires_on)),
    )


def _picture(scope: Scope, session_id: UUID, programme_id: UUID, now: datetime) -> Picture:
    alarms.find_summary(scope, session_id)
    entries = session_entries.entries_of(scope, session_id)
    content = content_of_session(scope, programme_id, entries)
    return look_at(entries, protocols=content.release.protocols, book=content.parameters, now=now)


def _reporter(scope: Scope, version: EventVersion) -> tuple[str, str]:
    name = accounts.names_of([version.by]).get(version.by, "")
    roles = [m.role for m in account_keeping.staff_memberships(scope) if m.user_id == version.by]
    return name, ", ".join(sorted({role.replace("_", " ") for role in roles}))


def _full(born_on: PartialDate | None) -> date | None:
    if born_on is None or born_on.month is None or born_on.day is None:
        return None
    return date(born_on.year, born_on.month, born_on.day)


def _weight(known: tuple[Fact, ...]) -> str:
    weights = [f.value for f in known if f.concept == "body_weight" and isinstance(f.value, Quantity)]
    return f"{weights[-1].value:g}" if weights and weights[-1].unit == "kg" else ""


def _history(known: tuple[Fact, ...]) -> tuple[str, ...]:
    found = (
        fact.code.display
        for fact in known
        if fact.kind is FactKind.CONDITION and fact.presence is Presence.PRESENT and fact.code
    )
    return tuple(dict.fromkeys(each for each in found if each))
