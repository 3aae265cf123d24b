"""What must hold of every protocol before it is read: nothing required is skipped, nobody is stuck.

The laws are about the graph that a protocol draws, whatever its route. They are the floor: a programme's own
protocol may ask more, never less.
"""

from collections.abc import Callable, Iterator

from kairos.domain.protocols.dose_rules import DoseForm
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.protocols.walk import Step, Walk
from kairos.domain.rules.target import Setting
from kairos.domain.sessions.alarms import CHECK_IN_MISSED, CONTACT_LOST, OVERDUE
from kairos.domain.sessions.events import PORTIONS
from kairos.domain.sessions.monitoring import RULES
from kairos.domain.sessions.phases import (
    ALWAYS,
    DOSED,
    DRAWN_WITH,
    FINAL,
    GIVING,
    OF_HOME,
    TRANSITIONS,
    Phase,
)
from kairos.domain.sessions.watch_rules import RULES as WATCH_RULES

_GO = "go_decided_go"
_NEEDED: dict[str, frozenset[str]] = {
    _GO: frozenset({"identity", "answers", "prescriber_reason", "a_day_for_it", "watcher"}),
    "infusion_resumed": frozenset({"reading_below_limits"}),
    "released": frozenset({"time", "criteria"}),
}
_BEFORE_A_FIRST_DOSE = frozenset(
    {"identity", "verified_order", "fresh_baseline", "condition_over", "watcher"}
)
_BEFORE_A_FURTHER_DOSE = frozenset({"gap", "condition_over", "watcher"})
_GIVING_ACTS = {
    DoseForm.INFUSION: ("infusion_started",),
    **{form: (kind.type, f"{kind.type}_of_several") for form, kind in PORTIONS.items()},
}
_CHECKS_EVERYWHERE = frozenset(
    {"consent_current", "alcohol", "intoxicated", "new_medicines", "medicine_plan", "medicines_held"}
    | {"health_change", "mood", "suicidality", "pregnancy"}
)
_CHECKS_BY_SETTING: dict[str, frozenset[str]] = {
    Setting.CLINIC: frozenset({"site_ready", "escort"}),
    Setting.HOME: frozenset({"support_person", "support_sober", "emergency_plan", "contact", "oximeter"}),
}
_CHECKS_BY_ROUTE: dict[str, frozenset[str]] = {
    "iv": frozenset({"fasting_solids", "fasting_liquids"}),
    "im": frozenset({"fasting_solids", "fasting_liquids"}),
    "in": frozenset({"nasal_food", "nasal_drink", "nasal_spray"}),
    "esketamine": frozenset(
        {"nasal_food", "nasal_drink", "nasal_spray", "site_certified", "patient_enrolled"}
        | {"prescriber_on_site", "pulse_oximeter", "counselled"}
    ),
    "oral": frozenset({"mouth_food", "mouth_drink"}),
    "sl": frozenset({"mouth_food", "mouth_drink"}),
}
_ASKED_AT_LEAVING = frozenset({"orthostatic", "orientation", "mobility", "nausea", "suicidality", "escort"})
_NEVER_OVERRIDDEN = frozenset(
    {"release.time", "release.sedation", "release.breathing", "release.orthostatic"}
    | {"release.orientation", "release.suicidality", "release.escort"}
)
_COMPUTED_EVERYWHERE = frozenset({"release.vitals", "release.sedation", "release.dissociation"})
_SIGNS = frozenset({"blood_pressure_caution", "blood_pressure_hard", "heart_rate", "oxygen"})
_TIMED = frozenset({"vitals", "sedation", "dissociation"})
_AT_HOME_ONLY = frozenset(
    {CHECK_IN_MISSED, "monitoring.check_in_emergency", "monitoring.check_in_worried", CONTACT_LOST}
)


def faults_of(protocol: TreatmentProtocol) -> tuple[str, ...]:
    """Return what a protocol breaks, in words; empty where it may be used."""
    walk = protocol.walk
    if walk is None:
        return ("it draws no steps",)
    return tuple(fault for law in _LAWS for fault in law(protocol, walk))


def reachable(walk: Walk, *, without: str = "") -> frozenset[str]:
    """Return the phases that can be reached from the opening, along every step but those of one act."""
    found, open_ends = {str(Phase.UNOPENED)}, [str(Phase.UNOPENED)]
    while open_ends:
        here = open_ends.pop()
        ahead = {to for phase, step, to in walk.moves() if phase == here and step.act != without}
        open_ends.extend(ahead - found)
        found |= ahead
    return frozenset(found)


def _inside_the_grammar(_protocol: TreatmentProtocol, walk: Walk) -> Iterator[str]:
    seen: set[tuple[str, str]] = set()
    for phase, step, to in walk.moves():
        following = TRANSITIONS[Phase(phase), step.act]
        if following is None or following != to:
            yield f"{step.act} does not lead from {phase} to {to}"
        if (phase, step.act) in seen:
            yield f"{step.act} stands twice for {phase}"
        seen.add((phase, step.act))
        if not step.by:
            yield f"nobody may do {step.act}"


def _no_dose_without_a_go(_protocol: TreatmentProtocol, walk: Walk) -> Iterator[str]:
    given = reachable(walk, without=_GO) & DOSED
    if given:
        yield f"{', '.join(sorted(given))} can be reached without {_GO}"


def _needs_are_named(protocol: TreatmentProtocol, walk: Walk) -> Iterator[str]:
    for step in walk.steps:
        lacking = _wanted(step, protocol) - set(step.needs)
        if lacking:
            yield f"{step.act} does not need {', '.join(sorted(lacking))}"


def _wanted(step: Step, protocol: TreatmentProtocol) -> frozenset[str]:
    if step.act in _GIVING_ACTS[protocol.dose.form]:
        is_further = step.phases <= {Phase.DOSING}
        return _BEFORE_A_FURTHER_DOSE if is_further else _BEFORE_A_FIRST_DOSE
    return _NEEDED.get(step.act, frozenset())


def _gives_its_form(protocol: TreatmentProtocol, walk: Walk) -> Iterator[str]:
    acts = {step.act for step in walk.steps}
    own = set(_GIVING_ACTS[protocol.dose.form])
    if not own & acts:
        yield f"no step gives the {protocol.dose.form}"
    others = {act for form, acts_of in _GIVING_ACTS.items() if form != protocol.dose.form for act in acts_of}
    for act in sorted(others & acts):
        yield f"{act} is not how a dose of form {protocol.dose.form} is given"


def _nobody_is_stuck(_protocol: TreatmentProtocol, walk: Walk) -> Iterator[str]:
    for phase in sorted(reachable(walk) - FINAL):
        ways = [to for at, step, to in walk.moves() if at == phase and to != phase and not step.needs]
        if not ways:
            yield f"{phase} has no way out that is open at any time"
        if not _reaches_an_end(walk, phase):
            yield f"no way leads from {phase} to an end"
    for phase in sorted(set(DOSED) & reachable(walk)):
        if phase not in GIVING and not any(s.act == "left_against_advice" for s in _steps_in(walk, phase)):
            yield f"nobody can leave against advice while {phase}"
        if phase != Phase.INFUSING and not any(s.act == "transferred" for s in _steps_in(walk, phase)):
            yield f"nobody can be handed to emergency services while {phase}"


def _steps_in(walk: Walk, phase: str) -> list[Step]:
    return [step for step in walk.steps if phase in step.phases]


def _reaches_an_end(walk: Walk, phase: str) -> bool:
    """Whether an end can be reached by steps that need nothing: time alone, and nobody's leave."""
    found, open_ends = {phase}, [phase]
    while open_ends:
        here = open_ends.pop()
        ahead = {to for at, step, to in walk.moves() if at == here and not step.needs}
        open_ends.extend(ahead - found)
        found |= ahead
    return bool(found & FINAL)


def _always_recorded(_protocol: TreatmentProtocol, walk: Walk) -> Iterator[str]:
    """Yield what a late entry could not be kept by: observations are possible in every phase once opened."""
    for act in sorted(set(ALWAYS) - OF_HOME - set(DRAWN_WITH)):
        lacking = sorted(p for p in reachable(walk) - {Phase.UNOPENED} if walk.step(p, act) is None)
        if lacking:
            yield f"{act} cannot be recorded while {', '.join(lacking)}"


def _checks_are_asked(protocol: TreatmentProtocol, _walk: Walk) -> Iterator[str]:
    asked = {item.id for item in protocol.checks}
    wanted = _CHECKS_EVERYWHERE | _CHECKS_BY_SETTING[protocol.setting] | _CHECKS_BY_ROUTE[protocol.route]
    for missing in sorted(wanted - asked):
        yield f"the check does not ask {missing}"
    for item in protocol.checks:
        if item.fails is None and all(severity is None for severity in item.answers.values()):
            yield f"every answer to {item.id} passes"
    signs = _SIGNS if protocol.setting == Setting.HOME else _SIGNS | {"breathing"}
    for missing in sorted(signs - set(protocol.baseline.severities)):
        yield f"the baseline does not ask {missing}"


def _leaving_is_asked(protocol: TreatmentProtocol, _walk: Walk) -> Iterator[str]:
    for missing in sorted(_ASKED_AT_LEAVING - {item.id for item in protocol.release}):
        yield f"nobody is asked about {missing} before release"
    wanted = _COMPUTED_EVERYWHERE
    if protocol.route == "esketamine":
        wanted |= {"release.breathing"}
    for missing in sorted(wanted - set(protocol.computed)):
        yield f"{missing} is not looked at before release"
    for rule in sorted(_NEVER_OVERRIDDEN & protocol.overridable):
        yield f"{rule} may not be overridden"
    if protocol.route == "esketamine" and "release.dissociation" in protocol.overridable:
        yield "release.dissociation may not be overridden after esketamine"


def _everything_is_watched(protocol: TreatmentProtocol, walk: Walk) -> Iterator[str]:
    rules = {*RULES, OVERDUE, CHECK_IN_MISSED}
    if not any(step.act == "watch_offered" for step in walk.steps):
        rules -= set(WATCH_RULES)  # content from before the watch was an act of both: a session of it goes on
    for missing in sorted(rules - _own_exceptions(protocol) - set(protocol.alarms)):
        yield f"nothing is called for {missing}"
    timed = _TIMED | ({"check_in"} if protocol.setting == Setting.HOME else frozenset())
    for phase in sorted(reachable(walk) & DOSED):
        for what in sorted(timed - {row.what for row in protocol.timetable if phase in row.phases}):
            yield f"the timetable has no {what} while {phase}"
    if protocol.setting == Setting.HOME and not any(s.act == "checked_in" for s in walk.steps):
        yield "nobody can check in at home"


def _own_exceptions(protocol: TreatmentProtocol) -> frozenset[str]:
    return frozenset() if protocol.setting == Setting.HOME else _AT_HOME_ONLY


_LAWS: tuple[Callable[[TreatmentProtocol, Walk], Iterator[str]], ...] = (
    _inside_the_grammar,
    _no_dose_without_a_go,
    _needs_are_named,
    _gives_its_form,
    _nobody_is_stuck,
    _always_recorded,
    _checks_are_asked,
    _leaving_is_asked,
    _everything_is_watched,
)
