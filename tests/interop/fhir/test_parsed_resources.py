"""Resources that were parsed already read as the same bytes do, and are refused for the same faults."""

import orjson
import pytest

from kairos.interop.fhir.reading import read_contents, read_resources
from kairos.vocab.errors import InvalidInput

PERSON = {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1980-04-01"}
CONDITION = {
    "resourceType": "Condition",
    "id": "c",
    "subject": {"reference": "Patient/p"},
    "clinicalStatus": {"coding": [{"code": "active"}]},
    "code": {"coding": [{"system": "http://snomed.info/sct", "code": "38341003", "display": "Hypertension"}]},
    "onsetDateTime": "2019-03-04",
}


def test_they_state_what_their_bytes_state():
    listed = [{"resource": one} for one in (PERSON, CONDITION)]
    bundle = orjson.dumps({"resourceType": "Bundle", "type": "collection", "entry": listed})
    from_bytes = read_contents([("set", bundle)]).patients[0]
    parsed = read_resources("set", [("", PERSON), ("", CONDITION)]).patients[0]
    assert parsed.facts == from_bytes.facts
    assert {fact.concept for fact in parsed.facts} >= {"hypertension", "birth_date"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"id": 7}, "texts"),
        ({"resourceType": ""}, "no resourceType"),
        ({"resourceType": "Spaceship"}, "not a resource type"),
        ({"meta": {"fhirVersion": "5.0.0"}}, "only R4"),
    ],
)
def test_one_that_is_not_fhir_r4_is_refused(wrong, said):
    with pytest.raises(InvalidInput, match=said):
        read_resources("set", [("", PERSON), ("", CONDITION | wrong)])
