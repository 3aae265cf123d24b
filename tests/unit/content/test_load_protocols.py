"""Protocols: what does not fit is a fault with its file and line."""

import pytest
import yaml

from kairos.content.load_citations import load_citations
from kairos.content.load_parameters import load_parameters
from kairos.content.load_protocols import load_protocols
from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint, read_source

IV = "protocols/iv_racemic_clinic.yaml"
ESKETAMINE = "protocols/esketamine_clinic.yaml"
HOME = "protocol_parts/home.yaml"
WATCHING = "protocol_parts/watching.yaml"
LEAVING = "protocol_parts/leaving_the_clinic.yaml"
SHIPPED = {
    *("iv_racemic_clinic", "im_racemic_clinic", "esketamine_clinic", "nasal_racemic_clinic"),
    *("sublingual_clinic", "sublingual_home", "oral_clinic", "oral_home"),
}


class _Plain(yaml.SafeLoader):
    """Reads as the content's loader does, but for yes and no, which are words of a check."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, found) for tag, found in rules if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_changed(change, path=IV):
    """Load the shipped content with one file changed and return the protocols; its faults are raised."""
    source = read_source()
    shipped = next(file for file in source.files if file.path == path)
    table = yaml.load(shipped.data, Loader=_Plain)
    change(table)
    changed = ContentFile(path, yaml.safe_dump(table, sort_keys=False).encode())
    source = ContentSource(tuple(changed if file.path == path else file for file in source.files))
    lint = Lint()
    lint.citations = frozenset(load_citations(source, lint))
    loaded = load_protocols(source, load_parameters(source, lint), lint)
    lint.finish()
    return loaded


def test_the_shipped_protocols_load():
    assert set(load_changed(lambda table: None)) == SHIPPED


def test_a_protocol_takes_a_part_and_sets_its_own_in_the_place_of_one():
    found = load_changed(lambda table: None)
    clinic, home = found["sublingual_clinic"], found["sublingual_home"]
    assert clinic.alarms["monitoring.heart_rate"].card == "heart_rate"
    assert home.alarms["monitoring.heart_rate"].card == "home_emergency"
    assert home.alarms["monitoring.distress"] == clinic.alarms["monitoring.distress"]
    own = {"id": "escort", "ref": "S-077", "answers": {"yes": "met"}, "override": False}
    changed = load_changed(lambda t: t.update(release=[own | {"source": "cite:kairos-default"}]))
    items = [item.id for item in changed["iv_racemic_clinic"].release]
    assert items == [item.id for item in found["iv_racemic_clinic"].release]
    assert changed["iv_racemic_clinic"].release[-1].answers == {"yes": True}


@pytest.mark.parametrize(
    ("path", "change", "said"),
    [
        (LEAVING, lambda t: t["release"][0]["answers"].update(none="perhaps"), "expected met or not_met"),
        (WATCHING, lambda t: t["symptoms"]["nausea"].update({"is": ["bad"]}), "'bad' is no quality"),
        (
            WATCHING,
            lambda t: t["cards"]["airway"]["steps"][0].update(done_by=["prayed"]),
            "is no event of a session",
        ),
        (WATCHING, lambda t: _distress(t, level="grave"), "expected emergency, urgent or"),
        (WATCHING, lambda t: _distress(t, call=["wizard"]), "'wizard' is no role"),
        (WATCHING, lambda t: _distress(t, call=[]), "name who is called first"),
        (WATCHING, lambda t: _distress(t, card="none"), "the card 'none' does not exist"),
        (WATCHING, lambda t: _distress(t, outranks=["x"]), "which is no alarm here"),
        (WATCHING, lambda t: _distress(t, answer="x.y"), r"which is not in parameters/"),
        (HOME, lambda t: t["alarms"]["monitoring.check_in_missed"].update(deeds=["x"]), "4 are called"),
        (IV, lambda t: t["course"].update(days=["x"]), "days must be a list of whole numbers"),
        (IV, lambda t: t["checks"][0].update(colour="blue"), "unexpected key 'colour'"),
        (IV, lambda t: t.update(parts=["none"]), "the part 'none' does not exist"),
        (IV, lambda t: t.update(computed=["release.hope"]), "'release.hope' is not computed"),
        (IV, lambda t: t.update(limits={"x.y": "release.im_time_least"}), "limits name 'x.y'"),
        (IV, lambda t: t.update(dose={"form": "infusion", "caps": "x"}), "x_cap_mg is not in parameters/"),
        (IV, lambda t: t["timetable"][0].update(what="hope"), "'hope' is nothing due"),
        (IV, lambda t: t["timetable"][0].update({"in": ["limbo"]}), "'limbo' is no phase"),
        (IV, lambda t: t["time_gate"].update(least="x.y"), "least names 'x.y'"),
        (IV, lambda t: _step(t, act="fly"), "'fly' is no act"),
        (IV, lambda t: _step(t, to="limbo"), "'limbo' is no phase"),
        (IV, lambda t: _step(t, by="wizards"), "'wizards' is no group of roles"),
        (IV, lambda t: _step(t, needs=["luck"]), "'luck' is nothing a step can need"),
        (IV, lambda t: t.update(roles={"team": ["wizard"]}), "'wizard' is no role"),
        (IV, lambda t: _step(t, act="released", needs=[]), "stands twice"),
        (IV, lambda t: t.update(overridable=["release.escort"]), "release.escort may not be overridden"),
        (ESKETAMINE, lambda t: t["dose"]["schedules"][0].update(unit="g"), "expected mg"),
        (ESKETAMINE, lambda t: t["dose"].update(ends=["chewed"]), "'chewed' is no end"),
        (ESKETAMINE, lambda t: t["checks"].pop(1), "does not ask patient_enrolled"),
    ],
)
def test_what_does_not_fit_is_a_fault(path, change, said):
    with pytest.raises(ContentError, match=said):
        load_changed(change, path)


def _distress(table, **changes):
    table["alarms"]["monitoring.distress"].update(changes)


def _step(table, **changes):
    step = {"act": "released", "in": ["observing"], "to": "released", "by": "team"}
    table["steps"] = [step | {"needs": ["time", "criteria"]} | changes]


def test_a_protocol_from_before_there_were_steps_is_read_as_an_infusion():
    """Releases that were signed before a protocol drew its own steps are still read."""
    whole = read_source()
    parts = [yaml.load(f.data, Loader=_Plain) for f in whole.under(WATCHING, LEAVING)]

    def as_it_was(table):
        for part in parts:
            table.update(part)
        for key in ("parts", "setting", "timetable", "time_gate"):
            table.pop(key)

    protocol = load_changed(as_it_was)["iv_racemic_clinic"]
    assert protocol.walk is None
    assert protocol.time_gate.least == "release.iv_time_least"
    assert protocol.dose.form == "infusion"
