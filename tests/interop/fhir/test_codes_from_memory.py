"""Codes of drugs that content knows from memory: the entry's own words decide what they mean."""

import pytest

from kairos.vocab.codes import RXNORM
from kairos.vocab.facts import Understanding
from tests.support.fhir import entry, facts_from, patient

EXACT, BROADER = Understanding.EXACT, Understanding.BROADER


def taken(display="", text=""):
    coding = {"system": RXNORM, "code": "321988"} | ({"display": display} if display else {})
    concept = {"coding": [coding]} | ({"text": text} if text else {})
    resource = entry("MedicationRequest", status="active", intent="order", medicationCodeableConcept=concept)
    facts = facts_from(patient(), resource)
    return {f.concept: f.understanding for f in facts if f.kind == "medication"}


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ({"display": "escitalopram 10 MG Oral Tablet"}, {"escitalopram": EXACT}),
        ({"text": "Lexapro"}, {"escitalopram": EXACT}),
        ({}, {"escitalopram": BROADER}),
        ({"display": "a white tablet"}, {"escitalopram": BROADER}),
        ({"display": "citalopram 20 MG"}, {"escitalopram": BROADER, "citalopram": EXACT}),
    ],
)
def test_the_name_decides_what_a_code_from_memory_means(words, meaning):
    assert taken(**words) == meaning
