"""Consent documents from ``consents/<id>.yaml``: sections, acknowledgements, teach-back questions."""

from collections.abc import Mapping

from kairos.content.loader import ContentSource, Lint, Table
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.consent import (
    ConsentDocument,
    ConsentSection,
    TeachBackAnswer,
    TeachBackQuestion,
)
from kairos.domain.evidence.grades import Grade

_KEYS = (
    *("id", "version", "in_force_from", "language", "jurisdiction", "product", "route", "title"),
    *("introduction", "sections", "questions", "signature"),
)


def load_consents(source: ContentSource, lint: Lint) -> Mapping[str, ConsentDocument]:
    """Return every consent document by id."""
    found: dict[str, ConsentDocument] = {}
    for file in source.under("consents/"):
        with lint.collecting():
            document = _document(file.table(), lint)
            found[document.id] = document
    return found


def _document(table: Table, lint: Lint) -> ConsentDocument:
    table.only(*_KEYS)
    sections = tuple(_section(entry, lint) for entry in table.tables("sections"))
    questions = tuple(_question(entry) for entry in table.tables("questions"))
    _check(table, sections, questions)
    return ConsentDocument(
        id=table.text("id"),
        version=table.text("version"),
        in_force_from=table.day("in_force_from"),
        language=table.text("language"),
        jurisdiction=table.text("jurisdiction"),
        product=table.text("product"),
        route=table.text("route"),
        title=table.text("title"),
        introduction=table.texts("introduction"),
        sections=sections,
        questions=questions,
        signature=table.text("signature"),
    )


def _section(entry: Table, lint: Lint) -> ConsentSection:
    entry.only("id", "heading", "paragraphs", "acknowledgement", "source", "certainty", "grade")
    if not entry.texts("paragraphs"):
        raise entry.fault("paragraphs is empty; a section says something", "paragraphs")
    return ConsentSection(
        id=entry.text("id"),
        heading=entry.text("heading"),
        paragraphs=entry.texts("paragraphs"),
        acknowledgement=entry.text("acknowledgement"),
        sources=lint.sources(entry),
        certainty=entry.one_of("certainty", Certainty),
        grade=entry.one_of("grade", Grade) if "grade" in entry else None,
    )


def _question(entry: Table) -> TeachBackQuestion:
    entry.only("id", "section", "question", "answers")
    answers = tuple(_answer(answer) for answer in entry.tables("answers"))
    if sum(answer.is_right for answer in answers) != 1:
        raise entry.fault("a question has exactly one right answer", "answers")
    return TeachBackQuestion(entry.text("id"), entry.text("section"), entry.text("question"), answers)


def _answer(entry: Table) -> TeachBackAnswer:
    entry.only("id", "text", "right", "explanation")
    return TeachBackAnswer(
        entry.text("id"), entry.text("text"), entry.flag("right"), entry.text("explanation")
    )


def _check(
    table: Table, sections: tuple[ConsentSection, ...], questions: tuple[TeachBackQuestion, ...]
) -> None:
    ids = [section.id for section in sections] + [question.id for question in questions]
    if not sections or len(set(ids)) != len(ids):
        raise table.fault(
            "sections and questions need ids of their own, and one section at least", "sections"
        )
    strangers = {question.section for question in questions} - {section.id for section in sections}
    if strangers:
        raise table.fault(f"questions ask about {', '.join(sorted(strangers))}, not a section", "questions")
