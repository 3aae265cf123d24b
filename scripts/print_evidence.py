"""Print what is approved, how sure anyone is, and what may be said, as ``docs/reference/evidence.md``."""

import sys
from collections.abc import Iterable, Iterator

from kairos.content.release import ContentRelease, load_release
from kairos.domain.evidence.regulation import DatedRow
from scripts.repository import ROOT

PAGE = ROOT / "docs" / "reference" / "evidence.md"
HEAD = """# What is approved, how sure anyone is, and what may be said

Printed from the content (`regulatory/`, `claims/`, `citations.yaml`) by `make docs`. Where a table has no row
the program answers "not known". A grade says how sure anyone is, not how good a thing is.
"""


def page() -> str:
    """Return the page: status, control, prescribing, evidence by use, claims, sources."""
    release = load_release()
    parts = [
        HEAD,
        *_status(release),
        *_law(release),
        *_evidence(release),
        *_claims(release),
        *_sources(release),
    ]
    return "\n".join(parts) + "\n"


def _status(release: ContentRelease) -> Iterator[str]:
    yield "## Where a product stands\n"
    yield "| product | for | where | since | status | conditions | sources | certainty |"
    yield "|---|---|---|---|---|---|---|---|"
    for row in release.regulation.statuses:
        conditions = " ".join(release.texts.template(name) for name in row.conditions)
        first = (_words(row.products), _words(row.indications), row.row.jurisdiction, _days(row.row))
        yield _line(*first, _plain(row.status), conditions, _words(row.row.sources), row.row.certainty)


def _law(release: ContentRelease) -> Iterator[str]:
    yield "\n## Controlled drugs, and what the law says of prescribing\n"
    yield "| product | where | since | what | sources | certainty |"
    yield "|---|---|---|---|---|---|"
    for control in release.regulation.controls:
        yield _line(*_of(control.products, control.row), f"schedule {control.schedule}", *_from(control.row))
    for row in release.regulation.prescribing:
        what = f"{_plain(row.means)}: {'allowed' if row.is_allowed else 'not allowed'}"
        yield _line(*_of(row.products, row.row), what, *_from(row.row))


def _evidence(release: ContentRelease) -> Iterator[str]:
    yield "\n## How sure anyone is that it helps\n"
    yield "| for | product | route | sure | points | what is known | claims | sources |"
    yield "|---|---|---|---|---|---|---|---|"
    for use in release.regulation.indications.values():
        for known in use.evidence:
            said = release.texts.template(known.statement)
            way = (
                use.id,
                _plain(known.product),
                _words(known.routes),
                _plain(known.grade),
                _plain(known.direction),
            )
            yield _line(*way, said, _words(known.claims), _words(known.sources))
        if not use.evidence:
            yield _line(
                _plain(use.id), "any", "any", "none", "unknown", "No evidence base; not offered.", "", ""
            )


def _claims(release: ContentRelease) -> Iterator[str]:
    yield "\n## Claims that were checked\n"
    yield "| id | claim | verdict | what may be said | sure | points | sources | certainty |"
    yield "|---|---|---|---|---|---|---|---|"
    for claim in release.claims.values():
        said = (claim.id, claim.idea, _plain(claim.verdict), claim.better, _plain(claim.grade))
        yield _line(*said, _plain(claim.direction), _words(claim.sources), claim.certainty)


def _sources(release: ContentRelease) -> Iterator[str]:
    yield "\n## Sources\n"
    yield "| key | title | kind | where | what was read | how surely | noted |"
    yield "|---|---|---|---|---|---|---|"
    for key, source in sorted(release.citations.items()):
        where = source.address or source.page
        yield _line(key, source.title, source.kind, where, source.what, source.read, str(source.on))


def _of(products: Iterable[str], row: DatedRow) -> tuple[str, str, str]:
    return _words(products), row.jurisdiction, _days(row)


def _from(row: DatedRow) -> tuple[str, str]:
    return _words(row.sources), row.certainty


def _days(row: DatedRow) -> str:
    return str(row.since) + (f" to {row.until}" if row.until else "")


def _words(names: Iterable[str]) -> str:
    return ", ".join(sorted(map(_plain, names)))


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _line(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
