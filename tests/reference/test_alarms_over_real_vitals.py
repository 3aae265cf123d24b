"""What a monitor's readings raise, over real vital signs of an emergency department, against a plain count.

The count reads the raw file and the numbers of the content with nothing of Kairos: one pass a stay, no
replay, no findings. Each stay is watched as if its first reading were the baseline of an infusion.
"""

import gzip
import json
from collections import Counter
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

import pytest
import yaml

from kairos.content.release import load_release
from kairos.domain.protocols.device_readings import READ_AS, counted_once, joined
from kairos.domain.protocols.readings import check_reading
from kairos.domain.sessions.alarms import alarms_to_raise, close, take
from kairos.domain.sessions.events import Source, VitalsRecorded
from kairos.domain.sessions.monitoring import watch
from kairos.domain.sessions.pressure_rules import marked_rise
from kairos.domain.sessions.watched import Watched
from kairos.interop.fhir.understanding import Reader
from kairos.interop.fhir.vital_signs import read_vital_signs
from kairos.vocab.errors import InvalidInput
from kairos.vocab.verdict import Verdict
from tests.support.dosing_sessions import at, ids, infusing, limits, protocol
from tests.support.real_data import ROOT, real_data_folder

pytestmark = pytest.mark.real_data

DEVICE = UUID(int=7)
CODES = {
    "8480-6": "systolic",
    "8462-4": "diastolic",
    "8867-4": "heart_rate",
    "2708-6": "oxygen",
    "9279-1": "breathing",
}
PRESSURES = ("systolic", "diastolic")
BASELINE_MINUTE = -10
OUTRANKED = {"stop": "alert", "oxygen_emergency": "oxygen_urgent", "breathing_emergency": "breathing_urgent"}
RULES = {
    "stays_high": "monitoring.blood_pressure_stays_high",
    "stop": "monitoring.blood_pressure_stop",
    "alert": "monitoring.blood_pressure_alert",
    "low": "monitoring.blood_pressure_low",
    "heart": "monitoring.heart_rate",
    "oxygen_emergency": "monitoring.oxygen_emergency",
    "oxygen_urgent": "monitoring.oxygen_urgent",
    "breathing_emergency": "monitoring.breathing_emergency",
    "breathing_urgent": "monitoring.breathing_urgent",
}


@cache
def stays():
    """Return the raw lines of each stay."""
    found = {}
    path = real_data_folder() / "mimic_iv_demo_fhir" / "MimicObservationVitalSignsED.ndjson.gz"
    with gzip.open(path, "rt") as lines:
        for line in lines:
            resource = json.loads(line)
            found.setdefault(resource["encounter"]["reference"], []).append(resource)
    return found


def numbers():
    """Return the bare numbers of the limits, as the content's file has them."""
    written = yaml.safe_load((ROOT / "src/kairos/content/parameters/monitoring.yaml").read_text())
    return {
        name.removeprefix("monitoring."): next(iter(entry["values"].values()))["value"]
        for name, entry in written.items()
        if name.startswith("monitoring.")
    }


# The plain count.


def raw_readings(resources, n):
    """Return (moment, values) of a stay in time; values that no living person can have are left out."""
    by_moment = {}
    for resource in resources:
        for part in [resource, *resource.get("component", [])]:
            name = CODES.get(part["code"]["coding"][0]["code"])
            value = part.get("valueQuantity", {}).get("value")
            if name and value is not None:
                moment = datetime.fromisoformat(resource["effectiveDateTime"])
                by_moment.setdefault(moment, {})[name] = float(value)
    return [(t, v) for t, v in sorted(by_moment.items()) if possible(v, n)]


def possible(values, n):
    inside = all(n[f"{name}_least"] <= value <= n[f"{name}_most"] for name, value in values.items())
    return inside and not ("diastolic" in values and values["diastolic"] >= values.get("systolic", 1e9))


def plain_count(readings, n):
    """Count when a rule fires, alarms raised (each ends once its rule is met), and marked rises."""
    fired, raised, marks, standing = Counter(), Counter(), Counter(), set()
    base = readings[0][1]
    for place in range(1, len(readings)):
        verdicts = judged(readings[: place + 1], base, n)
        firing = {rule for rule, verdict in verdicts.items() if verdict == "no"}
        if "stays_high" in firing:
            firing -= {"stop", "alert"}
            standing -= {"stop", "alert"}
        for graver, lesser in OUTRANKED.items():
            if verdicts[graver] == "no":
                firing.discard(lesser)
                standing.discard(lesser)
        fired.update(firing)
        raised.update(firing - standing)
        standing = {rule for rule in standing | firing if verdicts[rule] != "yes"}
        values = readings[place][1]
        for name in PRESSURES:
            rise = values.get(name, -1e9) - base.get(name, 1e9)
            marks[name] += rise >= n[f"{name}_rise_reported"]
    return fired, raised, marks


def judged(readings, base, n):
    """Return yes, no or unknown for each rule, of the newest reading that has what the rule needs."""
    pressures = [(t, v) for t, v in readings if "systolic" in v or "diastolic" in v]
    rates, oxygen, breaths = (
        [(t, v[k]) for t, v in readings if k in v] for k in ("heart_rate", "oxygen", "breathing")
    )
    high = [reaches(v, n["systolic_stop"], n["diastolic_stop"]) for _, v in pressures]
    low = [is_low(v, base, n) for _, v in pressures]
    return {
        "stays_high": "unknown" if not pressures else yes(run(pressures, high) <= n["stop_lasting"] * 60),
        "stop": two(pressures, high, n),
        "alert": "unknown" if not pressures else yes(not alerts(pressures[-1][1], base, n)),
        "low": two(pressures, low, n),
        "heart": heart(rates, n),
        "oxygen_emergency": under(oxygen, n["oxygen_emergency"]),
        "oxygen_urgent": lasting(oxygen, n),
        "breathing_emergency": under(breaths, n["breathing_emergency"]),
        "breathing_urgent": under(breaths, n["breathing_urgent"]),
    }


def yes(it):
    return "yes" if it else "no"


def reaches(values, systolic, diastolic):
    return values.get("systolic", -1) >= systolic or values.get("diastolic", -1) >= diastolic


def is_low(values, base, n):
    if "systolic" not in values:
        return False
    fallen = "systolic" in base and values["systolic"] * 100 < base["systolic"] * (100 - n["systolic_fall"])
    return values["systolic"] < n["systolic_low"] or fallen


def alerts(values, base, n):
    for name in PRESSURES:
        value = values.get(name, -1)
        risen = name in base and value * 100 > base[name] * (100 + n["rise_alert"])
        if value > n[f"{name}_alert"] or (risen and value > n[f"{name}_rise_floor"]):
            return True
    return False


def run(series, wrong):
    """Return for how many seconds the newest have been wrong without a break."""
    if not wrong[-1]:
        return 0
    first = len(wrong) - 1
    while first > 0 and wrong[first - 1]:
        first -= 1
    return (series[-1][0] - series[first][0]).total_seconds()


def two(series, wrong, n):
    if not series:
        return "unknown"
    if not wrong[-1]:
        return "yes"
    newest = series[-1][0]
    least, most = timedelta(minutes=n["repeat_apart_least"]), timedelta(minutes=n["repeat_apart_most"])
    pair = any(
        least <= newest - t <= most for (t, _), is_wrong in zip(series, wrong, strict=True) if is_wrong
    )
    return "no" if pair else "unknown"


def under(series, limit):
    return "unknown" if not series else yes(series[-1][1] >= limit)


def heart(series, n):
    if not series:
        return "unknown"
    if series[-1][1] < n["heart_rate_low"]:
        return "no"
    if series[-1][1] <= n["heart_rate_high"]:
        return "yes"
    fast = [value > n["heart_rate_high"] for _, value in series]
    return "no" if run(series, fast) >= n["heart_rate_high_for"] * 60 else "unknown"


def lasting(series, n):
    if not series:
        return "unknown"
    low = [value < n["oxygen_urgent"] for _, value in series]
    if not low[-1]:
        return "yes"
    return "no" if run(series, low) > n["oxygen_urgent_for"] else "unknown"


# The same through Kairos.


def sent_readings(resources):
    """Return a stay's readings as a device would send them: each twice, and one Observation a vital sign."""
    reader, sent = Reader(load_release().concepts), []
    for resource in resources:
        try:
            sent.append(read_vital_signs(resource, reader).reading)
        except InvalidInput:
            continue
    return [each for each in sent for _ in range(2)]


def as_one(readings):
    """Return readings of one moment joined, in time."""
    found = {}
    for each in readings:
        held = found.get(each.true_at)
        found[each.true_at] = each if held is None else joined(held, each)
    return [each for _, each in sorted(found.items()) if each is not None and is_possible(each)]


def is_possible(reading):
    try:
        return check_reading(reading, now=reading.true_at, limits=limits()) is reading
    except InvalidInput:
        return False


def watched_count(readings):
    """Feed the readings to a session and count what fires, what is raised, and what is marked."""
    fired, raised, marks = Counter(), Counter(), Counter()
    kept = {name: getattr(readings[0], name) for name in READ_AS.values()}
    stream, new, names = infusing(kept), ids(), {rule: name for name, rule in RULES.items()}
    for reading in readings[1:]:
        minute = (reading.true_at - readings[0].true_at).total_seconds() / 60 + BASELINE_MINUTE
        values = {name: getattr(reading, name) for name in READ_AS.values()}
        stream.add(VitalsRecorded(source=Source.DEVICE, device="monitor", **values), minute)
        seen = watch(stream.state, protocol(), at=at(minute), limits=limits())
        fired.update(names[each.rule] for each in seen.firing)
        events = alarms_to_raise(
            stream.state, seen.firing, protocol(), now=at(minute), limits=limits(), new_ids=new
        )
        for event in events:
            stream.add(event, minute)
            raised.update([names[event.rule]] if event.type == "alarm_raised" else [])
        settle(stream, seen, minute)
        state = stream.state
        systolic, diastolic = marked_rise(Watched(state, protocol(), limits(), at(minute)), reading)
        marks.update({"systolic": systolic, "diastolic": diastolic})
    return fired, raised, marks


def settle(stream, seen, minute):
    for alarm in stream.state.open_alarms:
        if seen.finding(alarm.raised.rule).verdict is Verdict.MET:
            stream.add(take(stream.state, alarm.raised.alarm_id), minute)
            stream.add(close(stream.state, alarm.raised.alarm_id, seen.findings), minute)


def test_there_are_stays_with_missing_sides():
    parts = [part for lines in stays().values() for each in lines for part in each.get("component", [])]
    assert len(stays()) > 0
    assert any("value" not in part.get("valueQuantity", {}) for part in parts)


def test_alarms_and_marks_of_real_readings_equal_a_plain_count():
    n, ours, theirs = numbers(), [Counter(), Counter(), Counter()], [Counter(), Counter(), Counter()]
    for resources in stays().values():
        readings, plain = as_one(counted_once(DEVICE, sent_readings(resources))), raw_readings(resources, n)
        assert [(each.true_at, said(each)) for each in readings] == plain
        for total, part in zip(ours, watched_count(readings) if readings else (), strict=bool(readings)):
            total.update(part)
        for total, part in zip(theirs, plain_count(plain, n) if plain else (), strict=bool(plain)):
            total.update(part)
    assert [+each for each in ours] == [+each for each in theirs]
    assert sum(ours[1].values()) > 0


def said(reading):
    return {
        name: value
        for name, value in asdict(reading).items()
        if name in READ_AS.values() and value is not None
    }
