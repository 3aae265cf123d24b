"""Small pharmacokinetic models for tests, and what the loaders need to read one from text."""

from kairos.content.load_absorption import load_absorption, load_substances
from kairos.content.load_citations import load_citations
from kairos.content.load_models import load_models
from kairos.content.loader import ContentFile, ContentSource, Lint

CITATIONS = """\
somebody: {title: A paper, kind: article, doi: "10.1000/x", read: verified, what: all of it, on: 2026-01-01}
"""
SUBSTANCES = """\
review: {owner: somebody, review_by: 2027-01-01}
drug:
  {molar_mass: 100, hydrochloride_molar_mass: 120, unit: g/mol, source: cite:somebody, certainty: verified}
rest: {molar_mass: 50, unit: g/mol, source: cite:somebody, certainty: verified}
"""
ABSORPTION = """\
review: {owner: somebody, review_by: 2027-01-01}
substance: drug
routes:
  oral:
    bioavailability:
      {value: 50, low: 40, high: 60, unit: "%", source: cite:somebody, basis: trial, certainty: verified}
    rate: {value: 0.1, unit: "/min", source: cite:somebody, basis: trial, certainty: verified}
    lag: {value: 5, unit: min, source: cite:somebody, basis: trial, certainty: verified}
    warnings: [Slow.]
  im:
    bioavailability: {value: 100, unit: "%", source: cite:somebody, basis: trial, certainty: verified}
    rate: {value: 0.2, unit: "/min", source: cite:somebody, basis: trial, certainty: verified}
  nose:
    bioavailability: {value: 30, unit: "%", source: cite:somebody, basis: trial, certainty: verified}
"""
MODEL = """\
title: A drug and what becomes of it
substance: drug
source: cite:somebody
basis: trial
review: {owner: somebody, review_by: 2027-01-01}
certainty: verified
population:
  description: adults
  numbers:
    age: {unit: a, lowest: 18, highest: 80, typical: 40}
    weight: {unit: kg, lowest: 40, typical: 70}
  categories:
    kind: {words: [plain, other], typical: plain}
parameters:
  v: {value: 10, unit: L, cv: 50, effects: [{of: weight, form: power, reference: 70, exponent: 1}]}
  cl:
    value: 60
    unit: L/h
    log_variance: 0.04
    effects:
      - {of: age, form: linear-above, reference: 60, slope: -0.6, note: Less with age.}
      - {of: kind, form: by-category, factors: {other: 0.5}}
  part:
    value: 0.5
    unit: "1"
    logit_sd: 1
    highest: 0.9
    effects: [{of: kind, form: by-category, factors: {other: 2}}]
  later: {value: 0.5, unit: "1"}
  time: {value: 10, unit: min}
  slowly: {value: 0.05, unit: "/min"}
  wait: {value: 2, unit: min, occasion_log_variance: 0.1}
  mass: {value: 1, unit: L/kg, effects: [{of: weight, form: proportional}]}
covariances:
  - {between: [v, cl], correlation: 0.5}
  - {between: [part, v], covariance: 0.1}
compartments: [depot, body, chain, made]
transfers:
  - {from: depot, to: body, mean_time: time, steps: 2}
  - {from: body, to: chain, clearance: cl, volume: v, share: part}
  - {from: body, clearance: cl, volume: v, rest_of: part}
  - {from: chain, to: made, rate: wait}
  - {from: made, rate: wait}
readings:
  - {analyte: drug, in: body, volume: v}
  - {analyte: rest, in: made, volume: mass, converts: true}
routes:
  iv: {inputs: [{into: body, over: infusion}]}
  spray:
    device: {amount_mg: 4, apart_min: 3, most: 2, later: {part: later}}
    inputs:
      - {into: body, times: part}
      - {into: depot, rest_of: part, over: time, lag: wait}
    warnings: [Two parts.]
absorption: {table: slow, into: body}
steady_volumes: [v]
effect_site: {of: drug, rate: slowly}
known_faults: [None is known.]
"""


def files(model=MODEL, absorption=ABSORPTION, substances=SUBSTANCES):
    """Return the content files of one small model."""
    texts = {
        "citations.yaml": CITATIONS,
        "substances.yaml": substances,
        "absorption/slow.yaml": absorption,
        "models/small-2026.yaml": model,
    }
    return ContentSource(tuple(ContentFile(path, text.encode()) for path, text in texts.items()))


def read(model=MODEL, absorption=ABSORPTION, substances=SUBSTANCES):
    """Return the models and the faults, as ``file:line: fault``, of a small model's files."""
    source, lint = files(model, absorption, substances), Lint()
    citations = load_citations(source, lint)
    lint.citations = frozenset(citations)
    found = load_models(
        source,
        lint,
        citations=citations,
        substances=load_substances(source, lint),
        absorption=load_absorption(source, lint),
    )
    return found, [str(fault) for fault in lint.faults]


def small_model(model=MODEL):
    """Return the small model, in order."""
    models, faults = read(model)
    assert not faults
    return models["small-2026"]
