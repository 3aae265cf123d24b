"""Every folder of real records with people in it goes in; everything else is refused in words."""

from pathlib import Path

import pytest

from kairos.interop.fhir.reading import ReadSet, read_files
from tests.support.real_data import real_data_folder

pytestmark = pytest.mark.real_data
FOLDERS = ("synthea_r4_2018", "synthea_r4_pathling", "pysynthea_r4")


def files_of(folder: str, pattern: str = "*.gz") -> list[Path]:
    return sorted((real_data_folder() / folder).glob(pattern))


def adds_up(result: ReadSet) -> bool:
    held = [file.as_json()["resources"] for file in result.report.files]
    return all(
        set(counts) == {"taken", "stored_only", "not_understood", "refused"}
        for types in held
        for counts in types.values()
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_bundle_of_one_person_goes_in(folder: str) -> None:
    paths = files_of(folder)
    assert paths
    for path in paths:
        result = read_files([path])
        (record,) = result.patients
        assert result.report.files[0].status == "imported" and adds_up(result)
        assert record.newest_entry is not None and record.facts
        assert sum(map(result.report.files[0].total, result.report.files[0].resources)) >= len(record.entries)


def test_the_hospital_records_go_in_as_one_set() -> None:
    result = read_files(files_of("mimic_iv_demo_fhir"))
    assert len(result.patients) == 14 and adds_up(result)
    assert sum(file.total("Condition") for file in result.report.files) == 1038
    assert sum(file.implausible for file in result.report.files) > 0
    assert all(fact.recorded_at for p in result.patients for fact in p.facts if fact.kind == "condition")


@pytest.mark.parametrize(
    "pattern",
    [
        "questionnaires_*/*.yaml",
        "hl7_fhir_test_cases_cdshooks/*.json",
        "nhanes/*.gz",
        "trials_*/*.csv",
        "*/LICENSE*",
        "README.md",
        "mimic_iv_demo_fhir/MimicCondition.ndjson.gz",
    ],
)
def test_everything_else_is_refused_in_words(pattern: str) -> None:
    paths = sorted(real_data_folder().glob(pattern))
    assert paths
    for path in paths:
        (report,) = read_files([path]).report.files
        assert report.status == "refused" and len(report.message) > 20, path.name
