"""The claims registry from ``claims/<chapter>.yaml``: what is claimed, the verdict, and what may be said."""

import re
from collections.abc import Mapping

from kairos.content.loader import ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.claims import ClaimVerdict, GradedClaim
from kairos.domain.evidence.grades import Direction, Grade

_KEYS = (
    "claim",
    "verdict",
    "better",
    "grade",
    "direction",
    "source",
    "certainty",
    "owner",
    "checked",
    "review_by",
)
_ID = re.compile(r"C-\d{3}")


def load_claims(source: ContentSource, lint: Lint) -> Mapping[str, GradedClaim]:
    """Return every claim by its id, in the order of the ids."""
    found: dict[str, GradedClaim] = {}

    def build(name: str, entry: Table) -> None:
        if name in found:
            raise entry.fault(f"the claim {name} stands twice")
        found[name] = _claim(name, entry, lint)

    each_entry(source.under("claims/"), lint, build)
    return {name: found[name] for name in sorted(found)}


def _claim(name: str, entry: Table, lint: Lint) -> GradedClaim:
    entry.only(*_KEYS)
    if not _ID.fullmatch(name):
        raise entry.fault(f"{name} is not the id of a claim, like C-001")
    return GradedClaim(
        id=name,
        idea=entry.text("claim"),
        verdict=entry.one_of("verdict", ClaimVerdict),
        better=entry.text("better"),
        grade=entry.one_of("grade", Grade),
        direction=entry.one_of("direction", Direction),
        sources=lint.sources(entry),
        certainty=entry.one_of("certainty", Certainty),
        owner=entry.text("owner"),
        checked_on=entry.day("checked"),
        review_by=entry.day("review_by"),
    )
