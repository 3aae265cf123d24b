"""Which parts a consent document has: computed from what is given, how, where, for what, by whose law.

A base document holds the parts of one way of giving. Items stand in every document whose use they hold for,
so that nobody who writes a document can forget one: off-label use, a compounded product, doses at home.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.consent import ConsentDocument, ConsentSection, TeachBackQuestion
from kairos.domain.evidence.expectations import ExpectationCheck
from kairos.domain.evidence.grades import Grade


class ItemFrom(StrEnum):
    """Where an item takes sources and grade from, beside its own."""

    ITSELF = "itself"
    STATUS = "status"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class ConsentUse:
    """What a document is asked for. ``words`` fill the texts; ``status`` is a word of the regulatory table.

    ``places`` are the jurisdiction and, where that is a part of one, the country.
    """

    product: str
    route: str
    setting: str
    indication: str
    places: tuple[str, ...]
    status: str
    is_compounded: bool
    words: Mapping[str, str] = field(default_factory=dict)
    status_sources: tuple[str, ...] = ()
    evidence_sources: tuple[str, ...] = ()
    evidence_grade: Grade = Grade.NONE
    evidence_certainty: Certainty = Certainty.DEFAULT


@dataclass(frozen=True, slots=True)
class PartReach:
    """For which uses a part stands. What is empty holds for all; ``is_compounded`` None for either."""

    routes: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset()
    indications: frozenset[str] = frozenset()
    jurisdictions: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    is_compounded: bool | None = None

    def holds_for(self, use: ConsentUse) -> bool:
        """Whether a use lies within the reach."""
        said = (
            (self.routes, use.route),
            (self.settings, use.setting),
            (self.indications, use.indication),
            (self.statuses, use.status),
        )
        return (
            all(not among or word in among for among, word in said)
            and (not self.jurisdictions or not self.jurisdictions.isdisjoint(use.places))
            and self.is_compounded in (None, use.is_compounded)
        )


EVERY_USE = PartReach()


@dataclass(frozen=True, slots=True)
class ConsentPart:
    """A section with the questions on it, and the uses it stands for: any of ``reaches``."""

    section: ConsentSection
    questions: tuple[TeachBackQuestion, ...] = ()
    reaches: tuple[PartReach, ...] = (EVERY_USE,)
    takes: ItemFrom = ItemFrom.ITSELF

    def stands_for(self, use: ConsentUse) -> bool:
        """Whether the part belongs into the document of a use."""
        return any(reach.holds_for(use) for reach in self.reaches)


@dataclass(frozen=True, slots=True)
class ConsentBase:
    """One version of a document before it is asked for: every part that some use of it has."""

    id: str
    version: str
    in_force_from: date
    language: str
    reach: PartReach
    title: str
    introduction: tuple[str, ...]
    parts: tuple[ConsentPart, ...]
    signature: str


@dataclass(frozen=True, slots=True)
class ConsentBook:
    """All base documents, the items that stand wherever they hold, what is expected; in each language."""

    bases: tuple[ConsentBase, ...] = ()
    items: Mapping[str, tuple[ConsentPart, ...]] = field(default_factory=dict)
    expectations: Mapping[str, ExpectationCheck] = field(default_factory=dict)

    def base_for(self, use: ConsentUse, *, on: date, language: str) -> ConsentBase | None:
        """Return the newest base in force for a use, in a language; None where there is none."""
        fits = [
            base
            for base in self.bases
            if base.language == language and base.in_force_from <= on and base.reach.holds_for(use)
        ]
        return max(fits, key=lambda base: base.in_force_from, default=None)


def compose(base: ConsentBase, items: Sequence[ConsentPart], use: ConsentUse) -> ConsentDocument:
    """Return the document of a use: the base's parts and the items that hold, each text filled in.

    Parameters
    ----------
    base : ConsentBase                what is said of this way of giving
    items : sequence of ConsentPart   what the table demands; they follow the first part
    use : ConsentUse

    Returns
    -------
    ConsentDocument    its version is the base's, until ``bound`` ties it to the words
    """
    standing = [part for part in (*base.parts[:1], *items, *base.parts[1:]) if part.stands_for(use)]
    sections = tuple(_section(part, use) for part in standing)
    questions = tuple(_question(each, use.words) for part in standing for each in part.questions)
    return ConsentDocument(
        id=base.id,
        version=base.version,
        in_force_from=base.in_force_from,
        language=base.language,
        jurisdiction=use.places[0],
        product=use.product,
        route=use.route,
        title=_filled(base.title, use.words),
        introduction=_all_filled(base.introduction, use.words),
        sections=sections,
        questions=questions,
        signature=_filled(base.signature, use.words),
        setting=use.setting,
        indication=use.indication,
    )


def bound(document: ConsentDocument, digest: str) -> ConsentDocument:
    """Return the document with a version that holds for these words and this use alone.

    Whatever changes of what is read, the version changes with it, and who signed before is asked again.
    """
    use = f"{document.jurisdiction}/{document.indication}/{document.route}/{document.setting}"
    return replace(document, version=f"{document.version}/{use}/{digest}")


def told(document: ConsentDocument) -> tuple[str, ...]:
    """Return every word of a document that its meaning hangs on, in order, for a digest."""
    found = [document.title, *document.introduction, document.signature]
    for section in document.sections:
        found += [section.id, section.heading, *section.paragraphs, section.acknowledgement]
        found.append(section.grade or "")
    for question in document.questions:
        found += [question.id, question.question]
        for answer in question.answers:
            found += [answer.id, answer.text, str(answer.is_right), answer.explanation]
    return tuple(found)


def _section(part: ConsentPart, use: ConsentUse) -> ConsentSection:
    section = part.section
    added = {ItemFrom.STATUS: use.status_sources, ItemFrom.EVIDENCE: use.evidence_sources}
    from_evidence = part.takes is ItemFrom.EVIDENCE
    return replace(
        section,
        heading=_filled(section.heading, use.words),
        paragraphs=tuple(filter(None, _all_filled(section.paragraphs, use.words))),
        acknowledgement=_filled(section.acknowledgement, use.words),
        sources=tuple(dict.fromkeys((*section.sources, *added.get(part.takes, ())))),
        grade=use.evidence_grade if from_evidence else section.grade,
        certainty=use.evidence_certainty if from_evidence else section.certainty,
    )


def _question(question: TeachBackQuestion, words: Mapping[str, str]) -> TeachBackQuestion:
    answers = tuple(
        replace(each, text=_filled(each.text, words), explanation=_filled(each.explanation, words))
        for each in question.answers
    )
    return replace(question, question=_filled(question.question, words), answers=answers)


def _all_filled(texts: Iterable[str], words: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_filled(text, words) for text in texts)


def _filled(text: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", word)
    return text[:1].upper() + text[1:]
