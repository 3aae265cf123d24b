"""``kairos score`` on FHIR: one QuestionnaireResponse, one row."""

import gzip
import json

import pytest

from kairos.cli.main import main
from tests.support.real_data import real_data_folder

LOINC = "http://loinc.org"
CODES = "44250-9 44255-8 44259-0 44254-1 44251-7 44258-2 44252-5 44253-3 44260-8".split()


def questionnaire(link: str = "q", codes: tuple[str, ...] = tuple(CODES)) -> dict:
    """Return a Questionnaire of these items."""
    items = [
        {"linkId": f"{link}{n}", "type": "integer", "text": "?", "code": [{"system": LOINC, "code": code}]}
        for n, code in enumerate(codes, start=1)
    ]
    total = {"linkId": "sum", "type": "integer", "code": [{"system": LOINC, "code": "44261-6"}]}
    return {
        "resourceType": "Questionnaire",
        "id": f"form-{link}",
        "url": f"http://example.org/{link}",
        "status": "active",
        "item": [*items, total],
    }


def response(
    name: str, values: list[int | None], *, link: str = "q", total: int | None = None, **more
) -> dict:
    """Return a response by linkIds alone."""
    items = [
        {"linkId": f"{link}{n}", "answer": [{"valueInteger": value}]}
        for n, value in enumerate(values, start=1)
        if value is not None
    ]
    if total is not None:
        items.append({"linkId": "sum", "answer": [{"valueInteger": total}]})
    held = {"resourceType": "QuestionnaireResponse", "id": name, "status": "completed", "item": items}
    return held | {"questionnaire": f"http://example.org/{link}"} | more


RESPONSES = [
    response("a", [1] * 9, total=9),
    response("b", [3] * 9, total=20),
    response("c", [None, *[0] * 7, 2]),
    response("d", [1] * 9, status="entered-in-error"),
]
EXPECTED = {
    "rows": 3,
    "complete": 2,
    "partial": 1,
    "empty": 0,
    "refused": 0,
    "mean": 18.0,
    "item9_positive": 3,
}


def run(capsys, *words) -> tuple[int, dict | None, str]:
    """Run the command; return its exit code, its object and what it said."""
    code = main(["score", "--json", "--instrument", "phq-9", *map(str, words)])
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else None, said.err


def packed(kind: str, resources: list[dict]) -> bytes:
    """Return resources as a file of some kind."""
    if kind == "bundle":
        entries = [{"resource": one} for one in resources]
        return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()
    if kind == "list":
        return b"\xef\xbb\xbf" + json.dumps(resources).encode()
    lines = "\n".join(json.dumps(one) for one in resources).encode()
    return gzip.compress(lines) if kind == "lines.gz" else lines


@pytest.mark.parametrize("kind", ["bundle", "list", "lines", "lines.gz"])
@pytest.mark.parametrize("inside", [True, False])
def test_each_response_is_a_row(capsys, tmp_path, kind, inside):
    form = tmp_path / "form.json"
    form.write_text(json.dumps(questionnaire()))
    path = tmp_path / "responses.json"
    path.write_bytes(packed(kind, [*RESPONSES, questionnaire()] if inside else RESPONSES))
    code, summary, said = run(capsys, path, *([] if inside else ["--questionnaire", form]))
    assert code == 0
    assert {key: summary[key] for key in EXPECTED} == EXPECTED
    assert "1 responses left out" in said
    assert "1 responses state a wrong total; it was recomputed" in said


def test_each_response_is_read_by_its_own_questionnaire(capsys, tmp_path):
    forms = [questionnaire("q"), questionnaire("other", tuple(reversed(CODES)))]
    answers = [response("a", [3, *[0] * 8]), response("b", [3, *[0] * 8], link="other")]
    path = tmp_path / "responses.json"
    path.write_bytes(packed("bundle", [*forms, *answers]))
    _, summary, _ = run(capsys, path, "--out", tmp_path / "rows.csv")
    assert (summary["mean"], summary["item9_positive"]) == (3, 1)
    assert "1,a,complete,3,Minimal,0,,0" in (tmp_path / "rows.csv").read_text()


def test_a_short_form_is_scored_from_its_long_one(capsys, tmp_path):
    path = tmp_path / "responses.json"
    path.write_bytes(packed("list", [questionnaire(), response("a", [2] * 9)]))
    assert main(["score", "--json", "--instrument", "phq-2", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["mean"] == 4


@pytest.mark.parametrize(("name", "mean"), [("phq-9", 18), ("phq-2", 4)])
def test_our_own_form_needs_no_file_that_says_what_it_asks(capsys, tmp_path, name, mean):
    answers = [{"linkId": f"phq9.{n}", "answer": [{"valueInteger": 2}]} for n in range(1, 10)]
    path = tmp_path / "responses.json"
    held = {"resourceType": "QuestionnaireResponse", "questionnaire": "urn:kairos:instrument:phq9"}
    path.write_text(json.dumps({**held, "status": "completed", "item": answers}))
    assert main(["score", "--json", "--instrument", name, str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["mean"] == mean
    path.write_text(json.dumps({**held, "questionnaire": f"{held['questionnaire']}|1999", "item": answers}))
    assert main(["score", "--json", "--instrument", name, str(path)]) == 2


@pytest.mark.parametrize(
    ("content", "words", "why"),
    [
        (packed("list", [response("a", [1] * 9)]), [], "nothing says what was asked"),
        (packed("list", [questionnaire()]), [], "holds no response to PHQ-9"),
        (packed("list", [questionnaire(), response("a", [7, *[1] * 8])]), [], "row 1 phq9.1"),
        (packed("list", [questionnaire(), response("a", [1] * 9)]), ["--columns", "a"], "have no columns"),
        (b"[{]", [], "broken JSON"),
        (b"{}", ["--questionnaire", "no-such-form.json"], "no-such-form.json: there is no such file"),
        (b'{"resourceType": "Patient"}', [], "holds no response to PHQ-9"),
    ],
)
def test_what_cannot_be_scored_is_refused(capsys, tmp_path, content, words, why):
    path = tmp_path / "responses.json"
    path.write_bytes(content)
    code, summary, said = run(capsys, path, *words)
    assert (code, summary) == (2, None)
    assert why in said


@pytest.mark.real_data
def test_another_version_of_fhir_is_converted_and_said(capsys):
    folder = real_data_folder() / "questionnaires_cc0_hl7"
    answers = folder / "questionnaireresponse-example-phq9.json"
    code, summary, said = run(capsys, answers, "--questionnaire", folder / "questionnaire-example-phq9.json")
    assert (code, summary["rows"], summary["complete"]) == (0, 1, 1)
    assert "1 responses were converted from FHIR STU3" in said
