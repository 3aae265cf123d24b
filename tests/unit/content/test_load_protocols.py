"""Protocols: what does not fit is a fault with its file and line."""

import pytest
import yaml

from kairos.content.load_citations import load_citations
from kairos.content.load_parameters import load_parameters
from kairos.content.load_protocols import load_protocols
from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint, read_source

PATH = "protocols/iv_racemic_clinic.yaml"


def load_changed(change):
    """Load the shipped content with one protocol changed and return the protocols; its faults are raised."""
    source = read_source()
    shipped = next(file for file in source.files if file.path == PATH)
    table = yaml.load(shipped.data, Loader=yaml.BaseLoader)
    change(table)
    table["version"] = 1
    table["course"]["days"] = [int(d) if d.isdigit() else d for d in table["course"]["days"]]
    table["course"]["reviews_after"] = [3, 6]
    for card in table["cards"].values():
        card["version"] = 1
    for each in [*table["release"], *table["alarms"].values()]:
        for key in ("override", "stops"):
            if key in each:
                each[key] = each[key] == "true"
    changed = ContentFile(PATH, yaml.safe_dump(table, sort_keys=False).encode())
    source = ContentSource(tuple(changed if file.path == PATH else file for file in source.files))
    lint = Lint()
    lint.citations = frozenset(load_citations(source, lint))
    loaded = load_protocols(source, load_parameters(source, lint), lint)
    lint.finish()
    return loaded


def test_the_shipped_protocol_loads():
    assert set(load_changed(lambda table: None)) == {"iv_racemic_clinic"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t["release"][0]["answers"].update(none="perhaps"), "expected met or not_met"),
        (lambda t: t["symptoms"]["nausea"].update({"is": ["bad"]}), "'bad' is no quality"),
        (lambda t: t["cards"]["airway"]["steps"][0].update(done_by=["prayed"]), "is no event of a session"),
        (lambda t: t["alarms"]["monitoring.distress"].update(level="grave"), "expected emergency, urgent or"),
        (lambda t: t["alarms"]["monitoring.distress"].update(call=["wizard"]), "'wizard' is no role"),
        (lambda t: t["alarms"]["monitoring.distress"].update(call=[]), "name who is called first"),
        (lambda t: t["alarms"]["monitoring.distress"].update(card="none"), "the card 'none' does not exist"),
        (lambda t: t["alarms"]["monitoring.distress"].update(outranks=["x"]), "which is no alarm here"),
        (lambda t: t["alarms"]["monitoring.distress"].update(answer="x.y"), r"which is not in parameters/"),
        (lambda t: t["course"].update(days=["x"]), "days must be a list of whole numbers"),
        (lambda t: t["checks"][0].update(colour="blue"), "unexpected key 'colour'"),
    ],
)
def test_what_does_not_fit_is_a_fault(change, said):
    with pytest.raises(ContentError, match=said):
        load_changed(change)
