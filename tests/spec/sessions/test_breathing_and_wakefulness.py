"""Oxygen, breathing, heart and wakefulness.

Each is judged alone, whatever the blood pressure. What was read once and needs time to be judged asks
for another reading; it is never taken as well.
"""

import pytest

from kairos.domain.sessions.events import InfusionCompleted
from tests.support.dosing_sessions import WELL, infusing

OXYGEN_SITUATIONS = (
    ("oxygen [%]", "for [s]", "level"),
    (92, 40, "none"),
    (91, 40, "urgent"),
    (91, 30, "none"),
    (91, None, "asked again"),
    (88, 40, "urgent"),
    (87, 40, "emergency"),
    (87, None, "emergency"),
)

BREATHING_SITUATIONS = (
    ("breaths [/min]", "level"),
    (10, "none"),
    (9, "urgent"),
    (8, "urgent"),
    (7, "emergency"),
    (0, "emergency"),
)

HEART_SITUATIONS = (
    ("heart rate [/min]", "for [min]", "level"),
    (130, 10, "none"),
    (131, 5, "urgent"),
    (131, 4, "asked again"),
    (131, None, "asked again"),
    (40, None, "none"),
    (39, None, "urgent"),
)

SEDATION_SITUATIONS = (
    ("MOAA/S", "level"),
    (5, "none"),
    (4, "none"),
    (3, "urgent"),
    (2, "urgent"),
    (1, "emergency"),
    (0, "emergency"),
)

SYMPTOM_SITUATIONS = (
    ("symptoms, one minute apart", "MOAA/S", "level"),
    (("seizure",), 5, "emergency"),
    (("stridor",), 5, "emergency"),
    (("new_arrhythmia",), 5, "urgent"),
    (("vomiting",), 4, "urgent"),
    (("vomiting",), 5, "none"),
    (("vomiting", "vomiting"), 5, "none"),
    (("vomiting", "vomiting", "vomiting"), 5, "urgent"),
    (("panic",), 5, "caution"),
    (("nausea",), 5, "none"),
)


def level_of(stream, minute, rule):
    """Return the level that speaks, or that a rule asks for another reading."""
    watch = stream.look(minute).watch
    if watch.level is not None:
        return watch.level.word
    return "asked again" if watch.finding(rule).verdict == "unknown" else "none"


@pytest.mark.parametrize(("oxygen", "seconds", "level"), OXYGEN_SITUATIONS[1:])
def test_oxygen(oxygen, seconds, level):
    """Under 92 for more than 30 seconds is urgent, under 88 an emergency however short."""
    extra = {} if seconds is None else {"oxygen_low_s": seconds}
    stream = infusing().vitals(5, **{**WELL, "oxygen": oxygen}, **extra)
    assert level_of(stream, 5, "monitoring.oxygen_urgent") == level


@pytest.mark.parametrize(("breathing", "level"), BREATHING_SITUATIONS[1:])
def test_breathing(breathing, level):
    """Under 10 breaths a minute is urgent, under 8 an emergency; none is apnoea."""
    stream = infusing().vitals(5, **{**WELL, "breathing": breathing})
    assert level_of(stream, 5, "monitoring.breathing_urgent") == level


@pytest.mark.parametrize(("rate", "minutes", "level"), HEART_SITUATIONS[1:])
def test_heart_rate(rate, minutes, level):
    """Over 130 for 5 minutes or more, or under 40, is urgent."""
    extra = {} if minutes is None else {"heart_rate_high_s": minutes * 60}
    stream = infusing().vitals(5, **{**WELL, "heart_rate": rate}, **extra)
    assert level_of(stream, 5, "monitoring.heart_rate") == level


@pytest.mark.parametrize(("score", "level"), SEDATION_SITUATIONS[1:])
def test_sedation(score, level):
    """MOAA/S 2 or 3 is urgent, 0 or 1 an emergency."""
    assert level_of(infusing().sedation(5, score), 5, "monitoring.sedation_urgent") == level


@pytest.mark.parametrize(("symptoms", "score", "level"), SYMPTOM_SITUATIONS[1:])
def test_symptoms(symptoms, score, level):
    """An emergency symptom alone is an emergency; vomiting is urgent when sedated, or more than twice."""
    stream = infusing().sedation(4, score)
    for minute, symptom in enumerate(symptoms, start=5):
        stream.symptom(minute, symptom)
    found = stream.look(8).watch.level
    assert (found.word if found is not None else "none") == level


def test_detachment_that_lasts():
    """More than 2 hours after the end, a rating more than 1 above the one before the dose is urgent."""
    stream = infusing()
    stream.add(InfusionCompleted(), 40).detachment(150, 3)
    assert not stream.look(160).watch.fires("monitoring.dissociation_lasting")
    assert stream.look(161).watch.fires("monitoring.dissociation_lasting")
    assert not stream.detachment(162, 2).look(163).watch.fires("monitoring.dissociation_lasting")
