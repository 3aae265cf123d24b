"""Laws of reading: nothing but InvalidInput comes of any file, counts add up, order does not matter."""

from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.interop.fhir.reading import read_contents
from kairos.vocab.facts import Understanding
from tests.support.fhir import LOINC, SCT, bundle, coded, entry, ndjson, observed, patient

SAMPLE = [
    patient(identifier=[{"system": "s", "value": "1"}], name=[{"family": "F", "given": ["G"]}]),
    entry(
        "Condition",
        "c",
        code=coded(SCT, "84757009"),
        onsetPeriod={"start": "2020"},
        recordedDate="2020-01-01",
    ),
    entry("Encounter", "e", status="finished", period={"start": "2020-01-01"}),
    entry("Procedure", "r", status="completed", code=coded(SCT, "23835007")),
    entry(
        "MedicationRequest",
        "m",
        status="active",
        medicationCodeableConcept={"text": "sertraline"},
        dosageInstruction=[{"doseAndRate": [{"doseQuantity": {"value": 50, "unit": "mg"}}]}],
    ),
    observed(
        "85354-9",
        component=[{"code": coded(LOINC, "8480-6"), "valueQuantity": {"value": 120, "unit": "mmHg"}}],
    ),
    observed("8867-4", 70, "/min", id="h"),
]
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False),
    st.text(max_size=8),
    st.just([]),
    st.just({}),
    st.just([None]),
    st.just([[1]]),
    st.just({"coding": [3, {"code": 4}]}),
)


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(p for key, held in items for p in paths_of(held, (*path, key)))]


def changed(resource: dict[str, Any], path: tuple[Any, ...], junk: Any) -> dict[str, Any]:
    copy: dict[str, Any] = orjson.loads(orjson.dumps(resource))
    place: Any = copy
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = junk
    return copy


@settings(max_examples=150, deadline=None, derandomize=True)
@given(which=st.integers(0, len(SAMPLE) - 1), data=st.data(), junk=JUNK)
def test_any_element_may_hold_anything(which: int, data: st.DataObject, junk: Any) -> None:
    path = data.draw(st.sampled_from(paths_of(SAMPLE[which])[1:]))
    broken = [changed(one, path, junk) if at == which else one for at, one in enumerate(SAMPLE)]
    try:
        payload = b"\n".join(orjson.dumps(one) for one in broken)
    except TypeError:
        payload = b"{"
    report = read_contents([("f", payload)]).report.files[0]
    assert report.status in ("imported", "refused")
    assert report.message or sum(map(report.total, report.resources)) == len(SAMPLE)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(cut=st.integers(0, 3000), flip=st.integers(0, 255))
def test_any_byte_may_be_wrong(cut: int, flip: int) -> None:
    data = bytearray(bundle(*SAMPLE))
    data[cut % len(data)] = flip
    report = read_contents([("f", bytes(data))]).report.files[0]
    assert report.status == "imported" or report.message


@settings(max_examples=25, deadline=None, derandomize=True)
@given(order=st.permutations(SAMPLE))
def test_the_order_of_entries_changes_nothing(order: list[dict[str, Any]]) -> None:
    (expected,) = read_contents([("f", ndjson(*SAMPLE))]).patients
    (record,) = read_contents([("f", ndjson(*order))]).patients
    assert set(map(repr, record.facts)) == set(map(repr, expected.facts))
    assert record.newest_entry == expected.newest_entry


@settings(max_examples=40, deadline=None, derandomize=True)
@given(value=st.floats(-1e6, 1e6, allow_nan=False))
def test_a_value_is_kept_whatever_it_is(value: float) -> None:
    (record,) = read_contents([("f", ndjson(patient(), observed("8867-4", value, "/min")))]).patients
    (fact,) = [fact for fact in record.facts if fact.concept == "heart_rate"]
    assert fact.value is not None and fact.understanding in (Understanding.EXACT, Understanding.IMPLAUSIBLE)
