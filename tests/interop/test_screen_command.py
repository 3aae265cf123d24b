"""``kairos screen``: the same findings in the terminal, without a database."""

import gzip
import json
import subprocess
import sys

import pytest

from kairos.cli.main import main
from kairos.domain.rules.target import Route, Setting
from tests.support.real_data import real_data_folder

DECISIONS = {"may_proceed", "needs_review", "excluded", "incomplete"}


def screen(capsys, *words):
    """Run the command; return its exit code and the objects it printed."""
    code = main(["screen", *map(str, words), "--json"])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def refs(result, verdict):
    """Return the rows with a verdict."""
    return {f["ref"] for f in result["findings"] if f["verdict"] == verdict}


@pytest.fixture
def nobody(tmp_path):
    """A Bundle with one person of whom nothing is known."""
    path = tmp_path / "nobody.json"
    entry = {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Patient", "id": "nobody"}}
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": [entry]}))
    return path


def test_an_empty_record_is_incomplete_and_nothing_is_met(capsys, nobody):
    for on in ([], ["--on", "2026-06-01"], ["--on", "last"], ["--indication", "anxiety"]):
        code, (result,) = screen(capsys, nobody, *on)
        assert code == 0
        assert result["decision"] == "incomplete"
        assert refs(result, "met") == set()


def test_the_shape_of_an_answer(capsys, nobody):
    _, (result,) = screen(capsys, nobody, "--on", "2026-06-01")
    assert result["patient"] == "nobody"
    assert result["on"] == "2026-06-01"
    assert result["decision"] in DECISIONS
    for found in result["findings"]:
        assert set(found) >= {"rule", "ref", "verdict", "severity", "because", "sources"}
        assert found["sources"] and found["because"]


def test_a_reader_sees_severity_questions_and_sources(capsys, nobody):
    assert main(["screen", str(nobody)]) == 0
    page = capsys.readouterr().out
    for words in ("incomplete", "A clinician decides", "Not known (absolute)", "To ask", "Sources", "PREG"):
        assert words in page


def test_bad_input_is_refused_with_exit_code_2(capsys, tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    assert main(["screen", str(broken), "--json"]) == 2
    assert main(["screen", str(tmp_path / "absent.json")]) == 2
    with pytest.raises(SystemExit) as refused:
        main(["screen", str(broken), "--on", "yesterday"])
    assert refused.value.code == 2
    assert capsys.readouterr().out == ""


def test_what_belongs_to_nobody_in_the_files_is_told(capsys, nobody, tmp_path):
    path = tmp_path / "stray.json"
    bundle = json.loads(nobody.read_text())
    stray = {"resourceType": "Condition", "subject": {"reference": "Patient/other"}, "code": {"text": "?"}}
    path.write_text(json.dumps({**bundle, "entry": [*bundle["entry"], {"resource": stray}]}))
    for words in (
        ["screen", str(path), "--json"],
        ["facts", str(path), "--out", str(tmp_path / "f.parquet")],
    ):
        assert main(words) == 0
        assert "1 entries belong to nobody" in capsys.readouterr().err


def test_it_runs_without_django():
    code = "import kairos.cli.screen, sys; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def record(name):
    """Return a file of the Synthea sample by the beginning of its name."""
    (path,) = (real_data_folder() / "synthea_r4_2018").glob(f"{name}_*.json.gz")
    return path


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "on", "ref", "verdict", "severity", "decision"),
    [
        ("pregnancy_1", "2019-02-01", "PREG", "not_met", "absolute", "excluded"),
        ("pregnancy_1", "last", "PREG", "unknown", "absolute", "incomplete"),
        ("hypertension_4", "2019-05-05", "BP-UNCTRL", "not_met", "defer", "incomplete"),
        ("opioid_abuse_1", "last", "SUD-ACTIVE", "not_met", "absolute", "excluded"),
        ("stroke_1", "last", "DECEASED", "not_met", "absolute", "excluded"),
        ("stroke_1", "last", "CNS-ICH", "unknown", "absolute", "excluded"),
        ("mdd_1", "last", "TRD", "unknown", "relative", "incomplete"),
    ],
)
def test_real_records(capsys, name, on, ref, verdict, severity, decision):
    code, (result,) = screen(capsys, record(name), "--on", on)
    (found,) = [f for f in result["findings"] if f["ref"] == ref]
    assert code == 0
    assert (found["verdict"], found["severity"], result["decision"]) == (verdict, severity, decision)


@pytest.mark.real_data
def test_no_real_record_may_proceed_unasked(capsys):
    """A record alone never suffices: too much is asked that no record holds."""
    folder = real_data_folder()
    mimic = sorted((folder / "mimic_iv_demo_fhir").glob("*.ndjson.gz"))
    sets = [[path] for path in sorted((folder / "synthea_r4_2018").glob("*.gz"))] + [mimic]
    seen = 0
    for files in sets:
        code, results = screen(capsys, *files, "--on", "last")
        assert code == 0
        assert {r["decision"] for r in results} <= {"incomplete", "excluded"}
        seen += len(results)
    assert seen == 30


@pytest.mark.real_data
def test_a_shifted_record_has_no_age_today(capsys):
    files = sorted((real_data_folder() / "mimic_iv_demo_fhir").glob("*.ndjson.gz"))
    _, results = screen(capsys, *files)
    for result in results:
        (age,) = [f for f in result["findings"] if f["ref"] == "AGE"]
        assert age["verdict"] == "unknown"


def test_a_gzipped_file_reads_the_same(capsys, nobody, tmp_path):
    packed = tmp_path / "nobody.json.gz"
    packed.write_bytes(gzip.compress(nobody.read_bytes()))
    assert screen(capsys, nobody, "--on", "2026-06-01") == screen(capsys, packed, "--on", "2026-06-01")


def test_what_was_asked_for_stands_in_the_answer(capsys, nobody):
    _, (usual,) = screen(capsys, nobody)
    asked = ("route", "setting", "indication", "jurisdiction")
    assert [usual[part] for part in asked] == ["iv", "clinic", "trd", "us"]
    words = ["--route", "sl", "--setting", "home", "--indication", "ptsd", "--jurisdiction", "US-CA"]
    _, (other,) = screen(capsys, nobody, *words)
    assert [other[part] for part in asked] == ["sl", "home", "ptsd", "us-ca"]
    assert {"HOME-NOADULT", "HOME-BP", "RESP-HOME", "LICENCE"} <= refs(other, "unknown")
    assert usual["regulatory"]["status"] == "off_label"
    assert other["regulatory"]["status"] == "compounded_off_label"
    assert usual["evidence"]["grade"] and usual["evidence"]["sources"]


def test_every_route_at_every_place(capsys, nobody):
    code, results = screen(capsys, nobody, "--all", "--indication", "mdsi")
    asked = {(r["route"], r["setting"]) for r in results}
    assert code == 0
    assert asked == {(route, setting) for route in Route for setting in Setting}
    assert {r["indication"] for r in results} == {"mdsi"}
    assert all(refs(r, "met") == set() for r in results)
    barred = {(r["route"], r["setting"]) for r in results if not r["offered"]}
    assert barred == {("iv", "home"), ("im", "home"), ("esketamine", "home")}
    assert {(r["route"], r["setting"]) for r in results if r["decision"] == "excluded"} == barred
    argued = {(r["route"], r["setting"]): r["argues_for_clinic"] for r in results}
    assert argued["iv", "home"][0] == "SETTING"
    assert argued["iv", "clinic"] == []


def test_every_route_side_by_side_for_a_reader(capsys, nobody):
    assert main(["screen", str(nobody), "--all"]) == 0
    page = capsys.readouterr().out
    for words in ("iv clinic: incomplete", "iv home: excluded; absolute: SETTING", "sl home: incomplete"):
        assert words in page


def test_the_definition_of_resistance_is_chosen_and_the_others_are_kept(capsys, nobody):
    _, (result,) = screen(capsys, nobody, "--definition", "trd.strict_doses")
    assert "trd.strict_doses" in result["definitions"]
    chosen = [f["rule"] for f in result["findings"] if f["ref"] == "TRD"]
    others = [f["rule"] for f in result["other_definitions"]]
    assert chosen == ["eligibility.resistance_depression_strict_doses"]
    assert "eligibility.resistance_depression" in others and not set(chosen) & set(others)


def test_an_unknown_route_is_refused_with_those_there_are(capsys, nobody):
    with pytest.raises(SystemExit):
        main(["screen", str(nobody), "--route", "subcutaneous"])
    said = capsys.readouterr().err
    assert "esketamine" in said and "Route." not in said


def test_a_place_that_is_none_is_refused(nobody):
    for words in (
        ["--jurisdiction", "the moon"],
        ["--route", "nose"],
        ["--setting", "car"],
        ["--definition", "mine"],
    ):
        with pytest.raises(SystemExit) as refused:
            main(["screen", str(nobody), *words])
        assert refused.value.code == 2
