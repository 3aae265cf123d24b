"""Files in every shape that is taken, and every refusal with its place and cause."""

from typing import Any

import pytest

from kairos.interop.fhir import documents
from kairos.interop.fhir.reading import read_contents, read_files
from kairos.vocab.errors import InvalidInput
from tests.support.fhir import SCT, bundle, coded, entry, gzipped, ndjson, observed, patient, refusal

CONDITION = entry("Condition", code=coded("http://snomed.info/sct", "84757009"))


@pytest.mark.parametrize(
    "data",
    [
        bundle(patient(), CONDITION),
        bundle(patient(), CONDITION, kind="transaction"),
        bundle(patient(), CONDITION, kind="batch"),
        ndjson(patient(), CONDITION),
        gzipped(bundle(patient(), CONDITION)),
        gzipped(ndjson(patient(), CONDITION)),
        gzipped(ndjson(patient()) + b"\n") + gzipped(ndjson(CONDITION)),
        b"\xef\xbb\xbf" + bundle(patient(), CONDITION),
    ],
)
def test_bundles_and_lines_plain_or_gzipped_say_the_same(data: bytes) -> None:
    result = read_contents([("a", data)])
    (record,) = result.patients
    assert result.report.files[0].status == "imported"
    assert {fact.concept for fact in record.facts} >= {"birth_date", "sex", "epilepsy"}


def test_a_set_of_files_is_one_record() -> None:
    result = read_contents([("b", ndjson(CONDITION)), ("a", ndjson(patient()))])
    (record,) = result.patients
    assert record.files == ("b", "a") and any(fact.concept == "epilepsy" for fact in record.facts)


@pytest.mark.parametrize(
    "reference",
    [
        "Patient/p",
        "urn:uuid:p",
        "http://server.example/fhir/Patient/p",
        "Patient/p/_history/3",
        "Patient?identifier=http://ids.example|7",
    ],
)
def test_a_reference_is_followed_in_each_form(reference: str) -> None:
    person = patient(identifier=[{"system": "http://ids.example", "value": "7"}])
    result = read_contents([("a", bundle(person, {**CONDITION, "subject": {"reference": reference}}))])
    assert any(fact.concept == "epilepsy" for fact in result.patients[0].facts)


def test_a_reference_by_identifier_alone_is_followed() -> None:
    identifier = {"system": "http://ids.example", "value": "7"}
    held = {**CONDITION, "subject": {"identifier": identifier}}
    result = read_contents([("a", bundle(patient(identifier=[identifier]), held))])
    assert any(fact.concept == "epilepsy" for fact in result.patients[0].facts)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"  \n ", "the file is empty"),
        (b'{"resourceType": "Patient",\n "id": }', "line 2"),
        (bundle(patient())[:-10], "broken JSON"),
        (ndjson(patient()) + b'\n{"resourceType": "Condition", \n', "line 2: broken JSON"),
        (gzipped(bundle(patient()))[:-20], "cut off"),
        (b"\x1f\x8b\x08nonsense in here", "damaged"),
        (b"[" * 5000 + b"]" * 5000, "nested too deeply"),
        (b"resourceType: Patient\nid: x\n", "looks like YAML"),
        (b"a,b,c\n1,2,3\n", "CSV"),
        (b"<Patient/>", "XML"),
        ('{"resourceType":"Patient","id":"ä"}'.encode("latin-1"), "not UTF-8"),
        ('{"resourceType":"Patient"}'.encode("utf-16"), "UTF-16"),
        (b'{"hook": "order-select"}', "there is no resourceType"),
        (b'[{"resourceType": "Patient"}]', "a list or value"),
        (b'{"resourceType": "Bundle", "type": "pile", "entry": []}', "'pile'"),
        (b'{"resourceType": "Bundle", "type": "batch-response", "entry": []}', "a server's"),
        (b'{"resourceType": "Bundle", "type": "batch", "entry": 3}', "not in the shape"),
        (bundle(), "no entries"),
        (bundle({"id": "x"}), "no resourceType"),
        (bundle({"resourceType": "Patient", "id": 3}), "entry 0: not in the shape"),
        (bundle({"resourceType": "Horse", "id": "x"}), "'Horse' is not a resource type"),
        (bundle(entry("Questionnaire")), "entry 0: the Questionnaire has no questions"),
        (bundle(entry("QuestionnaireResponse")), "no record of a person"),
    ],
)
def test_what_cannot_be_read_is_refused_with_place_and_cause(data: bytes, said: str) -> None:
    assert said in refusal(data)


@pytest.mark.parametrize(
    ("resource", "version"),
    [
        (entry("Condition", clinicalStatus="active"), "STU3"),
        (entry("Observation", context={"reference": "Encounter/1"}), "STU3"),
        (entry("ProcedureRequest"), "STU3"),
        (entry("QuestionnaireResponse", item=[{"subject": {"reference": "Patient/p"}}]), "STU3"),
        (entry("Questionnaire", item=[{"item": [{"type": "coding"}]}]), "R5"),
        (entry("Questionnaire", copyrightLabel="CC"), "R5"),
        (entry("QuestionnaireResponse", group={"question": []}), "DSTU2"),
        (entry("MedicationOrder"), "DSTU2"),
        (entry("MedicationRequest", medication={"concept": {}}), "R5"),
        (entry("Encounter", actualPeriod={"start": "2024"}), "R5"),
        (patient(meta={"profile": ["http://hl7.org/fhir/5.0/StructureDefinition/Patient"]}), "R5"),
        (patient(meta={"fhirVersion": "3.0.2"}), "STU3"),
    ],
)
def test_another_fhir_version_is_named(resource: dict[str, Any], version: str) -> None:
    said = refusal(bundle(patient(), resource))
    assert f"FHIR {version}" in said and "entry 1" in said


def test_one_refused_file_refuses_the_set() -> None:
    result = read_contents([("good", bundle(patient())), ("bad", b"{")])
    assert [file.status for file in result.report.files] == ["refused", "refused"]
    assert "another file of this set" in result.report.files[0].message
    with pytest.raises(InvalidInput, match="broken JSON"):
        result.check()


def test_entries_of_strangers_count_as_refused() -> None:
    stranger = {**CONDITION, "id": "y", "subject": {"reference": "Patient/other"}}
    report = read_contents([("a", bundle(patient(), CONDITION, stranger))]).report
    counts = report.files[0].as_json()["resources"]["Condition"]
    assert counts == {"taken": 1, "stored_only": 0, "not_understood": 0, "refused": 1}
    assert "belong to nobody" in report.files[0].message


def test_a_file_of_strangers_only_is_refused() -> None:
    stranger = {**CONDITION, "subject": {"reference": "Patient/other"}}
    assert "in the same command" in refusal(bundle(patient()), ndjson(stranger))


def test_one_id_for_two_people_is_refused() -> None:
    said = refusal(bundle(patient()), bundle(patient(birthDate="1950-01-01")))
    assert "another person" in said


def test_two_bundles_with_a_shared_identifier_are_one_person() -> None:
    number = [{"system": "http://ids.example", "value": "7"}]
    first, second = patient(identifier=number), patient(id="q", identifier=number)
    held = {**CONDITION, "subject": {"reference": "Patient/q"}}
    result = read_contents([("a", bundle(first)), ("b", bundle(second, held))])
    (record,) = result.patients
    assert any(fact.concept == "epilepsy" for fact in record.facts)


def test_a_name_never_makes_two_records_one() -> None:
    name = [{"family": "Same", "given": ["Ann"]}]
    result = read_contents([("a", bundle(patient(name=name), patient(id="q", name=name)))])
    assert len(result.patients) == 2


def test_an_entry_that_stands_twice_makes_one_fact_and_counts_twice() -> None:
    result = read_contents([("a", bundle(patient(), CONDITION, CONDITION))])
    assert result.report.files[0].total("Condition") == 2
    assert sum(fact.concept == "epilepsy" for fact in result.patients[0].facts) == 1


def test_two_versions_under_one_id_are_both_kept_and_the_newest_counts() -> None:
    changed = {**CONDITION, "recordedDate": "2024-01-01"}
    record = read_contents([("a", bundle(patient(), CONDITION, changed))]).patients[0]
    assert {fact.id for fact in record.facts if fact.concept == "epilepsy"} == {"Condition/x~2#0"}
    assert len(record.entries) == 3 and all(entry.facts for entry in record.entries)


def test_a_version_that_says_it_is_older_never_counts() -> None:
    newer = {**CONDITION, "meta": {"lastUpdated": "2025-03-01T00:00:00Z"}, "abatementDateTime": "2025"}
    older = {**CONDITION, "meta": {"lastUpdated": "2024-03-01T00:00:00+01:00"}}
    for order in ([newer, older], [older, newer]):
        record = read_contents([("a", bundle(patient(), *order))]).patients[0]
        (fact,) = [fact for fact in record.facts if fact.concept == "epilepsy"]
        assert str(fact.true_until) == "2025"


def test_equal_ids_of_two_sources_are_two_resources() -> None:
    numbers = [{"system": "http://ids.example", "value": "7"}]
    one = ndjson(patient(identifier=numbers), CONDITION)
    held = {**CONDITION, "subject": {"reference": "Patient/q"}}
    two = ndjson(patient(id="q", identifier=numbers), {**held, "clinicalStatus": {"text": "resolved"}})
    (record,) = read_contents([("one", one), ("two", two)]).patients
    assert sum(fact.concept == "epilepsy" for fact in record.facts) == 2


def test_entries_without_an_id_never_supersede_each_other() -> None:
    nameless = {name: part for name, part in CONDITION.items() if name != "id"}
    other = {**nameless, "code": coded(SCT, "195967001")}
    files = [("one", ndjson(patient(), nameless)), ("two", ndjson(patient(), other))]
    (record,) = read_contents(files).patients
    assert {"epilepsy", "asthma"} <= {fact.concept for fact in record.facts}


def test_a_bomb_is_refused_by_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_DECOMPRESSED_BYTES", 1000)
    assert "unpacks to more than" in refusal(gzipped(b" " * 5_000_000))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Any) -> None:
    report = read_files([tmp_path / "none.json", tmp_path]).report
    assert all("cannot be read" in file.message for file in report.files)


def test_planned_encounters_and_claims_do_not_make_the_newest_entry() -> None:
    planned = entry("Encounter", status="planned", period={"start": "2099-01-01"})
    claim = {
        "resourceType": "Claim",
        "id": "c",
        "patient": {"reference": "Patient/p"},
        "created": "2098-01-01",
    }
    shot = {
        "resourceType": "Immunization",
        "id": "i",
        "patient": {"reference": "Patient/p"},
        "occurrenceDateTime": "2024-03-01",
    }
    reading = observed("8867-4", 70, "/min")
    record = read_contents([("a", bundle(patient(), planned, claim, shot, reading))]).patients[0]
    assert str(record.newest_entry) == "2024-03-01"
