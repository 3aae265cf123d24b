"""The lint of the content: each fault is made on purpose, and told with its file and line."""

# ruff: noqa: E501 - content is read by the row

from datetime import date

import pytest

from kairos.content.lint import lint_content
from kairos.content.loader import ContentFile, ContentSource

TODAY = date(2026, 11, 22)
SOUND = {
    "citations.yaml": """
own:
  title: Our own proposal
  kind: default
  read: default
  what: nothing
  on: 2026-11-22
label:
  title: The label
  kind: label
  page: "https://example.org/label"
  read: verified
  what: sections 1 to 4
  on: 2026-11-22
""",
    "parameters/limits.yaml": """
review: {owner: medical director, review_by: 2027-11-30}
limits.pressure_most:
  description: Highest
  unit: "mm[Hg]"
  values:
    2026-01-01: {value: 140, source: cite:own, basis: default, certainty: default, range: {low: 130, high: 140}}
limits.pressure_least:
  description: Lowest
  unit: "mm[Hg]"
  values:
    2026-01-01: {value: 90, source: cite:label, basis: label, certainty: verified}
limits.age_least:
  description: Youngest
  unit: a
  review: {owner: medical director, review_by: 2027-11-30}
  values:
    2026-01-01: {value: 18, source: cite:own, basis: default, certainty: default, reviewed: {by: someone, on: 2026-02-01}}
""",
    "text/en/all.yaml": """
product.spray: {clinician: the spray}
indication.trd: {clinician: resistant depression}
jurisdiction.us: {clinician: United States}
watched: {clinician: watched}
known: {clinician: little is known}
eligibility.age.subject: {clinician: age}
""",
    "claims/all.yaml": """
C-001:
  claim: It helps everyone.
  verdict: overstated
  better: It helps some.
  grade: low
  direction: mixed
  source: cite:label
  certainty: verified
  owner: evidence curator
  checked: 2026-11-22
  review_by: 2027-11-30
""",
    "regulatory/products.yaml": """
spray: {routes: [nose], source: cite:label, certainty: verified}
""",
    "regulatory/indications.yaml": """
trd:
  evidence:
    - {product: spray, routes: [nose], grade: low, direction: for, statement: known, claims: [C-001], source: cite:label, certainty: verified}
""",
    "regulatory/status.yaml": """
us_spray:
  products: [spray]
  indications: [trd]
  jurisdiction: us
  status: approved
  conditions: [watched]
  since: 2019-03
  until: 2030-01-01
  source: cite:label
  certainty: verified
  checked: 2026-11-22
  review_by: 2027-11-30
""",
    "regulatory/control.yaml": """
us_spray: {products: [spray], jurisdiction: us, schedule: CIII, since: 2019, source: cite:label, certainty: verified, checked: 2026-11-22, review_by: 2027-11-30}
""",
    "regulatory/prescribing.yaml": """
us_home: {products: [spray], jurisdiction: us, means: home_use, allowed: false, since: 2019, source: cite:label, certainty: verified, checked: 2026-11-22, review_by: 2027-11-30}
""",
    "rules/eligibility/all.yaml": """
eligibility.age:
  ref: AGE
  severity: absolute
  speaks_against: {most_recent: alt, above: limits.pressure_most, max_age: limits.age_least}
  source: cite:label
  in_force: 2026-01-01
""",
    "instruments/mood.yaml": """
id: mood
version: "1"
language: en
title: Mood
short_title: Mood
stem: How are you?
licence: ours
certainty: default
source: cite:own
options: [{value: 0, text: Well}, {value: 1, text: Badly}]
items: [{id: mood.1, text: Today}]
bands:
  - {id: well, name: Well, lowest: 0, highest: 0}
  - {id: badly, name: Badly, lowest: 1, highest: 1}
""",
    "concepts/systems.yaml": """
snomed: {addresses: ["http://snomed.info/sct"], source: cite:label, certainty: verified}
""",
    "concepts/measurements/all.yaml": """
alt: {kind: laboratory, unit: U/L, plausible: [0, 9], name: ALT, source: cite:label, certainty: verified}
""",
}


def faults(files, on=TODAY):
    """Return what the lint finds, as an editor shows it."""
    source = ContentSource(tuple(ContentFile(path, text.encode()) for path, text in files.items()))
    return [str(fault) for fault in lint_content(source, on=on)]


def test_sound_content_has_no_faults():
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        # a source, a unit, a basis, a certainty that is missing
        ("parameters/limits.yaml", "source: cite:label, ", "", "12: source is missing"),
        ("parameters/limits.yaml", '  unit: "mm[Hg]"\n  values:\n    2026-01-01: {value: 140', "  values:\n    2026-01-01: {value: 140", "4: unit is missing"),
        ("parameters/limits.yaml", "basis: label, ", "", "12: basis is missing"),
        ("parameters/limits.yaml", "basis: label, certainty: verified", "basis: label", "12: certainty is missing"),
        ("claims/all.yaml", "  source: cite:label\n", "", "3: source is missing"),
        ("claims/all.yaml", "  certainty: verified\n", "", "3: certainty is missing"),
        ("rules/eligibility/all.yaml", "  source: cite:label\n", "", "3: source is missing"),
        ("regulatory/status.yaml", "  source: cite:label\n", "", "3: source is missing"),
        ("instruments/mood.yaml", "source: cite:own\n", "", "2: source is missing"),
        # a dead citation; one that does not say what was read, or when, or leads nowhere
        ("parameters/limits.yaml", "cite:label", "cite:nobody", "12: source names 'nobody', which is not in citations.yaml"),
        ("claims/all.yaml", "cite:label", "cite:nobody", "8: source names 'nobody'"),
        ("citations.yaml", "  what: sections 1 to 4\n", "", "9: what is missing; say what of label was read"),
        ("citations.yaml", "  what: sections 1 to 4\n  on: 2026-11-22\n", "  what: all\n", "9: on is missing"),
        ("citations.yaml", '  page: "https://example.org/label"', "  doi: doi.org/10.1000/xyz", "11: doi is no DOI: 'doi.org/10.1000/xyz'"),
        ("citations.yaml", '  page: "https://example.org/label"\n  read: verified', "  doi: 10.1000/xyz\n  read: read", "12: read is 'read'"),
        ("citations.yaml", '  page: "https://example.org/label"\n', "", "9: label leads nowhere"),
        ("concepts/measurements/all.yaml", "source: cite:label, ", "", "2: source is missing; certainty is given"),
        ("concepts/measurements/all.yaml", ", certainty: verified", "", "2: certainty is missing"),
        ("instruments/mood.yaml", "bands:\n", "cut_offs: [{id: low, source: cite:nobody}]\nbands:\n", "13: source names 'nobody', which is not in citations.yaml"),
        ("instruments/mood.yaml", "bands:\n", "cut_offs: [{id: low, source: cite:own}]\nbands:\n", "13: certainty is missing"),
        # surer than anybody read
        ("citations.yaml", "read: verified", "read: memory", "parameters/limits.yaml:12: certainty is verified, surer than any source was read"),
        # a review that is missing, empty or overdue
        ("parameters/limits.yaml", "review: {owner: medical director, review_by: 2027-11-30}\nlimits.pressure_most", "limits.pressure_most", "6: review is missing"),
        ("parameters/limits.yaml", "{owner: medical director, review_by: 2027-11-30}\nlimits", "{owner: medical director}\nlimits", "2: review_by is missing"),
        ("parameters/limits.yaml", "  review: {owner: medical director,", "  review: {owner: '',", "16: owner is missing"),
        ("claims/all.yaml", "review_by: 2027-11-30", "review_by: 2026-11-21", "12: the review was due by 2026-11-21"),
        ("claims/all.yaml", "  review_by: 2027-11-30\n", "", "3: review_by is missing"),
        ("claims/all.yaml", "  owner: evidence curator\n", "", "3: owner is missing"),
        ("regulatory/status.yaml", "review_by: 2027-11-30", "review_by: 2020-01-01", "13: the review was due by 2020-01-01"),
        # limits upside down
        ("parameters/limits.yaml", "{low: 130, high: 140}", "{low: 140, high: 130}", "7: range is upside down"),
        ("parameters/limits.yaml", "{low: 130, high: 140}", "{low: 120, high: 130}", "7: value 140 lies outside its own range"),
        ("parameters/limits.yaml", "{value: 90,", "{value: 150,", "12: limits.pressure_least is 150 and limits.pressure_most is 140: upside down"),
        ("instruments/mood.yaml", "lowest: 1, highest: 1", "lowest: 0, highest: 1", "15: the band badly overlaps well: both hold 0"),
        ("instruments/mood.yaml", "lowest: 1, highest: 1", "lowest: 2, highest: 1", "15: the band badly is upside down: 2 to 1"),
        ("concepts/measurements/all.yaml", "[0, 9]", "[9, 0]", "2: plausible is upside down: 9 is above 0"),
        ("regulatory/status.yaml", "until: 2030-01-01", "until: 2018-01-01", "9: until 2018-01-01 lies before since 2019-03"),
        # what does not exist
        ("rules/eligibility/all.yaml", "limits.age_least", "limits.nothing", "5: max_age names the parameter 'limits.nothing'"),
        ("rules/eligibility/all.yaml", "eligibility.age", "eligibility.rage", "3: the text eligibility.rage.subject is missing"),
        ("rules/eligibility/all.yaml", "  in_force", "  pathway: safety.nothing\n  in_force", "7: pathway names 'safety.nothing'"),
        ("regulatory/indications.yaml", "C-001", "C-009", "4: claims needs ids that exist; not known: ['C-009']"),
        ("regulatory/indications.yaml", "statement: known", "statement: unknown", "4: the text unknown is missing"),
        ("regulatory/status.yaml", "[watched]", "[unwatched]", "7: the text unwatched is missing"),
        ("regulatory/status.yaml", "indications: [trd]", "indications: [gout]", "4: indications needs ids that exist; not known: ['gout']"),
        # a claim without its verdict or in no order; rows of the table without a day, or twice
        ("claims/all.yaml", "  verdict: overstated\n", "", "3: verdict is missing"),
        ("claims/all.yaml", "C-001:", "C-1:", "3: C-1 is not the id of a claim"),
        ("regulatory/status.yaml", "  since: 2019-03\n", "", "3: since is missing"),
        ("regulatory/status.yaml", "since: 2019-03", "since: soon", "8: since must be a day, month or year like 2019-03, not 'soon'"),
        ("regulatory/status.yaml", "status: approved", "status: not_known", "6: leave out what is not known"),
        ("regulatory/status.yaml", "us_spray:\n", "us_again: {products: [spray], indications: [trd], jurisdiction: us, status: approved, since: 2019-03, source: cite:label, certainty: verified, checked: 2026-11-22, review_by: 2027-11-30}\nus_spray:\n", "4: us_spray says again what us_again says of spray trd"),
        ("regulatory/products.yaml", "routes: [nose]", "routes: []", "2: routes needs at least one that no other product has: []"),
        ("regulatory/indications.yaml", "  evidence:\n", "  evidence:\n    - {product: spray, routes: [nose], grade: low, direction: for, statement: known, source: cite:label, certainty: verified}\n", "3: evidence of one product and route stands twice"),
        ("regulatory/prescribing.yaml", "allowed: false, ", "", "2: allowed is missing"),
    ],
)  # fmt: skip
def test_a_fault_made_on_purpose_is_told_with_its_line(file, old, new, fault):
    assert old in SOUND[file]
    found = faults(SOUND | {file: SOUND[file].replace(old, new, 1)})
    place = fault if ".yaml:" in fault else f"{file}:{fault}"
    assert any(each.startswith(place) for each in found), found


def test_a_name_that_is_missing_is_told_where_it_is_needed():
    file = "text/en/all.yaml"
    found = faults(SOUND | {file: SOUND[file].replace("product.spray", "product.sprig")})
    assert (
        found[-1].startswith("regulatory/status.yaml")
        and "regulatory/products.yaml:2: the text product.spray is missing" in found
    )


def test_a_measured_answer_has_a_unit():
    asked = {"rules/questions.yaml": "question.alt: {measures: alt}\n"}
    assert "rules/questions.yaml:1: unit is missing; a measured answer has one" in faults(SOUND | asked)


def test_the_words_of_orders_are_checked_as_well():
    orders = {
        "orders/routes.yaml": "iv: {codes: [IV], words: [vein], source: cite:own, certainty: memory}\n",
        "orders/reasons.yaml": "trd: {conditions: [depression], source: cite:own, certainty: default}\n",
        "orders/settings.yaml": "categories: {inpatient: somewhere}\nroutes: {iv: clinic}\nsource: cite:own\ncertainty: default\n",
        "orders/override_reasons.yaml": "reasons: [wrong]\nsource: cite:own\ncertainty: default\n",
    }
    found = faults(SOUND | orders)
    assert len(found) == 1
    assert found[0].startswith("orders/settings.yaml:1: inpatient is 'somewhere'")


def test_a_claim_stands_once():
    found = faults(SOUND | {"claims/again.yaml": SOUND["claims/all.yaml"]})
    assert found == ["claims/again.yaml:3: the claim C-001 stands twice"]


def test_a_file_that_is_not_yaml_is_told_once():
    assert faults({"claims/all.yaml": "C-001: [\n"}) == [
        "claims/all.yaml:2: not YAML: did not find expected node content"
    ]
