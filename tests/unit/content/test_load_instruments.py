import pytest

from kairos.content.load_crisis import load_crisis
from kairos.content.load_instruments import load_instruments
from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint

INSTRUMENT = """
id: mood
version: "1"
language: en
title: Mood
short_title: Mood
stem: How are you?
licence: Own
certainty: default
source: [cite:own]
options: [{value: 0, text: "No"}, {value: 1, text: "Yes"}]
items:
  - {id: mood.1, text: One}
  - {id: mood.2, text: Two}
"""
CRISIS = """
country: XX
language: en
source: [cite:own]
certainty: default
contacts: [{id: call, label: Call, kind: call, number: "1", hours: any hour}]
cards: {crisis.card: [call]}
"""


def read(text: str, *, path: str = "instruments/mood.yaml"):
    lint = Lint(citations=frozenset({"own"}))
    source = ContentSource((ContentFile(path, text.encode()),))
    found = (load_instruments if path.startswith("instruments") else load_crisis)(source, lint)
    lint.finish()
    return found


def test_a_small_instrument_is_read():
    instrument = read(INSTRUMENT)["mood"]
    assert instrument.highest_total == 2
    assert (instrument.panel, instrument.items[0].shown_if) == (None, None)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("id: mood.2", "id: mood.1", "an item stands twice"),
        ("text: Two", "text: Two, shown_if: {mood.9: 1}", "mood.9 is named and is not an item here"),
        ("value: 1", "value: 1.5", "value must be a whole number"),
        ("cite:own", "cite:other", "not in citations.yaml"),
        ("licence: Own", "licence: Own\nowner: x", "unexpected key 'owner'"),
        ("certainty: default", "certainty: sure", "expected one of verified"),
    ],
)
def test_faults_are_named_with_their_line(old, new, fault):
    with pytest.raises(ContentError, match=fault):
        read(INSTRUMENT.replace(old, new, 1))


def test_tiers_must_name_items():
    with pytest.raises(ContentError, match=r"mood.7 is named"):
        read(INSTRUMENT + "tiers: [{id: high, name: High, any_yes: [mood.7]}]\n")


@pytest.mark.parametrize("cards", ["[other]", "[]"])
def test_a_crisis_card_needs_contacts_of_its_file(cards):
    assert read(CRISIS, path="crisis/xx.yaml")["XX"].card("crisis.card")
    with pytest.raises(ContentError, match=r"crisis.card needs contacts"):
        read(CRISIS.replace("crisis.card: [call]", f"crisis.card: {cards}"), path="crisis/xx.yaml")
