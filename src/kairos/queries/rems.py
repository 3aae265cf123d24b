"""The page of the REMS: which sites are certified, and who with a course that asks for it is enrolled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.content.release import load_release
from kairos.domain.protocols.rems import RemsStatement, stands
from kairos.domain.sessions.monitoring_form import ENROLMENT
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, organisations, people, rems
from kairos.store.repositories.people import Identity
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.people import Actor, Permission
from kairos.vocab.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Stated:
    """A site or a person, what was said last, by whom, and whether it holds today."""

    id: UUID
    name: str
    statement: RemsStatement | None
    by: UUID | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class RemsPage:
    """Everything on the page; ``names`` are of who said something."""

    sites: tuple[Stated, ...]
    people: tuple[Stated, ...]
    names: Mapping[UUID, str]


@reading(Permission.KEEP_REMS)
def rems_page(*, by: Actor, now: datetime) -> RemsPage:
    """Return how sites and people stand today, in the time of the site."""
    scope = by.scope
    sites = organisations.list_sites(scope)
    certified = rems.certifications(scope, [site.id for site in sites])
    asking = [
        key for key, each in load_release().protocols.items() if ENROLMENT in {c.id for c in each.checks}
    ]
    treated = rems.people_under(scope, asking)
    enrolled, known = rems.enrolments(scope, treated), people.identities(scope, treated)
    lines = [
        _stated(person_id, known.get(person_id, Identity()).shown_name, enrolled.get(person_id), by, now)
        for person_id in treated
    ]
    shown = tuple(_stated_site(site, certified.get(site.id), now) for site in sites)
    writers = [each.by for each in (*shown, *lines) if each.by is not None]
    return RemsPage(shown, tuple(sorted(lines, key=lambda each: each.name)), accounts.names_of(writers))


def _stated_site(site: organisations.Site, kept: rems.Certification | None, now: datetime) -> Stated:
    statement = kept.statement if kept else None
    verdict = stands(statement, today=now.astimezone(ZoneInfo(site.time_zone)).date())
    return Stated(site.id, site.name, statement, kept.by if kept else None, verdict)


def _stated(person_id: UUID, name: str, kept: rems.RemsEnrolment | None, by: Actor, now: datetime) -> Stated:
    statement = kept.statement if kept else None
    verdict = stands(statement, today=now.astimezone(zone_for(by.scope, person_id)).date())
    return Stated(person_id, name, statement, kept.by if kept else None, verdict)
