"""The same answers under other linkIds, nested, shuffled, in other types, give the same score."""

from typing import Any

from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from kairos.content.release import load_release
from kairos.domain.instruments.questionnaire import Instrument, Item
from kairos.domain.instruments.scorers import score_answers
from kairos.interop.fhir.questionnaires import read_questionnaire, read_response
from tests.support.questionnaires import WRITINGS, answer, form, given, question, response

INSTRUMENTS = tuple(load_release().instruments.values())


def is_coded(instrument: Instrument) -> bool:
    """Whether every question has the code it is recognised by, and answers to choose from."""
    return bool(instrument.items) and all(item.code and item.options for item in instrument.items)


CODED = tuple(instrument for instrument in INSTRUMENTS if is_coded(instrument))


@st.composite
def answered(draw: st.DrawFn) -> tuple[Instrument, dict[str, int]]:
    """Draw an instrument and answers to all or some of its items."""
    instrument = draw(st.sampled_from(CODED))
    left_out = draw(st.sets(st.sampled_from(instrument.item_ids), max_size=1))
    asked = [item for item in instrument.items if item.id not in left_out]
    return instrument, {item.id: draw(st.sampled_from(item.values)) for item in asked}


def writings_of(item: Item) -> list[str]:
    """Return the ways to write an answer that say what it is worth."""
    has_codes = all(option.code for option in item.options)
    return [writing for writing in WRITINGS if writing != "loinc" or has_codes]


def nested(draw: st.DrawFn, items: list[dict[str, Any]], marker: str) -> list[dict[str, Any]]:
    """Put some of the items into groups, and groups into groups."""
    cut = draw(st.integers(0, len(items)))
    inner = {"linkId": f"{marker}-inner", "type": "group", "item": items[cut:]}
    outer = {"linkId": f"{marker}-outer", "type": "group", "item": [*items[:cut], inner]}
    return draw(st.sampled_from([items, [inner, *items[:cut]], [outer]]))


@st.composite
def rewritten(draw: st.DrawFn) -> tuple[Instrument, dict[str, int], dict[str, Any], dict[str, Any]]:
    """Draw answers, somebody's Questionnaire of that instrument, and the response to it."""
    instrument, values = draw(answered())
    numbers = draw(st.permutations(range(len(instrument.items))))
    links = {item.id: f"q.{number}" for item, number in zip(instrument.items, numbers, strict=True)}
    kinds = {item.id: draw(st.sampled_from(["choice", "integer", "string"])) for item in instrument.items}
    asked = [question(item, links[item.id], kind=kinds[item.id]) for item in instrument.items]
    stated = []
    for item in instrument.items:
        if item.id in values:
            ways = [w for w in writings_of(item) if kinds[item.id] == "choice" or w != "weighed option"]
            stated.append(given(links[item.id], answer(item, values[item.id], draw(st.sampled_from(ways)))))
    shuffled = draw(st.permutations(asked))
    answers = nested(draw, list(draw(st.permutations(stated))), "response")
    if draw(st.booleans()) and len(answers) > 1:
        head = answers[0].get("answer", [{}])[0] | {"item": answers[1:]}
        answers = [{**answers[0], "answer": [head]}]
    return instrument, values, form(*nested(draw, list(shuffled), "form")), response(*answers)


@settings(max_examples=120, deadline=None)
@examples(rewritten())
def test_the_same_answers_give_the_same_score(
    drawn: tuple[Instrument, dict[str, int], dict[str, Any], dict[str, Any]],
) -> None:
    instrument, values, asked, stated = drawn
    read = read_response(stated, read_questionnaire(asked), INSTRUMENTS).of(instrument.id)
    assert read is not None and read.answers == values and read.faults == ()
    if instrument.scored_ids:
        assert read.score == score_answers(instrument, values)
    assert read.missing == tuple(item for item in instrument.scored_ids if item not in values)


def test_the_instruments_that_can_be_recognised_are_the_usual_ones() -> None:
    assert {"phq9", "gad7", "phq2", "audit_c", "cssrs_screener"} <= {one.id for one in CODED}
