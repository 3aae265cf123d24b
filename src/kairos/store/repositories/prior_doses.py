"""The doses that somebody was given here, one a session, newest last."""

from dataclasses import dataclass
from uuid import UUID

from kairos.domain.protocols.dose_history import DoseStep, LastGiven
from kairos.domain.sessions.prior_doses import PriorDose, prior_dose
from kairos.domain.sessions.state import replay
from kairos.store.repositories import courses, orders, session_entries
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class GivenDose:
    """A dose with its appointment, the step it stands for, and why it differed from the one before."""

    planned: PlannedSession
    dose: PriorDose
    step: DoseStep
    reason: str


def doses_given(scope: Scope, person_id: UUID) -> tuple[GivenDose, ...]:
    """Return every dose of a person, in order of time."""
    planned = [each for each in courses.sessions_of_person(scope, person_id) if each.stream is not None]
    entries = session_entries.entries_of_many(scope, [each.stream for each in planned if each.stream])
    found = []
    for each in planned:
        state = replay(entries.get(each.stream, ())) if each.stream else None
        dose = prior_dose(state) if state is not None else None
        if state is None or dose is None or state.order is None:
            continue
        placed = orders.find_order(scope, state.order.order_id)
        rate = orders.as_domain(placed).rate
        step = DoseStep(dose.ordered_mg, rate.mg_per_kg if rate is not None else None)
        found.append(GivenDose(each, dose, step, str(placed.order.words.get("reason", ""))))
    return tuple(sorted(found, key=lambda given: given.dose.started_at))


def last_given(scope: Scope, person_id: UUID, protocol: str) -> LastGiven | None:
    """Return the last dose of a person by one protocol; None where there is none."""
    of_it = [each for each in doses_given(scope, person_id) if each.dose.protocol == protocol]
    if not of_it:
        return None
    zone = zone_for(scope, person_id)
    return LastGiven(of_it[-1].step, of_it[-1].dose.started_at.astimezone(zone).date())
