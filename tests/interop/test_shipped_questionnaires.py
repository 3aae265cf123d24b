"""Our instruments as FHIR Questionnaires: what goes out comes back as the same answers."""

import json

import pytest

from kairos.cli.main import main
from kairos.content.release import load_release
from kairos.domain.instruments.questionnaire import Instrument, shown_items
from kairos.domain.instruments.scorers import score_answers
from kairos.interop.fhir.questionnaires import read_questionnaire, read_response
from kairos.interop.fhir.questionnaires.shipped import as_questionnaire

INSTRUMENTS = tuple(load_release().instruments.values())
CODED = [one.id for one in INSTRUMENTS if one.items and all(item.code for item in one.items)]


def response_to(instrument: Instrument, answers: dict[str, int]) -> dict:
    """Return a response as a form filled in by linkId, with the answers as the Questionnaire offers them."""
    form = {item["linkId"]: item for item in as_questionnaire(instrument)["item"]}
    items = [
        {"linkId": link, "answer": [{"valueCoding": form[link]["answerOption"][value]["valueCoding"]}]}
        for link, value in answers.items()
    ]
    held = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": items}
    return held | {"questionnaire": as_questionnaire(instrument)["url"]}


@pytest.mark.parametrize("name", CODED)
def test_what_is_asked_comes_back_as_the_same_answers(name):
    instrument = load_release().instruments[name]
    form = read_questionnaire(as_questionnaire(instrument))
    answers = {item.id: len(item.options) - 1 for item in instrument.items}
    (found,) = read_response(response_to(instrument, answers), form, INSTRUMENTS).found
    assert found.instrument is instrument
    assert found.answers == answers
    if instrument.has_total:
        assert found.total == score_answers(instrument, answers).total


@pytest.mark.parametrize("one", INSTRUMENTS, ids=lambda one: one.id)
def test_every_instrument_has_the_shape_of_a_questionnaire(one):
    form = as_questionnaire(one)
    links = [item["linkId"] for item in form["item"]]
    assert len(set(links)) == len(links)
    assert (form["resourceType"], form["status"], form["version"]) == ("Questionnaire", "active", one.version)
    assert one.licence in form["copyright"]
    assert one.copyright_notice in form["copyright"]
    for item in form["item"]:
        assert item["type"] in {"display", "choice", "integer"}
        assert ("answerOption" in item) == (item["type"] == "choice")


def test_an_answer_that_counts_the_other_way_round_says_what_it_counts():
    items = {item["linkId"]: item for item in as_questionnaire(load_release().instruments["dast10"])["item"]}
    weights = [option["extension"][0]["valueDecimal"] for option in items["dast10.3"]["answerOption"]]
    assert weights == [1, 0]


def test_a_question_that_another_one_opens_says_so():
    instrument = load_release().instruments["cssrs_screener"]
    items = {item["linkId"]: item for item in as_questionnaire(instrument)["item"]}
    assert items["cssrs.3"]["enableWhen"][0]["answerCoding"]["code"] == "LA33-6"
    assert shown_items(instrument, {"cssrs.2": 1})[2] == "cssrs.3"


def test_the_command_lists_them_and_prints_one(capsys):
    assert main(["instruments"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(INSTRUMENTS)
    assert main(["instruments", "PHQ-9"]) == 0
    assert json.loads(capsys.readouterr().out)["code"][0]["code"] == "44249-1"
    assert main(["instruments", "c-ssrs"]) == 0
    assert main(["instruments", "nobody"]) == 2
