"""Registered figures from ``figures/*.yaml``: what is stated, how many of 100, and where it comes from."""

from collections.abc import Mapping
from itertools import pairwise

from kairos.content.loader import ContentSource, Lint, Table
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.figures import Count, Course, Figure, Point

_KEYS = ("states", "of_100", "against", "says", "beside", "people", "since", "points", "source", "certainty")
_ALL = 100
_FEWEST = 2


def load_figures(source: ContentSource, lint: Lint) -> Mapping[str, Figure]:
    """Return every figure by its id; ``registry`` of its file says who checks it, and by when."""
    found: dict[str, Figure] = {}
    for file in source.under("figures/"):
        with lint.collecting():
            top = file.table()
            registry = top.table("registry")
            registry.only("owner", "checked", "review_by")
            for name in top:
                with lint.collecting():
                    if name != "registry":
                        found[name] = _figure(name, top.table(name), registry, lint)
    return found


def _figure(name: str, entry: Table, registry: Table, lint: Lint) -> Figure:
    entry.only(*_KEYS)
    return Figure(
        id=name,
        states=entry.text("states"),
        count=_count(entry) if "of_100" in entry else None,
        course=_course(entry) if "points" in entry else None,
        sources=lint.sources(entry),
        certainty=entry.one_of("certainty", Certainty),
        owner=registry.text("owner"),
        checked_on=registry.day("checked"),
        review_by=registry.day("review_by"),
    )


def _count(entry: Table) -> Count:
    against = _people(entry, "against") if "against" in entry else None
    return Count(
        says=entry.text("says"),
        of_100=_people(entry, "of_100"),
        against=against,
        beside=entry.text("beside") if against is not None else "",
        people=entry.text("people"),
    )


def _course(entry: Table) -> Course:
    return Course(
        says=entry.text("says"),
        since=entry.text("since"),
        people=entry.text("people"),
        points=_points(entry),
    )


def _points(entry: Table) -> tuple[Point, ...]:
    """Return the points: the days rise, and what is gone does not come back."""
    told = entry.tables("points")
    for each in told:
        each.only("day", "of_100")
    points = tuple(Point(each.number("day"), _people(each, "of_100")) for each in told)
    for before, after in pairwise(points):
        if after.day <= before.day or after.of_100 > before.of_100:
            raise entry.fault(
                f"points go from day {before.day:g} to {after.day:g}; days rise, people fall", "points"
            )
    if len(points) < _FEWEST:
        raise entry.fault(f"points are {len(points)}; a course has at least {_FEWEST}", "points")
    return points


def _people(entry: Table, key: str) -> int:
    number = entry.number(key)
    if number != int(number) or not 0 <= number <= _ALL:
        raise entry.fault(f"{key} is {number:g}; it counts whole people of {_ALL}", key)
    return int(number)
