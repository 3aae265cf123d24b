"""Whatever is broken in a Questionnaire or response: it is read or refused in words, never anything else."""

from typing import Any

import orjson
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from kairos.content.release import load_release
from kairos.interop.fhir.reading import read_contents
from tests.support.fhir import bundle, patient
from tests.support.questionnaires import WRITINGS, form_of, response_of

PHQ9 = load_release().instruments["phq9"]
ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["item", "code", "x"]), inner)
    ),
    max_leaves=4,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every part of a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, held in inner for place in places(held, (*path, key)))]


def broken(value: Any, path: tuple[Any, ...], odd: Any) -> Any:
    """Return a copy with one part replaced."""
    if not path:
        return odd
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = broken(value[path[0]], path[1:], odd)
    return copy


@settings(max_examples=40, deadline=None)
@examples(st.data())
def test_a_part_that_is_broken_is_named_or_left_out(data: st.DataObject) -> None:
    values = data.draw(st.lists(st.integers(0, 3), min_size=10, max_size=10))
    pair = [form_of(PHQ9), response_of(PHQ9, values, data.draw(st.sampled_from(WRITINGS)))]
    places_of_parts = [place for place in places(pair) if len(place) > 1]
    one = broken(pair, data.draw(st.sampled_from(places_of_parts)), data.draw(ODD))
    result = read_contents([("file", bundle(patient(), *one))])
    for record in result.patients:
        totals = [fact.value for fact in record.facts if fact.concept == "phq9_total" and fact.value]
        assert all(total.value <= sum(values[:9]) + 3 for total in totals)  # type: ignore[union-attr]
    assert all(file.status == "imported" or file.message for file in result.report.files)
    orjson.dumps(result.report.as_json())
