"""What the page of a medicine shows before anything is given: standing orders, and what the check says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.rules.medicine_grades import asked_classes
from kairos.domain.safety.giving import check_giving, open_findings
from kairos.domain.safety.rescue import GivingRoute, RescueMedicines
from kairos.domain.safety.wanted import drug_of
from kairos.domain.sessions.medicines_given import medicines_given
from kairos.domain.sessions.state import DosingSessionState
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, alarms, giving
from kairos.store.repositories.giving import KnownOrder
from kairos.vocab.finding import Finding
from kairos.vocab.people import Actor, Permission


@dataclass(frozen=True, slots=True)
class StandingOrders:
    """Standing orders that hold today, and those that do not; ``names`` are of who signed and ended them."""

    holding: tuple[KnownOrder, ...]
    past: tuple[KnownOrder, ...]
    names: Mapping[UUID, str]
    rescue: RescueMedicines


@reading(Permission.SEE_CHART)
def standing_orders(*, by: Actor, now: datetime) -> StandingOrders:
    """Return the standing orders of the actor's programmes."""
    found = giving.standing_orders(by.scope)
    today = now.astimezone(UTC).date()
    people = {each.signed.signed_by for each in found} | {each.end.ended_by for each in found if each.end}
    return StandingOrders(
        holding=tuple(each for each in found if _may_hold(each, today)),
        past=tuple(each for each in found if not _may_hold(each, today)),
        names=accounts.names_of(people),
        rescue=_rescue(by),
    )


@reading(Permission.SEE_CHART)
def before_giving(
    *,
    session_id: UUID,
    state: DosingSessionState,
    medicine: str,
    route: GivingRoute,
    by: Actor,
    now: datetime,
) -> tuple[Finding, ...]:
    """Return what is not MET of the check before a medicine is given, as the action will ask it."""
    summary = alarms.find_summary(by.scope, session_id)
    content = content_of(by.scope, summary.programme_id)
    concepts = content.release.concepts
    known = giving.at_the_chair(
        by.scope,
        summary.person_id,
        concepts=concepts,
        asked=asked_classes(content.release.rules.values()),
        limits=LimitsInForce(content.parameters, now.astimezone(UTC).date()),
        given_here=tuple((each.event.drug, each.event.route) for each in medicines_given(state)),
    )
    drug = drug_of(medicine, concepts.ingredients_named)
    return open_findings(check_giving(drug, route, known, content.release.rescue.get(drug)))


def _may_hold(known: KnownOrder, today: date) -> bool:
    return not known.order.is_ended and known.order.ends_on >= today


def _rescue(by: Actor) -> RescueMedicines:
    programmes = sorted(by.scope.programme_ids)
    return content_of(by.scope, programmes[0]).release.rescue if programmes else {}
