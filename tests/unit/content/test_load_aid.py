"""The decision aid and its figures as content: what the loaders take, and what they refuse."""

# ruff: noqa: E501 - content is read by the row

from types import SimpleNamespace

import pytest

from kairos.content.load_aid import PAGES, load_aid
from kairos.content.load_figures import load_figures
from kairos.content.loader import ContentFile, ContentSource, Lint
from kairos.content.release import load_release

FIGURES = """
registry: {owner: editor, checked: 2026-11-22, review_by: 2027-11-30}
trial.a: {states: "64 of 100", of_100: 64, against: 28, says: Better, beside: a dummy, people: 73 people, source: cite:k, certainty: verified}
effect.b: {states: "30 of 100", of_100: 30, says: High, people: 84 people, source: cite:k, certainty: memory}
time.c: {states: two hours, source: cite:k, certainty: default}
fade.d: {states: soon, says: better, since: a dose, people: 9 people, points: [{day: 0, of_100: 100}, {day: 7, of_100: 40}], source: cite:k, certainty: memory}
"""
PAGE = "{title: T, lead: L, sections: [{heading: H, text: ['{trial.a.against}'], claims: [C-001]}]}"
AID = "\n".join(
    [
        "language: en",
        "pages:",
        *(f"  {name}: {PAGE}" for name in PAGES),
        "rows: {time: Time}",
        "ways:",
        "  - {id: w, route: iv, setting: clinic, name: W, found: ['{trial.a}'], sources: cite:k, cells: {time: '{time.c}'},"
        " effects: [effect.b], effects_note: N}",
        "next_steps: [{name: N, what: X, soon: S, weigh: Y, grade: low, source: cite:k, certainty: memory, claims: [C-001]}]",
        "accounts: [{id: a, tone: difficult, heading: H, text: ['{trial.a}']}]",
        "fading: [fade.d]",
        "moments: [{id: m, when: time.c, kind: mood, ways: [w], text: '{trial.a}', grade: low, source: cite:k}]",
        "myths: [{id: y, says: S, leans: hope, claims: [C-002]}]",
        "values: [{id: v, text: V}]",
        "questions: {g: {name: G, asks: [{id: q, text: Q}]}}",
    ]
)


def loaded(figures=FIGURES, aid=AID):
    """Return figures and aid of two files, and the faults."""
    files = {"figures/a.yaml": figures, "aid/en.yaml": aid}
    source = ContentSource(tuple(ContentFile(name, text.encode()) for name, text in files.items()))
    lint = Lint(citations=frozenset({"k"}))
    found = load_figures(source, lint)
    claims = {"C-001": resting_on("k"), "C-002": resting_on("k", "l")}
    return found, load_aid(source, lint, claims=claims, figures=found), [str(f) for f in lint.faults]


def resting_on(*sources):
    """Return a claim of which only the sources are asked."""
    return SimpleNamespace(sources=sources)


def test_figures_count_or_only_state():
    figures, _, wrong = loaded()
    assert wrong == []
    assert figures["trial.a"].count.because == 36
    assert figures["effect.b"].count.against is None
    assert figures["effect.b"].count.beside == ""
    assert figures["time.c"].count is None
    assert figures["time.c"].owner == "editor"


def test_a_course_says_by_when_half_had_lost_it():
    figures, aid, _ = loaded()
    course = figures["fade.d"].course
    assert [(point.day, point.of_100) for point in course.points] == [(0, 100), (7, 40)]
    assert course.half_gone_by.day == 7
    assert aid["en"].fading == ("fade.d",)
    unfinished = loaded(figures=FIGURES.replace("of_100: 40", "of_100: 60"))[0]
    assert unfinished["fade.d"].course.half_gone_by is None


def test_the_aid_names_what_is_registered():
    _, aid, _ = loaded()
    assert list(aid["en"].pages) == list(PAGES)
    assert aid["en"].ways[0].cells == {"time": "{time.c}"}
    assert aid["en"].next_steps[0].claims == ("C-001",)
    assert aid["en"].questions["G"][0].text == "Q"


@pytest.mark.parametrize(
    ("there", "instead", "fault"),
    [
        ("of_100: 64", "of_100: 64.5", "of_100 is 64.5; it counts whole people of 100"),
        ("against: 28", "against: 128", "against is 128; it counts whole people of 100"),
        ("says: Better, ", "", "says is missing"),
        ("source: cite:k, certainty: default", "certainty: default", "source is missing"),
        ("registry: {owner: editor,", "registry: {who: editor,", "unexpected key 'who'"),
        ("time.c: {states", "time.c: {tells", "unexpected key 'tells'"),
        ("of_100: 40", "of_100: 101", "of_100 is 101; it counts whole people of 100"),
        ("{day: 7, of_100: 40}", "{day: 0, of_100: 40}", "points go from day 0 to 0; days rise, people fall"),
        (
            "{day: 0, of_100: 100}",
            "{day: 0, of_100: 30}",
            "points go from day 0 to 7; days rise, people fall",
        ),
        (", {day: 7, of_100: 40}", "", "points are 1; a course has at least 2"),
        ("{day: 7, of_100: 40}", "{day: 7, of: 40}", "unexpected key 'of'"),
    ],
)
def test_what_figures_refuse(there, instead, fault):
    _, _, wrong = loaded(figures=FIGURES.replace(there, instead))
    assert any(fault in line for line in wrong)


@pytest.mark.parametrize(
    ("there", "instead", "fault"),
    [
        ("'{trial.a}'", "'{trial.z}'", "found states trial.z, which is no figure of figures/"),
        ("'{time.c}'", "'{time.z}'", "time states time.z"),
        ("claims: [C-001]}]}", "claims: [C-009]}]}", "claims names 'C-009', which is no claim of claims/"),
        (
            "effects: [effect.b]",
            "effects: [time.c]",
            "effects names 'time.c', which counts nobody in figures/",
        ),
        ("effects: [effect.b]", "effects: [effect.z]", "effects names 'effect.z'"),
        ("cells: {time: '{time.c}'}", "cells: {}", "time is missing"),
        ("cells: {time:", "cells: {tide:", "unexpected key 'tide'"),
        ("route: iv", "route: by_post", "route is 'by_post'"),
        ("  what: ", "  which: ", "unexpected key 'which'"),
        ("values: [{id: v,", "values: [{no: v,", "unexpected key 'no'"),
        ("tone: difficult", "tone: lovely", "tone is 'lovely'"),
        ("fading: [fade.d]", "fading: [trial.a]", "fading names 'trial.a', which has no course in figures/"),
        ("fading: [fade.d]", "fading: [fade.z]", "fading names 'fade.z', which has no course in figures/"),
        ("when: time.c", "when: time.z", "when is 'time.z', which is no figure of figures/"),
        ("ways: [w]", "ways: [x]", "ways names 'x', which is no way of this file"),
        ("claims: [C-002]", "claims: [C-001]", "claims rest on 1 source; a myth needs 2 or more"),
        ("leans: hope", "leans: left", "leans is 'left'"),
    ],
)
def test_what_the_aid_refuses(there, instead, fault):
    _, _, wrong = loaded(aid=AID.replace(there, instead, 1))
    assert any(fault in line for line in wrong)


def test_the_shipped_aid_has_questions_enough_and_no_id_twice():
    aid = load_release().aid["en"]
    ids = [choice.id for group in aid.questions.values() for choice in group] + [v.id for v in aid.values]
    assert len(ids) - len(aid.values) >= 25
    assert len(ids) == len(set(ids))


def test_every_drawn_figure_says_whom_it_counted():
    release = load_release()
    drawn = [release.figures[name] for way in release.aid["en"].ways for name in way.effects]
    assert len(drawn) > 5
    assert all(figure.count.people and figure.sources for figure in drawn)
