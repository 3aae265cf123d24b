"""Every text that the session names is there, and every finding it makes can be put into words."""

import pytest

from kairos.content.release import load_release
from kairos.domain.protocols.treatment_protocol import CheckKind
from kairos.domain.sessions.console import SHOWN_GATES
from kairos.domain.sessions.gates import gate
from kairos.domain.sessions.timetable import DueKind
from tests.support.dosing_sessions import checked, infusing, observing, opened, protocol, releasable

STREAMS = {
    "opened": (opened(), -5),
    "checked": (checked(), 0),
    "held": (checked(sleep="poor", suicidality="moderate"), 0),
    "infusing, nothing read": (infusing(), 3),
    "infusing, well": (infusing().pressure(10, 120, 80).sedation(10, 5), 11),
    "only one pressure": (infusing().vitals(5, systolic=190).vitals(10, systolic=190), 11),
    "everything wrong": (
        infusing()
        .vitals(5, systolic=190, diastolic=120, heart_rate=140, oxygen=85, breathing=6)
        .vitals(10, systolic=190, diastolic=120, heart_rate=140, oxygen=85, breathing=6)
        .sedation(11, 1)
        .symptom(11, "chest_pain", "vomiting", "panic")
        .detachment(11, 9),
        20,
    ),
    "observing": (observing().detachment(180, 8), 200),
    "releasable": (releasable(), 100),
}


@pytest.mark.parametrize("name", STREAMS)
def test_every_finding_has_its_sentence(name):
    stream, minute = STREAMS[name]
    picture, texts = stream.look(minute), load_release().texts
    criteria = tuple(each.finding for each in picture.readiness.every)
    for finding in (*picture.check.findings, *picture.findings, *criteria):
        sentence = texts.render(finding.message, finding.values)
        assert sentence
        assert "{" not in sentence


@pytest.mark.parametrize("name", STREAMS)
def test_every_closed_gate_has_its_words(name):
    stream, minute = STREAMS[name]
    for act in (*SHOWN_GATES, "go_decided_go", "cancelled", "rate_changed"):
        assert all(text in load_release().texts for text in gate(stream.look(minute), act).missing)


def test_every_word_of_the_protocol_is_there():
    texts, shown = load_release().texts, protocol()
    wanted = [shown.name, shown.course.text]
    wanted += [item.text for item in shown.checks]
    wanted += [f"{i.text}.{a}" for i in shown.checks if i.kind is CheckKind.CHOICE for a in i.answers]
    wanted += [f"{item.text}.{answer}" for item in shown.release for answer in item.answers]
    wanted += [item.text for item in shown.release] + [f"{item.text}.needed" for item in shown.release]
    wanted += [symptom.text for symptom in shown.symptoms.values()]
    wanted += [card.title for card in shown.cards.values()]
    wanted += [card.emergency_if for card in shown.cards.values()]
    wanted += [step.text for card in shown.cards.values() for step in card.steps]
    wanted += [alarm.promise for alarm in shown.alarms.values()] + [f"due.{kind}" for kind in DueKind]
    assert [text for text in wanted if text not in texts] == []
