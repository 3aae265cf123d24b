"""Real questionnaires of others: those of FHIR R4 and STU3 go in, everything else is refused in words."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from kairos.content.release import load_release
from kairos.interop.fhir.questionnaires import read_questionnaire, read_response
from kairos.interop.fhir.reading import read_contents, read_files
from tests.support.fhir import bundle, patient
from tests.support.questionnaires import answer, given, response
from tests.support.real_data import real_data_folder

pytestmark = pytest.mark.real_data
INSTRUMENTS = load_release().instruments
MIT = "questionnaires_mit_jmandel"
HL7 = "questionnaires_cc0_hl7"


def path_of(folder: str, name: str) -> Path:
    return real_data_folder() / folder / name


def leaves(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the questions of a form that are asked of a person, in their order."""
    inner = [leaf for item in items for leaf in leaves(item.get("item", []))]
    own = [item for item in items if item["type"] == "choice" and "item" not in item]
    return [*inner, *own]


@pytest.mark.parametrize(
    ("name", "instrument_id", "values"),
    [
        ("phq-2.json", "phq2", (2, 3)),
        ("phq-9.json", "phq9", (0, 1, 2, 3, 0, 1, 2, 3, 1)),
        ("gad-7.json", "gad7", (3, 2, 1, 0, 3, 2, 1)),
        ("audit-c.json", "audit_c", (4, 3, 2)),
    ],
)
def test_answers_to_each_questionnaire_give_its_score(
    name: str, instrument_id: str, values: tuple[int, ...]
) -> None:
    raw = path_of(MIT, name).read_bytes()
    form, instrument = orjson.loads(raw), INSTRUMENTS[instrument_id]
    asked = leaves(form["item"])[: len(values)]
    told = zip(asked, instrument.items, values, strict=False)
    items = [given(leaf["linkId"], answer(item, value, "loinc")) for leaf, item, value in told]
    wrong = given(f"{instrument_id.replace('_', '')}.totalScore", {"valueInteger": 0})
    stated = response(*items, wrong, questionnaire=f"{form['url']}|{form['version']}")
    result = read_contents([("person", bundle(patient(), stated)), (name, raw)])
    assert [file.status for file in result.report.files] == ["imported", "imported"]
    totals = {fact.concept: fact.value for fact in result.patients[0].facts if fact.kind == "score"}
    assert totals[f"{instrument_id}_total"].value == sum(values)  # type: ignore[union-attr]
    assert any("stated total is wrong" in note for note in result.report.files[0].notes)


def test_the_pair_of_stu3_is_converted_and_said_to_be() -> None:
    form = read_questionnaire(path_of(HL7, "questionnaire-example-phq9.json").read_bytes())
    stated = orjson.loads(path_of(HL7, "questionnaireresponse-example-phq9.json").read_bytes())
    read = read_response(stated, form, INSTRUMENTS.values())
    assert read.converted == "STU3" and [one.total for one in read.found] == [0]
    (report,) = read_files([path_of(HL7, "questionnaire-example-phq9.json")]).report.files
    assert report.status == "imported" and "converted from FHIR STU3" in report.notes


def test_a_response_about_nobody_in_the_files_is_refused() -> None:
    (report,) = read_files([path_of(HL7, "questionnaireresponse-example-phq9.json")]).report.files
    assert report.status == "refused" and "no Patient in these files" in report.message


@pytest.mark.parametrize("name", ["phq2phq9.yaml", "phq2phq9-extract.yaml"])
def test_yaml_is_refused_by_its_name(name: str) -> None:
    (report,) = read_files([path_of("questionnaires_mit_beda", name)]).report.files
    assert report.status == "refused" and "it looks like YAML" in report.message
