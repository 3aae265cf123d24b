"""Consent: the document, what a person acknowledged and signed, and whether that still stands.

It stands with the evidence because the document is a text with sources, and because sessions,
protocols and screens all ask the same question of it: is there a current consent?
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.grades import Grade
from kairos.vocab.finding import Finding, FindingValue
from kairos.vocab.instants import PartialDate
from kairos.vocab.verdict import Severity, Verdict

RULE = "consent.current"


@dataclass(frozen=True, slots=True)
class ConsentSection:
    """One part that is read and acknowledged by itself.

    ``acknowledgement`` is the sentence the person agrees to. ``grade`` is None where a section
    states a rule or a right rather than evidence. ``certainty`` says how well its sources were read.
    """

    id: str
    heading: str
    paragraphs: tuple[str, ...]
    acknowledgement: str
    sources: tuple[str, ...]
    certainty: Certainty
    grade: Grade | None = None


@dataclass(frozen=True, slots=True)
class TeachBackAnswer:
    """One answer on offer; ``explanation`` is said after it was chosen, right or not."""

    id: str
    text: str
    is_right: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class TeachBackQuestion:
    """A question that shows whether a section was understood. A wrong answer teaches and asks again."""

    id: str
    section: str
    question: str
    answers: tuple[TeachBackAnswer, ...]

    def right(self, answer_id: str) -> bool:
        """Whether an answer is the right one."""
        return any(answer.id == answer_id and answer.is_right for answer in self.answers)


@dataclass(frozen=True, slots=True)
class ConsentDocument:
    """One version of a consent document for one use: product, route, setting, indication, jurisdiction."""

    id: str
    version: str
    in_force_from: date
    language: str
    jurisdiction: str
    product: str
    route: str
    title: str
    introduction: tuple[str, ...]
    sections: tuple[ConsentSection, ...]
    questions: tuple[TeachBackQuestion, ...]
    signature: str
    setting: str = ""
    indication: str = ""

    @property
    def section_ids(self) -> tuple[str, ...]:
        """Every section, in order."""
        return tuple(section.id for section in self.sections)


@dataclass(frozen=True, slots=True)
class ConsentSignature:
    """What one person acknowledged, answered and signed, and whether they withdrew it.

    ``answered`` holds the ids of the teach-back questions answered rightly.
    """

    document: str
    version: str
    acknowledged: frozenset[str]
    answered: frozenset[str]
    signed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    language: str = "en"


class ConsentState(StrEnum):
    """Where a consent stands. Only ``CURRENT`` lets a session open."""

    CURRENT = "current"
    NOT_GIVEN = "not_given"
    INCOMPLETE = "incomplete"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


def consent_state(
    document: ConsentDocument, signature: ConsentSignature | None, *, now: datetime
) -> ConsentState:
    """Return where a consent stands against the current document.

    Parameters
    ----------
    document : ConsentDocument              the version in force now
    signature : ConsentSignature | None     the newest one of this person for this document
    now : datetime                          aware; a signature from later does not count yet
    """
    if signature is None or signature.document != document.id:
        return ConsentState.NOT_GIVEN
    if signature.withdrawn_at is not None and signature.withdrawn_at <= now:
        return ConsentState.WITHDRAWN
    if signature.version != document.version:
        return ConsentState.SUPERSEDED
    is_signed = signature.signed_at is not None and signature.signed_at <= now
    return (
        ConsentState.CURRENT if is_signed and not open_parts(document, signature) else ConsentState.INCOMPLETE
    )


def open_parts(document: ConsentDocument, signature: ConsentSignature) -> tuple[str, ...]:
    """Return the sections not acknowledged and the questions not yet answered rightly, by id, in order."""
    sections = [s.id for s in document.sections if s.id not in signature.acknowledged]
    questions = [q.id for q in document.questions if q.id not in signature.answered]
    return (*sections, *questions)


def consent_standing(
    document: ConsentDocument, signature: ConsentSignature | None, *, now: datetime
) -> Finding:
    """Return whether there is a current consent, as a finding.

    MET only for a complete signature of the version in force. NOT_MET where it was withdrawn,
    superseded or never finished. UNKNOWN where none is known.

    Parameters
    ----------
    document, signature, now    as for ``consent_state``

    Returns
    -------
    Finding                     severity ``DEFER``: a new signature lifts it, no override does
    """
    state = consent_state(document, signature, now=now)
    verdict = {ConsentState.CURRENT: Verdict.MET, ConsentState.NOT_GIVEN: Verdict.UNKNOWN}
    return Finding(
        rule=RULE,
        ref="S-030",
        verdict=verdict.get(state, Verdict.NOT_MET),
        severity=Severity.DEFER,
        message=f"consent.{state}",
        values=_values(document, signature),
        facts=(),
        sources=tuple(dict.fromkeys(key for s in document.sections for key in s.sources)),
    )


def no_document() -> Finding:
    """Return what stands where the content has no document for what is to be given: nothing was signed."""
    return Finding(
        rule=RULE,
        ref="S-030",
        verdict=Verdict.UNKNOWN,
        severity=Severity.DEFER,
        message="consent.no_document",
        values={},
        facts=(),
        sources=("kairos-requirements",),
    )


def _values(document: ConsentDocument, signature: ConsentSignature | None) -> dict[str, FindingValue]:
    values: dict[str, FindingValue] = {
        "document": document.title,
        "version": document.version,
        "in_force_from": PartialDate.of(document.in_force_from),
    }
    if signature is None:
        return values
    values |= {"signed_version": signature.version, "open": ", ".join(open_parts(document, signature))}
    instants = {"signed_at": signature.signed_at, "withdrawn_at": signature.withdrawn_at}
    return values | {name: at for name, at in instants.items() if at is not None}
