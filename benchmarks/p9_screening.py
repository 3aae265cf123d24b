"""P9: one screening with its full explanation, for a person of 200 facts, from values in memory."""

from collections.abc import Iterator
from datetime import date

from benchmarks.fixtures import transaction_bundle
from benchmarks.measure import cpu_per_call_us
from benchmarks.result import Result
from kairos.content.release import load_release
from kairos.content.screening_criteria import shipped_criteria
from kairos.domain.eligibility.screening import screen
from kairos.domain.rules.explanation import Explainer
from kairos.domain.rules.target import Indication, Route, Target
from kairos.interop.fhir.reading import read_contents
from kairos.vocab.facts import AskedAsOf, Fact

GOAL_US = 300.0
FACTS = 200
ON = date(2026, 3, 2)


def run() -> Iterator[Result]:
    """Screen and render every sentence for one reader; then the screening alone."""
    facts = some_facts()
    by = shipped_criteria(ON, Target(route=Route.IV, indication=Indication.TRD))
    as_of = AskedAsOf(ON, chosen=True)
    explainer = Explainer(load_release().texts)

    def decide() -> list[str]:
        return [explainer.because(finding) for finding in screen(facts, as_of=as_of, by=by).findings]

    rules = len(decide())
    what = f"eligibility with explanation, {len(facts)} facts, {rules} findings"
    yield Result("P9", what, cpu_per_call_us(decide, calls=50), "us CPU", GOAL_US, 250)
    alone = cpu_per_call_us(lambda: screen(facts, as_of=as_of, by=by), calls=50)
    yield Result("P9-verdicts", "the same without sentences", alone, "us CPU", None, 250)


def some_facts() -> tuple[Fact, ...]:
    """Return the facts of a made-up record, read as any other."""
    record = read_contents([("made-up.json", transaction_bundle(0.2))])
    record.check()
    return record.patients[0].facts[:FACTS]
