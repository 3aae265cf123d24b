"""Make a link without an account: to one session at home, or to a support person's training."""

from datetime import datetime
from uuid import UUID

from kairos.actions.consents import programme_of
from kairos.actions.content_in_force import content_of
from kairos.actions.home_statements import stated
from kairos.domain.protocols.at_home import support_standing
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.sessions.home_links import HomeLink, link_ends
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import courses, links
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("make_home_link", Permission.PREPARE_HOME)
def make_home_link(
    *,
    person_id: UUID,
    kind: HomeLink,
    address: str,
    planned_session_id: UUID | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep a link under the digest of its address, and return its id.

    Parameters
    ----------
    address : str              fresh, from ``queries.home_links.fresh_address``; told once, kept nowhere
    planned_session_id : id    the one session it opens; none for a training

    Raises
    ------
    NotAllowed    nobody is named as support person, or the session is over
    Missing       no such appointment
    """
    standing = support_standing(stated(by.scope, person_id), now=now)
    if kind is not HomeLink.PATIENT and (standing.subject is None or "ended" in standing.lacks):
        raise NotAllowed("no support person is named; name one first")
    starts_at = now if planned_session_id is None else _start_of(planned_session_id, person_id, by)
    programme_id = programme_of(by.scope, person_id)
    limits = LimitsInForce(content_of(by.scope, programme_id).parameters, now.date())
    link = links.OneTapLink(
        id=new_id(),
        programme_id=programme_id,
        person_id=person_id,
        purpose=kind.value,
        expires_at=link_ends(kind, starts_at=starts_at, now=now, limits=limits),
        subject=planned_session_id,
        details={} if kind is HomeLink.PATIENT else {"support": str(standing.subject)},
    )
    links.keep_link(by.scope, link, address)
    return link.id, AuditNote(f"link:{link.id}", programme_id, person_id, why=kind.value)


def _start_of(planned_session_id: UUID, person_id: UUID, by: Actor) -> datetime:
    planned = courses.find_planned_session(by.scope, planned_session_id)
    if planned.person_id != person_id:
        raise NotAllowed("this session is of another person")
    return planned.starts_at
