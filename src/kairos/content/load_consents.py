"""Consent documents from ``consents/``: parts, acknowledgements, teach-back questions, and the shared items.

English stands in ``consents/``, the words of every other language in ``language/<language>/consents/``.
``items.yaml`` holds what stands wherever it holds, ``shared.yaml`` what several documents use by its id,
``expectation.yaml`` what is asked before the signature.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kairos.content.loader import ContentFile, ContentSource, Lint, Table
from kairos.content.words_over import copies_in_words
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.consent import ConsentSection, TeachBackAnswer, TeachBackQuestion
from kairos.domain.evidence.consent_parts import (
    EVERY_USE,
    ConsentBase,
    ConsentBook,
    ConsentPart,
    ItemFrom,
    PartReach,
)
from kairos.domain.evidence.expectations import ExpectationAnswer, ExpectationCheck, ExpectationQuestion
from kairos.domain.evidence.grades import Grade
from kairos.domain.evidence.regulation import RegulatoryStatus

_KEYS = ("id", "version", "in_force_from", "language", "where", "title", "introduction", "parts", "signature")
_PART = (
    *("id", "heading", "paragraphs", "acknowledgement", "source", "certainty", "grade"),
    *("where", "questions", "takes"),
)
_REACH = ("routes", "settings", "indications", "jurisdictions", "statuses", "compounded")
_ITEMS, _SHARED, _EXPECTED = "items.yaml", "shared.yaml", "expectation.yaml"


def load_consents(source: ContentSource, lint: Lint) -> ConsentBook:
    """Return every base document and the items that the regulatory table demands, in each language."""
    folders: dict[str, dict[str, ContentFile]] = defaultdict(dict)
    for file in (*source.under("consents/"), *copies_in_words(source, "consents/", lint)):
        folder, _, name = file.path.rpartition("/")
        folders[folder][name] = file
    bases: list[ConsentBase] = []
    items: dict[str, tuple[ConsentPart, ...]] = {}
    asked: dict[str, ExpectationCheck] = {}
    for files in folders.values():
        with lint.collecting():
            language, found = _shared(files, _ITEMS, lint)
            items[language] = tuple(found.values())
            shared = _shared(files, _SHARED, lint)[1]
            if _EXPECTED in files:
                asked[language] = _expectation(files[_EXPECTED].table(), lint)
            for name, file in files.items():
                if name not in (_ITEMS, _SHARED, _EXPECTED):
                    with lint.collecting():
                        bases.append(_base(file.table(), shared, items[language], lint))
    return ConsentBook(tuple(bases), items, asked)


def _shared(files: Mapping[str, ContentFile], name: str, lint: Lint) -> tuple[str, dict[str, ConsentPart]]:
    """Return the parts of a file by their key; two variants of one section have two keys."""
    if name not in files:
        return "en", {}
    top = files[name].table()
    top.only("language", "parts")
    parts = top.table("parts")
    return top.text("language"), {key: _part(parts.table(key), lint) for key in parts}


def _base(
    table: Table, shared: Mapping[str, ConsentPart], items: Sequence[ConsentPart], lint: Lint
) -> ConsentBase:
    table.only(*_KEYS)
    parts = tuple(_used(entry, shared, lint) for entry in table.tables("parts"))
    _check_ids(table, (*parts, *items))
    return ConsentBase(
        id=table.text("id"),
        version=table.text("version"),
        in_force_from=table.day("in_force_from"),
        language=table.text("language"),
        reach=_reach(table.table("where")),
        title=table.text("title"),
        introduction=table.texts("introduction"),
        parts=parts,
        signature=table.text("signature"),
    )


def _used(entry: Table, shared: Mapping[str, ConsentPart], lint: Lint) -> ConsentPart:
    if "use" not in entry:
        return _part(entry, lint)
    entry.only("use")
    name = entry.text("use")
    if name not in shared:
        raise entry.fault(f"{name} is not in {_SHARED}", "use")
    return shared[name]


def _part(entry: Table, lint: Lint) -> ConsentPart:
    entry.only(*_PART)
    if not entry.texts("paragraphs"):
        raise entry.fault("paragraphs is empty; a section says something", "paragraphs")
    section = ConsentSection(
        id=entry.text("id"),
        heading=entry.text("heading"),
        paragraphs=entry.texts("paragraphs"),
        acknowledgement=entry.text("acknowledgement"),
        sources=lint.sources(entry),
        certainty=entry.one_of("certainty", Certainty),
        grade=entry.one_of("grade", Grade) if "grade" in entry else None,
    )
    questions = tuple(_question(each, section.id) for each in entry.tables("questions"))
    reaches = tuple(_reach(each) for each in entry.tables("where")) or (EVERY_USE,)
    return ConsentPart(section, questions, reaches, entry.one_of("takes", ItemFrom, ItemFrom.ITSELF))


def _reach(entry: Table) -> PartReach:
    entry.only(*_REACH)
    strange = set(entry.texts("statuses")) - set(RegulatoryStatus)
    if strange:
        raise entry.fault(f"statuses has {', '.join(sorted(strange))}, no word of the table", "statuses")
    return PartReach(
        routes=frozenset(entry.texts("routes")),
        settings=frozenset(entry.texts("settings")),
        indications=frozenset(entry.texts("indications")),
        jurisdictions=frozenset(entry.texts("jurisdictions")),
        statuses=frozenset(entry.texts("statuses")),
        is_compounded=entry.flag("compounded") if "compounded" in entry else None,
    )


def _question(entry: Table, section: str) -> TeachBackQuestion:
    entry.only("id", "question", "answers")
    answers = tuple(_answer(answer) for answer in entry.tables("answers"))
    if sum(answer.is_right for answer in answers) != 1:
        raise entry.fault("a question has exactly one right answer", "answers")
    return TeachBackQuestion(entry.text("id"), section, entry.text("question"), answers)


def _answer(entry: Table) -> TeachBackAnswer:
    entry.only("id", "text", "right", "explanation")
    return TeachBackAnswer(
        entry.text("id"), entry.text("text"), entry.flag("right"), entry.text("explanation")
    )


def _expectation(table: Table, lint: Lint) -> ExpectationCheck:
    table.only("language", "heading", "lead", "own_words", "talk", "source", "certainty", "questions")
    table.one_of("certainty", Certainty)
    questions = tuple(_expected(entry) for entry in table.tables("questions"))
    if not questions:
        raise table.fault("questions is empty; ask what is expected", "questions")
    return ExpectationCheck(
        heading=table.text("heading"),
        lead=table.text("lead"),
        own_words=table.text("own_words"),
        talk=table.text("talk"),
        questions=questions,
        sources=lint.sources(table),
    )


def _expected(entry: Table) -> ExpectationQuestion:
    entry.only("id", "question", "answers")
    answers = tuple(_expected_answer(each) for each in entry.tables("answers"))
    if {answer.is_realistic for answer in answers} != {True, False}:
        raise entry.fault("a question has answers that are likely, and others that are not", "answers")
    return ExpectationQuestion(entry.text("id"), entry.text("question"), answers)


def _expected_answer(entry: Table) -> ExpectationAnswer:
    entry.only("id", "text", "realistic", "reply")
    entry.need("realistic")
    return ExpectationAnswer(
        entry.text("id"), entry.text("text"), entry.flag("realistic"), entry.text("reply")
    )


def _check_ids(table: Table, parts: Sequence[ConsentPart]) -> None:
    """Refuse two parts or questions of one id, unless their uses are told apart by a ``where``."""
    if not parts:
        raise table.fault("a document has one part at least", "parts")
    named: dict[str, list[ConsentPart]] = defaultdict(list)
    for part in parts:
        for name in (part.section.id, *(question.id for question in part.questions)):
            named[name].append(part)
    for name, using in named.items():
        if len(using) > 1 and any(EVERY_USE in part.reaches for part in using):
            raise table.fault(f"{name} stands twice; give each a where, or an id of its own", "parts")
