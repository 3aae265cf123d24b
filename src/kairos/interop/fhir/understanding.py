"""What a mapper hands back for one resource: facts, outcome, and what was not understood."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kairos.domain.evidence.concepts import ConceptMap, Relation, ValueSetEntry
from kairos.interop.fhir.elements import Json, codings, instant, partial_date, text
from kairos.interop.fhir.questionnaires.library import QuestionnaireLibrary
from kairos.interop.fhir.questionnaires.response import ReadInstrument
from kairos.vocab.codes import Code
from kairos.vocab.facts import Fact, FactKind, FactValue, Origin, OriginKind, Presence, Understanding
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity


class Outcome(StrEnum):
    """What became of a resource; each resource of a file has exactly one.

    ``STORED_ONLY``: kept with the original, of a type or category that no rule or screen reads, or
    entered in error. ``REFUSED``: belongs to nobody in the files.
    """

    TAKEN = "taken"
    STORED_ONLY = "stored_only"
    NOT_UNDERSTOOD = "not_understood"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class UnknownCode:
    """A code, status or unit that the content does not know. No free text: it may name a person."""

    type: str
    system: str
    code: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What one resource says, as far as it was understood.

    ``notes`` are for the report and quote nothing of the person. ``answered`` are the instruments that a
    questionnaire's response answers, ``answered_on`` when, as written.
    """

    outcome: Outcome
    facts: tuple[Fact, ...] = ()
    unknown: tuple[UnknownCode, ...] = ()
    day: date | None = None
    notes: tuple[str, ...] = ()
    answered: tuple[ReadInstrument, ...] = ()
    answered_on: str = ""
    lacks_questionnaire: bool = False


STORED_ONLY = Understood(Outcome.STORED_ONLY)


@dataclass(frozen=True, slots=True)
class Reader:
    """What a mapper needs: concepts, Questionnaires at hand, a way to follow references in the set."""

    concepts: ConceptMap
    follow: Callable[[str], Json] = field(default=lambda reference: {})
    questionnaires: QuestionnaireLibrary = field(default=QuestionnaireLibrary())


@dataclass(slots=True)
class Draft:
    """Collects what one resource says. ``ref`` leads back to it."""

    reader: Reader
    resource: Json
    ref: str
    kind: FactKind
    facts: list[Fact] = field(default_factory=list)
    unknown: list[UnknownCode] = field(default_factory=list)

    @property
    def type(self) -> str:
        """The resource type, for the report."""
        return str(self.resource.get("resourceType", ""))

    def add(self, concept: str, **said: object) -> None:
        """Add one fact; its id counts the facts of the resource."""
        number, origin = len(self.facts), Origin(OriginKind.RECORD, self.ref)
        self.facts.append(Fact(f"{self.ref}#{number}", self.kind, concept, origin, **said))  # type: ignore[arg-type]

    def list_unknown(self, system: str, code: str) -> None:
        """Note a code, status or unit that is not understood."""
        self.unknown.append(UnknownCode(self.type, system, code))

    def status(self, word: str, known: Iterable[str], *, system: str) -> bool:
        """Whether a status is one FHIR R4 has; another one is listed."""
        if word in known:
            return True
        self.list_unknown(system, word)
        return False

    def meanings(self, concept: Json) -> tuple[ValueSetEntry, ...]:
        """Return what a CodeableConcept means; codes that none of its codings explains are listed."""
        codes = codings(concept)
        found = [m for code in codes for m in self.reader.concepts.meanings(code, kind=self.kind)]
        if not found:
            for code in codes or (Code("", ""),):
                self.list_unknown(code.system, code.code)
        return self._best(found)

    def _best(self, found: Iterable[ValueSetEntry]) -> tuple[ValueSetEntry, ...]:
        best: dict[str, ValueSetEntry] = {}
        for meaning in found:
            held = best.get(meaning.concept)
            if held is None or held.relation is Relation.BROADER:
                best[meaning.concept] = meaning
        known = self.reader.concepts.concepts
        read = tuple(m for m in best.values() if known[m.concept].is_read)
        return read or tuple(best.values())[:1]

    def done(self, *days: date | None) -> Understood:
        """Return the result: taken where anything was understood."""
        understood = [f for f in self.facts if f.understanding is not Understanding.NOT_UNDERSTOOD]
        outcome = Outcome.TAKEN if understood or not self.unknown else Outcome.NOT_UNDERSTOOD
        dated = [day for day in days if day is not None]
        return Understood(outcome, tuple(self.facts), tuple(self.unknown), max(dated, default=None))


def understanding_of(meaning: ValueSetEntry) -> Understanding:
    """Return how well a code was understood, by what its value set says of it."""
    return Understanding.EXACT if meaning.relation is Relation.EXACT else Understanding.BROADER


def day_of(written: str) -> date | None:
    """Return the last day a written date can mean."""
    read = partial_date(written)
    return read.last if read is not None else None


def span(resource: Json, *keys: str) -> tuple[str, str]:
    """Return start and end as written: of the first key that holds a date or a period."""
    for key in keys:
        held = resource.get(key)
        if isinstance(held, str) and held.strip():
            return held.strip(), ""
        start, end = (text(held, "start"), text(held, "end")) if isinstance(held, dict) else ("", "")
        if start or end:
            return start, end
    return "", ""


def first_code(concept: Json) -> Code | None:
    """Return the first coding, for people to see; the text stands in where nothing is coded."""
    codes = codings(concept)
    if codes:
        return codes[0]
    wording = text(concept, "text")
    return Code("", "", wording) if wording else None


def encounter_of(resource: Json) -> str:
    """Return the reference to the encounter an entry belongs to, as written."""
    for key in ("encounter", "context"):
        held = resource.get(key)
        if isinstance(held, dict) and text(held, "reference"):
            return text(held, "reference")
    return ""


Details = Mapping[str, Quantity | Code | str]


def details(**parts: Quantity | Code | str | None) -> dict[str, Quantity | Code | str]:
    """Return the named parts that there are."""
    return {name: part for name, part in parts.items() if part}


def when(written: str) -> tuple[PartialDate | None, datetime | None]:
    """Return a written date as partial date and, where it is one, as instant."""
    return partial_date(written), instant(written)


__all__ = [
    "STORED_ONLY",
    "Details",
    "Draft",
    "FactValue",
    "Outcome",
    "Presence",
    "Reader",
    "Understood",
    "UnknownCode",
    "day_of",
    "details",
    "encounter_of",
    "first_code",
    "span",
    "understanding_of",
    "when",
]
