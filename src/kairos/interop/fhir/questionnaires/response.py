"""Reading a foreign QuestionnaireResponse: the answers to each instrument in it, and the recomputed total.

A response carries linkIds only; its Questionnaire says what they are. Without one, only codes that the
response itself carries count; with neither, it is refused.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from kairos.domain.instruments.questionnaire import Instrument
from kairos.domain.instruments.scorers import score_answers
from kairos.domain.instruments.scoring import Score
from kairos.interop.fhir.documents import refused
from kairos.interop.fhir.elements import Json, children, text
from kairos.interop.fhir.questionnaires.foreign import (
    DEEPEST,
    ForeignQuestionnaire,
    Question,
    item_codes,
    read_questionnaire,
)
from kairos.interop.fhir.questionnaires.recognition import Recognised, recognised_in
from kairos.interop.fhir.questionnaires.stu3 import STU3, as_r4, is_stu3
from kairos.interop.fhir.questionnaires.values import Said, is_empty, number_of, value_of
from kairos.interop.fhir.versions import check_version
from kairos.vocab.errors import InvalidInput, Missing, Problem


class UnknownQuestionnaireError(InvalidInput):
    """A response whose Questionnaire is not at hand: nothing says what its linkIds mean."""


Answers = Mapping[str, tuple[Json, ...]]
_SEVERAL = "is answered twice and differently"


@dataclass(frozen=True, slots=True)
class ReadInstrument:
    """One instrument's part of a response.

    ``answers`` leads from item ids to values and holds only what is certain. ``unread`` items have an answer
    that cannot be used, ``declined`` items one that says that none was given, ``missing`` scored items none
    that counts. ``score`` is recomputed; None for a screener, which has no total. ``declared`` is the total
    that the response states, ``is_total_wrong`` whether it is another. ``faults`` are for people, and quote
    no answer.
    """

    instrument: Instrument
    answers: Mapping[str, int]
    score: Score | None
    unread: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    declared: float | None = None
    is_total_wrong: bool = False
    faults: tuple[str, ...] = ()

    @property
    def total(self) -> int | None:
        """The recomputed total; None where it cannot be known."""
        return self.score.total if self.score else None

    @property
    def missing(self) -> tuple[str, ...]:
        """The scored items without an answer that counts."""
        return tuple(item for item in self.instrument.scored_ids if item not in self.answers)


@dataclass(frozen=True, slots=True)
class ReadResponse:
    """A response: ``found`` instruments, when it was answered as written, what its status is.

    ``strangers`` counts answers to items that the questionnaire does not have. ``converted`` names the FHIR
    version that it was turned into R4 from.
    """

    status: str
    authored: str
    found: tuple[ReadInstrument, ...] = ()
    strangers: int = 0
    converted: str = ""
    faults: tuple[str, ...] = field(default=())

    def of(self, instrument_id: str) -> ReadInstrument | None:
        """Return one instrument's part, where the response has one."""
        return next((one for one in self.found if one.instrument.id == instrument_id), None)


@dataclass(frozen=True, slots=True)
class _Given:
    """The answers of a response by linkId, and what the response itself says of its items."""

    answers: Answers
    questions: Mapping[str, Question]


def read_response(
    resource: Json,
    questionnaire: ForeignQuestionnaire | None,
    instruments: Iterable[Instrument],
    *,
    name: str = "the response",
) -> ReadResponse:
    """Return what a response answers.

    Parameters
    ----------
    resource : dict         the QuestionnaireResponse; one of STU3 is converted
    questionnaire           what it answers; None: the one it contains, else its own codes must do
    instruments             those to look for
    name : str              what messages call it

    Raises
    ------
    InvalidInput    no response, another FHIR version, no Questionnaire and no codes, another response's
                    Questionnaire, or nothing in it that belongs to the Questionnaire
    """
    if resource.get("resourceType") != "QuestionnaireResponse":
        raise refused(name, "this is no FHIR QuestionnaireResponse")
    check_version(name, "the response", resource)
    converted = STU3 if is_stu3(resource) else ""
    resource = as_r4(resource) if converted else resource
    foreign = contained_questionnaire(resource, name) or questionnaire
    given = _given(resource, name)
    _check_belongs(resource, foreign, given, name)
    questions = _merged(foreign, given)
    found = recognised_in(questions.values(), foreign.codes if foreign else frozenset(), instruments)
    known = foreign.questions if foreign else given.questions
    return ReadResponse(
        status=text(resource, "status"),
        authored=text(resource, "authored"),
        found=tuple(_read(one, questions, given.answers) for one in found),
        strangers=sum(1 for link in given.answers if link not in known),
        converted=converted or (foreign.converted if foreign else ""),
    )


def contained_questionnaire(resource: Json, name: str) -> ForeignQuestionnaire | None:
    """Return the Questionnaire that a response holds in itself, where it refers to it."""
    wanted = text(resource, "questionnaire")
    for held in children(resource, "contained") if wanted.startswith("#") else ():
        if held.get("resourceType") == "Questionnaire" and text(held, "id") == wanted[1:]:
            return read_questionnaire(held, name=f"{name}, its contained Questionnaire")
    return None


def _given(resource: Json, name: str) -> _Given:
    answers: dict[str, tuple[Json, ...]] = {}
    questions: dict[str, Question] = {}
    for number, item in enumerate(_items(resource, name)):
        link = text(item, "linkId") or f" {number}"
        held = questions.get(link, Question(link))
        wording = held.text or text(item, "text")
        questions[link] = replace(held, codes=held.codes | item_codes(item), text=wording)
        stated = tuple(answer for answer in children(item, "answer") if not is_empty(answer))
        if stated:
            answers[link] = answers.get(link, ()) + stated
    return _Given(answers, questions)


def _items(resource: Json, name: str) -> Iterator[Json]:
    """Yield every item in its order, those nested in items and in answers among them."""
    waiting = [(item, 1) for item in children(resource, "item")]
    while waiting:
        item, depth = waiting.pop(0)
        if depth > DEEPEST:
            raise refused(name, f"items stand in each other more than {DEEPEST} deep")
        yield item
        below = [*children(item, "item")]
        for answer in children(item, "answer"):
            below += children(answer, "item")
        waiting[:0] = [(one, depth + 1) for one in below]


def _check_belongs(resource: Json, foreign: ForeignQuestionnaire | None, given: _Given, name: str) -> None:
    canonical = text(resource, "questionnaire")
    if foreign is None:
        if not any(question.codes for question in given.questions.values()):
            raise UnknownQuestionnaireError(Problem(name, _not_known(canonical)))
        return
    if not foreign.is_meant_by(canonical):
        raise refused(
            name,
            f"answers the Questionnaire {canonical[:200]}, and the one at hand is another "
            f"({(foreign.url or foreign.id)[:200]} {foreign.version}".rstrip()
            + "); give its own",
        )
    if given.answers and not set(given.answers) & set(foreign.questions):
        raise refused(name, "none of its linkIds is in the Questionnaire at hand; give its own Questionnaire")


def _not_known(canonical: str) -> str:
    which = f"the Questionnaire {canonical[:200]}" if canonical else "its Questionnaire"
    return (
        f"carries linkIds only, and {which} is not known, so that nothing says what was asked; "
        "give it with --questionnaire or in the same files"
    )


def _merged(foreign: ForeignQuestionnaire | None, given: _Given) -> Mapping[str, Question]:
    """Return the questionnaire's items, with the codes that the response itself adds to them."""
    if foreign is None:
        return given.questions
    own = {link: given.questions[link].codes for link in given.questions if link in foreign.questions}
    return {
        link: replace(q, codes=q.codes | own.get(link, frozenset())) for link, q in foreign.questions.items()
    }


def _read(found: Recognised, questions: Mapping[str, Question], answers: Answers) -> ReadInstrument:
    instrument = found.instrument
    said = {item: _said(found, item, questions, answers) for item in found.asked}
    given = {item: one.value for item, one in said.items() if one.value is not None}
    score = _score(instrument, given)
    declared, faults = _declared(found, questions, answers)
    is_wrong = declared is not None and score is not None and score.total not in (None, declared)
    if is_wrong:
        faults.append(f"{instrument.short_title}: the stated total is wrong; the recomputed one is kept")
    faults += [f"{item} {one.fault}" for item, one in said.items() if one.fault]
    return ReadInstrument(
        instrument=instrument,
        answers=given,
        score=score,
        unread=tuple(item for item, one in said.items() if one.fault),
        declined=tuple(item for item, one in said.items() if one.is_declined),
        declared=declared,
        is_total_wrong=is_wrong,
        faults=tuple(faults),
    )


def _said(found: Recognised, item_id: str, questions: Mapping[str, Question], answers: Answers) -> Said:
    """Return what all answers to one item say together."""
    others = {link for other, links in found.asked.items() if other != item_id for link in links}
    links = found.asked[item_id]
    if others & set(links):
        return Said(fault="is asked by an item that is coded as another one too")
    item = found.instrument.item(item_id)
    said = {value_of(answer, item, questions[link]) for link in links for answer in answers.get(link, ())}
    faults = [one for one in said if one.fault]
    if len(said) == 1 or faults:
        return faults[0] if faults else said.pop()
    return Said(fault=_SEVERAL) if said else Said()


def _score(instrument: Instrument, answers: Mapping[str, int]) -> Score | None:
    try:
        return score_answers(instrument, answers)
    except Missing:
        return None


def _declared(
    found: Recognised, questions: Mapping[str, Question], answers: Answers
) -> tuple[float | None, list[str]]:
    if not found.instrument.scored_ids:
        return None, []
    given = [(link, answer) for link in found.totals for answer in answers.get(link, ())]
    stated = {number_of(answer, questions[link]) for link, answer in given} - {None}
    if len(stated) > 1:
        return None, [f"{found.instrument.short_title}: totals are stated that contradict each other"]
    return next(iter(stated), None), []
