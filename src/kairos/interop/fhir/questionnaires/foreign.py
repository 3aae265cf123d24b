"""Reading a foreign Questionnaire: its questions by linkId, what each is coded as, what may be answered."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import orjson

from kairos.interop.fhir.documents import entries_of, refused
from kairos.interop.fhir.elements import Json, children, number, text
from kairos.interop.fhir.questionnaires.options import Option, options_of
from kairos.interop.fhir.questionnaires.stu3 import STU3, as_r4, is_stu3
from kairos.interop.fhir.versions import check_version

DEEPEST = 50
_LOINC = ("http://loinc.org", "https://loinc.org", "urn:oid:2.16.840.1.113883.6.1", "")
_LOINC_CODE = re.compile(r"\d{1,7}-\d")
_LOINC_ADDRESS = re.compile(r"https?://(?:www\.)?loinc\.org/(?:\S*[/#])?(\d{1,7}-\d)/?")
_UNANSWERABLE = ("group", "display")


@dataclass(frozen=True, slots=True)
class Question:
    """One item of a questionnaire. ``codes`` are its LOINC codes."""

    link_id: str
    kind: str = ""
    text: str = ""
    codes: frozenset[str] = frozenset()
    options: tuple[Option, ...] = ()
    is_calculated: bool = False
    lowest: float | None = None
    highest: float | None = None

    @property
    def can_be_answered(self) -> bool:
        """Whether it is a question and not a heading or a text."""
        return self.kind not in _UNANSWERABLE


@dataclass(frozen=True, slots=True)
class ForeignQuestionnaire:
    """A questionnaire of others: LOINC ``codes`` of the whole, the FHIR version it is ``converted`` from.

    ``stands_at`` is the address at which it stands in a Bundle, where that is not its own.
    """

    id: str
    url: str
    version: str
    title: str
    codes: frozenset[str]
    questions: Mapping[str, Question] = field(default_factory=dict)
    converted: str = ""
    stands_at: str = ""

    def is_named_like(self, canonical: str) -> bool:
        """Whether a response names a copy of it at another address: the same last part, no other version."""
        address, _, version = canonical.partition("|")
        is_other_version = bool(version and self.version and version != self.version)
        return _last(address) in {self.id, _last(self.url)} - {""} and not is_other_version

    def is_meant_by(self, canonical: str) -> bool:
        """Whether a response that names this canonical is an answer to this questionnaire.

        An address that leaves no doubt decides; a version that both state must be the same.
        """
        address, _, version = canonical.partition("|")
        if (not self.url and not self.id) or (self.stands_at and canonical == self.stands_at):
            return True
        if version and self.version and version != self.version:
            return False
        named = address.rpartition("/")[2].lstrip("#")
        is_short = address.startswith("#") or "://" not in address
        is_without_url = not self.url or not address
        return address == self.url or (
            (is_short or is_without_url) and named in ("", self.id, _last(self.url))
        )


def read_questionnaire(source: bytes | Json, *, name: str = "the Questionnaire") -> ForeignQuestionnaire:
    """Return a foreign questionnaire.

    Parameters
    ----------
    source : bytes | dict    a file, plain or gzipped, that holds one Questionnaire; or the resource
    name : str               what messages call it

    Raises
    ------
    InvalidInput    not FHIR JSON, no or several Questionnaires, another FHIR version than R4 (that of STU3
                    is converted), no questions, or one linkId for two questions
    """
    resource = _only_questionnaire(source, name) if isinstance(source, bytes) else source
    if resource.get("resourceType") != "Questionnaire":
        raise refused(name, "this is no FHIR Questionnaire")
    check_version(name, "the Questionnaire", resource)
    converted = STU3 if is_stu3(resource) else ""
    resource = as_r4(resource) if converted else resource
    questions = tuple(_questions(resource, name))
    if not any(question.can_be_answered for question in questions):
        raise refused(name, "the Questionnaire has no questions")
    return ForeignQuestionnaire(
        id=text(resource, "id"),
        url=text(resource, "url"),
        version=text(resource, "version"),
        title=text(resource, "title"),
        codes=loinc_codes(children(resource, "code")) | _addressed(resource.get("derivedFrom")),
        questions=_by_link(questions, name),
        converted=converted,
    )


def loinc_codes(codings: Iterable[Json]) -> frozenset[str]:
    """Return the LOINC codes among codings; one without a system counts where it has LOINC's shape."""
    found = (text(coding, "code") for coding in codings if is_loinc(coding))
    return frozenset(code for code in found if _LOINC_CODE.fullmatch(code))


def is_loinc(coding: Json) -> bool:
    """Whether a coding says that it is of LOINC, or does not say of what it is."""
    return text(coding, "system").rstrip("/") in _LOINC


def item_codes(item: Json) -> frozenset[str]:
    """Return the LOINC codes of an item of a questionnaire or response, its definition's among them."""
    return loinc_codes(children(item, "code")) | _addressed([item.get("definition")])


def _addressed(addresses: object) -> frozenset[str]:
    held = addresses if isinstance(addresses, list) else []
    matches = (_LOINC_ADDRESS.fullmatch(address) for address in held if isinstance(address, str))
    return frozenset(match.group(1) for match in matches if match)


def _only_questionnaire(raw: bytes, name: str) -> Json:
    found = [entry for entry in entries_of(name, raw) if entry.type == "Questionnaire"]
    if len(found) != 1:
        raise refused(name, f"holds {len(found) or 'no'} Questionnaires where one is needed")
    resource: Json = orjson.loads(found[0].data)
    return resource


def _questions(resource: Json, name: str) -> Iterator[Question]:
    contained = children(resource, "contained")
    waiting = [(item, frozenset[str](), 1) for item in children(resource, "item")]
    while waiting:
        item, inherited, depth = waiting.pop(0)
        if depth > DEEPEST:
            raise refused(name, f"items stand in each other more than {DEEPEST} deep")
        below = children(item, "item")
        own = item_codes(item)
        codes = own if own or text(item, "type") in _UNANSWERABLE else inherited
        yield _question(item, codes, contained, name)
        handed_down = (own or inherited) if _asks_one(item, below) else frozenset[str]()
        waiting[:0] = [(one, handed_down, depth + 1) for one in below]


def _asks_one(item: Json, below: list[Json]) -> bool:
    """Whether a group stands around a single question, so that its code is the question's."""
    asked = [one for one in below if text(one, "type") != "display"]
    return text(item, "type") == "group" and len(asked) == 1


def _question(item: Json, codes: frozenset[str], contained: list[Json], name: str) -> Question:
    link_id = text(item, "linkId")
    if not link_id:
        raise refused(name, "an item has no linkId, so that no answer can be told to be its own")
    limits = {text(one, "url").rpartition("/")[2]: _limit(one) for one in children(item, "extension")}
    return Question(
        link_id=link_id,
        kind=text(item, "type"),
        text=text(item, "text"),
        codes=codes,
        options=options_of(item, contained),
        is_calculated=item.get("readOnly") is True or any("calculated" in url.lower() for url in limits),
        lowest=limits.get("minValue"),
        highest=limits.get("maxValue"),
    )


def _limit(extension: Json) -> float | None:
    whole = number(extension, "valueInteger")
    return number(extension, "valueDecimal") if whole is None else whole


def _by_link(questions: Iterable[Question], name: str) -> dict[str, Question]:
    found: dict[str, Question] = {}
    for question in questions:
        if question.link_id in found:
            raise refused(
                name, "one linkId stands for two items, so that nobody can tell their answers apart"
            )
        found[question.link_id] = question
    return found


def _last(url: str) -> str:
    return url.rpartition("/")[2]
