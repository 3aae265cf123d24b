"""``kairos facts`` and ``kairos cohort``: one table of records, and the same answers as ``kairos screen``."""

import csv
import json

import pyarrow.parquet
import pytest

from kairos.cli.main import main
from tests.support.fhir import bundle, patient
from tests.support.real_data import real_data_folder

KETAMINE_ALLERGY = {
    "resourceType": "AllergyIntolerance",
    "id": "a",
    "patient": {"reference": "Patient/p"},
    "code": {"text": "ketamine"},
}
ROUTES = (
    ((), "last"),
    (("--route", "sl", "--setting", "home", "--indication", "anxiety"), None),
)


@pytest.fixture
def one_person(tmp_path):
    """Return a table of one person who is allergic to ketamine."""
    (tmp_path / "p.json").write_bytes(bundle(patient(), KETAMINE_ALLERGY))
    out = tmp_path / "facts.parquet"
    assert main(["facts", str(tmp_path / "p.json"), "--out", str(out)]) == 0
    return out


def test_each_rule_is_counted(one_person, capsys):
    assert main(["cohort", str(one_person), "--rule", "ALLERGY", "--on", "2026-06-01", "--json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["people"] == 1
    assert told["on"] == "2026-06-01"
    (row,) = told["rules"]
    counted = {"met": 0, "not_met": 1, "unknown": 0}
    assert row == {"rule": "eligibility.allergy", "ref": "ALLERGY"} | counted
    assert told["content"] == told["facts_content"]


def test_the_terminal_shows_a_row_a_rule(one_person, capsys):
    assert main(["cohort", str(one_person), "--rule", "eligibility.allergy"]) == 0
    assert "ALLERGY          0         1         0" in capsys.readouterr().out


def test_another_definition_of_resistance_may_be_asked(one_person, capsys):
    asked = ["--rule", "TRD", "--definition", "trd.short", "--json"]
    assert main(["cohort", str(one_person), *asked]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert "trd.short" in told["definitions"]
    assert [row["rule"] for row in told["rules"]] == ["eligibility.resistance_depression_short"]
    with pytest.raises(SystemExit):
        main(["cohort", str(one_person), "--definition", "nobody's"])
    assert "is no definition" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["rows.csv", "rows.parquet"])
def test_the_rows_are_written(one_person, tmp_path, name, capsys):
    out = tmp_path / name
    asked = ["--rule", "ALLERGY", "--rule", "SETTING", "--route", "iv", "--setting", "home"]
    assert main(["cohort", str(one_person), *asked, "--out", str(out)]) == 0
    assert {"patient": "p", "rule": "eligibility.allergy", "verdict": "not_met"} in read_rows(out)


def read_rows(path):
    """Return the rows of a file."""
    if path.suffix == ".parquet":
        return pyarrow.parquet.read_table(path).to_pylist()
    with path.open() as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["{facts}", "--rule", "NOBODY"], "NOBODY is not asked here"),
        (["{facts}", "--out", "rows.xlsx"], "ends neither in .csv nor in .parquet"),
        (["{folder}/p.json"], "is no table of facts"),
        (["{folder}/none.parquet"], "is no table of facts"),
        (["{facts}", "--out", "{facts}"], "is a file that is read"),
        (["{facts}", "--out", "{folder}/none/rows.csv"], "no folder"),
        (["{facts}", "--out", "{folder}/rows.csv/"], "ends neither"),
    ],
)
def test_what_cannot_be_asked_is_said(one_person, tmp_path, capsys, words, told):
    given = [word.format(facts=one_person, folder=tmp_path) for word in words]
    before = one_person.read_bytes()
    assert main(["cohort", *given]) == 2
    assert told in capsys.readouterr().err
    assert one_person.read_bytes() == before


@pytest.mark.parametrize(
    ("out", "told"), [("p.json", "is a file that is read"), ("none/f.parquet", "no folder"), ("", "folder")]
)
def test_facts_are_never_written_over_the_record(tmp_path, capsys, out, told):
    record = tmp_path / "p.json"
    record.write_bytes(bundle(patient()))
    assert main(["facts", str(record), "--out", str(tmp_path / out)]) == 2
    assert told in capsys.readouterr().err
    assert record.read_bytes() == bundle(patient())


@pytest.mark.parametrize(
    ("metadata", "told"),
    [
        ({}, "is no table of facts"),
        ({"kairos.facts.version": "0"}, "reads version 1"),
        ({"kairos.facts.version": "1"}, "lacks the columns"),
    ],
)
def test_a_table_of_another_kind_or_version_is_refused(tmp_path, capsys, metadata, told):
    table = pyarrow.table({"person": ["p"]}).replace_schema_metadata(metadata)
    pyarrow.parquet.write_table(table, tmp_path / "t.parquet")
    assert main(["cohort", str(tmp_path / "t.parquet")]) == 2
    assert told in capsys.readouterr().err


def test_facts_of_older_content_are_marked(one_person, capsys):
    table = pyarrow.parquet.read_table(one_person)
    stated = table.schema.metadata | {b"kairos.facts.content": b"older"}
    pyarrow.parquet.write_table(table.replace_schema_metadata(stated), one_person)
    assert main(["cohort", str(one_person), "--rule", "ALLERGY"]) == 0
    assert "read under another content version" in capsys.readouterr().err


def test_nothing_is_written_where_a_file_is_refused(tmp_path, capsys):
    (tmp_path / "bad.json").write_text("no json")
    assert main(["facts", str(tmp_path / "bad.json"), "--out", str(tmp_path / "facts.parquet")]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["bad.json"]


def real_files():
    """Return every file of real records."""
    folder = real_data_folder()
    return sorted(p for name in ("*synthea*/*.json.gz", "mimic*/*.ndjson.gz") for p in folder.glob(name))


@pytest.fixture(scope="module")
def real_facts(tmp_path_factory):
    """Return the table of facts of all real records."""
    out = tmp_path_factory.mktemp("real") / "facts.parquet"
    assert main(["facts", *map(str, real_files()), "--out", str(out)]) == 0
    return out


@pytest.mark.real_data
@pytest.mark.parametrize(("target", "on"), ROUTES, ids=["iv-last", "sl-home-today"])
def test_screen_and_cohort_agree_on_every_real_record(real_facts, tmp_path, capsys, target, on):
    asked = [*target, *(("--on", on) if on else ())]
    out = tmp_path / "rows.csv"
    assert main(["screen", *map(str, real_files()), *asked, "--json"]) == 0
    alone = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert main(["cohort", str(real_facts), *asked, "--out", str(out)]) == 0
    many = {(row["patient"], row["rule"]): row["verdict"] for row in read_rows(out)}
    one = {(of["patient"], f["rule"]): f["verdict"] for of in alone for f in of["findings"]}
    assert len(alone) > 10
    assert many == one
