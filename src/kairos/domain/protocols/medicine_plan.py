"""What is agreed about each medicine around a session: proposed by content, decided by a clinician.

Nobody is told to stop a medicine by this program. A plan holds only once somebody signed it, and each
line carries who did. A medicine without a line, or one nobody has decided, keeps the check open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.medicine_list import ListState, Medicine, MedicineList
from kairos.domain.protocols.predose import NOT_SURE
from kairos.domain.rules.interactions import InteractionGrid, Met, PlanAction, Proposal, Unplanned
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.facts import Fact, Presence
from kairos.vocab.finding import Finding, FindingValue
from kairos.vocab.quantities import DAY, HOUR, ONE, Quantity
from kairos.vocab.verdict import Severity, Verdict

CHECK_ITEM = "medicine_plan"
PLAN_RULE = f"predose.{CHECK_ITEM}"
_HOURS = {HOUR: 1.0, DAY: 24.0}


@dataclass(frozen=True, slots=True)
class Proposed:
    """What content proposes for one medicine: where a decision starts, and how far it may go.

    Hours are counted back from the start of the session. A hold without ``hold_from_h`` is of the doses
    of the session's day alone.
    """

    medicine: Medicine
    met: tuple[Met, ...]
    proposal: Proposal
    hold_from_h: float | None
    hold_most_h: float | None
    before_h: float | None
    unplanned: Unplanned
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """What was decided about one medicine. ``words`` say how it is adjusted, ``reason`` why it is held."""

    medicine: str
    name: str
    action: PlanAction
    hold_from_h: float | None = None
    hold_until_h: float | None = None
    before_h: float | None = None
    words: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MedicinePlan:
    """A signed plan: the whole of it is signed at once, and the newest one holds."""

    lines: tuple[PlanLine, ...]
    signed_by: str
    signed_at: datetime
    route: str

    def line(self, medicine: str) -> PlanLine | None:
        """Return what was decided about a medicine."""
        return next((line for line in self.lines if line.medicine == medicine), None)


def proposed(
    medicines: Iterable[Medicine],
    grid: InteractionGrid,
    *,
    route: str,
    is_home: bool = False,
    limits: LimitsInForce,
) -> tuple[Proposed, ...]:
    """Return what content proposes for each medicine by a route; the heaviest row that it meets decides."""
    return tuple(_proposed(each, grid, route, is_home, limits) for each in medicines)


def _proposed(
    medicine: Medicine, grid: InteractionGrid, route: str, is_home: bool, limits: LimitsInForce
) -> Proposed:
    met = grid.meeting(medicine.key, route=route, is_home=is_home) if medicine.is_understood else ()
    leading = _leading(met)
    other = grid.fallbacks["unlisted" if medicine.is_understood else "not_understood"]
    proposal = leading.proposal if leading else Proposal(other.action or PlanAction.ASK_PRESCRIBER)
    return Proposed(
        medicine=medicine,
        met=met,
        proposal=proposal,
        hold_from_h=_hours(proposal.hold_from, limits),
        hold_most_h=_hours(proposal.hold_from_most or proposal.hold_from, limits),
        before_h=_hours(proposal.before, limits),
        unplanned=grid.unplanned(leading.level if leading else None, is_understood=medicine.is_understood),
        sources=leading.row.sources if leading else other.sources,
    )


_WEIGHT = (PlanAction.ASK_PRESCRIBER, PlanAction.HOLD, PlanAction.ADJUST, PlanAction.CONTINUE)


def _leading(met: Sequence[Met]) -> Met | None:
    """Return the row whose proposal is taken: of those that weigh most, the one that asks most."""
    heaviest = [each for each in met if each.level is met[0].level]
    return min(heaviest, key=lambda each: _WEIGHT.index(each.proposal.action), default=None)


def _hours(parameter: str, limits: LimitsInForce) -> float | None:
    if not parameter:
        return None
    quantity = limits.quantity(parameter)
    return quantity.value * _HOURS[quantity.unit]


def check_plan(lines: Sequence[PlanLine], proposals: Sequence[Proposed], facts: Iterable[Fact]) -> None:
    """Refuse a plan that leaves a medicine out, or holds one longer or in more cases than content allows.

    Raises
    ------
    InvalidInput    each problem names the line (by its place, as ``line-2``) and says what to do
    """
    on_record = {f.concept for f in facts if f.presence is not Presence.ABSENT}
    given = {line.medicine: line for line in lines}
    problems = []
    for place, each in enumerate(proposals):
        line = given.get(each.medicine.key)
        message = _fault(line, each, on_record) if line else "nothing was decided; choose what is agreed"
        if message:
            problems.append(Problem(f"line-{place}", message))
    if problems:
        raise InvalidInput(*problems)


def _fault(line: PlanLine, each: Proposed, on_record: set[str]) -> str:
    """Return what is wrong with one line, or nothing."""
    if line.action is PlanAction.ADJUST and not line.words.strip() and line.before_h is None:
        return "an adjustment says how the medicine is taken; write it as the person will read it"
    if line.action is not PlanAction.HOLD:
        return ""
    return _fault_of_hold(line, each, on_record)


def _fault_of_hold(line: PlanLine, each: Proposed, on_record: set[str]) -> str:
    proposal = each.proposal
    barred = sorted(set(proposal.never_held_with) & on_record)
    if barred:
        named = ", ".join(name.replace("_", " ") for name in barred)
        return f"this medicine is never held where there is {named} on record; continue it"
    if proposal.is_held_for_the_day_only and line.hold_from_h is not None:
        return "only the doses of the session's day may be held; leave the hours empty"
    most = each.hold_most_h
    if most is not None and line.hold_from_h is not None and line.hold_from_h > most:
        return f"{line.hold_from_h:g} h is longer than the {most:g} h that may be held; shorten it"
    is_unasked = proposal.wants_reason or proposal.action is not PlanAction.HOLD
    if is_unasked and not line.reason.strip():
        return "holding this medicine needs a reason: why it is possible here, and who agreed to it"
    return ""


class PlanState(StrEnum):
    """How the medicines of a person stand before a session, from what keeps it open to what lets it go on."""

    LIST_UNKNOWN = "list_unknown"
    WITHOUT_PLAN = "without_plan"
    UNDECIDED = "undecided"
    IN_PLACE = "in_place"


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """How the plan stands now, and which medicines keep it open."""

    state: PlanState
    list_state: ListState
    missing: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Met with a plan in place; unknown where nobody went through the list; else not met."""
        if self.state is PlanState.LIST_UNKNOWN:
            return Verdict.UNKNOWN
        return Verdict.MET if self.state is PlanState.IN_PLACE else Verdict.NOT_MET


def plan_standing(listed: MedicineList, plan: MedicinePlan | None, *, route: str) -> PlanStanding:
    """Return whether everything somebody takes has a line in a plan signed for this route."""
    if listed.state is not ListState.KNOWN:
        return PlanStanding(PlanState.LIST_UNKNOWN, listed.state)
    held = plan if plan is not None and plan.route == route else None
    lines = [(medicine.name, held.line(medicine.key) if held else None) for medicine in listed.current]
    missing = tuple(name for name, line in lines if line is None)
    if missing:
        return PlanStanding(PlanState.WITHOUT_PLAN, listed.state, missing)
    asked = tuple(name for name, line in lines if line and line.action is PlanAction.ASK_PRESCRIBER)
    state = PlanState.UNDECIDED if asked else PlanState.IN_PLACE
    return PlanStanding(state, listed.state, asked)


_ANSWERS = {Verdict.MET: "in_place", Verdict.NOT_MET: "missing", Verdict.UNKNOWN: NOT_SURE}


def check_answer(standing: PlanStanding) -> str:
    """Return what the same-day check records of a standing; a list nobody confirmed is not sure."""
    return _ANSWERS[standing.verdict]


def plan_finding(standing: PlanStanding, *, limits: LimitsInForce) -> Finding:
    """Return the standing as a finding, with the medicines that keep it open counted."""
    values: dict[str, FindingValue] = {
        "count": Quantity(len(standing.missing), ONE),
        "age": limits.quantity("medicines.list_max_age"),
    }
    shown = standing.list_state if standing.state is PlanState.LIST_UNKNOWN else standing.state
    return Finding(
        rule=PLAN_RULE,
        ref="S-098",
        verdict=standing.verdict,
        severity=Severity.DEFER,
        message=f"medicines.{shown}",
        values=values,
        facts=(),
        sources=limits.sources("medicines.list_max_age"),
    )


def lines_by_action(lines: Iterable[PlanLine]) -> Mapping[PlanAction, tuple[PlanLine, ...]]:
    """Return the lines of a plan, those to hold first."""
    found = tuple(lines)
    order = (PlanAction.HOLD, PlanAction.ADJUST, PlanAction.ASK_PRESCRIBER, PlanAction.CONTINUE)
    return {action: tuple(line for line in found if line.action is action) for action in order}
