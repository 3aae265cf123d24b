"""Vital signs that a device posts: panels with components, single values, missing sides, and faults."""

from datetime import UTC, datetime

import pytest

from kairos.content.release import load_release
from kairos.interop.fhir.understanding import Reader
from kairos.interop.fhir.vital_signs import read_vital_signs
from kairos.vocab.errors import InvalidInput
from tests.support.devices import heart_rate, observation, part, pressure

LOINC = "http://loinc.org"


def read(resource):
    return read_vital_signs(resource, Reader(load_release().concepts))


@pytest.mark.parametrize("panel", ["85354-9", "55284-4"])
def test_a_pressure_is_read_from_its_components(panel):
    sent = read(pressure(131, 84, panel=panel))
    assert (sent.reading.systolic, sent.reading.diastolic, sent.reading.heart_rate) == (131, 84, None)
    assert sent.reading.true_at == datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
    assert sent.identifier == ""


def test_one_observation_may_hold_all_of_them_and_a_name():
    parts = [
        part("8480-6", 17.5, "kPa"),
        part("8462-4", 11, "kPa"),
        part("8867-4", 71, "/min"),
        part("59408-5", 97, "%"),
        part("9279-1", 0, "/min"),
    ]
    sent = read(
        observation("85353-1", component=parts, identifier=[{"system": "urn:monitor", "value": "17"}])
    )
    found = sent.reading
    assert (round(found.systolic), round(found.diastolic)) == (131, 83)
    assert (found.heart_rate, found.oxygen, found.breathing) == (71, 97, 0)
    assert sent.identifier == "urn:monitor|17"


def test_a_missing_side_is_no_fault():
    resource = pressure(131, 84)
    resource["component"][1] = {"code": resource["component"][1]["code"], "dataAbsentReason": {"text": "?"}}
    assert (read(resource).reading.systolic, read(resource).reading.diastolic) == (131, None)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"resourceType": "Patient"}, "resourceType: must be Observation"),
        ({"status": "amended"}, "must be one of final, preliminary"),
        ({"effectiveDateTime": "2026-03-02"}, "must be an instant"),
        ({"effectiveDateTime": "2026-03-02T09:05:00"}, "must be an instant"),
        ({"valueQuantity": {"value": 71, "code": "kg"}}, "heart_rate: 71 kg cannot be read"),
        ({"valueQuantity": {"value": 71, "code": "/min", "comparator": "<"}}, "cannot be read"),
        ({"valueQuantity": {}}, "no vital sign that can be used .codes: 8867-4"),
        ({"code": {}}, "codes: none"),
        ({"component": [part("8867-4", 80, "/min")]}, "heart_rate: is stated more than once"),
    ],
)
def test_a_fault_says_what_and_what_would_do(changes, told):
    with pytest.raises(InvalidInput, match=told):
        read({**heart_rate(71), **changes})
