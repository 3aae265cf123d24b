"""Codes of terminologies, and the addresses that name their systems."""

from dataclasses import dataclass

SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
ICD9CM = "http://hl7.org/fhir/sid/icd-9-cm"
UCUM = "http://unitsofmeasure.org"


@dataclass(frozen=True, slots=True)
class Code:
    """One code as its source wrote it. ``display`` informs people and is never compared."""

    system: str
    code: str
    display: str = ""

    def same_as(self, other: "Code") -> bool:
        """Whether both name the same concept of the same system, whatever they display."""
        return (self.system, self.code) == (other.system, other.code)
