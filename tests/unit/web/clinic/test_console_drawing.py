from dataclasses import replace
from decimal import Decimal

import pytest

from kairos.domain.protocols.readings import Reading
from kairos.domain.sessions.console import Console, Dot, InfusionBar, InfusionLane, LimitLine, Score
from kairos.domain.sessions.dose_log import Portion
from kairos.vocab.quantities import Quantity
from kairos.web.clinic.sessions.console_drawing import ConsoleWords, session_drawing
from kairos.web.design.drawings.session import draw_session
from kairos.web.design.drawings.session_values import LimitLevel
from tests.support.drawings import ZONE, minutes, texts

WORDS = ConsoleWords(
    of_dot=lambda dot: dot.type, of_limit=lambda line: line.parameter, entered_by=lambda ref: f"by {ref}"
)


def a_console(*, runs_out_at=None) -> Console:
    bars = (
        InfusionBar(minutes(8), minutes(20), Decimal(51), Decimal("10.2")),
        InfusionBar(minutes(20), minutes(26), Decimal(0), Decimal(0)),
    )
    return Console(
        last=(),
        next=None,
        dues=(),
        do_now=(),
        infusion=InfusionLane(bars, Decimal("34.0"), Decimal("10.2"), Decimal("23.8"), runs_out_at),
        readings=(Reading("r1", minutes(0), 128, 78, 72, 98), Reading("r2", minutes(18), 142, 88)),
        scores=(Score(minutes(0), "moaas", 5), Score(minutes(9), "moaas", 4), Score(minutes(9), "cadss6", 6)),
        dots=(Dot(minutes(20), "infusion_paused", "e1"),),
        limits=(
            LimitLine("systolic", "monitoring.systolic_stop", Quantity(180, "mm[Hg]")),
            LimitLine("systolic", "monitoring.systolic_alert", Quantity(160, "mm[Hg]")),
            LimitLine("heart_rate", "monitoring.heart_rate_high", Quantity(130, "/min")),
            LimitLine("oxygen", "monitoring.oxygen_urgent", Quantity(92, "%")),
        ),
        gates=(),
        fall_risk=False,
    )


def drawn(console: Console, now=None):
    return session_drawing(console, words=WORDS, zone=ZONE, starts=minutes(-4), ends=minutes(100), now=now)


def test_each_value_finds_its_lane():
    drawing = drawn(a_console())
    assert [limit.level for limit in drawing.pressure_limits] == [LimitLevel.STOP, LimitLevel.CHECK]
    assert (len(drawing.pulse_limits), len(drawing.oxygen_limits)) == (1, 1)
    assert drawing.stop_zone_from_mmhg == 180
    assert [(r.at, r.awake) for r in drawing.readings] == [
        (minutes(0), 5),
        (minutes(9), 4),
        (minutes(18), None),
    ]
    assert [r.by for r in drawing.readings] == ["by r1", "", "by r2"]
    assert "infusion_paused" in texts(draw_session(drawing))


def test_given_is_solid_and_a_pause_is_dashed():
    given, paused = drawn(a_console()).infusion
    assert (given.words, given.short, given.is_given) == ("10.2 mg given, 12 min", "10.2 mg", True)
    assert (paused.words, paused.is_given) == ("Paused", False)


@pytest.mark.parametrize(("now", "count"), [(minutes(26), 3), (minutes(60), 2), (None, 2)])
def test_what_is_still_to_come_is_dashed(now, count):
    spans = drawn(a_console(runs_out_at=minutes(54)), now=now).infusion
    assert len(spans) == count
    if count == 3:
        assert (spans[-1].words, spans[-1].is_given) == ("23.8 of 34 mg still to give", False)


def test_portions_stand_in_the_lane_each_with_its_number():
    devices = tuple(
        Portion(minutes(at), Decimal(28), number, number == 2, "L1", None, f"e{number}")
        for at, number in ((0, 1), (5, 2))
    )
    console = replace(a_console(), portions=devices, portions_ordered=3)
    spans = drawn(console, now=minutes(9)).infusion
    assert [(span.starts, span.words) for span in spans] == [
        (minutes(0), "28 mg, 1 of 3"),
        (minutes(5), "28 mg, 2 of 3"),
    ]
    assert "28 mg, 2 of 3" in texts(draw_session(drawn(console, now=minutes(9))))
