"""How a protocol goes: its steps, its dose, its baseline, its timetable, the least time before release."""

from collections.abc import Mapping
from decimal import Decimal

from kairos.content.loader import Lint, Table
from kairos.domain.evidence.citations import Basis, Certainty
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.protocols.dose_rules import (
    Baseline,
    CountsFrom,
    DoseForm,
    DoseRules,
    DoseSchedule,
    MouthEnd,
    TimedReading,
)
from kairos.domain.protocols.limits import exact
from kairos.domain.protocols.treatment_protocol import TimeGate
from kairos.domain.protocols.walk import Step, Walk
from kairos.domain.rules.target import Indication
from kairos.domain.sessions.gates import NEEDS
from kairos.domain.sessions.phases import ACTS, BEFORE_DOSE, DOSED, FINAL, GIVING, OPEN, UNDECIDED, Phase
from kairos.domain.sessions.timetable import TIMED
from kairos.vocab.people import Role
from kairos.vocab.quantities import MILLIGRAM, MINUTE
from kairos.vocab.verdict import Severity

GROUPS: Mapping[str, frozenset[Phase]] = {
    "undecided": UNDECIDED,
    "before_dose": BEFORE_DOSE,
    "giving": GIVING,
    "dosed": DOSED,
    "open": OPEN,
    "any": OPEN | FINAL,
}
"""Names for several phases at once."""


def walk_of(top: Table) -> Walk | None:
    """Return the steps of a protocol; None where it was written before protocols drew their own."""
    if "steps" not in top:
        return None
    roles = roles_of(top)
    return Walk(tuple(_step(table, roles) for table in top.tables("steps")))


def roles_of(top: Table) -> Mapping[str, frozenset[Role]]:
    """Return the groups of roles that a protocol names; none where it names none."""
    if "roles" not in top:
        return {}
    table = top.table("roles")
    for group in table:
        for name in table.texts(group):
            if name not in list(Role):
                raise table.fault(f"{name!r} is no role; expected one of {', '.join(Role)}", group)
    return {group: frozenset(Role(name) for name in table.texts(group)) for group in table}


def _step(table: Table, roles: Mapping[str, frozenset[Role]]) -> Step:
    table.only("act", "in", "to", "needs", "by")
    act, to, by = table.text("act"), table.text("to", ""), table.text("by")
    if act not in ACTS:
        raise table.fault(f"{act!r} is no act of a session", "act")
    if to and to not in list(Phase):
        raise table.fault(f"{to!r} is no phase; expected one of {', '.join(Phase)}", "to")
    if by not in roles:
        raise table.fault(f"{by!r} is no group of roles here; expected one of {', '.join(roles)}", "by")
    for need in table.texts("needs"):
        if need not in NEEDS:
            raise table.fault(f"{need!r} is nothing a step can need; one of {', '.join(NEEDS)}", "needs")
    return Step(act, phases_in(table), to, table.texts("needs"), roles[by])


def phases_in(table: Table) -> frozenset[str]:
    """Return the phases that ``in`` names, one by one or as a group."""
    table.need("in")
    found: set[str] = set()
    for name in table.texts("in"):
        if name not in GROUPS and name not in list(Phase):
            raise table.fault(f"{name!r} is no phase and no group of phases", "in")
        found |= GROUPS.get(name, {name})
    return frozenset(str(phase) for phase in found)


def dose_of(table: Table, book: ParameterBook, lint: Lint) -> DoseRules:
    """Return how a protocol's dose is given."""
    named = ("gap", "portion_mg", "hold_least", "hold_most")
    table.only("form", "caps", *named, "ends", "needs_lot", "schedules")
    caps = table.text("caps", "")
    if caps and f"{caps}_cap_mg" not in book:
        raise table.fault(f"caps are {caps!r}; {caps}_cap_mg is not in parameters/", "caps")
    return DoseRules(
        form=table.one_of("form", DoseForm),
        caps=caps,
        **{key: parameter_named(table, key, book) for key in named if key in table},
        ends=_ends(table),
        needs_lot=table.flag("needs_lot"),
        schedules=tuple(_schedule(each, lint) for each in table.tables("schedules")),
    )


def _ends(table: Table) -> tuple[MouthEnd, ...]:
    for end in table.texts("ends"):
        if end not in list(MouthEnd):
            raise table.fault(
                f"{end!r} is no end of a lozenge; expected one of {', '.join(MouthEnd)}", "ends"
            )
    return tuple(MouthEnd(end) for end in table.texts("ends"))


def _schedule(table: Table, lint: Lint) -> DoseSchedule:
    table.only(
        *("indication", "places", "age_from", "age_under", "unit", "first", "later", "reduced"),
        *("basis", "certainty", "source"),
    )
    _check_marks(table, MILLIGRAM)
    return DoseSchedule(
        indication=table.one_of("indication", Indication).value,
        places=frozenset(table.texts("places")),
        age_from=int(table.number("age_from")) if "age_from" in table else None,
        age_under=int(table.number("age_under")) if "age_under" in table else None,
        first_mg=_doses(table, "first"),
        later_mg=_doses(table, "later"),
        reduced_mg=_doses(table, "reduced") if "reduced" in table else (),
        sources=lint.sources(table),
    )


def _doses(table: Table, key: str) -> tuple[Decimal, ...]:
    return tuple(exact(number) for number in whole_numbers(table, key))


def _check_marks(table: Table, unit: str) -> None:
    """Refuse numbers without their unit, and without how sure anybody is of them."""
    if table.text("unit") != unit:
        raise table.fault(f"unit is {table['unit']!r}; expected {unit}", "unit")
    table.one_of("basis", Basis)
    table.one_of("certainty", Certainty)


def baseline_of(table: Table, lint: Lint) -> Baseline:
    """Return which signs are asked for before a dose, and how grave each is."""
    table.only("readings", "signs", "source")
    lint.sources(table)
    signs = table.table("signs")
    for sign in signs:
        signs.table(sign).only("fails", "unless")
    return Baseline(
        severities={sign: signs.table(sign).one_of("fails", Severity) for sign in signs},
        unless={sign: signs.table(sign).text("unless") for sign in signs if "unless" in signs.table(sign)},
        readings=int(table.number("readings")) if "readings" in table else 1,
    )


def timetable_of(top: Table, book: ParameterBook, lint: Lint) -> tuple[TimedReading, ...]:
    """Return what is due how often."""
    return tuple(_timed(table, book, lint) for table in top.tables("timetable"))


def _timed(table: Table, book: ParameterBook, lint: Lint) -> TimedReading:
    table.only("what", "in", "every", "at", "early", "unit", "basis", "certainty", "source")
    if table.text("what") not in TIMED:
        raise table.fault(f"{table['what']!r} is nothing due; expected one of {', '.join(TIMED)}", "what")
    if "at" in table:
        _check_marks(table, MINUTE)
    return TimedReading(
        what=table.text("what"),
        phases=phases_in(table),
        every=parameter_named(table, "every", book),
        at_minutes=whole_numbers(table, "at") if "at" in table else (),
        early=parameter_named(table, "early", book) if "early" in table else "monitoring.slot_early",
        sources=lint.sources(table),
    )


def time_gate_of(top: Table, book: ParameterBook, lint: Lint) -> TimeGate:
    """Return the least time before release; an infusion's where the protocol says none."""
    if "time_gate" not in top:
        return TimeGate()
    table = top.table("time_gate")
    table.only("least", "counts_from", "source")
    lint.sources(table)
    return TimeGate(parameter_named(table, "least", book), table.one_of("counts_from", CountsFrom))


def parameter_named(table: Table, key: str, book: ParameterBook) -> str:
    """Return the parameter that a key names, if there is one."""
    name = table.text(key)
    if name not in book:
        raise table.fault(f"{key} names {name!r}, which is not in parameters/", key)
    return name


def whole_numbers(table: Table, key: str) -> tuple[int, ...]:
    """Return a list of whole numbers."""
    values = table.need(key)
    if not isinstance(values, list) or not all(type(each) is int for each in values):
        raise table.fault(f"{key} must be a list of whole numbers", key)
    return tuple(values)
