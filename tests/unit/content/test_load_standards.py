"""The rescue box and the list of readiness: what the loader takes, and what it refuses."""

import pytest

from kairos.content.load_standards import Standards, load_standards
from kairos.content.loader import ContentFile, ContentSource, Lint
from kairos.content.release import load_release

SOURCED = "source: cite:kairos-default, basis: default, certainty: default"
TEXTS = load_release().texts


def loaded(name, text):
    """Return what one file says, and its faults."""
    lint = Lint(citations=frozenset({"kairos-default"}))
    file = ContentFile(f"standards/{name}.yaml", text.encode())
    found = load_standards(ContentSource((file,)), lint, texts=TEXTS)
    return found, [fault.fault for fault in lint.faults]


def test_without_files_nothing_is_asked():
    assert load_standards(ContentSource(()), Lint(), texts=TEXTS) == Standards()


def test_the_shipped_lists_hold_what_the_requirements_name():
    shipped = load_release().standards
    box = {line.id: line.any_of for line in shipped.rescue}
    assert box["anaphylaxis"] == ("adrenaline",)
    assert box["severe_hypertension"] == ("labetalol", "hydralazine", "clonidine")
    items = {item.id for item in shipped.readiness}
    named = {"psychiatric_evaluation", "authorised_administration", "emergency_plans", "informed_consent"}
    assert items >= named | {"integration_support", "controlled_substances"}


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("rescue", f"nausea: {{any_of: [], {SOURCED}}}", "any_of is empty"),
        ("rescue", f"hiccups: {{any_of: [water], {SOURCED}}}", "rescue.hiccups has no words"),
        ("rescue", f"nausea: {{drugs: [a], {SOURCED}}}", "unexpected key 'drugs'"),
        ("readiness", f"luck: {{ref: S-132, {SOURCED}}}", "readiness.luck has no words"),
        (
            "readiness",
            "incident_review: {ref: S-136, basis: default, certainty: default}",
            "source is missing",
        ),
        ("readiness", f"incident_review: {{ref: S-136, {SOURCED[:-7]}sure}}", "certainty is 'sure'"),
    ],
)
def test_what_does_not_fit_is_a_fault(name, text, fault):
    _, faults = loaded(name, text)
    assert any(fault in one for one in faults), faults
