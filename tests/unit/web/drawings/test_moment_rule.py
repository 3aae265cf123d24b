from kairos.web.design.drawings.moment_rule import (
    Mark,
    MarkKind,
    MomentRule,
    Stretch,
    draw_moment_rule,
    weeks_rule,
)
from tests.support.drawings import minutes, parsed


def a_rule(now: float, **more) -> MomentRule:
    values = dict(
        starts=minutes(0),
        ends=minutes(110),
        now=minutes(now),
        words="Paused at 31 of 40 minutes",
        stretches=(
            Stretch(minutes(0), minutes(31)),
            Stretch(minutes(31), minutes(40), is_given=False),
            Stretch(minutes(40), minutes(100)),
        ),
        marks=(Mark(minutes(36), MarkKind.URGENT), Mark(minutes(100), MarkKind.GATE)),
    )
    return MomentRule(**(values | more))


def kinds(rule: MomentRule) -> list[str]:
    return [node.get("class") for node in parsed(draw_moment_rule(rule))]


def test_past_is_solid_now_is_last_and_what_was_not_given_is_dashed():
    assert kinds(a_rule(34)) == ["bed", "bed out", "bed", "past", "past", "urg", "gate", "now"]


def test_nothing_is_past_before_it_starts():
    assert "past" not in kinds(a_rule(-5))


def test_the_words_are_the_label():
    assert parsed(draw_moment_rule(a_rule(34))).get("aria-label") == "Paused at 31 of 40 minutes"


def test_a_rule_without_length_is_still_a_rule():
    assert kinds(a_rule(0, ends=minutes(0), stretches=(), marks=())) == ["now"]


def test_a_course_shows_what_was_held_and_what_is_due():
    rule = weeks_rule(
        [minutes(50), minutes(10)],
        starts=minutes(0),
        ends=minutes(60),
        now=minutes(20),
        words="Session 1 of 2",
    )
    assert kinds(rule) == ["bed", "past", "gate", "dueline", "now"]
