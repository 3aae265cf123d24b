"""How rules about medicines weigh, read from the grid, and which drugs each question speaks for."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import product

from kairos.domain.rules.expression import Has
from kairos.domain.rules.interactions import InteractionGrid
from kairos.domain.rules.presence import Tense
from kairos.domain.rules.rule import Grade, Rule
from kairos.domain.rules.target import Reach, Route, Setting
from kairos.vocab.facts import FactKind
from kairos.vocab.verdict import Severity

_Weighed = tuple[Severity, frozenset[str]]


def grades_of(grid: InteractionGrid, rows: Iterable[str], *, asked_as: str) -> tuple[Grade, ...]:
    """Return the grades of a rule that names rows of the grid, the most severe first.

    Parameters
    ----------
    asked_as : str    the concept that a direct question states; it speaks for every row named
    """
    rows = tuple(rows)
    reached: dict[_Weighed, set[tuple[Route, Setting]]] = defaultdict(set)
    for route, setting in product(Route, Setting):
        for weighed in _weighed(grid, rows, route, setting):
            reached[weighed].add((route, setting))
    order = list(Severity)
    grades = [
        Grade(severity, _taking(drugs, asked_as), reach)
        for (severity, drugs), targets in reached.items()
        for reach in _reaches(targets)
    ]
    return tuple(sorted(grades, key=lambda grade: order.index(grade.severity)))


def asked_classes(rules: Iterable[Rule]) -> dict[str, frozenset[str]]:
    """Return, by the concept that a question about a class of medicines states, the drugs it speaks for."""
    found: dict[str, frozenset[str]] = {}
    for rule in rules:
        for grade in rule.grades:
            condition = grade.speaks_against
            if isinstance(condition, Has) and condition.kind is FactKind.MEDICATION:
                drugs = condition.concepts - {condition.asked_as}
                found[condition.asked_as] = found.get(condition.asked_as, frozenset()) | drugs
    return found


def _weighed(
    grid: InteractionGrid, rows: Iterable[str], route: Route, setting: Setting
) -> Iterable[_Weighed]:
    """Return which drugs of the rows weigh how much for one route and place."""
    drugs: dict[Severity, set[str]] = defaultdict(set)
    for row in rows:
        met = grid.met(row, route=route, is_home=setting is Setting.HOME)
        if met is not None:
            drugs[met.severity] |= met.row.drugs
    return [(severity, frozenset(found)) for severity, found in drugs.items()]


def _reaches(targets: set[tuple[Route, Setting]]) -> Iterable[Reach]:
    """Return reaches that cover just these targets; routes that hold in the same places go together."""
    places: dict[frozenset[Setting], set[Route]] = defaultdict(set)
    for route in {route for route, _ in targets}:
        places[frozenset(setting for each, setting in targets if each is route)].add(route)
    every = frozenset(Setting)
    for settings, routes in sorted(places.items(), key=lambda item: sorted(item[0])):
        yield Reach(frozenset(routes), frozenset() if settings == every else settings)


def _taking(drugs: frozenset[str], asked_as: str) -> Has:
    return Has(Tense.CURRENT, drugs | {asked_as}, frozenset(), asked_as, FactKind.MEDICATION)
