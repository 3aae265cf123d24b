"""Citations, parameters, texts and rules: what their loaders refuse."""

# ruff: noqa: E501 - tables are read by the row

import pytest

from kairos.content.load_citations import load_citations
from kairos.content.load_fasting import load_fasting
from kairos.content.load_parameters import load_parameters
from kairos.content.load_rules import load_rules
from kairos.content.load_texts import load_texts
from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint, read_source
from kairos.content.release import build_release, load_release
from kairos.domain.evidence.texts import Audience, TextBook

CITATION = "kairos-default"
VALUE = "{value: 18, source: cite:kairos-default, basis: default, certainty: default}"


def faults(path, text, load):
    """Return what a loader finds wrong in one file."""
    lint = Lint(citations=frozenset({CITATION}))
    load(ContentSource((ContentFile(path, text.encode()),)), lint)
    return [f"{f.line}: {f.fault}" for f in lint.faults]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("k: {kind: article, read: verified, on: 2026-01-01, page: x}", "1: title is missing"),
        ("k: {title: t, kind: poem, read: verified, on: 2026-01-01}", "1: kind is 'poem'"),
        ("k: {title: t, kind: article, read: verified, on: 2026-01-01}", "1: k leads nowhere"),
    ],
)
def test_a_citation_without_its_parts(text, fault):
    (found,) = faults("citations.yaml", text, load_citations)
    assert found.startswith(fault)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"p:\n  unit: a\n  values: {{2026-01-01: {VALUE}}}", "2: description is missing"),
        (f"p:\n  description: d\n  values: {{2026-01-01: {VALUE}}}", "3: unit is missing"),
        ("p:\n  description: d\n  unit: a\n  values: {}", "4: values is empty"),
        (f"p:\n  description: d\n  unit: a\n  values: {{soon: {VALUE}}}", "4: 'soon' is not a day"),
        (
            "p: {description: d, unit: a, values: {2026-01-01: {value: 1, basis: default, certainty: default}}}",
            "1: source is missing",
        ),
        (
            "p: {description: d, unit: a, values: {2026-01-01: {value: 1, source: cite:nobody, basis: default, "
            "certainty: default}}}",
            "1: source names 'nobody'",
        ),
    ],
)
def test_a_parameter_without_its_parts(text, fault):
    (found,) = faults("parameters/a.yaml", text, load_parameters)
    assert found.split(": ", 1)[1].startswith(fault.split(": ", 1)[1])


RANGED = (
    "p: {{description: d, unit: a, values: {{2026-01-01: {{value: 5, source: cite:kairos-default, basis: {basis}, "
    "certainty: default, range: {{low: {low}, high: {high}}}}}}}}}"
)


@pytest.mark.parametrize(
    ("basis", "low", "high", "fault"),
    [
        ("consensus", 9, 1, "range is upside down: low 9 is above high 1"),
        ("default", 6, 9, "value 5 lies outside its own range 6 to 9"),
        ("default", 1, 4, "value 5 lies outside its own range 1 to 4"),
        ("label", 1, 9, "a value of basis label has no range; a programme cannot change it"),
    ],
)
def test_a_range_that_cannot_hold(basis, low, high, fault):
    (found,) = faults("parameters/a.yaml", RANGED.format(basis=basis, low=low, high=high), load_parameters)
    assert found == f"1: {fault}"


def test_a_programme_may_set_its_own_value_inside_the_range():
    lint = Lint(citations=frozenset({CITATION}))
    text = RANGED.format(basis="default", low=4, high=6)
    book = load_parameters(ContentSource((ContentFile("parameters/a.yaml", text.encode()),)), lint)
    (value,) = book.dated("p")
    assert (value.range.low, value.range.high) == (4, 6)


def test_a_parameter_with_its_reviewer():
    text = (
        "p: {description: d, unit: a, values: {2026-01-01: {value: 1, source: cite:kairos-default, basis: trial, "
        "certainty: memory, reviewed: {by: someone, on: 2026-02-01}}}}"
    )
    lint = Lint(citations=frozenset({CITATION}))
    book = load_parameters(ContentSource((ContentFile("parameters/a.yaml", text.encode()),)), lint)
    (value,) = book.dated("p")
    assert (value.reviewed_by, str(value.reviewed_on)) == ("someone", "2026-02-01")


def test_what_stands_twice_is_refused():
    entry = f"p: {{description: d, unit: a, values: {{2026-01-01: {VALUE}}}}}".encode()
    lint = Lint(citations=frozenset({CITATION}))
    load_parameters(
        ContentSource((ContentFile("parameters/a.yaml", entry), ContentFile("parameters/b.yaml", entry))),
        lint,
    )
    load_texts(
        ContentSource(
            (
                ContentFile("text/en/a.yaml", b"t: {clinician: x}"),
                ContentFile("text/en/b.yaml", b"t: {clinician: y}"),
            )
        ),
        lint,
    )
    assert [f.file for f in lint.faults] == ["parameters/b.yaml", "text/en/b.yaml"]


def test_texts_are_kept_by_language_and_audience():
    files = (
        ContentFile("text/en/a.yaml", b"t: {clinician: 'x {a}', patient: y}"),
        ContentFile("text/es/a.yaml", b"t: {clinician: z}"),
    )
    book = load_texts(ContentSource(files), Lint())
    assert book.render("t", {"a": 1}) == "x 1"
    assert book.template("t", audience=Audience.PATIENT) == "y"
    assert "t" in book and "u" not in book
    spanish = TextBook({**book.templates, **load_texts(ContentSource(files), Lint(), "es").templates}, "es")
    assert spanish.template("t") == "z"
    assert spanish.template("t", audience=Audience.PATIENT) == "y", "what has no words yet is told in English"
    assert spanish.template("t", language="en") == "x {a}"


RULE = """
eligibility.pregnancy:
  ref: PREG
  severity: absolute
  speaks_against: {current: pregnancy}
  source: cite:kairos-default
  in_force: 2026-01-01
"""


def rule_faults(text, path="rules/eligibility/a.yaml"):
    """Return what is wrong in a file of rules, everything else as shipped."""
    shipped = load_release()
    questions = next(f for f in read_source().files if f.path == "rules/questions.yaml")
    files = (questions, ContentFile(path, text.encode()))
    lint = Lint(citations=frozenset({CITATION}))
    load_rules(
        ContentSource(files),
        lint,
        parameters=shipped.parameters,
        concepts=shipped.concepts,
        texts=shipped.texts,
        instruments={},
    )
    return [f"{f.line}: {f.fault}" for f in lint.faults]


def test_a_rule_in_order_has_no_faults():
    assert rule_faults(RULE) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("current: pregnancy", "current: pregnncy", "5: current names the concept 'pregnncy'"),
        ("{current: pregnancy}", "{currently: pregnancy}", "5: an expression has exactly one of"),
        ("{current: pregnancy}", "{current: [pregnancy, mania]}", "5: asked_as is missing"),
        ("{current: pregnancy}", "{exists_within: pregnancy}", "5: exists_within needs time"),
        ("{current: pregnancy}", "{current: pregnancy, fresh: soon}", "5: fresh names the parameter 'soon'"),
        ("{current: pregnancy}", "{taking: pregnancy, classes: sweets}", "5: classes names the drug class"),
        (
            "{current: pregnancy}",
            "{most_recent: alt, max_age: eligibility.laboratory_max_age}",
            "5: most_recent",
        ),
        ("{current: pregnancy}", "{call: nobody}", "5: an expression has exactly one of"),
        ("{current: pregnancy}", "{age_from: birth_date, below: nothing}", "5: below names the parameter"),
        (
            "{current: pregnancy}",
            "{age_from: sex, below: eligibility.age_minimum}",
            "5: age_from takes birth_date alone",
        ),
        (
            "{current: pregnancy}",
            "{age_from: birth_date}",
            "5: age_from needs exactly one of below, at_least",
        ),
        (
            "{current: pregnancy}",
            "{mean_of_days: [systolic_bp]}",
            "5: mean_of_days takes systolic_bp, diastolic_bp",
        ),
        (
            "{current: pregnancy}",
            "{mean_of_days: [systolic_bp, diastolic_bp], above: eligibility.mean_systolic_review}",
            "5: above takes the limits of",
        ),
        (
            "{current: pregnancy}",
            "{lacks_one_of: [alt, 'egfr|nothing'], max_age: x}",
            "5: lacks_one_of names the concept 'nothing'",
        ),
        ("{current: pregnancy}", "{none_tried_of: sweets}", "5: none_tried_of names the drug class"),
        ("severity: absolute", "severity: enormous", "4: severity is 'enormous'"),
        ("ref: PREG", "ref: PREG\n  asks: [question.none]", "4: asks names 'question.none'"),
        (
            "eligibility.pregnancy",
            "eligibility.unheard",
            "2: the text eligibility.unheard.subject is missing",
        ),
        ("cite:kairos-default", "cite:nobody", "6: source names 'nobody'"),
        (
            "ref: PREG",
            "ref: PREG\n  applies: {routes: [oraal]}",
            "4: routes names 'oraal'; expected one of iv",
        ),
        (
            "ref: PREG",
            "ref: PREG\n  applies: {settings: [moon]}",
            "4: settings names 'moon'; expected one of",
        ),
        ("ref: PREG", "ref: PREG\n  next: step.nothing", "4: the text step.nothing is missing"),
    ],
)
def test_a_rule_that_names_what_is_not_there(old, new, fault):
    found = rule_faults(RULE.replace(old, new))
    assert len(found) == 1
    assert found[0].split(": ", 1)[1].startswith(fault.split(": ", 1)[1])


def test_grades_go_from_the_most_severe_down():
    graded = RULE.replace(
        "  severity: absolute\n  speaks_against: {current: pregnancy}\n",
        "  grades:\n    - {severity: caution, speaks_against: {ever: mania}}\n"
        "    - {severity: absolute, speaks_against: {count_of: pregnancy, at_least: trial.treatments, "
        "time: eligibility.laboratory_max_age}}\n",
    )
    assert rule_faults(graded) == ["4: grades must go from the most severe down"]


def test_a_grade_holds_for_its_own_targets_and_says_what_comes_next():
    graded = RULE.replace(
        "  severity: absolute\n  speaks_against: {current: pregnancy}\n",
        "  grades:\n    - {severity: absolute, applies: {places: [home]}, speaks_against: {ever: mania}}\n",
    )
    (fault,) = rule_faults(graded)
    assert "unexpected key 'places'" in fault


def test_what_is_never_offered_has_words_and_a_source():
    path = "rules/uses.yaml"
    assert rule_faults("use.injection_at_home: {routes: [iv], source: cite:kairos-default}", path) == []
    (fault,) = rule_faults("use.nobody: {routes: [iv], source: cite:kairos-default}", path)
    assert "the text use.nobody.subject is missing" in fault


def test_fasting_names_a_time_that_is_there():
    def load(source, lint):
        load_fasting(source, lint, parameters=load_release().parameters)

    row = "a: {{ref: R, intake: food, routes: [iv], steps: [{{severity: caution, least: {}}}], source: cite:kairos-default}}"
    assert faults("rules/fasting.yaml", row.format("fasting.nasal_food"), load) == []
    (fault,) = faults("rules/fasting.yaml", row.format("fasting.nothing"), load)
    assert "least names the parameter 'fasting.nothing', which does not exist" in fault


def test_a_rule_starts_only_what_a_questionnaire_starts():
    (fault,) = rule_faults(RULE.rstrip("\n") + "\n  pathway: safety.nothing\n")
    assert "pathway names 'safety.nothing', which no questionnaire starts" in fault


def test_a_rule_stands_once():
    shipped = load_release()
    both = (
        ContentFile("rules/eligibility/a.yaml", RULE.encode()),
        ContentFile("rules/eligibility/b.yaml", RULE.encode()),
    )
    lint = Lint(citations=frozenset({CITATION}))
    load_rules(
        ContentSource(both),
        lint,
        parameters=shipped.parameters,
        concepts=shipped.concepts,
        texts=shipped.texts,
        instruments={},
    )
    assert [f.fault for f in lint.faults] == ["the rule eligibility.pregnancy stands twice"]


def test_the_shipped_release_is_sound():
    release = load_release()
    assert release is load_release()
    assert release.version == build_release(read_source()).version
    assert {s for rule in release.rules.values() for s in rule.sources} <= set(release.citations)
    for name in release.parameters:
        for value in release.parameters.dated(name):
            assert set(value.sources) <= set(release.citations)


def test_a_broken_release_tells_every_fault():
    files = (ContentFile("citations.yaml", b"k: {}\nl: {}\n"),)
    with pytest.raises(ContentError) as caught:
        build_release(ContentSource(files))
    assert len(caught.value.faults) == 2
