"""The order page of a session whose dose comes in whole portions: which doses there are, what was ordered."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from kairos.domain.protocols.dose_rules import DoseForm, MouthEnd
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.portion_doses import ForWhom, schedule_for, whole_years
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.queries.content_in_force import content_of
from kairos.queries.courses import identity_of
from kairos.queries.reading import reading
from kairos.store.repositories import courses, people, screenings
from kairos.store.repositories.prior_doses import last_given
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Actor, Permission, Scope
from kairos.vocab.quantities import MILLIGRAM


@dataclass(frozen=True, slots=True)
class PortionRoute:
    """How portions of a protocol are given: its route, how far apart, and how far apart two sessions are."""

    route: str = ""
    each_mg: Decimal | None = None
    gap: timedelta = timedelta(0)
    next_after: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class PortionChoices:
    """What may be ordered: the doses of the schedule, or none where the dose goes by weight.

    ``reduced_mg`` are those that need a reason; ``problem`` says why there is no schedule. ``published_mg``
    are all doses of the schedule, whatever the session; ``age`` is in whole years, where birth is known.
    ``last_mg`` is the dose before.
    """

    form: DoseForm
    doses_mg: tuple[Decimal, ...]
    reduced_mg: tuple[Decimal, ...]
    ends: tuple[MouthEnd, ...]
    problem: str = ""
    published_mg: tuple[Decimal, ...] = ()
    age: int | None = None
    last_mg: Decimal | None = None
    given: PortionRoute = field(default_factory=PortionRoute)


@reading(Permission.SEE_CHART)
def portion_choices(*, planned_session_id: UUID, by: Actor, now: datetime) -> PortionChoices | None:
    """Return what may be ordered for a session; None where its protocol is an infusion.

    Raises
    ------
    Missing    no such session within the scope
    """
    session = courses.find_planned_session(by.scope, planned_session_id)
    content = content_of(by.scope, session.programme_id)
    protocol = content.release.protocols[courses.find_course(by.scope, session.course_id).protocol]
    if protocol.dose.form is DoseForm.INFUSION:
        return None
    is_first = not courses.has_had_dose_by(by.scope, session.person_id, protocol.id)
    limits = LimitsInForce(content.parameters, session.starts_at.date(), protocol.limits_named)
    found = _choices(by.scope, session.person_id, protocol, limits, is_first=is_first)
    last = last_given(by.scope, session.person_id, protocol.id)
    return replace(found, last_mg=last.step.mg if last is not None else None)


@reading(Permission.PLAN_COURSE)
def first_choices(*, person_id: UUID, protocol: str, by: Actor, now: datetime) -> PortionChoices | None:
    """Return what may be ordered at the first session of a course; None where it is an infusion.

    Raises
    ------
    Missing    no such person within the scope
    """
    enrolled = people.enrolments_of(by.scope, person_id)[0]
    content = content_of(by.scope, enrolled.programme_id)
    chosen = content.release.protocols[protocol]
    if chosen.dose.form is DoseForm.INFUSION:
        return None
    limits = LimitsInForce(content.parameters, now.date(), chosen.limits_named)
    return _choices(by.scope, person_id, chosen, limits, is_first=True)


def _choices(
    scope: Scope, person_id: UUID, protocol: TreatmentProtocol, limits: LimitsInForce, *, is_first: bool
) -> PortionChoices:
    rules, born = protocol.dose, identity_of(scope, person_id).born_on
    known = PortionChoices(
        rules.form,
        (),
        (),
        rules.ends,
        age=whole_years(born.last, limits.on) if born else None,
        given=_given(protocol, limits),
    )
    whom = _whom(scope, person_id, known.age)
    if not rules.schedules or whom is None:
        return known
    try:
        schedule = schedule_for(rules, whom)
    except InvalidInput as error:
        return replace(known, problem=str(error))
    doses = schedule.first_mg if is_first else schedule.later_mg
    all_of_them = {*schedule.first_mg, *schedule.later_mg, *schedule.reduced_mg}
    return replace(
        known, doses_mg=doses, reduced_mg=schedule.reduced_mg, published_mg=tuple(sorted(all_of_them))
    )


def _given(protocol: TreatmentProtocol, limits: LimitsInForce) -> PortionRoute:
    rules = protocol.dose
    return PortionRoute(
        protocol.route,
        limits.number(rules.portion_mg, MILLIGRAM) if rules.portion_mg else None,
        limits.span(rules.gap) if rules.gap else timedelta(0),
        limits.span(protocol.course.spacing_least),
    )


def _whom(scope: Scope, person_id: UUID, age: int | None) -> ForWhom | None:
    """Return what decides which doses there are; None where the birth or the signed use is not known."""
    signed = next(iter(screenings.decisions_of(scope, person_id)), None)
    if age is None or signed is None:
        return None
    use = screenings.find_screening(scope, signed.screening_id).target
    return ForWhom(use.indication, use.places, age)
