"""Faults in how an instrument is scored, and in the columns of a data set, are named with their line."""

import pytest

from kairos.content.load_instruments import load_instruments
from kairos.content.load_sources import load_sources
from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint
from kairos.domain.evidence.citations import Certainty

INSTRUMENT = """
id: mood
version: "1"
language: en
title: Mood
short_title: Mood
stem: How are you?
licence: Own
certainty: default
source: cite:own
known_as: [Feeling]
items:
  - {id: mood.1, text: One, span: {lowest: 0, highest: 3}}
  - {id: mood.2, text: Two, reverse: true, options: [{value: 0, text: A}, {value: 3, text: B}]}
scoring:
  missing: none
  factor: 2
  domains: [{id: both, items: [mood.1, mood.2]}]
  certainty: memory
  source: cite:other
bands:
  - {id: low, name: Low, lowest: 0, highest: 2}
  - {id: high, name: High, lowest: 3, highest: 6, certainty: verified}
cut_offs: [{id: line, name: Line, lowest: 3, sex: female}]
criteria:
  - id: rule
    name: Rule
    all: [{items: [mood.1], value: 1, count: 1}]
"""
SURVEY = """
id: survey
title: A survey
certainty: default
source: cite:own
refused: [7]
dont_know: [9]
refused_words: [Refused]
columns: {mood: [A1, A2]}
"""


def instruments(text: str):
    lint = Lint(citations=frozenset({"own", "other"}))
    found = load_instruments(ContentSource((ContentFile("instruments/mood.yaml", text.encode()),)), lint)
    lint.finish()
    return found


def surveys(text: str):
    lint = Lint(citations=frozenset({"own", "other"}))
    source = ContentSource((ContentFile("sources/survey.yaml", text.encode()),))
    found = load_sources(source, lint, instruments=instruments(INSTRUMENT))
    lint.finish()
    return found


def test_each_part_rests_on_its_own_source_or_on_that_of_its_file():
    mood = instruments(INSTRUMENT)["mood"]
    assert (mood.totalling.sources, mood.totalling.certainty) == (("other",), Certainty.MEMORY)
    assert [(band.sources, band.certainty) for band in mood.bands] == [
        (("own",), Certainty.DEFAULT),
        (("own",), Certainty.VERIFIED),
    ]
    assert (mood.highest_total, mood.cut_offs[0].sex, mood.known_as) == (6, "female", ("Feeling",))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("lowest: 3, highest: 6", "lowest: 4, highest: 6", "band high must begin at 3"),
        ("lowest: 0, highest: 2", "lowest: 2, highest: 0", "runs from 2 to 0"),
        ("lowest: 0, highest: 3}}", "lowest: 3, highest: 3}}", "span runs from 3 to 3"),
        ("lowest: 3, sex: female", "sex: female", "needs its lowest or its highest total"),
        ("all: [{items: [mood.1], value: 1, count: 1}]", "all: []", "needs at least one part"),
        ("items: [mood.1], value", "items: [mood.9], value", "mood.9 is named and is not an item here"),
        ("items: [mood.1, mood.2]}", "items: [mood.1, mood.7]}", "mood.7 is named and is not an item here"),
        ("missing: none", "missing: some", "expected one of none"),
        ("source: cite:other", "source: cite:nobody", "not in citations.yaml"),
        ("factor: 2", "factor: 2.5", "must be a whole number"),
    ],
)
def test_faults_of_scoring(old, new, fault):
    with pytest.raises(ContentError, match=fault):
        instruments(INSTRUMENT.replace(old, new, 1))


def test_a_survey_is_read():
    survey = surveys(SURVEY)["survey"]
    assert (survey.codes, survey.words, survey.columns) == ({7, 9}, {"refused"}, {"mood": ("A1", "A2")})


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("mood: [", "sleep: [", "sleep is not an instrument"),
        ("[A1, A2]", "[A1]", "mood has 2 scored questions"),
        ("[A1, A2]", "[A1, A1]", "mood has 2 scored questions"),
        ("refused: [7]", "refused: [a]", "must be a list of whole numbers"),
        ("refused: [7]", "refused: 7", "must be a list of whole numbers"),
        ("title: A survey", "title: A survey\nyear: 2005", "unexpected key 'year'"),
    ],
)
def test_faults_of_a_survey(old, new, fault):
    with pytest.raises(ContentError, match=fault):
        surveys(SURVEY.replace(old, new, 1))
