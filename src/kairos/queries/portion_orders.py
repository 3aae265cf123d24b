"""The order page of a session whose dose comes in whole portions: which doses there are, what was ordered."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from kairos.domain.protocols.dose_rules import DoseForm, MouthEnd
from kairos.domain.protocols.portion_doses import ForWhom, schedule_for, whole_years
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.queries.content_in_force import content_of
from kairos.queries.courses import identity_of
from kairos.queries.reading import reading
from kairos.store.repositories import courses, screenings
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Actor, Permission, Scope


@dataclass(frozen=True, slots=True)
class PortionChoices:
    """What may be ordered: the doses of the schedule, or none where the dose goes by weight.

    ``reduced_mg`` are those that need a reason; ``problem`` says why there is no schedule.
    """

    form: DoseForm
    doses_mg: tuple[Decimal, ...]
    reduced_mg: tuple[Decimal, ...]
    ends: tuple[MouthEnd, ...]
    problem: str = ""


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
    try:
        return _choices(
            protocol, _whom(by.scope, session.person_id, session.starts_at.date()), is_first=is_first
        )
    except InvalidInput as error:
        return PortionChoices(protocol.dose.form, (), (), protocol.dose.ends, str(error))


def _choices(protocol: TreatmentProtocol, whom: ForWhom | None, *, is_first: bool) -> PortionChoices:
    rules = protocol.dose
    if not rules.schedules or whom is None:
        return PortionChoices(rules.form, (), (), rules.ends)
    schedule = schedule_for(rules, whom)
    doses = schedule.first_mg if is_first else schedule.later_mg
    return PortionChoices(rules.form, doses, schedule.reduced_mg, rules.ends)


def _whom(scope: Scope, person_id: UUID, on: date) -> ForWhom | None:
    """Return what decides which doses there are; None where the birth or the signed use is not known."""
    born = identity_of(scope, person_id).born_on
    signed = next(iter(screenings.decisions_of(scope, person_id)), None)
    if born is None or signed is None:
        return None
    use = screenings.find_screening(scope, signed.screening_id).target
    return ForWhom(use.indication, use.places, whole_years(born.last, on))
