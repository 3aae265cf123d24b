"""A record as an archive of tables: what opens in a spreadsheet runs nothing, and no name leads elsewhere."""

import io
from datetime import UTC, datetime
from uuid import UUID
from zipfile import ZipFile
from zoneinfo import ZoneInfo

from kairos.interop.own_record.archive import Sheet, archive, as_csv, plain_name
from kairos.interop.own_record.paper import sheet_of

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_no_cell_runs_as_a_formula_and_each_kind_stays_what_it_is():
    told = as_csv(
        Sheet("t", ("a", "b", "c", "d", "e"), [("=1+1", None, True, -3, NOW), ("-x", "ü", False, 1.5, "")])
    )
    assert told.decode("utf-8-sig").splitlines() == [
        "a,b,c,d,e",
        "'=1+1,,yes,-3,2026-03-02T09:00:00+00:00",
        "'-x,ü,no,1.5,",
    ]


def test_empty_tables_are_left_out_and_each_file_keeps_its_place():
    packed = ZipFile(
        io.BytesIO(
            archive([Sheet("empty", ("a",), ())], [("a/b", b"1"), ("a/b", b"2")], about="Hello", at=NOW)
        )
    )
    assert packed.namelist() == ["READ-ME.txt", "files/001-a-b", "files/002-a-b"]
    assert packed.read("READ-ME.txt") == b"Hello"


def test_a_name_leads_nowhere_else():
    assert plain_name("../../etc/passwd") == "-..-etc-passwd"
    assert plain_name("...") == "file" and len(plain_name("x" * 300)) == 100


def test_a_line_of_the_document_says_when_and_what_and_the_rest():
    row = ("take_alarm", NOW, True, "", UUID(int=1), "two words_kept")
    columns = ("action", "recorded_at", "is_on", "why", "id", "words.said")
    sheet = sheet_of("Log", columns, [row], header=("When", "What", "Else"), zone=ZoneInfo("Europe/Berlin"))
    assert sheet.parts[0].rows == (("2026-03-02 10:00", "take alarm", "is on: yes; said: two words_kept"),)
