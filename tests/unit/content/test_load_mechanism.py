"""The map of how ketamine may work as content: what the loader refuses."""

# ruff: noqa: E501 - content is read by the row

import pytest

from kairos.content.load_mechanism import load_mechanism
from kairos.content.loader import ContentFile, ContentSource, Lint

MAP = """
language: en
begins: a
leads_to: b
steps:
  a: {name: A, what: W, column: 0, row: 0}
  b: {name: B, what: W, column: 0, row: 1}
arrows:
  ab: {from: a, to: b, says: S, known: human, grade: low, source: cite:k, against: N, against_source: cite:k, pathway: direct}
"""


def faults(text):
    """Return the faults of one file."""
    lint = Lint(citations=frozenset({"k"}))
    load_mechanism(ContentSource((ContentFile("mechanism/en.yaml", text.encode()),)), lint)
    return [str(fault) for fault in lint.faults]


def test_a_map_in_order_has_no_fault():
    assert faults(MAP) == []


@pytest.mark.parametrize(
    ("there", "instead", "fault"),
    [
        ("to: b", "to: c", "to is 'c', which is no step of this file"),
        ("from: a", "from: b", "no arrow leads to b"),
        ("leads_to: b", "leads_to: z", "leads_to is 'z'"),
        ("known: human", "known: felt", "known is 'felt'"),
        ("pathway: direct", "pathway: by_post", "pathway is 'by_post'"),
        ("against: N, ", "", "against is missing"),
        ("against_source: cite:k", "against_source: cite:z", "against_source names 'z'"),
        ("grade: low, ", "", "grade is missing"),
    ],
)
def test_what_is_refused(there, instead, fault):
    assert any(fault in line for line in faults(MAP.replace(there, instead, 1)))
