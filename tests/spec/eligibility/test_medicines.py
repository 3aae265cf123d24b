"""Medicines and ketamine by infusion.

HIGH in the grid means that the prescriber changes the medicine or refuses: relative. MODERATE is
acknowledged with monitoring added, and LOW is shown: both are cautions.
"""

# ruff: noqa: E501 - tables are read by the row

import pytest

from kairos.vocab.facts import FactKind
from kairos.vocab.verdict import Severity, Verdict
from tests.support.facts import confirmed, drug, finding, no, screened, unread

R, C = Severity.RELATIVE, Severity.CAUTION
MEDICINE_SITUATIONS = (
    ("medicine", "rule", "row", "severity", "source"),
    ("clarithromycin", "eligibility.drug_strong_cyp3a4_inhibitor", "DRUG-STRONG-CYP3A4-INHIBITOR", C, "hagelberg-2010"),
    ("ticlopidine", "eligibility.drug_ticlopidine", "DRUG-TICLOPIDINE", C, "peltoniemi-2011"),
    ("clopidogrel", "eligibility.drug_cyp2b6_inhibitor", "DRUG-CYP2B6-INHIBITOR", C, "peltoniemi-2011"),
    ("st_johns_wort", "eligibility.drug_enzyme_inducer", "DRUG-ENZYME-INDUCER", C, "peltoniemi-sjw"),
    ("lorazepam", "eligibility.drug_benzodiazepine", "DRUG-BENZODIAZEPINE", C, "veraart-2021"),
    ("oxycodone", "eligibility.drug_sedative", "DRUG-SEDATIVE", C, "spravato-mims-ph"),
    ("phenelzine", "eligibility.drug_maoi", "DRUG-MAOI", C, "spravato-us-label"),
    ("methylphenidate", "eligibility.drug_stimulant", "DRUG-STIMULANT", C, "spravato-us-label"),
    ("theophylline", "eligibility.drug_xanthine", "DRUG-XANTHINE", R, "ketamine-us-label-memory"),
    ("lamotrigine", "eligibility.drug_lamotrigine", "DRUG-LAMOTRIGINE", C, "veraart-2021"),
    ("naltrexone", "eligibility.drug_naltrexone", "DRUG-NALTREXONE", C, "williams-2018"),
    ("memantine", "eligibility.drug_nmda_antagonist", "DRUG-NMDA-ANTAGONIST", C, "kairos-default"),
    ("lithium", "eligibility.drug_compatible", "DRUG-COMPATIBLE", C, "veraart-2021"),
    ("epinephrine", "eligibility.drug_sympathomimetic", "DRUG-SYMPATHOMIMETIC", C, "ketamine-us-label-memory"),
    ("levothyroxine", "eligibility.drug_thyroid_hormone", "DRUG-THYROID-HORMONE", C, "ketamine-us-label-memory"),
)  # fmt: skip


@pytest.mark.parametrize(("medicine", "rule", "row", "severity", "source"), MEDICINE_SITUATIONS[1:])
def test_a_medicine_taken_is_flagged(medicine, rule, row, severity, source):
    """A medicine of the class is flagged; a confirmed list without it clears the flag; silence asks."""
    taken = finding(screened([drug(medicine)]), rule)
    assert (taken.verdict, taken.ref, taken.severity) == (Verdict.NOT_MET, row, severity)
    assert source in taken.sources
    assert finding(screened([]), rule).verdict is Verdict.UNKNOWN
    assert finding(screened([confirmed(FactKind.MEDICATION)]), rule).verdict is Verdict.MET


BENZODIAZEPINE = "eligibility.drug_benzodiazepine"
LIST_SITUATIONS = (
    ("the list of medicines", "verdict"),
    ("confirmed, with an entry nobody understood", Verdict.UNKNOWN),
    ("confirmed, with an unknown entry, and the answer no", Verdict.MET),
    ("stopped, when is not said", Verdict.UNKNOWN),
    ("stopped, and the list confirmed today", Verdict.MET),
    ("ended last year", Verdict.UNKNOWN),
    ("until next month", Verdict.NOT_MET),
)
LISTS = {
    "confirmed, with an entry nobody understood": [
        confirmed(FactKind.MEDICATION),
        unread(FactKind.MEDICATION),
    ],
    "confirmed, with an unknown entry, and the answer no": [
        confirmed(FactKind.MEDICATION),
        unread(FactKind.MEDICATION),
        no("taking_benzodiazepine"),
    ],
    "stopped, when is not said": [drug("lorazepam", "2025-01-01", "stopped")],
    "stopped, and the list confirmed today": [
        drug("lorazepam", "2025-01-01", "stopped"),
        confirmed(FactKind.MEDICATION),
    ],
    "ended last year": [drug("lorazepam", "2025-01-01", "completed", until="2025-03-01")],
    "until next month": [drug("lorazepam", "2025-01-01", until="2026-07-01")],
}


@pytest.mark.parametrize(("situation", "verdict"), LIST_SITUATIONS[1:])
def test_what_a_list_of_medicines_can_say(situation, verdict):
    """An entry that nobody understood keeps a list from saying "none"; a direct answer settles it."""
    assert finding(screened(LISTS[situation]), BENZODIAZEPINE).verdict is verdict
