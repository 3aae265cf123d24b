"""How easy texts for patients and strangers must be, from ``reading_level.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass

from kairos.content.loader import ContentSource, Lint

_FILE = "reading_level.yaml"


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """The limits, and the reason of each exception by its file.

    ``hardest_grade`` is a school year, ``easiest_spanish`` the ease that a Spanish text reaches at least.
    Fewer words than ``shortest_sentence`` are a label, fewer than ``fewest_words`` no text.
    """

    hardest_grade: float
    easiest_spanish: float
    shortest_sentence: float
    fewest_words: float
    exceptions: Mapping[str, str]


def load_reading_level(source: ContentSource, lint: Lint) -> ReadingRules:
    """Return the rules; a missing file is a fault."""
    with lint.collecting():
        top = source.under(_FILE)[0].table()
        top.only("hardest_grade", "easiest_spanish", "shortest_sentence", "fewest_words", "exceptions")
        return ReadingRules(
            hardest_grade=top.number("hardest_grade"),
            easiest_spanish=top.number("easiest_spanish"),
            shortest_sentence=top.number("shortest_sentence"),
            fewest_words=top.number("fewest_words"),
            exceptions={e.text("where"): e.text("reason") for e in top.tables("exceptions")},
        )
    return ReadingRules(0, 0, 0, 0, {})
