"""What one shares, and with whom: consents, a support person, readers outside, links, ways to be reached."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.protocols.at_home import StatementKind
from kairos.domain.protocols.reaching import ContactWay, ways_to_try
from kairos.queries.consents import own_person_id
from kairos.queries.home_sessions import HomePapers, home_preparation
from kairos.queries.reading import reading
from kairos.store.repositories import consents, links, reaching
from kairos.store.repositories.consents import Consent
from kairos.store.repositories.links import OneTapLink
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.people import Actor, Permission


@dataclass(frozen=True, slots=True)
class OwnSharing:
    """What stands now; whatever has ended is in the record and not here."""

    consents: tuple[Consent, ...]
    support_id: UUID | None
    support_name: str
    links: tuple[OneTapLink, ...]
    ways: tuple[ContactWay, ...]
    zone: ZoneInfo


@reading(Permission.SEE_OWN_RECORD)
def own_sharing(*, by: Actor, now: datetime) -> OwnSharing:
    """Return what whoever is logged in shares now.

    Raises
    ------
    Missing    the log-in is nobody's own
    """
    person_id = own_person_id(by)
    papers = home_preparation(person_id=person_id, by=by, now=now).papers
    support: dict[str, Any] = dict(papers.support)
    kept = links.links_of(by.scope, person_id)
    return OwnSharing(
        consents=tuple(one for one in consents.consents_of(by.scope, person_id) if one.is_in_force),
        support_id=papers.standing.subject if support and not _has_ended(papers) else None,
        support_name=str(support.get("name", "")),
        links=tuple(
            one for one in kept if one.used_at is None and one.revoked_at is None and one.expires_at > now
        ),
        ways=ways_to_try(reaching.ways_of(by.scope, [by.id]).get(by.id, ())),
        zone=zone_for(by.scope, person_id),
    )


def _has_ended(papers: HomePapers) -> bool:
    ended = [one.subject for one in papers.statements if one.kind is StatementKind.SUPPORT_ENDED]
    return papers.standing.subject in ended
