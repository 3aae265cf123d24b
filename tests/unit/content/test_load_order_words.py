"""How other systems write orders: what the loader takes, and what it refuses."""

import pytest

from kairos.content.load_order_words import NO_ORDER_WORDS, load_order_words
from kairos.content.loader import ContentFile, ContentSource, Lint
from kairos.content.release import load_release
from kairos.domain.rules.target import Indication, Route, Setting

SOURCED = "source: cite:kairos-default, certainty: default"
ROUTES = "iv: clinic, im: clinic, in: clinic, esketamine: clinic, oral: home"


def loaded(name, text):
    """Return what one file says, and its faults."""
    lint = Lint(citations=frozenset({"kairos-default"}))
    found = load_order_words(ContentSource((ContentFile(f"orders/{name}.yaml", text.encode()),)), lint)
    return found, [fault.fault for fault in lint.faults]


def test_without_files_nothing_is_known():
    assert load_order_words(ContentSource(()), Lint()) == NO_ORDER_WORDS


def test_the_shipped_words_name_routes_reasons_and_settings():
    orders = load_release().orders
    assert orders.route_codes["47625008"] is Route.IV
    assert orders.route_words["under the tongue"] is Route.SUBLINGUAL
    assert orders.indications["ptsd"] is Indication.PTSD
    assert orders.setting_of_category["community"] is Setting.HOME
    assert set(orders.setting_of_route) == set(Route)
    assert all(f"cds.override.{reason}" in load_release().texts for reason in orders.override_reasons)


def test_every_reason_of_an_order_is_a_condition_that_the_concepts_know():
    assert set(load_release().orders.indications) <= set(load_release().concepts.concepts)


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("routes", f"by_ear: {{codes: [A], words: [b], {SOURCED}}}", "'by_ear' is not one of iv, im"),
        ("routes", "iv: {codes: [A], words: [b], certainty: default}", "source is missing"),
        ("routes", f"iv: {{codes: [A], word: [b], {SOURCED}}}", "unexpected key 'word'"),
        ("reasons", f"luck: {{conditions: [ptsd], {SOURCED}}}", "'luck' is not one of trd"),
        (
            "settings",
            f"{{categories: {{}}, routes: {{{ROUTES}}}, {SOURCED}}}",
            "no setting for the routes sl",
        ),
        ("settings", f"{{categories: {{x: ship}}, routes: {{}}, {SOURCED}}}", "x is 'ship'"),
        ("override_reasons", "{reasons: [a], source: cite:nobody, certainty: default}", "'nobody'"),
    ],
)
def test_what_does_not_fit_is_a_fault(name, text, fault):
    _, faults = loaded(name, text)
    assert any(fault in one for one in faults), faults
