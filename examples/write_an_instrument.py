"""Write a new instrument in one file, see a fault named with its line, and score with it.

Run it with: python examples/write_an_instrument.py
"""

from kairos.content.load_instruments import load_instruments
from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint
from kairos.domain.instruments.questionnaire import Instrument
from kairos.domain.instruments.scorers import score_answers

SLEEP = """
id: sleep
version: "2026-01-01"
language: en
title: Three questions on sleep
short_title: Sleep
stem: "In the past week:"
licence: Our own; free.
certainty: default
wording: own
source: cite:kairos-default
options: [{value: 0, text: Never}, {value: 1, text: Some nights}, {value: 2, text: Every night}]
items:
  - {id: sleep.1, text: I lay awake}
  - {id: sleep.2, text: I woke too early}
  - {id: sleep.3, text: I woke rested, reverse: true}
scoring: {missing: none, certainty: default, source: cite:kairos-default}
bands:
  - {id: good, name: Good, lowest: 0, highest: 2}
  - {id: poor, name: Poor, lowest: 3, highest: 6}
"""


def read(text: str) -> Instrument:
    """Read one file of content; every fault of it is told at once."""
    lint = Lint(citations=frozenset({"kairos-default"}))
    source = ContentSource((ContentFile("instruments/sleep.yaml", text.encode()),))
    found = load_instruments(source, lint)
    lint.finish()
    return found["sleep"]


try:
    read(SLEEP.replace("lowest: 3", "lowest: 4"))
except ContentError as error:
    print(f"A gap between the bands: {error}")

sleep = read(SLEEP)
score = score_answers(sleep, {"sleep.1": 2, "sleep.2": 1, "sleep.3": 0})
print(f"Total {score.total} of {sleep.highest_total}: {score.band}.")
print(f"One left out: {score_answers(sleep, {'sleep.1': 2, 'sleep.2': 1})}")
