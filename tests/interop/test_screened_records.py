"""``kairos screen --json`` on records written by hand: one row a situation, as its sender would write it."""

# ruff: noqa: E501 - tables are read by the row

import json

import pytest

from kairos.cli.main import main
from tests.support.fhir import LOINC, PERSON, SCT, bundle, coded, entry, observed, patient

ICD = "http://hl7.org/fhir/sid/icd-10-cm"
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
ON = "2026-06-01"
NOT_MET, UNKNOWN, MET = "not_met", "unknown", "met"
ABS, REL, DEFER, CAUTION = "absolute", "relative", "defer", "caution"


def condition(code, status="active", onset="2026-01-10", verification="confirmed", **more):
    """Return a Condition; a code of digits is SNOMED CT, any other ICD-10-CM."""
    parts = {"code": coded(SCT if code.isdigit() else ICD, code), **more}
    if status:
        parts["clinicalStatus"] = coded(CLINICAL, status)
    if verification:
        parts["verificationStatus"] = coded(VERIFICATION, verification)
    if onset:
        parts["onsetDateTime"] = onset
    return entry("Condition", f"c-{code}-{onset}", **parts)


def medicine(name, status="active", on="2026-05-20", **more):
    """Return a MedicationRequest."""
    parts = {
        "status": status,
        "intent": "order",
        "authoredOn": on,
        "medicationCodeableConcept": {"text": name},
    }
    return entry("MedicationRequest", f"m-{name}", **{**parts, **more})


def value(code, number, unit, on="2026-05-20", comparator="", **more):
    """Return a laboratory value or vital sign."""
    made = observed(code, number, unit, id=f"o-{code}-{on}-{number}", effectiveDateTime=on, **more)
    if comparator:
        made["valueQuantity"]["comparator"] = comparator
    return made


def pressure(systolic, diastolic, on, unit="mm[Hg]"):
    """Return a blood pressure panel."""
    parts = [
        {"code": coded(LOINC, code), "valueQuantity": {"value": number, "unit": unit, "code": unit}}
        for code, number in (("8480-6", systolic), ("8462-4", diastolic))
    ]
    return observed("85354-9", id=f"bp-{on}-{systolic}", effectiveDateTime=f"{on}T10:00:00Z", component=parts)


def pressures(systolic, diastolic):
    """Return the same pressure on two days."""
    return [pressure(systolic, diastolic, "2026-05-20"), pressure(systolic, diastolic, "2026-05-22")]


def result(code, answer, on="2026-05-30"):
    """Return a coded result."""
    return observed(code, id=f"r-{code}-{on}", effectiveDateTime=on, valueCodeableConcept=coded(SCT, answer))


ALT, AST, EGFR = "1742-6", "1920-8", "62238-1"
U, RATE = "U/L", "mL/min/{1.73_m2}"
AST_NORMAL = value(AST, 20, U)
KETAMINE_ALLERGY = {
    "resourceType": "AllergyIntolerance",
    "id": "a",
    "patient": PERSON,
    "code": {"text": "ketamine"},
}
ITEM9 = ("44260-8", "2026-05-25")
# situation; resources; row; verdict; severity; words of the sentence
SITUATIONS = (
    ("an aortic aneurysm", [condition("I71.4")], "CV-ANEURYSM", NOT_MET, ABS, "I71.4"),
    ("one marked resolved", [condition("I71.4", "resolved")], "CV-ANEURYSM", NOT_MET, ABS, "10 January 2026"),
    ("one refuted", [condition("I71.4", verification="refuted")], "CV-ANEURYSM", UNKNOWN, ABS, "nothing on record"),
    ("one unconfirmed", [condition("I71.4", verification="unconfirmed")], "CV-ANEURYSM", UNKNOWN, ABS, "not certain"),
    ("one provisional", [condition("I71.4", verification="provisional")], "CV-ANEURYSM", UNKNOWN, ABS, "not certain"),
    ("one among differentials", [condition("I71.4", verification="differential")], "CV-ANEURYSM", UNKNOWN, ABS, "not certain"),
    ("one entered in error", [condition("I71.4", verification="entered-in-error")], "CV-ANEURYSM", UNKNOWN, ABS, "nothing on record"),
    ("one from next year", [condition("I71.4", onset="2027-01-01")], "CV-ANEURYSM", UNKNOWN, ABS, "nothing on record"),
    ("one from next year, written down before", [condition("I71.4", onset="2027-01-01", recordedDate="2026-01-01")], "CV-ANEURYSM", UNKNOWN, ABS, "not dated precisely"),
    ("one of this year", [condition("I71.4", onset="2026")], "CV-ANEURYSM", UNKNOWN, ABS, "not dated precisely"),
    ("one without any date", [condition("I71.4", onset="")], "CV-ANEURYSM", NOT_MET, ABS, "date unknown"),
    ("an intracerebral haemorrhage", [condition("I61.9")], "CNS-ICH", NOT_MET, ABS, "every route"),
    ("a stroke of unstated kind", [condition("230690007")], "CNS-ICH", UNKNOWN, ABS, "230690007"),
    ("allergic to ketamine", [KETAMINE_ALLERGY], "ALLERGY", NOT_MET, ABS, "ketamine on record"),
    ("a heart attack 5 weeks ago", [condition("22298006", onset="2026-04-27")], "BP-HAZARD", NOT_MET, ABS, "27 April 2026"),
    ("the same, marked resolved", [condition("22298006", "resolved", "2026-04-27")], "BP-HAZARD", NOT_MET, ABS, "27 April 2026"),
    ("6 weeks ago to the day", [condition("22298006", onset="2026-04-20")], "BP-HAZARD", NOT_MET, ABS, "20 April 2026"),
    ("a day more than 6 weeks ago", [condition("22298006", onset="2026-04-19")], "BP-HAZARD", UNKNOWN, ABS, "heart attack"),
    ("8 weeks ago", [condition("22298006", onset="2026-04-06")], "CARDIAC-STABLE", NOT_MET, REL, "6 April 2026"),
    ("in April", [condition("22298006", onset="2026-04")], "BP-HAZARD", UNKNOWN, ABS, "April 2026"),
    ("in 2020", [condition("22298006", onset="2020")], "CARDIAC-STABLE", NOT_MET, REL, "2020"),
    ("acute heart failure", [condition("I50.21")], "BP-HAZARD", NOT_MET, ABS, "I50.21"),
    ("heart failure of unstated course", [condition("I50.9")], "BP-HAZARD", UNKNOWN, ABS, "may or may not"),
    ("atrial fibrillation", [condition("I48.91")], "CARDIAC-STABLE", NOT_MET, REL, "I48.91"),
    ("schizophrenia, marked resolved", [condition("F20.9", "resolved")], "PSYCHOSIS-ACTIVE", NOT_MET, ABS, "F20.9"),
    ("psychosis at present", [condition("F23")], "PSYCHOSIS-ACTIVE", NOT_MET, ABS, "F23"),
    ("psychosis that ended", [condition("F23", "resolved", abatementDateTime="2026-02-01")], "PSYCHOSIS-ACTIVE", UNKNOWN, ABS, "ended (1 February 2026)"),
    ("psychosis that ended, as a history", [condition("F23", "resolved")], "PSYCHOSIS-PAST", NOT_MET, REL, "F23"),
    ("psychotic depression that ended", [condition("F32.3", "resolved")], "PSYCHOSIS-PAST", NOT_MET, REL, "F32.3"),
    ("mental illness in the family", [condition("Z81.8")], "PSYCHOSIS-FAMILY", UNKNOWN, CAUTION, "may or may not"),
    ("mania", [condition("F30.10")], "MANIA", NOT_MET, ABS, "F30.10"),
    ("bipolar I, no mood stabiliser", [condition("F31.30")], "MANIA", NOT_MET, REL, "not ruled out"),
    ("bipolar I with lithium", [condition("F31.30"), medicine("lithium carbonate")], "MANIA", UNKNOWN, ABS, "current mania"),
    ("bipolar I, lithium stopped", [condition("F31.30"), medicine("lithium carbonate", "stopped")], "MANIA", NOT_MET, REL, "F31.30"),
    ("bipolar II", [condition("F31.81")], "MANIA", UNKNOWN, ABS, "F31.81"),
    ("pregnant", [condition("77386006")], "PREG", NOT_MET, ABS, "unborn child"),
    ("a negative test two days ago", [result("2106-3", "260385009")], "PREG", MET, ABS, "30 May 2026"),
    ("a negative test too long ago", [result("2106-3", "260385009", "2026-05-20")], "PREG", UNKNOWN, ABS, "not recently enough"),
    ("a negative test, then written down as pregnant", [result("2106-3", "260385009"), condition("77386006", onset="2026-03-01", recordedDate="2026-05-31T10:00:00Z")], "PREG", NOT_MET, ABS, "1 March 2026"),
    ("alcohol dependence", [condition("F10.20")], "SUD-ACTIVE", NOT_MET, ABS, "Treatment of the dependence"),
    ("in remission by its code", [condition("F10.21")], "SUD-HX", NOT_MET, REL, "monitoring plan"),
    ("in remission by its status", [condition("F10.20", "remission")], "SUD-ACTIVE", UNKNOWN, ABS, "marked as remission"),
    ("in treatment with naltrexone", [condition("F10.20"), medicine("naltrexone")], "SUD-ACTIVE", UNKNOWN, ABS, "ketamine misuse"),
    ("in treatment, as a history", [condition("F10.20"), medicine("naltrexone")], "SUD-HX", NOT_MET, REL, "monitoring plan"),
    ("opioid dependence and an opioid", [condition("F11.20"), medicine("oxycodone")], "SUD-ACTIVE", NOT_MET, ABS, "F11.20"),
    ("an opioid alone is no dependence", [medicine("oxycodone")], "SUD-ACTIVE", UNKNOWN, ABS, "nothing on record"),
    ("sleep apnoea", [condition("G47.33")], "RESP", NOT_MET, REL, "G47.33"),
    ("saturation 93 %", [value("2708-6", 93, "%")], "RESP", NOT_MET, REL, "93 %"),
    ("body mass index 35", [value("39156-5", 35, "kg/m2")], "BMI", NOT_MET, CAUTION, "35 kg/m²"),
    ("body mass index 34.99", [value("39156-5", 34.99, "kg/m2")], "BMI", MET, REL, "34.99"),
    ("body mass index 35 and sleep apnoea", [value("39156-5", 35, "kg/m2"), condition("G47.33")], "BMI", NOT_MET, REL, "35 kg/m²"),
    ("hyperthyroidism", [condition("E05.90")], "THYROID", NOT_MET, DEFER, "E05.90"),
    ("hyperthyroidism with methimazole", [condition("E05.90"), medicine("methimazole")], "THYROID", MET, DEFER, "given methimazole"),
    ("glaucoma, control unknown", [condition("H40.9")], "IOP", UNKNOWN, REL, "controlled"),
    ("epilepsy, intractable", [condition("G40.919")], "SEIZURE", NOT_MET, REL, "G40.919"),
    ("epilepsy, control unknown", [condition("G40.909")], "SEIZURE", UNKNOWN, REL, "may or may not"),
    ("interstitial cystitis", [condition("N30.10")], "BLADDER", NOT_MET, ABS, "N30.10"),
    ("blood in the urine", [condition("R31.9")], "BLADDER", NOT_MET, DEFER, "not ruled out"),
    ("dementia", [condition("F03.90")], "DEMENTIA", NOT_MET, ABS, "F03.90"),
    ("acute porphyria", [condition("E80.21")], "PORPHYRIA", NOT_MET, REL, "E80.21"),
    ("a head injury 4 weeks ago", [condition("S06.0X0A", onset="2026-05-04")], "ICP", NOT_MET, ABS, "4 May 2026"),
    ("a head injury years ago", [condition("S06.0X0A", onset="2020-05-04")], "ICP", NOT_MET, CAUTION, "4 May 2020"),
    ("cirrhosis of unstated degree", [condition("K74.60")], "HEP-C", UNKNOWN, ABS, "K74.60"),
    ("dialysis", [condition("Z99.2")], "RENAL", NOT_MET, REL, "Z99.2"),
    ("a suicide attempt 2 months ago", [condition("T14.91XA", onset="2026-04-01")], "SUICIDE-IMM", NOT_MET, DEFER, "1 April 2026"),
    ("a suicide attempt 2 years ago", [condition("T14.91XA", onset="2024-04-01")], "SUICIDE-ANY", NOT_MET, CAUTION, "1 April 2024"),
    ("suicidal thoughts", [condition("R45.851", onset="2026-05-25")], "SUICIDE-ANY", NOT_MET, CAUTION, "R45.851"),
    ("PHQ-9 item 9 above zero", [observed(ITEM9[0], effectiveDateTime=ITEM9[1], valueCodeableConcept=coded(LOINC, "LA6569-3"))], "SUICIDE-ANY", NOT_MET, CAUTION, "PHQ-9 item 9 1"),
    ("PHQ-9 item 9 zero", [observed(ITEM9[0], effectiveDateTime=ITEM9[1], valueCodeableConcept=coded(LOINC, "LA6568-5"))], "SUICIDE-ANY", UNKNOWN, REL, "C-SSRS 3"),
    ("mean 140/90", pressures(140, 90), "BP-UNCTRL", MET, DEFER, "140/90 mmHg"),
    ("mean 141/85", pressures(141, 85), "BP-UNCTRL", NOT_MET, REL, "limit is 140/90"),
    ("mean 139/91", pressures(139, 91), "BP-UNCTRL", NOT_MET, REL, "139/91"),
    ("mean 159/99", pressures(159, 99), "BP-UNCTRL", NOT_MET, REL, "159/99"),
    ("160/99", pressures(160, 99), "BP-UNCTRL", NOT_MET, DEFER, "160/100"),
    ("one day, 150/80", [pressure(150, 80, "2026-05-20")], "BP-UNCTRL", UNKNOWN, DEFER, "further day"),
    ("one day, 170/80", [pressure(170, 80, "2026-05-20")], "BP-UNCTRL", NOT_MET, DEFER, "170/80"),
    ("the newest swapped", [*pressures(120, 80), pressure(80, 120, "2026-05-25")], "BP-UNCTRL", UNKNOWN, DEFER, "could not be used"),
    ("the newest impossible", [*pressures(120, 80), pressure(120, 879, "2026-05-25")], "BP-UNCTRL", UNKNOWN, DEFER, "879 mmHg"),
    ("the newest in an unknown unit", [*pressures(120, 80), pressure(190, 80, "2026-05-25", unit="furlong")], "BP-UNCTRL", UNKNOWN, DEFER, "furlong"),
    ("half a newest reading", [*pressures(120, 80), value("8480-6", 190, "mm[Hg]", "2026-05-25")], "BP-UNCTRL", NOT_MET, DEFER, "190 mmHg"),
    ("an impossible reading long before", [pressure(80, 120, "2026-05-01"), *pressures(120, 80)], "BP-UNCTRL", MET, DEFER, "120/80"),
    ("deferred already, the newest swapped", [*pressures(170, 90), pressure(80, 120, "2026-05-25")], "BP-UNCTRL", NOT_MET, DEFER, "170/90"),
    ("readings of last year", [pressure(120, 80, "2025-05-20"), pressure(120, 80, "2025-05-21")], "BP-UNCTRL", UNKNOWN, DEFER, "no recent reading"),
    ("ALT three times the limit", [value(ALT, 120, U), AST_NORMAL], "LFT", MET, ABS, "120 U/L"),
    ("ALT just above", [value(ALT, 121, U), AST_NORMAL], "LFT", NOT_MET, DEFER, "ALT 121 U/L"),
    ("ALT just above, AST not measured", [value(ALT, 121, U)], "LFT", NOT_MET, DEFER, "not ruled out"),
    ("ALT five times the limit", [value(ALT, 200, U), AST_NORMAL], "LFT", NOT_MET, DEFER, "200 U/L"),
    ("ALT just above five times", [value(ALT, 201, U)], "LFT", NOT_MET, ABS, "201 U/L"),
    ("ALT normal, AST not measured", [value(ALT, 20, U)], "LFT", UNKNOWN, ABS, "AST"),
    ("ALT seven months old", [value(ALT, 20, U, "2025-11-01"), AST_NORMAL], "LFT", UNKNOWN, ABS, "too old"),
    ("the newest ALT without a unit", [value(ALT, 20, U, "2026-05-01"), value(ALT, 300, ""), AST_NORMAL], "LFT", UNKNOWN, ABS, "could not be used"),
    ("the newest ALT impossible", [value(ALT, 20, U, "2026-05-01"), value(ALT, -3, U), AST_NORMAL], "LFT", UNKNOWN, ABS, "-3 U/L"),
    ("an older ALT beyond, the newest impossible", [value(ALT, 300, U, "2026-05-01"), value(ALT, -3, U), AST_NORMAL], "LFT", NOT_MET, ABS, "300 U/L"),
    ("two values of one day", [value(ALT, 300, U), value(ALT, 20, U), AST_NORMAL], "LFT", NOT_MET, ABS, "300 U/L"),
    ("ALT more than 100", [value(ALT, 100, U, comparator=">"), AST_NORMAL], "LFT", UNKNOWN, ABS, "> 100 U/L"),
    ("ALT more than 200", [value(ALT, 200, U, comparator=">"), AST_NORMAL], "LFT", NOT_MET, ABS, "200 U/L"),
    ("ALT less than 5", [value(ALT, 5, U, comparator="<"), AST_NORMAL], "LFT", MET, ABS, "5 U/L"),
    ("filtration 29.9", [value(EGFR, 29.9, RATE)], "RENAL", NOT_MET, REL, "mL/min/1.73 m²"),
    ("filtration 30", [value(EGFR, 30, RATE)], "RENAL", UNKNOWN, REL, "dialysis"),
    ("filtration less than 60", [value(EGFR, 60, RATE, comparator="<")], "RENAL", UNKNOWN, REL, "< 60"),
    ("filtration less than 30", [value(EGFR, 30, RATE, comparator="<")], "RENAL", NOT_MET, REL, "30"),
    ("theophylline", [medicine("theophylline")], "DRUG-XANTHINE", NOT_MET, REL, "HIGH"),
    ("lorazepam", [medicine("lorazepam 1 MG")], "DRUG-BENZODIAZEPINE", NOT_MET, CAUTION, "MODERATE"),
    ("lorazepam completed", [medicine("lorazepam", "completed")], "DRUG-BENZODIAZEPINE", UNKNOWN, CAUTION, "marked as completed"),
    ("lorazepam on hold", [medicine("lorazepam", "on-hold")], "DRUG-BENZODIAZEPINE", UNKNOWN, CAUTION, "marked as on-hold"),
    ("lorazepam, status unknown", [medicine("lorazepam", "unknown")], "DRUG-BENZODIAZEPINE", UNKNOWN, CAUTION, "not certain"),
    ("lorazepam only proposed", [medicine("lorazepam", intent="proposal")], "DRUG-BENZODIAZEPINE", UNKNOWN, CAUTION, "not certain"),
    ("sertraline", [medicine("sertraline 50 MG")], "DRUG-CYP2B6-INHIBITOR", NOT_MET, CAUTION, "LOW"),
    ("lamotrigine", [medicine("lamotrigine")], "DRUG-LAMOTRIGINE", NOT_MET, CAUTION, "LOW"),
    ("a medicine that nobody knows", [medicine("frobnicatol")], "DRUG-MAOI", UNKNOWN, CAUTION, "nothing on record"),
    ("orders of two antidepressants alone", [medicine("sertraline 50 MG", "completed", "2025-01-01"), medicine("bupropion XL 300 MG", "completed", "2025-06-01")], "TRD", UNKNOWN, REL, "Not known"),
)  # fmt: skip


def screen(capsys, tmp_path, *files, words=("--on", ON)):
    """Run the command on Bundles; return the objects it printed."""
    paths = []
    for number, data in enumerate(files):
        paths.append(str(tmp_path / f"{number}.json"))
        (tmp_path / f"{number}.json").write_bytes(data)
    assert main(["screen", *paths, *words, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def only(result, ref):
    """Return the one finding of a row."""
    (found,) = [f for f in result["findings"] if f["ref"] == ref]
    return found


@pytest.mark.parametrize(
    ("situation", "resources", "ref", "verdict", "severity", "words"),
    SITUATIONS,
    ids=[row[0] for row in SITUATIONS],
)
def test_a_record_is_read_as_it_was_meant(
    capsys, tmp_path, situation, resources, ref, verdict, severity, words
):
    """Row, verdict and severity; the sentence names what decides; sources and entries are given."""
    (screened,) = screen(capsys, tmp_path, bundle(patient(), *resources))
    found = only(screened, ref)
    assert (found["verdict"], found["severity"]) == (verdict, severity)
    assert words in found["because"]
    assert found["sources"]
    assert screened["decision"] == ("excluded" if (verdict, severity) == (NOT_MET, ABS) else "incomplete")
    assert verdict == UNKNOWN or found["facts"]


PEOPLE = (
    ("born", "sex", "row", "verdict"),
    ("2008-06-01", "female", "AGE", MET),
    ("2008-06-02", "female", "AGE", NOT_MET),
    ("2008-06", "female", "AGE", UNKNOWN),
    ("1961-06-01", "female", "AGE65", NOT_MET),
    ("1961-06-02", "female", "AGE65", MET),
    ("1961", "female", "AGE65", UNKNOWN),
    ("1980-05-01", "male", "PREG", MET),
    ("1980-05-01", "other", "PREG", UNKNOWN),
    ("1980-05-01", "unknown", "PREG", UNKNOWN),
)


@pytest.mark.parametrize(("born", "sex", "row", "verdict"), PEOPLE[1:])
def test_age_and_sex(capsys, tmp_path, born, sex, row, verdict):
    """The birthday counts; a year alone does not decide at the limit; only "male" leaves pregnancy unasked."""
    (screened,) = screen(capsys, tmp_path, bundle(patient(birthDate=born, gender=sex)))
    assert only(screened, row)["verdict"] == verdict


def test_a_pregnancy_outweighs_the_sex_on_record(capsys, tmp_path):
    (screened,) = screen(capsys, tmp_path, bundle(patient(gender="male"), condition("77386006")))
    assert only(screened, "PREG")["verdict"] == NOT_MET


DEATHS = (
    ("said", "asked for a day", "verdict"),
    ({"deceasedBoolean": True}, True, NOT_MET),
    ({"deceasedBoolean": False}, True, MET),
    ({"deceasedDateTime": "2026-05-01"}, True, NOT_MET),
    ({"deceasedDateTime": "2026-07-01"}, True, MET),
    ({"deceasedDateTime": "2026"}, True, UNKNOWN),
    ({"deceasedDateTime": "2190-01-01"}, False, NOT_MET),
    ({}, True, UNKNOWN),
)


@pytest.mark.parametrize(("said", "asked", "verdict"), DEATHS[1:])
def test_the_dead_are_never_eligible(capsys, tmp_path, said, asked, verdict):
    """A death counts from its day; where nobody chose a day, a death on record counts whatever its date."""
    words = ("--on", ON) if asked else ()
    (screened,) = screen(capsys, tmp_path, bundle(patient(**said)), words=words)
    found = only(screened, "DECEASED")
    assert found["verdict"] == verdict
    assert verdict != MET or "July" in found["because"] or found["because"] == "Stated alive."


def test_several_people_in_one_file_are_told_apart(capsys, tmp_path):
    other = {"subject": {"reference": "Patient/q"}}
    file = bundle(patient(), {**patient(), "id": "q"}, {**condition("I71.4"), **other})
    first, second = screen(capsys, tmp_path, file)
    assert (first["patient"], only(first, "CV-ANEURYSM")["verdict"]) == ("p", UNKNOWN)
    assert (second["patient"], only(second, "CV-ANEURYSM")["verdict"]) == ("q", NOT_MET)


def test_a_high_suicide_risk_starts_the_emergency_pathway(capsys, tmp_path):
    """Whatever was asked for: the level, what to do, by whom and how soon stand beside the advice."""
    record = bundle(patient(), condition("T14.91XA", onset="2026-04-01"))
    (screened,) = screen(capsys, tmp_path, record)
    (started,) = screened["pathways"]
    assert (started["rule"], started["level"]) == ("eligibility.suicide_risk_high", "emergency")
    assert {"kind": "stay_with_person", "level": "emergency", "owner": "nurse", "due": "now"} in started[
        "tasks"
    ]
    assert main(["screen", str(tmp_path / "0.json"), "--on", ON]) == 0
    assert "EMERGENCY" in capsys.readouterr().out
    assert screen(capsys, tmp_path, bundle(patient()))[0]["pathways"] == []


WORKUPS = (
    ("situation", "resources", "item", "is missing"),
    ("46 years old, nothing said of the heart", [], "workup.ecg", True),
    ("46 years old, with hypertension", [condition("I10")], "workup.ecg", True),
    ("a trauma disorder on record", [condition("F43.10")], "workup.pcl5", True),
    ("nothing said of a trauma", [], "workup.pcl5", True),
)


@pytest.mark.parametrize(("situation", "resources", "item", "missing"), WORKUPS[1:])
def test_what_the_work_up_lacks(capsys, tmp_path, situation, resources, item, missing):
    (screened,) = screen(capsys, tmp_path, bundle(patient(), *resources))
    assert (item in {gap["item"] for gap in screened["workup_missing"]}) is missing
