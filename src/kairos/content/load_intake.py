"""The order of the intake sheet from ``rules/intake.yaml``: topics, and the questions of each."""

from collections.abc import Collection
from dataclasses import dataclass

from kairos.content.loader import ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.texts import TextBook


@dataclass(frozen=True, slots=True)
class IntakeTopic:
    """One part of the sheet. Its heading is the text of its id."""

    id: str
    questions: tuple[str, ...]


def load_intake(
    source: ContentSource, lint: Lint, *, questions: Collection[str], texts: TextBook
) -> tuple[IntakeTopic, ...]:
    """Return the topics in order; each question stands in exactly one of them."""
    topics: list[IntakeTopic] = []
    placed: set[str] = set()

    def keep(name: str, entry: Table) -> None:
        entry.only("questions")
        listed = entry.texts("questions")
        strange = sorted(q for q in listed if q not in questions or q in placed)
        if strange or name not in texts:
            raise entry.fault(f"{name} needs a text, and questions that stand nowhere else: {strange}")
        placed.update(listed)
        topics.append(IntakeTopic(name, listed))

    each_entry(source.under("rules/intake.yaml"), lint, keep)
    _check_complete(source, lint, set(questions) - placed)
    return tuple(topics)


def _check_complete(source: ContentSource, lint: Lint, left: set[str]) -> None:
    for file in source.under("rules/intake.yaml"):
        if left:
            with lint.collecting():
                raise file.table().fault(f"questions without a topic: {', '.join(sorted(left))}")
