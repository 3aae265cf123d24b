"""Laws of every drawing: valid XML, inside the frame, the same twice, no style in line, texts escaped."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.web.design.drawings.labels import LabelField, Place
from kairos.web.design.drawings.moment_rule import MomentRule, Stretch, draw_moment_rule
from kairos.web.design.drawings.scores import draw_scores
from kairos.web.design.drawings.session import draw_session
from kairos.web.design.drawings.session_values import InfusionSpan, SessionEvent, SessionReading
from kairos.web.design.drawings.svg import fitted, width_of, words
from tests.support.drawings import a_session, minutes, parsed, places, some_scores

MINUTES = st.integers(-30, 400)
PRESSURES = st.one_of(st.none(), st.integers(20, 300))
READINGS = st.builds(
    lambda at, systolic, diastolic, pulse, oxygen, awake: SessionReading(
        minutes(at), systolic, diastolic, pulse, oxygen, awake
    ),
    MINUTES,
    PRESSURES,
    PRESSURES,
    st.one_of(st.none(), st.integers(10, 250)),
    st.one_of(st.none(), st.integers(40, 100)),
    st.one_of(st.none(), st.integers(0, 5)),
)
EVENTS = st.builds(lambda at, said: SessionEvent(minutes(at), said), MINUTES, st.text(max_size=60))
SPANS = st.builds(
    lambda at, length, said, given: InfusionSpan(minutes(at), minutes(at + length), said, given),
    MINUTES,
    st.integers(0, 90),
    st.text(max_size=30),
    st.booleans(),
)
SESSIONS = st.builds(
    lambda readings, events, spans, now: a_session(
        readings=tuple(readings),
        events=tuple(events),
        infusion=tuple(spans),
        now=None if now is None else minutes(now),
    ),
    st.lists(READINGS, max_size=15),
    st.lists(EVENTS, max_size=8),
    st.lists(SPANS, max_size=4),
    st.one_of(st.none(), MINUTES),
)
TOTALS = st.lists(st.one_of(st.none(), st.integers(0, 27)), min_size=1, max_size=20)


def check_frame(svg: str) -> None:
    _, _, width, height = map(float, parsed(svg).get("viewBox").split())
    for x, y in places(svg):
        assert 0 <= x <= width + 0.1
        assert 0 <= y <= height + 0.1
    assert "style=" not in svg
    assert "nan" not in svg


@settings(max_examples=60, deadline=None)
@given(SESSIONS, st.booleans())
def test_a_session_is_drawn_inside_its_frame_and_the_same_twice(session, narrow):
    svg = draw_session(session, narrow=narrow)
    check_frame(svg)
    assert svg == draw_session(session, narrow=narrow)


@settings(max_examples=60, deadline=None)
@given(TOTALS, st.booleans())
def test_scores_are_drawn_inside_their_frame_and_the_same_twice(totals, narrow):
    drawing = some_scores(*totals)
    svg = draw_scores(drawing, narrow=narrow)
    check_frame(svg)
    assert svg == draw_scores(drawing, narrow=narrow)


@settings(max_examples=60)
@given(MINUTES, MINUTES, MINUTES, st.text(max_size=40))
def test_a_moment_rule_is_drawn_inside_its_frame(starts, ends, now, said):
    stretches = (Stretch(minutes(starts), minutes(ends)),)
    check_frame(draw_moment_rule(MomentRule(minutes(starts), minutes(ends), minutes(now), said, stretches)))


@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", '" onload="x', "]]>", "&amp;", "\x00\x1b"])
def test_words_from_people_are_only_words(attack):
    svg = draw_session(a_session(events=(SessionEvent(minutes(3), attack),), story=attack, name=attack))
    assert "<script" not in svg
    assert not [n for n in parsed(svg).iter() if n.get("onload") or n.tag == "script"]


@settings(max_examples=100)
@given(st.text())
def test_any_text_can_stand_in_an_element(text):
    assert parsed(f"<text>{words(text)}</text>") is not None


@settings(max_examples=100)
@given(st.text(max_size=80), st.floats(0, 400))
def test_a_fitted_text_is_not_wider_than_its_room(text, room):
    assert width_of(fitted(text, room)) <= room


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 100), st.text("abc", min_size=1, max_size=9))))
def test_labels_never_cover_each_other(wanted):
    field = LabelField(0, 300)
    for x, y, text in wanted:
        field.place(text, Place(x, y), Place(x, y, "end"), Place(x, y, "middle"))
    for n, box in enumerate(field.taken):
        assert 0 <= box.left
        assert box.right <= 300
        assert not any(box.meets(other) for other in field.taken[n + 1 :])
