"""Sign a standing order: a prescriber of the programme says what may be given, for what, and how much."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.domain.safety.standing_orders import StandingOrder, check_signing
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import giving
from kairos.vocab.people import Actor, Permission
from kairos.vocab.quantities import DAY


@command("sign_standing_order", Permission.PLACE_ORDER)
def sign_standing_order(
    *, programme_id: UUID, order: StandingOrder, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep a standing order with its signature; an earlier one for the same thing stays until it is ended.

    Raises
    ------
    InvalidInput    something is left open or cannot be; each of it
    NotAllowed      another programme than one's own
    """
    content = content_of(by.scope, programme_id)
    today = now.astimezone(UTC).date()
    longest = content.parameters.quantity("giving.standing_order_longest", on=today)
    protocols = content.release.protocols.values()
    findings = {code for each in protocols for code in (*each.symptoms, *each.alarms)}
    check_signing(
        order,
        drugs=content.release.rescue,
        findings=findings,
        longest=timedelta(days=longest.value_in(DAY)),
        today=today,
    )
    kept = giving.SignedOrder(
        id=order.id,
        programme_id=programme_id,
        drug=order.drug,
        dose=order.dose,
        unit=order.unit.strip(),
        route=order.route,
        most=order.most,
        finding=order.finding,
        effect_after_min=round(order.effect_after / timedelta(minutes=1)),
        starts_on=order.starts_on,
        ends_on=order.ends_on,
        signed_by=by.id,
        signed_at=now,
    )
    giving.add_order(by.scope, kept)
    return order.id, AuditNote(f"standing_order:{order.id}", programme_id, why=order.drug)
