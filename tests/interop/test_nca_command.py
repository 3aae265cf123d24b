"""``kairos nca`` reads a table of samples as people write it, and says what it cannot use."""

import json

import pytest

from kairos.cli.main import main

HEAD = "subject,time,conc,dose,route,duration"
HALVING = [(1, 4), (2, 2), (3, 1), (4, 0.5)]


@pytest.fixture
def table(tmp_path):
    """Write lines to a file and return its name."""

    def written(*lines, header=HEAD):
        path = tmp_path / "samples.csv"
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        return str(path)

    return written


def _bolus(subject="a", samples=HALVING, dose="16"):
    return [f"{subject},{at},{level},{dose},iv-bolus," for at, level in samples]


def _answer(capsys, *words):
    assert main(["nca", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def _refusal(capsys, name):
    assert main(["nca", name]) == 2
    said = capsys.readouterr()
    assert not said.out
    return said.err


def test_every_person_has_every_result_by_its_name_and_unit(capsys, table):
    header = "Subject,Time (h),Conc (mg/L),Dose [mg],Route,Duration"
    name = table(*_bolus(), *_bolus("b", dose="8"), header=header)
    told = _answer(capsys, name, "--method", "linear-up-log-down")
    assert [person["subject"] for person in told["subjects"]] == ["a", "b"]
    first = told["subjects"][0]
    assert first["half_life"] == pytest.approx(1)
    assert (first["c0"], first["vz"]) == (pytest.approx(8), pytest.approx(2))
    assert (told["units"]["cl"], told["units"]["auc_last"]) == ("mg/(mg/L)/h", "mg/L*h")
    assert told["method"] == "linear-up-log-down"


def test_without_units_in_the_header_the_answer_names_whose_units_they_are(capsys, table):
    told = _answer(capsys, table(*_bolus()))
    assert told["units"]["half_life"] == "time unit"
    assert told["method"] == "linear"


def test_rows_in_any_order_empty_lines_and_other_separators(capsys, table):
    shuffled = [line.replace(",", ";") for line in reversed(_bolus())]
    told = _answer(capsys, table(*shuffled, "", ";;;;;", header=HEAD.replace(",", ";")))
    assert told["subjects"][0]["half_life"] == pytest.approx(1)


def test_below_the_limit_counts_as_zero_before_the_first_measured_one_and_not_after(capsys, table):
    samples = [(0, "BLQ"), (1, 8), (2, 4), (3, 2), (4, 1), (5, "<0.5"), (6, "NA")]
    lines = [f"a,{at},{level},16,extravascular," for at, level in samples]
    person = _answer(capsys, table(*lines))["subjects"][0]
    assert person["tlast"] == 4
    assert person["apparent"] is True
    assert [reason.split(":")[0] for reason in person["left_out"]] == ["row 6", "row 7"]


def test_what_is_empty_has_its_reason(capsys, table):
    person = _answer(capsys, table("a,0,0,16,extravascular,", "a,1,5,,,", "a,2,4,,,"))["subjects"][0]
    assert person["lambda_z"] is None
    assert "3 are needed" in person["missing"]["lambda_z"]
    assert person["dose"] == 16


def test_an_infusion_has_its_duration(capsys, table):
    lines = [f"a,{at},{level},16,IV Infusion,0.5" for at, level in HALVING]
    assert _answer(capsys, table(*lines))["subjects"][0]["duration"] == 0.5


def test_a_person_reads_it_too(capsys, table):
    lines = [f"a,{at},{level},16,extravascular," for at, level in [*HALVING, (5, "")]]
    assert main(["nca", table(*lines)]) == 0
    said = capsys.readouterr().out
    assert "(apparent)" in said
    assert "outside a vein" in said
    assert "left out: row 5: no concentration" in said


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["a,0,1,16,iv-bolus,", "a,0,2,16,iv-bolus,"], ["rows 1 and 2 are both of time 0"]),
        (["a,0,-1,16,iv-bolus,"], ["row 1", "below zero"]),
        (["a,x,1,16,iv-bolus,"], ["row 1", "'x' is not a number"]),
        (["a,1,inf,16,iv-bolus,"], ["'inf' is not a number"]),
        (["a,,1,16,iv-bolus,"], ["row 1", "the time of this concentration is missing"]),
        ([",1,1,16,iv-bolus,"], ["row 1", "whose sample"]),
        (["a,1,1,16,oral,"], ["'oral'", "extravascular"]),
        (["a,1,1,16,,"], ["no route"]),
        (["a,1,1,16,iv-bolus,", "a,2,1,16,extravascular,"], ["several routes"]),
        (["a,1,1,16,iv-bolus,", "a,2,1,17,iv-bolus,"], ["dose", "several"]),
        (["a,1,1,-16,iv-bolus,"], ["dose", "below zero"]),
        (["a,1,1,16,iv-infusion,"], ["duration above zero"]),
        ([], ["no rows"]),
        ([f"a,{at},-1,16,iv-bolus," for at in range(12)], ["and 2 more"]),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_computed(capsys, table, lines, words):
    said = _refusal(capsys, table(*lines))
    assert all(word in said for word in words)


def test_a_missing_column_is_named_with_those_that_are_needed(capsys, table):
    said = _refusal(capsys, table("a,1,1", header="subject,time,conc"))
    assert "'dose', 'route'" in said
    assert "duration" in said


def test_a_column_that_is_there_twice_is_refused(capsys, table):
    assert "several columns 'conc'" in _refusal(capsys, table("a,1,1,2,3,4", header=HEAD + ",Conc (mg/L)"))


def test_a_file_that_is_no_text_or_not_there(capsys, tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in _refusal(capsys, str(path))
    assert "cannot be read" in _refusal(capsys, str(tmp_path / "none.csv"))
