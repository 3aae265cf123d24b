"""Print the instruments, how each is scored and by whose word, as ``docs/reference/instruments.md``."""

import sys
from collections.abc import Iterator

from kairos.content.release import ContentRelease, load_release
from kairos.domain.instruments.cut_offs import CutOff
from kairos.domain.instruments.questionnaire import Instrument
from kairos.domain.instruments.totalling import Wording
from scripts.repository import ROOT

PAGE = ROOT / "docs" / "reference" / "instruments.md"
HEAD = """# Instruments

Printed from the content (`instruments/`, `parameters/outcomes.yaml`, `parameters/scales.yaml`, `sources/`)
by `make docs`.

One file each, in the shape of a FHIR Questionnaire: the id of an item is its linkId, `code` its code,
`options` are its answers with what they count, `span` the limits of a number, `shown_if` what opens it,
`licence` the copyright. `kairos instruments NAME` prints one as FHIR. Whose words the questions are is told
below: where the owner's may not be shipped or was not verified, they are short labels of our own, and a
programme holds the original.

An unanswered question leaves every total unknown. A line is a screening result, never a diagnosis.
"""
_WORDING = {
    Wording.PUBLISHED: "as published",
    Wording.LABELS: "short labels of our own; the original is needed",
    Wording.OWN: "our own questions",
}


def page() -> str:
    """Return the page: an overview, then each instrument."""
    release = load_release()
    parts = [HEAD, *_overview(release)]
    for instrument in release.instruments.values():
        parts += ["", *_one(instrument, release)]
    return "\n".join([*parts, "", *_surveys(release)]) + "\n"


def _overview(release: ContentRelease) -> Iterator[str]:
    yield "| name | instrument | scored | total | LOINC panel | LOINC total |"
    yield "|---|---|---|---|---|---|"
    for one in release.instruments.values():
        codes = [code.code if code else "" for code in (one.panel, one.total)]
        yield _line(f"`{one.id}`", one.title, str(len(one.scored_ids)), _span(one), *codes)


def _one(one: Instrument, release: ContentRelease) -> Iterator[str]:
    yield f"## {one.short_title}\n"
    yield f"{one.title}. Questions: {_WORDING[one.wording]} ({one.certainty})."
    yield f"{one.licence} {one.copyright_notice}".rstrip()
    yield f"Sources: {', '.join(one.sources)}.\n"
    yield f"Scoring: {_scoring(one)} ({one.totalling.certainty}; {', '.join(one.totalling.sources)}).\n"
    rows = [*_bands(one), *_lines(one), *_definitions(one, release)]
    if rows:
        yield "| what | when | sources | certainty |"
        yield "|---|---|---|---|"
        yield from rows


def _scoring(one: Instrument) -> str:
    if not one.has_total:
        return "not added up; the highest tier that applies"
    rule = one.totalling
    parts = ["each scored question once"] if one.scored_ids else []
    parts += [f"of {', '.join(domain.items)} the highest once" for domain in rule.domains]
    parts += [f"{item.id} the other way round" for item in one.items if item.reverse]
    parts += [f"times {rule.factor}"] if rule.factor > 1 else []
    parts += [f"{'or ' if parts else ''}an entered total"] if rule.entered else []
    parts += [_span(one)]
    parts += ["higher is better"] if one.higher_is_better else []
    return "; ".join(parts)


def _bands(one: Instrument) -> Iterator[str]:
    for band in one.bands:
        sources = ", ".join(band.sources)
        yield _line(band.name, f"{band.lowest} to {band.highest}", sources, band.certainty)
    for tier in one.tiers:
        yield _line(f"tier {tier.name}", f"yes to {', '.join(tier.any_yes) or 'none'}", "", "")


def _lines(one: Instrument) -> Iterator[str]:
    for line in one.cut_offs:
        yield _line(line.name, _range(line), ", ".join(line.sources), line.certainty)
    for rule in one.criteria:
        parts = [f"{part.count} of {', '.join(part.items)} at {part.value} or more" for part in rule.parts]
        yield _line(rule.name, "; ".join(parts), ", ".join(rule.sources), rule.certainty)


def _definitions(one: Instrument, release: ContentRelease) -> Iterator[str]:
    for name in release.parameters:
        if name.startswith(f"outcomes.{one.id}."):
            value = release.parameters.dated(name)[-1]
            sources = ", ".join(value.sources)
            yield _line(value.description, f"{value.quantity.value:g}", sources, value.certainty)


def _surveys(release: ContentRelease) -> Iterator[str]:
    yield "## Known data sets\n"
    yield "| data set | instrument | columns | refused | don't know | sources |"
    yield "|---|---|---|---|---|---|"
    for survey in release.surveys.values():
        codes = [", ".join(str(code) for code in sorted(held)) for held in (survey.refused, survey.dont_know)]
        for instrument, columns in survey.columns.items() or (("any", ("named with --columns",)),):
            yield _line(survey.title, instrument, ", ".join(columns), *codes, ", ".join(survey.sources))


def _range(line: CutOff) -> str:
    low = [] if line.lowest is None else [f"{line.lowest} or more"]
    high = [] if line.highest is None else [f"{line.highest} or less"]
    return " and ".join([*low, *high]) + (f", {line.sex}" if line.sex else "")


def _span(one: Instrument) -> str:
    return f"{one.lowest_total} to {one.highest_total}" if one.has_total else "none"


def _line(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
