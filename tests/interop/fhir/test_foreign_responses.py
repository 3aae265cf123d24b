"""Responses to other people's questionnaires: told by codes, recomputed, never guessed."""

from dataclasses import replace
from typing import Any

import orjson
import pytest

from kairos.content.release import load_release
from kairos.domain.instruments.questionnaire import Instrument
from kairos.interop.fhir.questionnaires import (
    ForeignQuestionnaire,
    ReadInstrument,
    ReadResponse,
    read_questionnaire,
    read_response,
)
from kairos.vocab.errors import InvalidInput
from tests.support.questionnaires import (
    LOINC,
    OTHER_SYSTEM,
    answer,
    coding,
    form,
    form_of,
    given,
    question,
    response,
    response_of,
    weighed,
)

RELEASE = load_release()
INSTRUMENTS = tuple(RELEASE.instruments.values())
PHQ9, GAD7, PHQ2 = (RELEASE.instruments[name] for name in ("phq9", "gad7", "phq2"))
CSSRS = RELEASE.instruments["cssrs_screener"]
ITEM = PHQ9.items[0]
ONES = [1] * 9 + [0]
Json = dict[str, Any]


def read(stated: Json, asked: Json | None = None) -> ReadResponse:
    known = read_questionnaire(asked) if asked else None
    return read_response(stated, known, INSTRUMENTS)


def of(instrument: Instrument, stated: Json, asked: Json | None = None) -> ReadInstrument:
    found = read(stated, asked).of(instrument.id)
    assert found is not None
    return found


def refusal(stated: Json, asked: Json | None = None) -> str:
    with pytest.raises(InvalidInput) as error:
        read(stated, asked)
    return "; ".join(problem.message for problem in error.value.problems)


def one_answer(*answers: Json, **asked: Any) -> ReadInstrument:
    """Read a response that answers the first question of the PHQ-9 alone."""
    items = [question(ITEM, "a", **asked), *(question(item, item.id) for item in PHQ9.items[1:])]
    return of(PHQ9, response(given("a", *answers)), form(*items))


def test_a_response_is_scored_by_the_codes_of_its_questionnaire() -> None:
    found = of(PHQ9, response_of(PHQ9, ONES), form_of(PHQ9))
    assert (found.total, found.missing, found.declared, found.faults) == (9, (), None, ())


def test_without_a_questionnaire_it_is_refused() -> None:
    said = refusal(response_of(PHQ9, ONES))
    assert "http://forms.example/f is not known" in said and "--questionnaire" in said
    nameless = {**response_of(PHQ9, ONES), "questionnaire": ""}
    assert "its Questionnaire is not known" in refusal(nameless)


@pytest.mark.parametrize(
    "coded",
    [
        lambda code: {"code": [{"system": LOINC, "code": code}]},
        lambda code: {"code": [{"code": code}]},
        lambda code: {"definition": f"http://loinc.org/q/{code}"},
    ],
)
def test_without_a_questionnaire_the_codes_in_the_response_will_do(coded: Any) -> None:
    items = [
        given(f"x{number}", answer(item, 1, "integer"), **coded(item.code.code if item.code else ""))
        for number, item in enumerate(PHQ9.items[:9])
    ]
    assert of(PHQ9, response(*items)).total == 9


def test_a_link_id_is_never_taken_for_a_code() -> None:
    items = [given(item.code.code if item.code else "", answer(item, 1, "loinc")) for item in PHQ9.items]
    assert "carries linkIds only" in refusal(response(*items))


def test_a_contained_questionnaire_says_what_was_asked() -> None:
    contained = {**form_of(PHQ9), "id": "inside"}
    others = {"resourceType": "Patient", "id": "inside"}
    stated = response_of(PHQ9, ONES, contained=[others, contained], questionnaire="#inside")
    assert of(PHQ9, stated).total == 9
    assert "is not known" in refusal({**stated, "contained": [others]})


@pytest.mark.parametrize(
    ("canonical", "asked", "is_own"),
    [
        ("http://forms.example/f", {}, True),
        ("http://forms.example/f|2", {"version": "2"}, True),
        ("http://forms.example/f|2", {}, True),
        ("http://forms.example/f|2", {"version": "1"}, False),
        ("http://forms.example/g", {}, False),
        ("Questionnaire/f", {}, True),
        ("Questionnaire/g", {}, False),
        ("", {}, True),
        ("http://elsewhere.example/g", {"url": ""}, False),
        ("http://elsewhere.example/g", {"url": "", "id": ""}, True),
    ],
)
def test_a_questionnaire_of_another_name_does_not_count(canonical: str, asked: Json, is_own: bool) -> None:
    stated, known = response_of(PHQ9, ONES, questionnaire=canonical), form_of(PHQ9, **asked)
    if is_own:
        assert of(PHQ9, stated, known).total == 9
    else:
        assert "the one at hand is another" in refusal(stated, known)


def test_a_response_with_none_of_the_link_ids_is_refused() -> None:
    assert "none of its linkIds" in refusal(response(given("z", {"valueInteger": 1})), form_of(PHQ9))
    strangers = response(given("phq9.1", {"valueInteger": 1}), given("z", {"valueInteger": 1}))
    assert read(strangers, form_of(PHQ9)).strangers == 1


def test_missing_answers_stay_missing() -> None:
    found = of(PHQ9, response_of(PHQ9, [3, 3, 3]), form_of(PHQ9))
    assert found.total is None and found.missing == tuple(f"phq9.{n}" for n in range(4, 10))
    empty = of(PHQ9, response(given("phq9.1"), given("phq9.2", {"valueString": ""})), form_of(PHQ9))
    assert empty.answers == {} and len(empty.missing) == 9 and empty.faults == ()


@pytest.mark.parametrize(
    "declined",
    [
        {"valueCoding": {"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "x"}},
        {"valueCoding": {"system": "http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "code": "ASKU"}},
        {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason"}]},
        {"_valueInteger": {"extension": [{"url": "http://x/data-absent-reason", "valueCode": "asked"}]}},
    ],
)
def test_an_answer_that_was_declined_is_none(declined: Json) -> None:
    found = one_answer(declined)
    assert (found.declined, found.answers, found.faults) == (("phq9.1",), {}, ())


@pytest.mark.parametrize(
    ("stated", "asked"),
    [
        ({"valueInteger": 2}, {}),
        ({"valueDecimal": 2.0}, {"kind": "decimal"}),
        ({"valueString": "2.0"}, {"kind": "string"}),
        ({"valueString": "more than half  the days"}, {"kind": "string"}),
        ({"valueString": "LA6570-1"}, {"kind": "string"}),
        ({"valueQuantity": {"value": 2}}, {"kind": "quantity"}),
        ({"valueCoding": {"system": LOINC, "code": "LA6570-1", "display": "Nearly every day"}}, {}),
        ({"valueCoding": {"system": "x", "code": "x", "display": "More than half the days"}}, {}),
        ({"valueCoding": {"code": "x"}, "extension": weighed(2)}, {}),
        ({"valueCoding": {"code": "a2"}}, {}),
        ({"valueInteger": 7}, {"answerOption": [{"valueInteger": 7, "extension": weighed(2)}]}),
        ({"valueString": "Oft"}, {"answerOption": [{"valueString": "oft", "extension": weighed(2)}]}),
        (
            {"valueCoding": {"system": "y", "code": "2"}},
            {"answerOption": [{"valueCoding": {"system": "y", "code": str(n)}} for n in range(4)]},
        ),
    ],
)
def test_however_an_answer_is_written_it_has_one_value(stated: Json, asked: Json) -> None:
    found = one_answer(stated, **asked)
    assert (found.answers, found.faults) == ({"phq9.1": 2}, ())


@pytest.mark.parametrize(
    ("stated", "asked", "said"),
    [
        ({"valueInteger": 4}, {}, "outside its range of 0 to 3"),
        ({"valueInteger": -1}, {}, "outside its range"),
        ({"valueDecimal": 1.5}, {}, "outside its range"),
        ({"valueString": "often"}, {}, "nothing gives a value to"),
        ({"valueBoolean": True}, {}, "nothing gives a value to"),
        ({"valueCoding": {"system": "y", "code": "2"}}, {}, "nothing gives a value to"),
        ({"valueCoding": {"display": "Oft"}}, {}, "nothing gives a value to"),
        ({"valueCoding": {"system": LOINC, "code": "LA6570-1", "extension": weighed(1)}}, {}, "contradict"),
        ({"valueCoding": {"code": "a2", "display": "Not at all"}}, {}, "contradict"),
        ({"valueInteger": 1}, {"answerOption": [{"valueInteger": 4}], "kind": "integer"}, ""),
        ({"valueInteger": 2}, {"answerOption": [{"valueInteger": 2, "extension": weighed(4)}]}, "scale"),
        ({"valueInteger": 2}, {"extension": [{"url": "x/maxValue", "valueInteger": 4}]}, "another scale"),
        ({"valueInteger": 2}, {"extension": [{"url": "x/minValue", "valueDecimal": 1.5}]}, "another scale"),
    ],
)
def test_what_cannot_be_told_is_flagged_and_never_guessed(stated: Json, asked: Json, said: str) -> None:
    found = one_answer(stated, **asked)
    if said:
        assert found.unread == ("phq9.1",) and found.answers == {} and found.total is None
        assert said in " ".join(found.faults)


def test_the_same_question_twice_counts_once_or_is_flagged() -> None:
    again = {**form_of(PHQ9), "item": [*form_of(PHQ9)["item"], question(ITEM, "again")]}
    same = {**response_of(PHQ9, ONES), "item": [*response_of(PHQ9, ONES)["item"]]}
    same["item"].append(given("again", {"valueInteger": 1}))
    assert of(PHQ9, same, again).total == 9
    same["item"][-1] = given("again", {"valueInteger": 3})
    flagged = of(PHQ9, same, again)
    assert flagged.total is None and flagged.faults == ("phq9.1 is answered twice and differently",)
    assert one_answer({"valueInteger": 1}, {"valueInteger": 2}).unread == ("phq9.1",)


def test_an_item_coded_as_two_is_flagged() -> None:
    both = [{"system": LOINC, "code": code} for code in ("44250-9", "44255-8")]
    found = one_answer({"valueInteger": 1}, code=both)
    assert found.unread == ("phq9.1", "phq9.2") and "coded as another" in found.faults[0]


def total_item(**more: Any) -> Json:
    return {"linkId": "t", "type": "integer", "code": [{"system": LOINC, "code": "44261-6"}], **more}


@pytest.mark.parametrize(
    ("declared", "is_wrong"),
    [
        ({"valueInteger": 9}, False),
        ({"valueInteger": 27}, True),
        ({"valueDecimal": 9.0}, False),
        ({"valueString": "12"}, True),
        ({"valueQuantity": {"value": 12}}, True),
        ({"valueCoding": {"code": "12"}}, True),
        ({"valueCoding": {"code": "x", "extension": weighed(8)}}, True),
        ({"valueString": "high"}, False),
    ],
)
def test_a_stated_total_is_recomputed_and_a_wrong_one_flagged(declared: Json, is_wrong: bool) -> None:
    asked, stated = form_of(PHQ9), response_of(PHQ9, ONES)
    asked = {**asked, "item": [{"linkId": "g", "type": "group", "item": [total_item()]}, *asked["item"]]}
    found = of(PHQ9, {**stated, "item": [*stated["item"], given("t", declared)]}, asked)
    assert found.total == 9 and found.is_total_wrong is is_wrong
    assert bool(found.faults) is is_wrong


@pytest.mark.parametrize(
    "unnamed",
    [
        {"text": "Total score"},
        {"readOnly": True},
        {"extension": [{"url": "http://x/sdc-questionnaire-calculatedExpression"}]},
    ],
)
def test_a_total_without_a_code_is_held_against_the_answers_too(unnamed: Json) -> None:
    asked, stated = form_of(PHQ9), response_of(PHQ9, ONES)
    asked = {**asked, "item": [*asked["item"], {"linkId": "t", "type": "decimal", **unnamed}]}
    found = of(PHQ9, {**stated, "item": [*stated["item"], given("t", {"valueInteger": 3})]}, asked)
    assert found.is_total_wrong and found.declared == 3


def test_totals_that_contradict_each_other_are_flagged() -> None:
    asked = {**form_of(PHQ9), "item": [*form_of(PHQ9)["item"], total_item()]}
    both = given("t", {"valueInteger": 3}, {"valueInteger": 4})
    found = of(PHQ9, {**response_of(PHQ9, ONES), "item": [*response_of(PHQ9, ONES)["item"], both]}, asked)
    assert found.declared is None and "contradict each other" in found.faults[0]


def test_a_total_over_missing_answers_is_not_taken() -> None:
    asked = {**form_of(PHQ9), "item": [*form_of(PHQ9)["item"], total_item()]}
    found = of(PHQ9, response(given("phq9.1", {"valueInteger": 1}), given("t", {"valueInteger": 20})), asked)
    assert found.total is None and found.declared == 20 and not found.is_total_wrong


def test_answers_nested_in_answers_and_groups_are_found() -> None:
    deep = {"linkId": "g", "item": [given("phq9.2", {"valueInteger": 2})]}
    first = given("phq9.1", {"valueInteger": 1, "item": [deep]})
    found = of(PHQ9, response({"linkId": "x", "item": [first]}), form_of(PHQ9))
    assert found.answers == {"phq9.1": 1, "phq9.2": 2}


def test_what_is_nested_without_end_is_refused() -> None:
    item: Json = {"linkId": "x", "type": "group"}
    for number in range(60):
        item = {"linkId": f"{number}", "type": "group", "item": [item]}
    assert "more than 50 deep" in refusal(response(item), form_of(PHQ9))
    with pytest.raises(InvalidInput, match="more than 50 deep"):
        read_questionnaire(form(item))


def test_a_group_around_one_question_lends_it_its_code() -> None:
    around = {**question(ITEM, "g", kind="group"), "item": [{"linkId": "a", "type": "integer"}]}
    items = [around, *(question(item, item.id) for item in PHQ9.items[1:])]
    assert of(PHQ9, response(given("a", {"valueInteger": 3})), form(*items)).answers == {"phq9.1": 3}
    inner = {"linkId": "h", "type": "group", "item": around["item"]}
    deeper = form({**around, "item": [{"linkId": "d", "type": "display"}, inner]}, *items[1:])
    assert of(PHQ9, response(given("a", {"valueInteger": 3})), deeper).answers == {"phq9.1": 3}


def test_the_small_questionnaire_within_the_large_one_is_not_counted_twice() -> None:
    assert [one.instrument.id for one in read(response_of(PHQ9, ONES), form_of(PHQ9)).found] == ["phq9"]
    small = read(response_of(PHQ2, [1, 2]), form_of(PHQ2))
    assert [(one.instrument.id, one.total) for one in small.found] == [("phq2", 3)]
    named = {**form_of(PHQ9), "code": [{"system": LOINC, "code": "55757-9"}]}
    both = read(response_of(PHQ9, ONES), named)
    assert {one.instrument.id: one.total for one in both.found} == {"phq2": 2, "phq9": 9}


def test_a_named_questionnaire_is_not_taken_for_a_part_of_a_larger_one() -> None:
    difficulty = question(PHQ9.items[9], "d")
    named = form(*(question(item, item.id) for item in PHQ2.items), difficulty, code=form_code("55757-9"))
    assert [one.instrument.id for one in read(response_of(PHQ2, [1, 2]), named).found] == ["phq2"]


def test_a_question_nobody_may_overlook_is_read_beside_a_small_questionnaire() -> None:
    three = form(*(question(PHQ9.item(name), name) for name in ("phq9.1", "phq9.2", "phq9.9")))
    found = read(response_of(PHQ9, ONES), {**three, "code": form_code("55757-9")})
    assert {one.instrument.id: one.total for one in found.found} == {"phq2": 2, "phq9": None}
    assert found.found[-1].answers["phq9.9"] == 1


def test_a_large_questionnaire_cut_down_keeps_its_name() -> None:
    two = form(*(question(item, item.id) for item in PHQ9.items[:2]), code=form_code("44249-1"))
    assert [one.instrument.id for one in read(response_of(PHQ9, ONES), two).found] == ["phq9"]


def form_code(code: str) -> list[Json]:
    return [{"system": LOINC, "code": code}]


def test_two_questionnaires_in_one_are_both_read() -> None:
    items = [*form_of(PHQ9)["item"], *form_of(GAD7)["item"]]
    stated = [*response_of(PHQ9, ONES)["item"], *response_of(GAD7, [2] * 7)["item"]]
    found = read(response(*stated), form(*items)).found
    assert {one.instrument.id: one.total for one in found} == {"gad7": 14, "phq9": 9}


def test_a_question_nobody_may_overlook_is_read_alone() -> None:
    lone = form(question(PHQ9.items[8], "a"), {"linkId": "b", "type": "string"})
    found = of(PHQ9, response(given("a", answer(PHQ9.items[8], 2, "loinc"))), lone)
    assert found.answers == {"phq9.9": 2} and found.total is None
    other = form(question(PHQ9.items[2], "a"))
    assert read(response(given("a", {"valueInteger": 1})), other).found == ()


def test_an_item_without_a_code_counts_by_its_very_words() -> None:
    items = [question(item, item.id) for item in GAD7.items]
    items[5] = {**items[5], "code": [], "text": GAD7.items[5].text.upper() + "."}
    assert of(GAD7, response_of(GAD7, [1] * 7), form(*items)).total == 7
    items[5]["text"] = "Being irritable"
    assert of(GAD7, response_of(GAD7, [1] * 7), form(*items)).missing == ("gad7.6",)


def test_yes_and_no_are_answers_whatever_they_count() -> None:
    yes, no = {"valueBoolean": True}, {"valueBoolean": False}
    asked = form_of(CSSRS)
    found = of(CSSRS, response(given("cssrs.1", yes), given("cssrs.2", no)), asked)
    assert found.answers == {"cssrs.1": 1, "cssrs.2": 0} and found.score is None and found.total is None


def test_a_weight_alone_says_nothing_where_an_item_counts_the_other_way_round() -> None:
    turned = replace(PHQ9, items=(replace(ITEM, reverse=True), *PHQ9.items[1:]))
    known = read_questionnaire(form_of(PHQ9))
    weighs = read_response(response(given("phq9.1", {"valueCoding": {"code": "a3"}})), known, [turned])
    assert weighs.found[0].unread == ("phq9.1",)
    coded = response(given("phq9.1", {"valueCoding": {"system": LOINC, "code": "LA6571-9"}}))
    assert read_response(coded, known, [turned]).found[0].answers == {"phq9.1": 3}


def value_set(**more: Any) -> Json:
    return {"resourceType": "ValueSet", "id": "v", "url": "http://forms.example/v", **more}


@pytest.mark.parametrize(
    "contained",
    [
        [
            value_set(
                compose={"include": [{"system": "y", "concept": [{"code": "m", "extension": weighed(2)}]}]}
            )
        ],
        [value_set(expansion={"contains": [{"contains": [{"code": "m", "extension": weighed(2)}]}]})],
        [
            {
                "resourceType": "CodeSystem",
                "url": "y",
                "concept": [
                    {"code": "l"},
                    {"code": "m", "property": [{"code": "z"}, {"code": "itemWeight", "valueInteger": 2}]},
                ],
            },
            value_set(compose={"include": [{"system": "y", "concept": [{"code": "m"}]}]}),
        ],
    ],
)
@pytest.mark.parametrize("name", ["#v", "http://forms.example/v|3"])
def test_weights_are_found_in_contained_value_sets(contained: list[Json], name: str) -> None:
    asked = {key: held for key, held in question(ITEM, "a").items() if key != "answerOption"}
    items = [{**asked, "answerValueSet": name}, *(question(item, item.id) for item in PHQ9.items[1:])]
    stated = response(given("a", {"valueCoding": {"code": "m"}}))
    assert of(PHQ9, stated, form(*items, contained=contained)).answers == {"phq9.1": 2}


def stu3() -> tuple[Json, Json]:
    asked, stated = form_of(PHQ9), response_of(PHQ9, ONES)
    for item in asked["item"][:5]:
        item["option"] = item.pop("answerOption")
    for item in asked["item"][5:]:
        item["options"] = {"reference": "#v"}
        del item["answerOption"]
    asked["contained"] = [value_set(expansion={"contains": [{"code": "LA6569-3"}]})]
    asked["item"] = [{"linkId": "g", "type": "group", "item": asked["item"]}]
    stated |= {"questionnaire": {"reference": asked["url"]}, "context": {"reference": "Encounter/1"}}
    return asked, {**stated, "parent": [{"reference": "Procedure/1"}]}


def test_the_shape_of_stu3_is_converted_and_said_to_be() -> None:
    asked, stated = stu3()
    found = read(stated, asked)
    assert found.converted == "STU3" and found.found[0].total == 9
    assert read_questionnaire(asked).converted == "STU3"


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({"item": [{"linkId": "a", "subject": {"reference": "Patient/q"}}]}, "STU3"),
        ({"meta": {"profile": ["http://hl7.org/fhir/5.0/StructureDefinition/x"]}}, "R5"),
        ({"resourceType": "Observation"}, "no FHIR QuestionnaireResponse"),
    ],
)
def test_what_cannot_be_converted_is_refused(stated: Json, said: str) -> None:
    assert said in refusal({**response_of(PHQ9, ONES), **stated}, form_of(PHQ9))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (form(question(ITEM, "a"), question(ITEM, "a")), "one linkId stands for two items"),
        (form({"type": "choice"}), "no linkId"),
        (form({"linkId": "a", "type": "display"}), "no questions"),
        (form({"linkId": "a", "type": "coding"}), "R5"),
        ({"resourceType": "Patient"}, "no FHIR Questionnaire"),
    ],
)
def test_a_questionnaire_that_cannot_be_used_says_why(asked: Json, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        read_questionnaire(asked)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"id: phq2phq9\nresourceType: Questionnaire\n", "it looks like YAML"),
        (orjson.dumps({"resourceType": "Patient", "id": "p"}), "holds no Questionnaires where one is needed"),
        (orjson.dumps(form_of(PHQ9)) + b"\n" + orjson.dumps(form_of(GAD7)), "holds 2 Questionnaires"),
    ],
)
def test_a_file_must_hold_one_questionnaire(raw: bytes, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        read_questionnaire(raw, name="q.json")


def test_a_questionnaire_is_read_from_the_bytes_of_a_file() -> None:
    known = read_questionnaire(orjson.dumps({**form_of(PHQ9), "derivedFrom": ["http://loinc.org/q/44249-1"]}))
    assert isinstance(known, ForeignQuestionnaire) and known.codes == {"44249-1"}
    assert coding(ITEM, 1, system=OTHER_SYSTEM)["code"] == "a1"
