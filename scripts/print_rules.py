"""Print the rule book as ``docs/reference/rules.md``: every rule with its condition, numbers and sources."""

import sys
from collections.abc import Iterator
from datetime import date

from kairos.content.release import ContentRelease, load_release
from kairos.domain.evidence.texts import Audience
from kairos.domain.rules.condition_words import Clause, ConditionReader, parameters_of
from kairos.domain.rules.rule import Rule
from kairos.domain.rules.target import Reach
from kairos.vocab.errors import NotInForce
from scripts import print_guards
from scripts.repository import ROOT

PAGE = ROOT / "docs" / "reference" / "rules.md"
FAR = date.max
HEAD = """# The rule book

Every rule that is asked before a course, printed from the content by `make docs`. In the program the same
stands under Content.

A rule answers *met* (nothing against going on), *not met* or *unknown*; what nobody stated is unknown, and
unknown never passes. `absolute`: nobody overrides it. `relative`: a named clinician may, with a reason.
`defer`: new facts lift it. `caution`: shown, does not block. Marks of certainty: `verified` read in the
source, `secondary` where it is quoted, `memory` not read again, `default` our own proposal.
"""


def page() -> str:
    """Return the page: one part a rule, in the order of the fact base."""
    release, guarded = load_release(), print_guards.guards()
    parts = [HEAD]
    for rule in release.rules.values():
        parts += [*_rule(release, rule), *_guards(guarded.get(rule.id, ()))]
    return "\n".join(parts).rstrip() + "\n"


def _rule(release: ContentRelease, rule: Rule) -> Iterator[str]:
    title = release.texts.template(f"{rule.id}.subject")
    yield f"\n## {rule.ref}: {title}\n"
    yield f"`{rule.id}`, in force from {rule.in_force_from}; holds for {_reach(rule.reach)}.\n"
    for audience, who in ((Audience.CLINICIAN, "To a clinician"), (Audience.PATIENT, "To the person")):
        yield f"- {who}: {_said(release, rule, audience)}"
    yield ""
    reader = ConditionReader(release.texts, lambda name: _number(release, name))
    for grade in rule.grades:
        yield f"**{grade.severity}** ({_reach(grade.reach)}), where:\n"
        yield from _clause(reader.read(grade.speaks_against), 0)
        for step in grade.steps:
            yield f"\nWhat comes next: {release.texts.template(step)}"
        yield ""
    yield from _numbers(release, rule)
    yield f"Sources: {'; '.join(_titles(release, rule.sources))}."


def _said(release: ContentRelease, rule: Rule, audience: Audience) -> str:
    texts = release.texts.templates
    parts = [texts.get(("en", f"{rule.id}.{part}", audience), "") for part in ("subject", "reason")]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _clause(clause: Clause, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}- {clause.words}"
    for part in clause.parts:
        yield from _clause(part, depth + 1)


def _numbers(release: ContentRelease, rule: Rule) -> Iterator[str]:
    names = [n for g in rule.grades for n in parameters_of(g.speaks_against, release.parameters.__contains__)]
    values = [value for name in dict.fromkeys(names) for value in release.parameters.dated(name)]
    if values:
        yield "| number | from | value | basis | certainty | source |"
        yield "|---|---|---|---|---|---|"
    for value in values:
        shown = f"{value.quantity.value:g} {value.quantity.unit}"
        cells = (value.description or value.id, str(value.from_day), shown, value.basis, value.certainty)
        yield (
            "| " + " | ".join((*cells, "; ".join(_titles(release, value.sources)))).replace("\n", " ") + " |"
        )
    if values:
        yield ""


def _guards(hazards: object) -> Iterator[str]:
    told = [f"{each['id']} ({each['risk']})" for each in hazards]  # type: ignore[attr-defined]
    if told:
        yield f"\nHazards: {', '.join(told)}; see `docs/safety/hazards.yaml`."


def _number(release: ContentRelease, name: str) -> str:
    try:
        value = release.parameters.entry(name, on=FAR).quantity
    except NotInForce:
        return name
    return f"{value.value:g} {value.unit}"


def _titles(release: ContentRelease, keys: tuple[str, ...]) -> list[str]:
    return [release.citations[key.removeprefix("cite:")].title for key in keys]


def _reach(reach: Reach) -> str:
    named = (
        reach.routes,
        reach.settings,
        reach.indications,
        reach.jurisdictions,
        reach.statuses,
        reach.telehealth,
    )
    told = [", ".join(sorted(str(each).replace("_", " ") for each in names)) for names in named if names]
    return "; ".join(told) or "every route, place and indication"


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
