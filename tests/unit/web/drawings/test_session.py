from dataclasses import replace
from datetime import timedelta

import pytest

from kairos.web.design.drawings.session import draw_session
from kairos.web.design.drawings.session_table import reading_rows, session_story
from kairos.web.design.drawings.session_values import InfusionSpan, SessionEvent, SessionReading
from tests.support.drawings import a_session, minutes, parsed, texts


def classes(svg: str, class_: str) -> list:
    return [node for node in parsed(svg).iter() if node.get("class") == class_]


@pytest.mark.parametrize("narrow", [False, True])
def test_each_lane_is_there(narrow):
    svg = draw_session(a_session(), narrow=narrow)
    assert len(classes(svg, "given")) == len(classes(svg, "notgiven")) == 1
    assert len(classes(svg, "bp")) == len(classes(svg, "hrf")) == len(classes(svg, "spf")) == 3
    assert len(classes(svg, "nowline")) == len(classes(svg, "zone")) == 1
    assert [n.tag for n in classes(svg, "future")] == ["line", "circle", "circle"]
    assert {"Paused", "Checks done", "Now 10:42", "184/112", "Next 10:44"} <= set(texts(svg))
    for limit in ("Systolic 180: stop", "Diastolic 100: check again", "130: stop", "92: act"):
        assert limit in texts(svg)


def test_the_story_is_told_in_words():
    root = parsed(draw_session(a_session()))
    title, story = root.find("title").text, root.find("desc").text
    assert root.get("aria-labelledby") == f"{root.find('title').get('id')} {root.find('desc').get('id')}"
    assert title == "Session timeline, 09:56 to 11:40"
    assert "10:08: 26.4 mg given, 31 min." in story
    assert "Blood pressure went from 128/78 at 10:00 to 184/112 at 10:39; highest systolic 184." in story


def test_a_story_given_is_told_as_it_is():
    assert parsed(draw_session(a_session(story="Told."))).find("desc").text == "Told."


def test_stories_of_few_readings():
    one = a_session(readings=(SessionReading(minutes(0), 128, None),), infusion=())
    none = a_session(readings=(SessionReading(minutes(0), pulse_per_min=70),), infusion=())
    assert session_story(one) == "Blood pressure 128/? at 10:00. The table below holds every reading."
    assert session_story(none) == "No blood pressure has been recorded."


def test_the_table_twin_holds_every_reading_in_order():
    rows = reading_rows(a_session(readings=a_session().readings[::-1]))
    assert [row.time for row in rows] == ["10:00", "10:18", "10:39"]
    assert [row.change for row in rows] == ["baseline", "+11 %", "+44 %"]
    assert (rows[2].pressure, rows[2].awake, rows[2].by) == ("184/112", "not measured", "S. Iqbal, by hand")


def test_what_was_not_measured_is_said_and_not_drawn():
    session = a_session(
        readings=(SessionReading(minutes(0), None, 78), SessionReading(minutes(5), 120, None, 70))
    )
    first, second = reading_rows(session)
    assert (first.pressure, first.change, first.pulse) == ("?/78", "not measured", "not measured")
    assert (second.pressure, second.change) == ("120/?", "baseline")
    svg = draw_session(session)
    assert len(classes(svg, "hrf")) == 1
    assert len(classes(svg, "spf")) == 0


def test_a_session_that_has_not_begun_is_a_frame_with_its_limits():
    svg = draw_session(a_session(readings=(), infusion=(), events=(), now=None))
    assert not classes(svg, "nowline")
    assert classes(svg, "limit")
    assert "Next 10:44" in texts(svg)


def test_without_limits_or_values_there_is_still_a_frame():
    bare = a_session(
        **dict.fromkeys(("readings", "infusion", "events", "pressure_limits", "pulse_limits"), ()),
        oxygen_limits=(),
        stop_zone_from_mmhg=None,
        next_reading=None,
    )
    assert not classes(draw_session(bare), "zone")


def test_what_lies_outside_widens_the_axis():
    late = a_session(now=minutes(200))
    assert parsed(draw_session(late)).find("title").text.endswith("to 13:20")


def test_events_that_meet_stand_in_rows_of_their_own():
    events = tuple(SessionEvent(minutes(10 + n), f"Event number {n}") for n in range(5))
    svg = draw_session(a_session(events=events))
    heights = [n.get("y") for n in parsed(svg).iter("text") if (n.text or "").startswith("Event number")]
    assert len(set(heights)) == 5


def test_the_last_event_keeps_inside_the_frame():
    event = SessionEvent(minutes(99), "Released to Ada Rocha, sister, who drives")
    svg = draw_session(a_session(events=(event,)))
    assert next(n for n in parsed(svg).iter("text") if n.text == event.words).get("text-anchor") == "end"


def test_words_without_room_are_shortened_or_left_to_the_story():
    tight = InfusionSpan(minutes(8), minutes(20), "10.2 mg given, 12 min", short="10.2 mg")
    full = InfusionSpan(minutes(-4), minutes(100), "x" * 300)
    svg = draw_session(a_session(infusion=(tight, replace(tight, starts=minutes(21), ends=minutes(60)))))
    assert "10.2 mg" in texts(svg)
    assert "x" * 300 not in texts(draw_session(a_session(infusion=(full,))))


def test_two_drawings_in_one_page_have_ids_of_their_own():
    first, second = (parsed(draw_session(a_session(name=name))) for name in ("chair 3", "chair-4"))
    assert first.find("title").get("id") == "chair3-title"
    assert second.find("title").get("id") == "chair-4-title"


def test_a_long_session_has_ticks_further_apart():
    short, long = draw_session(a_session()), draw_session(a_session(ends=minutes(0) + timedelta(hours=9)))
    assert "10:10" in texts(short)
    assert "10:10" not in texts(long)
