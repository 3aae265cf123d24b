"""How ketamine may work, from ``mechanism/<language>.yaml``: every arrow graded, sourced and contradicted."""

from collections.abc import Collection, Mapping

from kairos.content.loader import ContentSource, Lint, Table
from kairos.domain.evidence.grades import Grade
from kairos.domain.evidence.mechanism import Arrow, Known, MechanismMap, Pathway, Step

_ARROW = ("from", "to", "says", "known", "grade", "source", "against", "against_source", "pathway")


def load_mechanism(source: ContentSource, lint: Lint) -> Mapping[str, MechanismMap]:
    """Return the map by language."""
    found: dict[str, MechanismMap] = {}
    for file in source.under("mechanism/"):
        with lint.collecting():
            top = file.table()
            top.only("language", "begins", "leads_to", "steps", "arrows")
            found[top.text("language")] = _map(top, lint)
    return found


def _map(top: Table, lint: Lint) -> MechanismMap:
    told, arrows = top.table("steps"), top.table("arrows")
    steps = {name: _step(name, told.table(name)) for name in told}
    read = MechanismMap(
        language=top.text("language"),
        begins=_of(top, "begins", steps),
        leads_to=_of(top, "leads_to", steps),
        steps=steps,
        arrows=tuple(_arrow(name, arrows.table(name), steps, lint) for name in arrows),
    )
    unreached = set(steps) - read.reached(tuple(Known), tuple(Pathway))
    if unreached:
        raise top.fault(f"no arrow leads to {', '.join(sorted(unreached))}", "arrows")
    return read


def _step(name: str, entry: Table) -> Step:
    entry.only("name", "what", "column", "row")
    column, row = int(entry.number("column")), int(entry.number("row"))
    return Step(name, entry.text("name"), entry.text("what"), column, row)


def _arrow(name: str, entry: Table, steps: Collection[str], lint: Lint) -> Arrow:
    entry.only(*_ARROW)
    return Arrow(
        id=name,
        begins=_of(entry, "from", steps),
        ends=_of(entry, "to", steps),
        says=entry.text("says"),
        known=entry.one_of("known", Known),
        grade=entry.one_of("grade", Grade),
        sources=lint.sources(entry),
        against=entry.text("against"),
        against_sources=lint.sources(entry, "against_source"),
        pathway=entry.one_of("pathway", Pathway) if "pathway" in entry else None,
    )


def _of(entry: Table, key: str, steps: Collection[str]) -> str:
    if entry.text(key) not in steps:
        raise entry.fault(f"{key} is {entry.text(key)!r}, which is no step of this file", key)
    return entry.text(key)
