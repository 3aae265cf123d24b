import csv
import gzip
import json

import numpy as np
import pytest

from kairos.cli.main import main
from tests.support.real_data import real_data_folder
from tests.support.sas_transport import columns_of

PHQ9_COLUMNS = [f"DPQ0{n}0" for n in range(1, 10)]
PHQ9_BANDS = (("Minimal", 0, 4), ("Mild", 5, 9), ("Moderate", 10, 14))
PHQ9_BANDS = (*PHQ9_BANDS, ("Moderately severe", 15, 19), ("Severe", 20, 27))
GAD7_BANDS = (("Minimal", 0, 4), ("Mild", 5, 9), ("Moderate", 10, 14), ("Severe", 15, 21))
HEADER = "a,b,c,d,e,f,g,h,i"
NAMED = ["--columns", HEADER]


def expected(items: np.ndarray, bands, *, highest: int, item9: bool) -> dict:
    """Return the summary by plain NumPy: valid answers are whole numbers from 0 to ``highest``."""
    valid = np.isin(items, np.arange(highest + 1))
    refused = np.isin(items, [7, 9, 77, 99])
    assert (valid | refused | np.isnan(items)).all()
    complete, empty = valid.all(axis=1), ~valid.any(axis=1)
    totals = items[complete].sum(axis=1)
    return {
        "rows": len(items),
        "complete": int(complete.sum()),
        "partial": int((~complete & ~empty).sum()),
        "empty": int(empty.sum()),
        "refused": int(refused.any(axis=1).sum()),
        "mean": pytest.approx(totals.mean(), rel=1e-12),
        "sd": pytest.approx(totals.std(ddof=1), rel=1e-12),
        "bands": [
            {"label": name, "min": low, "max": high, "n": int(((totals >= low) & (totals <= high)).sum())}
            for name, low, high in bands
        ],
        "item9_positive": int((valid[:, 8] & (items[:, 8] > 0)).sum()) if item9 else None,
    }


def scored(capsys, *words: str) -> dict:
    """Run the command and return its object; nothing else stands on stdout."""
    assert main(["score", "--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys, *words: str) -> str:
    """Run the command, which refuses, and return why; nothing stands on stdout."""
    assert main(["score", "--json", *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


@pytest.mark.real_data
def test_both_surveys_equal_plain_numpy_over_the_raw_file(capsys):
    files = sorted((real_data_folder() / "nhanes").glob("*.xpt*"))
    assert len(files) >= 2
    for path in files:
        raw = columns_of(path)
        items = np.column_stack([raw[name] for name in PHQ9_COLUMNS])
        summary = scored(capsys, "--instrument", "phq-9", str(path))
        assert summary == expected(items, PHQ9_BANDS, highest=3, item9=True)
        assert summary["refused"] > 0


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "prefix", "count", "bands"), [("PHQ-9", "D", 9, PHQ9_BANDS), ("gad7", "A", 7, GAD7_BANDS)]
)
def test_the_items_of_the_students_equal_plain_numpy(capsys, name, prefix, count, bands):
    path = real_data_folder() / "ukm_phq9_gad7_pss10" / "items.csv"
    columns = [f"{prefix}{n}" for n in range(1, count + 1)]
    with path.open(encoding="utf-8") as file:
        held = list(csv.DictReader(file))
    items = np.array([[float(row[column]) for column in columns] for row in held])
    summary = scored(capsys, "--instrument", name, str(path), "--columns", ", ".join(columns))
    assert summary == expected(items, bands, highest=3, item9=count == 9)


@pytest.mark.real_data
def test_the_rows_written_are_those_counted(capsys, tmp_path):
    (path, *_) = sorted((real_data_folder() / "nhanes").glob("*.xpt*"))
    out = tmp_path / "rows.csv.gz"
    summary = scored(capsys, "--instrument", "phq9", str(path), "--out", str(out))
    with gzip.open(out, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    raw = columns_of(path)
    assert [float(row["SEQN"]) for row in rows] == raw["SEQN"].tolist()
    assert sum(row["status"] == "complete" for row in rows) == summary["complete"]
    assert sum(row["refused"] == "1" for row in rows) == summary["refused"]
    assert sum(row["item9_positive"] == "1" for row in rows) == summary["item9_positive"]
    complete = [row for row in rows if row["total"]]
    items = {n: raw[name] for n, name in enumerate(PHQ9_COLUMNS, start=1)}
    assert all(float(row["total"]) == sum(items[n][int(row["row"]) - 1] for n in items) for row in complete)


def table(tmp_path, *rows: str, header: str = HEADER, name: str = "answers.csv") -> str:
    """Write a small table and return its path."""
    path = tmp_path / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8-sig")
    return str(path)


def test_refusals_silence_and_the_nought_of_sas(capsys, tmp_path):
    path = table(
        tmp_path,
        "5.397605346934028e-79,1,2,3,0,0,0,0,1",
        "7,1,2,3,0,0,0,0,2",
        "9,9,9,9,77,99,9,9,9",
        ",,NA,.,,,,,",
        "Refused,Several days,don't know, 1 ,1.0,0,0,0,",
    )
    summary = scored(capsys, "--instrument", "phq-9", path, *NAMED)
    assert (summary["rows"], summary["complete"], summary["partial"], summary["empty"]) == (5, 1, 2, 2)
    assert (summary["refused"], summary["mean"], summary["sd"], summary["item9_positive"]) == (3, 7, None, 2)


def test_a_table_without_rows_adds_up_to_nothing(capsys, tmp_path):
    summary = scored(capsys, "--instrument", "phq-9", table(tmp_path), *NAMED)
    assert (summary["rows"], summary["mean"], summary["item9_positive"]) == (0, None, 0)


def test_what_is_no_answer_is_told_by_its_place_and_never_scored(capsys, tmp_path):
    out = tmp_path / "rows.csv"
    path = table(tmp_path, "0,0,0,0,0,0,0,0,0", "4,0,0,0,0,0,0,0,0", "0,0,many,0,0,0,0,0,1.5")
    said = refused(capsys, "--instrument", "phq-9", path, *NAMED, "--out", str(out))
    assert "3 answers in 2 rows" in said
    assert "row 2 phq9.1, row 3 phq9.3, row 3 phq9.9" in said
    assert "many" not in said
    assert not out.exists()


FULL = "0,0,0,0,0,0,0,0,0"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--instrument", "phq-9"], "not those of a known source"),
        (["--instrument", "phq-9", "--columns", "a,b,c"], "3 columns are named; PHQ-9 takes 9"),
        (["--instrument", "phq-9", "--columns", "a,b,c,d,e,f,g,h,z"], "has no column 'z'"),
        (["--instrument", "phq-9", "--columns", "a,a,c,d,e,f,g,h,i"], "named twice"),
        (["--instrument", "phq-19", *NAMED], "'phq-19' is not known"),
        (["--instrument", "c-ssrs screener", *NAMED], "is assessed, not added up"),
        (["--instrument", "phq-9", *NAMED, "--questionnaire", "q.json"], "this is a table"),
        (["--instrument", "phq-9", "--columns", ""], "0 columns are named"),
        (["--instrument", "bpic-ss"], "BPIC-SS takes 1 for totals"),
        (["--instrument", "gad-7"], "GAD-7 takes 7 for gad7.1"),
    ],
)
def test_nothing_is_guessed(capsys, tmp_path, words, why):
    assert why in refused(capsys, *words, table(tmp_path, FULL))


def test_columns_of_a_known_source_keep_their_order(capsys, tmp_path):
    shuffled = [*PHQ9_COLUMNS[1:], PHQ9_COLUMNS[0]]
    path = table(tmp_path, FULL, header=",".join(shuffled).lower())
    assert scored(capsys, "--instrument", "phq-9", path)["complete"] == 1
    assert "in another order" in refused(
        capsys, "--instrument", "phq-9", path, "--columns", ",".join(shuffled)
    )


def test_our_own_names_tabs_and_the_question_that_is_not_scored(capsys, tmp_path):
    names = [f"phq9.{n}" for n in range(1, 11)]
    path = table(tmp_path, "\t".join("1111111112"), header="\t".join(names), name="answers.tsv")
    assert scored(capsys, "--instrument", "phq-9", path)["mean"] == 9
    assert scored(capsys, "--instrument", "phq-9", path, "--columns", ",".join(names))["mean"] == 9


def test_two_columns_of_one_name_are_not_chosen_between(capsys, tmp_path):
    path = table(tmp_path, FULL, header="a,a,c,d,e,f,g,h,i")
    assert "several columns 'a'" in refused(capsys, "--instrument", "phq-9", path, *NAMED)


def test_an_empty_line_of_a_single_column_is_a_person_who_did_not_answer(capsys, tmp_path):
    path = table(tmp_path, "3", "", "4", header="craving.1")
    summary = scored(capsys, "--instrument", "craving", path)
    assert (summary["rows"], summary["empty"], summary["mean"]) == (3, 1, 3.5)


def test_totals_entered_elsewhere_get_their_bands(capsys, tmp_path):
    path = table(tmp_path, "34,3", "35,4", ",5", header="total,visit")
    summary = scored(capsys, "--instrument", "MADRS", path, "--columns", "total")
    assert (summary["complete"], summary["empty"], summary["mean"]) == (2, 1, 34.5)
    assert [band["n"] for band in summary["bands"]] == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the file is empty"),
        (b"PK\x03\x04\0\0", "neither CSV, SAS transport"),
        (b"HEADER RECORD*******LIBV8   HEADER RECORD!!!!!!!", "version 8"),
        (b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!", "cannot be read as a table"),
        (b"\x1f\x8b\x08\0\0\0", "cannot be read as a table"),
        (b"a,b,c,d,e,f,g,h,i\n0,0,0,0,0,0,0,0,0,\n0,0,0,0,0,0,0,0,0,0\n", "row 2 has 10 cells"),
        (b"a;b;c;d;e;f;g;h;i\n0;0\n", "row 1 has 2 cells"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(capsys, tmp_path, content, why):
    path = tmp_path / "answers.bin"
    path.write_bytes(content)
    assert why in refused(capsys, "--instrument", "phq-9", str(path), *NAMED)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n\n"])
def test_lines_end_as_any_system_ends_them(capsys, tmp_path, end):
    path = tmp_path / "answers.csv"
    path.write_text(
        end.join(["phq9." + ",phq9.".join("123456789"), "1" + ",1" * 8, "0" + ",0" * 8]), newline=""
    )
    summary = scored(capsys, "--instrument", "phq-9", str(path))
    assert (summary["rows"], summary["complete"], summary["mean"]) == (2, 2, 4.5)


def test_a_transport_file_cut_off_between_two_cards_is_refused(capsys, tmp_path):
    (whole, *_) = sorted((real_data_folder() / "nhanes").glob("*.xpt*"))
    content = gzip.decompress(whole.read_bytes()) if whole.suffix == ".gz" else whole.read_bytes()
    path = tmp_path / "cut.xpt"
    path.write_bytes(content[: 80 * (len(content) // 160)])
    assert "the file was cut off" in refused(capsys, "--instrument", "phq-9", str(path))


def test_a_file_that_is_not_there(capsys, tmp_path):
    assert "there is no such file" in refused(
        capsys, "--instrument", "phq-9", str(tmp_path / "x.csv"), *NAMED
    )


def test_the_rows_never_overwrite_what_is_read(capsys, tmp_path):
    path = table(tmp_path, FULL)
    assert "the file that is read" in refused(capsys, "--instrument", "phq-9", path, *NAMED, "--out", path)
    assert "cannot be written" in refused(
        capsys, "--instrument", "phq-9", path, *NAMED, "--out", str(tmp_path / "no" / "rows.csv")
    )


def test_the_summary_for_people(capsys, tmp_path):
    path = table(tmp_path, FULL, "3,3,3,3,3,3,3,3,3")
    assert main(["score", "--instrument", "phq-9", path, *NAMED]) == 0
    said = capsys.readouterr()
    assert "of complete rows: mean 13.500, SD 19.092" in said.out
    assert "Severe (20 to 27): 1 (50.0%)" in said.out
    assert "2 rows read" in said.err


def test_lines_are_counted_for_people(capsys, tmp_path):
    path = table(tmp_path, "4,0,0", "3,0,0", "0,0,0", header="audit_c.1,audit_c.2,audit_c.3")
    assert main(["score", "--instrument", "audit-c", path]) == 0
    said = capsys.readouterr().out
    assert "Positive for men, were all male: 1" in said
    assert "Positive for women, were all female: 2" in said
    assert "High: 0" in said
