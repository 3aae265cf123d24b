"""The provider scorecard from ``scorecard/<language>.yaml``."""

from collections.abc import Mapping

from kairos.content.loader import ContentSource, Lint, Table
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.scorecard import ScoreItem


def load_scorecard(source: ContentSource, lint: Lint) -> Mapping[str, tuple[ScoreItem, ...]]:
    """Return the items by language, those that are wanted before the red flags."""
    found: dict[str, tuple[ScoreItem, ...]] = {}
    for file in source.under("scorecard/"):
        with lint.collecting():
            top = file.table()
            top.only("language", "items", "red_flags")
            wanted = [_item(entry, lint, is_red_flag=False) for entry in top.tables("items")]
            flags = [_item(entry, lint, is_red_flag=True) for entry in top.tables("red_flags")]
            ids = [item.id for item in (*wanted, *flags)]
            twice = sorted({name for name in ids if ids.count(name) > 1})
            if twice:
                raise top.fault(f"{', '.join(twice)} stands twice; give each item an id of its own")
            found[top.text("language")] = (*wanted, *flags)
    return found


def _item(entry: Table, lint: Lint, *, is_red_flag: bool) -> ScoreItem:
    entry.only("id", "ask", "why", "source", "certainty")
    return ScoreItem(
        id=entry.text("id"),
        ask=entry.text("ask"),
        why=entry.text("why"),
        is_red_flag=is_red_flag,
        sources=lint.sources(entry),
        certainty=entry.one_of("certainty", Certainty),
    )
