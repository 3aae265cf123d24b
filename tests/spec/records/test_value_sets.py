"""What the codes of other people's records mean.

A code can mean a condition itself ("exact") or more than it ("broader": then it is asked). A code with
a known meaning that no rule reads is understood and changes nothing. Any other code is not understood.
"""

import pytest

from kairos.content.release import load_release
from kairos.vocab.codes import Code
from kairos.vocab.facts import FactKind

CONCEPTS = load_release().concepts
SCT, ICD10, ICD9 = (
    "http://snomed.info/sct",
    "http://hl7.org/fhir/sid/icd-10-cm",
    "http://hl7.org/fhir/sid/icd-9-cm",
)
MIMIC10 = "http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-diagnosis-icd10"
MIMIC9 = "http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-diagnosis-icd9"

SITUATIONS = (
    ("code", "system", "concept", "relation"),
    ("I61.9", ICD10, "intracerebral_haemorrhage", "exact"),
    ("I619", MIMIC10, "intracerebral_haemorrhage", "exact"),
    ("431", MIMIC9, "intracerebral_haemorrhage", "exact"),
    ("230690007", SCT, "intracerebral_haemorrhage", "broader"),
    ("230690007", SCT, "ischaemic_stroke_or_tia", "broader"),
    ("Z8673", MIMIC10, "ischaemic_stroke_or_tia", "exact"),
    ("I71.40", ICD10, "vascular_aneurysm", "exact"),
    ("I60.9", ICD10, "vascular_aneurysm", "broader"),
    ("Q28.2", ICD10, "arteriovenous_malformation", "exact"),
    ("I21.4", ICD10, "myocardial_infarction", "exact"),
    ("41071", MIMIC9, "myocardial_infarction", "exact"),
    ("I252", MIMIC10, "old_myocardial_infarction", "exact"),
    ("I20.0", ICD10, "unstable_angina", "exact"),
    ("I50.23", ICD10, "heart_failure_decompensated", "exact"),
    ("I50.9", ICD10, "heart_failure_decompensated", "broader"),
    ("88805009", SCT, "heart_failure", "exact"),
    ("I35.0", ICD10, "severe_aortic_stenosis", "broader"),
    ("I67.4", ICD10, "hypertensive_encephalopathy", "exact"),
    ("59621000", SCT, "hypertension", "exact"),
    ("49436004", SCT, "unstable_arrhythmia", "broader"),
    ("F20.9", ICD10, "schizophrenia_spectrum", "exact"),
    ("F32.3", ICD10, "psychotic_depression", "exact"),
    ("F31.2", ICD10, "mania", "exact"),
    ("F31.9", ICD10, "mania", "broader"),
    ("370143000", SCT, "major_depression", "exact"),
    ("F41.1", ICD10, "generalised_anxiety", "exact"),
    ("72892002", SCT, "pregnancy", "exact"),
    ("Z34.90", ICD10, "pregnancy", "exact"),
    ("Z39.1", ICD10, "breastfeeding", "exact"),
    ("5602001", SCT, "opioid_use_disorder", "exact"),
    ("F11.20", ICD10, "opioid_use_disorder", "exact"),
    ("F11.21", ICD10, "opioid_use_in_remission", "exact"),
    ("7200002", SCT, "alcohol_use_disorder", "exact"),
    ("T40.2X1A", ICD10, "opioid_overdose", "exact"),
    ("T40.2X2A", ICD10, "suicide_attempt", "exact"),
    ("K74.60", ICD10, "severe_hepatic_impairment", "broader"),
    ("K7290", MIMIC10, "severe_hepatic_impairment", "exact"),
    ("N18.6", ICD10, "severe_renal_impairment", "exact"),
    ("Z99.2", ICD10, "dialysis", "exact"),
    ("G91.9", ICD10, "raised_intracranial_pressure", "exact"),
    ("127295002", SCT, "head_injury", "exact"),
    ("84494001", SCT, "glaucoma", "exact"),
    ("E05.90", ICD10, "hyperthyroidism", "exact"),
    ("J44.9", ICD10, "copd", "exact"),
    ("78275009", SCT, "sleep_apnoea", "exact"),
    ("Z68.41", ICD10, "obesity_class_2", "exact"),
    ("G40.919", ICD10, "epilepsy_uncontrolled", "exact"),
    ("G40.909", ICD10, "epilepsy_uncontrolled", "broader"),
    ("N30.10", ICD10, "interstitial_cystitis", "exact"),
    ("R319", MIMIC10, "haematuria", "exact"),
    ("26929004", SCT, "dementia", "exact"),
    ("F05", ICD10, "delirium", "exact"),
    ("E80.21", ICD10, "acute_porphyria", "exact"),
    ("R45.851", ICD10, "suicidal_ideation", "exact"),
)

NOT_READ = (
    ("code", "system", "why"),
    ("F17.210", ICD10, "tobacco is no substance the rules ask about"),
    ("T40.2X5A", ICD10, "an adverse effect is no overdose"),
    ("G45.4", ICD10, "transient global amnesia is no stroke"),
    ("E78.5", ICD10, "lipids"),
    ("V49.86", ICD9, "a status"),
    ("66383009", SCT, "gums"),
    ("160903007", SCT, "employment"),
)


@pytest.mark.parametrize(SITUATIONS[0], SITUATIONS[1:])
def test_a_code_means(code: str, system: str, concept: str, relation: str) -> None:
    """Each code means this concept, exactly or as part of something wider."""
    found = {m.concept: m.relation for m in CONCEPTS.meanings(Code(system, code), kind=FactKind.CONDITION)}
    assert found.get(concept) == relation


@pytest.mark.parametrize(NOT_READ[0], NOT_READ[1:])
def test_a_code_is_understood_and_read_by_no_rule(code: str, system: str, why: str) -> None:
    """These codes are understood, and no rule asks about them."""
    found = CONCEPTS.meanings(Code(system, code), kind=FactKind.CONDITION)
    assert found and not any(CONCEPTS.concepts[m.concept].is_read for m in found), why


@pytest.mark.parametrize(
    "code", [Code(SCT, "123456"), Code(ICD10, "ABC"), Code("http://nobody.example", "I61")]
)
def test_any_other_code_is_not_understood(code: Code) -> None:
    """A code or a code system that nobody listed is not understood, which is never the same as absent."""
    assert CONCEPTS.meanings(code) == ()


def test_a_broad_chapter_never_hides_a_code_that_rules_read() -> None:
    """Every pattern that rules read still leads to its own concept, whatever chapters surround it."""
    for entry in CONCEPTS.entries:
        if not CONCEPTS.concepts[entry.concept].is_read or entry.relation == "except" or "?" in entry.pattern:
            continue
        found = {m.concept for m in CONCEPTS.meanings(Code(entry.system, entry.stem))}
        excepted = {e.concept for e in CONCEPTS.entries if e.relation == "except" and e.covers(entry.stem)}
        assert entry.concept in found | excepted, entry
