"""Codes as hospitals write them, by the row of the eligibility table they belong to.

A mark after the code says how it must land: nothing, the code means the concept itself; ``?``, it covers
the concept and more, so it is asked; ``-``, it must not mean the concept. ``10``: ICD-10 or ICD-10-CM,
``9``: ICD-9-CM, ``s``: SNOMED CT. Meanings are those of the printed classifications.
"""

import pytest

from kairos.content.release import load_release
from kairos.vocab.codes import Code
from kairos.vocab.facts import FactKind

CONCEPTS = load_release().concepts
SYSTEMS = {
    "10": "http://hl7.org/fhir/sid/icd-10-cm",
    "9": "http://hl7.org/fhir/sid/icd-9-cm",
    "s": "http://snomed.info/sct",
}

ROWS = (
    ("row", "concept", "codes"),
    ("CV-ANEURYSM", "vascular_aneurysm", "10:I67.1 9:437.3 10:I71.4 10:I71.40 10:I79.0 9:441.4 9:441.01 "
     "10:I25.41 10:I72.0 10:I60.9? 9:430? 10:Q28.3? 9:747.81? 10:Z86.79? 9:443.21? 10:I25? 10:I61.9-"),
    ("CV-ANEURYSM", "arteriovenous_malformation", "10:Q28.2 10:Q28.3? 9:747.81? 10:I63.9-"),
    ("CNS-ICH", "intracerebral_haemorrhage", "10:I61.9 9:431 10:I69.10 10:I60.9? 9:430? 10:I62.9? 9:432.1? "
     "10:I64? 9:436? s:230690007? 10:S06.5X9A? 9:852.20? 9:438.20? 10:I63.9- 9:434.91- 10:G45.9-"),
    ("CNS-STROKE", "ischaemic_stroke_or_tia", "10:I63.9 9:434.91 9:433.11 10:G45.9 9:435.9 10:I69.354 "
     "10:Z86.73 10:I64? 9:436? s:230690007? 9:434.90? 9:438.20? 9:433.10- 10:I61.9- 10:G45.4-"),
    ("BP-HAZARD", "myocardial_infarction", "10:I21.9 10:I21.4 10:I22.1 9:410.71 9:410.72 9:410.90 9:412-"),
    ("BP-HAZARD", "unstable_angina", "10:I20.0 10:I25.110 10:I25.700 9:411.1 10:I20.9- 9:413.9-"),
    ("BP-HAZARD", "heart_failure_decompensated", "10:I50.23 10:I50.33 9:428.23 9:428.43 10:I50.9? 9:428.0? "
     "10:I11.0? 10:I50? 10:I50.22- 9:428.22-"),
    ("BP-HAZARD", "severe_aortic_stenosis", "10:I35.0? 9:424.1? 9:395.0? 10:I35.9? 9:396.2? 10:I35.1-"),
    ("BP-HAZARD", "hypertensive_encephalopathy", "10:I67.4 9:437.2 10:I67.83? 10:I16.1? 10:I10-"),
    ("CARDIAC-STABLE", "ischaemic_heart_disease", "10:I25.10 10:I20.9 9:413.9 9:414.01 10:Z95.1 10:I21.4-"),
    ("CARDIAC-STABLE", "old_myocardial_infarction", "10:I25.2 9:412"),
    ("CARDIAC-STABLE", "heart_failure", "10:I50.9 10:I50.22 9:428.0 9:428.22 10:I11.0 9:402.91 9:404.93"),
    ("BP-UNCTRL", "hypertension", "10:I10 9:401.9 9:401.1 10:I11.9 10:I12.9 10:I16.0 9:403.90 10:I95.9-"),
    ("ARRHYTH", "unstable_arrhythmia", "10:I48.91? 9:427.31? 10:I47.20? 10:I46.9? 9:427.1? 10:R00.1-"),
    ("PSYCHOSIS", "schizophrenia_spectrum", "10:F20.9 9:295.90 10:F25.1 10:F22 10:F22.0 10:F29? 9:298.9? "
     "9:V11.0? 10:F33.3-"),
    ("PSYCHOSIS", "psychosis", "10:F20.9 9:295.90 10:F32.3 10:F33.3 10:F23 10:F29 9:298.9 9:296.24 9:296.34 "
     "10:F31.2 10:F10.259 10:F12.5 9:292.11 10:R44.0? 9:V11.0? 10:Z86.59? 10:F33.2- 9:296.33-"),
    ("PSYCHOSIS", "psychotic_depression", "10:F32.3 10:F33.3 9:296.24 9:296.34 9:298.0 10:F33.2-"),
    ("PSYCHOSIS", "family_history_psychosis", "10:Z81.8? 9:V17.0?"),
    ("MANIA", "mania", "10:F30.10 10:F30.9 10:F31.0 10:F31.13 10:F31.2 10:F31.64 10:F06.33 9:296.01 9:296.44 "
     "9:296.62 10:F31.9? 10:F31.81? 9:296.7? 9:296.80? 9:296.89? 10:F30.4- 10:F31.32- 9:296.46- 9:296.52-"),
    ("MANIA", "bipolar_disorder", "10:F30.4 10:F31.32 10:F31.74 9:296.46 9:296.52 9:296.7 9:V11.1? "
     "10:F39? 10:F33.1- 9:296.32-"),
    ("TRD", "major_depression", "10:F32.1 10:F32.3 10:F33.2 9:296.33 9:296.23 s:370143000 10:F32.9? "
     "10:F32.A? "
     "9:311? 10:F34.1- 9:300.4-"),
    ("PREG", "pregnancy", "10:O09.90 10:O26.899 10:O13.3 10:Z33.1 10:Z33 10:Z34.93 10:Z3A.20 10:Z32.01 "
     "9:V22.2 9:V23.9 9:640.03 s:72892002 s:77386006 10:O80? 10:O03.9? 10:O00.9? 10:O99.345? 10:O86.4? "
     "9:650? 9:634.90? 9:674.34? 10:Z32.00? 10:Z30.9-"),
    ("LACT", "breastfeeding", "10:Z39.1 9:V24.1 10:O91.22? 9:676.54? 10:Z39.2? 9:V24.2?"),
    ("CONTRACEPTION", "no_childbearing_potential", "10:Z90.710 10:Z78.0 10:N95.0 9:V49.81 9:627.1 10:N95.1? "
     "9:627.2? 9:627.0-"),
    ("SUD-ACTIVE", "substance_use_disorder", "10:F10.20 9:303.90 10:F11.20 9:304.00 9:304.01 10:F13.20 "
     "10:F14.10 10:F15.20 10:F16.10 10:F19.20 9:305.00 9:305.90 10:F10.99? 10:F12.90? 10:F10.3? 10:F11? "
     "10:F10.21- 10:F11.21- 9:303.93- 9:304.03- 9:305.03- 10:F17.210- 9:305.1- 9:V15.82-"),
    ("SUD-ACTIVE", "substance_dependence", "10:F10.20 9:303.90 10:F11.23 9:304.80 10:F10.99? 10:F10.10- "
     "9:305.00- 10:F10.21-"),
    ("SUD-ACTIVE", "ketamine_misuse", "10:F16.20? 10:F19.10? 9:305.30? 9:304.50? 10:F10.20-"),
    ("SUD-HX", "substance_use_in_remission", "10:F10.21 10:F11.21 9:303.93 9:304.03 9:305.03 10:F10.20-"),
    ("HEP-C", "severe_hepatic_impairment", "10:K72.00 10:K72.90 9:572.2 9:572.4 10:K74.60? 9:571.5? 9:571.2? "
     "10:K70.30? 9:572.8? 10:K76.0-"),
    ("HEP-B", "moderate_hepatic_impairment", "10:K74.60? 9:571.5? 10:R18.8? 10:K76.0-"),
    ("RENAL", "severe_renal_impairment", "10:N18.4 10:N18.5 10:N18.6 9:585.4 9:585.6 10:I12.0 9:403.91 "
     "10:N18.9? 9:585.9? 9:585? 10:N18? 10:N17.9? 10:N18.30- 9:585.3-"),
    ("RENAL", "dialysis", "10:Z99.2 9:V45.11 9:V56.0 10:Z49.01"),
    ("ICP", "raised_intracranial_pressure", "10:G93.2 9:348.2 10:G93.5 10:G93.6 9:348.5 10:G91.9 9:331.4 "
     "10:Z98.2? 10:G43.909-"),
    ("ICP", "intracranial_mass", "10:C71.9 9:191.9 10:C79.31 9:198.3 10:D32.0? 9:225.2? 10:Z85.841? "
     "10:D17.0-"),
    ("ICP", "head_injury", "10:S06.0X0A 10:S06.9X0D 10:S09.90XA 9:850.0 9:850.9 9:854.00 9:959.01 "
     "10:S00.83XA-"),
    ("IOP", "glaucoma", "10:H40.10X0 10:H40.9 9:365.10 9:365.9 10:H40.001? 9:365.00? 10:H26.9-"),
    ("THYROID", "hyperthyroidism", "10:E05.90 10:E05.00 9:242.00 9:242.90 10:E03.9- 10:E89.0- 9:244.9-"),
    ("RESP", "copd", "10:J44.9 10:J44.1 9:496 9:491.21 9:492.8 10:J45.909-"),
    ("RESP", "sleep_apnoea", "10:G47.33 10:G47.30 9:327.23 9:780.57 10:G47.00-"),
    ("RESP", "respiratory_failure", "10:J96.01 10:J96.90 9:518.81 9:518.83 10:J18.9-"),
    ("BMI", "obesity_class_2", "10:E66.01 9:278.01 10:Z68.41 9:V85.41 10:E66.813 10:E66.9? 9:278.00? "
     "10:E66.811- 10:E66.3- 9:278.02- 10:Z68.31-"),
    ("SEIZURE", "epilepsy_uncontrolled", "10:G40.919 10:G40.219 10:G40.834 10:G40.A11 9:345.91 9:345.3 "
     "10:G40.909? 9:345.90? 10:R56.9- 9:780.39-"),
    ("BLADDER", "interstitial_cystitis", "10:N30.10 10:N30.11 9:595.1 10:N30.90? 9:595.9? "
     "10:N30.00- 10:N39.0-"),
    ("BLADDER", "haematuria", "10:R31.0 10:R31.9 9:599.70 9:599.7 10:N30.01 10:N30.11 10:N30.00-"),
    ("DEMENTIA", "dementia", "10:F03.90 10:F03 10:F01.50 10:G30.9 9:290.0 9:294.10 9:294.20 9:331.0 "
     "10:F10.27 "
     "9:291.2 9:294.8? 10:G31.84-"),
    ("DEMENTIA", "delirium", "10:F05 10:F05.1 9:293.0 10:F10.231 9:291.0 9:290.3 10:R41.82? 9:298.9-"),
    ("PORPHYRIA", "acute_porphyria", "10:E80.21 10:E80.20? 10:E80.29? 10:E80.2? 9:277.1? 10:E80.1- "
     "10:E80.4-"),
    ("SUICIDE-IMM", "suicide_attempt", "10:T14.91 10:T14.91XA 10:X78.9XXA 10:X60 10:X84 10:T43.222A "
     "10:T71.162A 10:Z91.51 9:E950.0 9:E958.8 10:Y21.XXXA? 10:T43.224A? 9:E980.0? 10:Z91.5? "
     "10:T43.221A- 10:Z91.52- 10:T40.2X5A-"),
    ("SUICIDE-ANY", "suicidal_ideation", "10:R45.851 9:V62.84 10:R45.850-"),
)  # fmt: skip


@pytest.mark.parametrize(ROWS[0], ROWS[1:])
def test_codes_of_a_row_land_where_they_belong(row: str, concept: str, codes: str) -> None:
    """Each code of a row of the eligibility table means its concept, asks about it, or leaves it alone."""
    wrong = []
    for written in codes.split():
        system, _, marked = written.partition(":")
        code = marked.rstrip("?-")
        expected = {"?": "broader", "-": None}.get(marked[len(code) :], "exact")
        found = CONCEPTS.meanings(Code(SYSTEMS[system], code), kind=FactKind.CONDITION)
        relation = {meaning.concept: meaning.relation.value for meaning in found}.get(concept)
        if relation != expected or not found:
            wrong.append((written, relation))
    assert wrong == [], row


def test_a_category_asks_about_every_concept_inside_it() -> None:
    """A shorter code never settles what its finer codes tell apart, and is never passed over."""
    found = CONCEPTS.meanings(Code(SYSTEMS["10"], "F32"))
    relations = {meaning.concept: meaning.relation.value for meaning in found}
    assert relations["psychotic_depression"] == "broader" and relations["depression"] == "exact"
