"""Record a rescue or supporting medicine: on whose word, and with the check of that moment."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.medicine_review import open_emergency_review
from kairos.actions.medicines import limits_of
from kairos.actions.prescribers import check_may_prescribe
from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.content.in_force import ContentInForce
from kairos.domain.rules.medicine_grades import asked_classes
from kairos.domain.safety.giving import check_giving, check_may_give, told
from kairos.domain.safety.standing_orders import StandingOrder, WantedDose, check_under_order
from kairos.domain.safety.wanted import WantedMedicine, check_wanted, drug_of
from kairos.domain.sessions.events import MedicineGiven
from kairos.domain.sessions.medicines_given import given_before, medicines_given, there_now
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import giving
from kairos.vocab.finding import Finding
from kairos.vocab.people import Actor, Permission
from kairos.vocab.quantities import MINUTE


@command("give_medicine", Permission.RUN_SESSION)
def give_medicine(
    *,
    session_id: UUID,
    wanted: WantedMedicine,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Record a medicine that is given, after the check of allergies, other medicines and conditions.

    In an emergency nothing is refused; what the check said is kept, and a prescriber looks at it afterwards.

    Raises
    ------
    InvalidInput    something is not said, does not fit the standing order, or was not acknowledged
    NotAllowed      an absolute finding, or a relative one under a standing order
    Missing         no such standing order in the actor's programmes
    """
    check_wanted(wanted)

    def say(sitting: Sitting) -> list[Saying]:
        content = content_of(by.scope, sitting.stream.programme_id)
        drug = drug_of(wanted.medicine, content.release.concepts.ingredients_named)
        findings = _findings(sitting, wanted, drug, content, by=by, now=now)
        order = _word(sitting, wanted, drug, by=by, now=now)
        if not wanted.emergency:
            check_may_give(findings, acknowledged=wanted.acknowledged, on_standing_order=order is not None)
        after = order.effect_after if order is not None else _effect_after(content, now)
        event = _event(wanted, drug, order, told(findings), (true_at or now) + after if after else None, by)
        entry = new_id()
        if wanted.emergency:
            open_emergency_review(sitting.stream, entry, content, by=by, now=now)
        return [Saying(event, true_at, {"reason": wanted.reason} if wanted.emergency else {}, entry)]

    return add_entries(session_id, say, by=by, now=now)


def _findings(
    sitting: Sitting, wanted: WantedMedicine, drug: str, content: ContentInForce, *, by: Actor, now: datetime
) -> tuple[Finding, ...]:
    given = medicines_given(sitting.picture.state)
    known = giving.at_the_chair(
        by.scope,
        sitting.stream.person_id,
        concepts=content.release.concepts,
        asked=asked_classes(content.release.rules.values()),
        limits=limits_of(by.scope, sitting.stream.programme_id, now),
        given_here=tuple((each.event.drug, each.event.route) for each in given),
    )
    return check_giving(drug, wanted.route, known, content.release.rescue.get(drug))


def _word(
    sitting: Sitting, wanted: WantedMedicine, drug: str, *, by: Actor, now: datetime
) -> StandingOrder | None:
    """Check whose word stands behind it, and return the standing order where it is one."""
    if wanted.ordered_by is not None:
        programme_id = sitting.stream.programme_id
        check_may_prescribe(by.scope, wanted.ordered_by, programme_id=programme_id, field="ordered_by")
    if wanted.standing_order is None:
        return None
    order = giving.find_order(by.scope, wanted.standing_order).order
    state = sitting.picture.state
    dose = WantedDose(drug, wanted.dose, wanted.unit, wanted.route.value)
    before = given_before(state, order.drug, order.unit)
    on = limits_of(by.scope, sitting.stream.programme_id, now).on
    check_under_order(order, dose, on=on, given_before=before, there_now=there_now(state, now))
    return order


def _event(
    wanted: WantedMedicine,
    drug: str,
    order: StandingOrder | None,
    findings: tuple[str, ...],
    effect_due_at: datetime | None,
    by: Actor,
) -> MedicineGiven:
    return MedicineGiven(
        medicine=wanted.medicine.strip(),
        amount=f"{wanted.dose.normalize():f} {wanted.unit}",
        route=wanted.route.value,
        ordered_by=wanted.ordered_by or by.id,
        drug=drug,
        dose=Decimal(wanted.dose),
        unit=wanted.unit,
        standing_order=order.id if order is not None else None,
        finding=order.finding if order is not None else "",
        emergency=wanted.emergency,
        findings=findings,
        acknowledged=wanted.acknowledged,
        effect_due_at=effect_due_at,
    )


def _effect_after(content: ContentInForce, now: datetime) -> timedelta | None:
    """Return after how long an effect is asked for; None under content from before it was."""
    if "giving.effect_after" not in content.parameters:
        return None
    after = content.parameters.quantity("giving.effect_after", on=now.date())
    return timedelta(minutes=after.value_in(MINUTE))
