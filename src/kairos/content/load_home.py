"""The training of support persons from ``home/<language>.yaml``: what is read, and the quiz."""

from collections.abc import Mapping

from kairos.content.loader import ContentSource, Lint, Table
from kairos.domain.protocols.support_training import QuizQuestion, SupportTraining


def load_support_training(source: ContentSource, lint: Lint) -> Mapping[str, SupportTraining]:
    """Return the training by language. A question whose right answer it does not offer is a fault."""
    found: dict[str, SupportTraining] = {}
    for file in source.under("home/"):
        with lint.collecting():
            top = file.table()
            top.only("language", "version", "source", "pages", "questions", "promise")
            pages, asked = top.tables("pages"), top.tables("questions")
            found[top.text("language")] = SupportTraining(
                version=int(top.number("version")),
                language=top.text("language"),
                pages=tuple((page.text("title"), page.text("text")) for page in pages),
                questions=tuple(map(_question, asked)),
                promise=top.text("promise"),
                sources=lint.sources(top),
            )
    return found


def _question(entry: Table) -> QuizQuestion:
    entry.only("id", "text", "options", "right", "explanation")
    options, right = entry.table("options"), entry.text("right")
    if right not in options or len(options) < 2:
        raise entry.fault(f"right is {right!r}; it must be one of two or more options", "right")
    return QuizQuestion(
        id=entry.text("id"),
        text=entry.text("text"),
        options={word: options.text(word) for word in options},
        right=right,
        explanation=entry.text("explanation"),
    )
