"""Lists of medicines and plans, briefly."""

from datetime import UTC, datetime

from kairos.content.release import load_release
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.medicine_list import MedicineList, medicine_list
from kairos.domain.protocols.medicine_plan import MedicinePlan, PlanLine, Proposed, proposed
from kairos.domain.rules.interactions import PlanAction
from kairos.domain.rules.medicine_grades import asked_classes
from kairos.vocab.facts import Fact
from tests.support.facts import TODAY

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
LIMITS = LimitsInForce(load_release().parameters, TODAY)


def listed(*facts: Fact) -> MedicineList:
    """Return the list that facts amount to."""
    release = load_release()
    asked = asked_classes(release.rules.values())
    return medicine_list(facts, drugs=release.concepts.ingredients, asked=asked, on=TODAY, limits=LIMITS)


def proposals(found: MedicineList, *, route: str = "iv", is_home: bool = False) -> tuple[Proposed, ...]:
    """Return what content proposes for a list."""
    grid = load_release().interactions
    return proposed(found.current, grid, route=route, is_home=is_home, limits=LIMITS)


def line(medicine: str, action: PlanAction = PlanAction.CONTINUE, **more: object) -> PlanLine:
    """Return what was decided about one medicine."""
    return PlanLine(medicine, medicine, action, **more)


def plan(*lines: PlanLine, route: str = "iv") -> MedicinePlan:
    """Return a signed plan."""
    return MedicinePlan(lines, "prescriber", NOON, route)
