"""Every protocol walked at random: nothing dangerous is let through, nobody is stuck, mutants are caught."""

import dataclasses
import sys
from collections import defaultdict
from dataclasses import replace as change
from functools import cache

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from kairos.domain.protocols.dose_rules import CountsFrom, DoseForm
from kairos.domain.protocols.treatment_protocol import TimeGate, TreatmentProtocol
from kairos.domain.sessions import events as e
from kairos.domain.sessions.alarms import alarms_to_raise, call_again, close, escalate
from kairos.domain.sessions.payloads import from_payload, to_payload
from kairos.domain.sessions.phases import FINAL, Phase
from kairos.domain.sessions.protocol_laws import faults_of, reachable
from kairos.domain.sessions.state import replay
from kairos.vocab.errors import NotAllowed
from tests.support.dosing_sessions import ids
from tests.support.route_sessions import ROUTES, protocol_of
from tests.support.walking import (
    GAP_MINUTES,
    LEAST_MINUTES,
    Walk,
    Wrong,
    check_every_alarm_is_answered_or_climbs,
    events_for,
)

WALKED: dict[str, set[tuple[str, str]]] = defaultdict(set)
"""What was walked so far, by protocol; the directed walk adds what chance left out."""
NEW_IDS = ids()
PHASES = [each for each in Phase if each not in FINAL | {Phase.UNOPENED}]


def transitions(protocol: TreatmentProtocol) -> set[tuple[str, str]]:
    """Return every phase and act that a protocol draws and that can be reached."""
    there = reachable(protocol.walk)
    return {(phase, step.act) for phase, step, _ in protocol.walk.moves() if phase in there}


class AnySession(RuleBasedStateMachine):
    """Somebody at the chair who does anything at any time; the engine must refuse what is dangerous."""

    name = ""

    @initialize(phase=st.sampled_from(PHASES))
    def open(self, phase):
        """Begin anywhere in a session under the protocol."""
        there = phase if phase in reachable(protocol_of(self.name).walk) else Phase.CHECKING
        self.walk = at_phase(self.name, there).copy()
        self.acts = sorted({step.act for step in self.walk.protocol.walk.steps})

    @rule(minutes=st.integers(0, 45))
    def wait(self, minutes):
        """Let time go by."""
        self.walk.wait(minutes)

    @rule()
    def prepare(self):
        """Do what comes before a go, as far as it is possible now."""
        if self.walk.state.phase in (Phase.CHECKING, Phase.HELD):
            self.walk.prepare()

    @rule(minutes=st.integers(0, 6))
    def give(self, minutes):
        """Give the next of the dose."""
        self.walk.wait(minutes).say(self.walk.dose_event())

    @rule(act=st.integers(0, 10_000), well=st.booleans())
    def do(self, act, well):
        """Do any act that the protocol has, well or badly, whether it is its time or not."""
        self._say(self.acts[act % len(self.acts)], well)

    @rule(act=st.integers(0, 10_000), well=st.booleans(), minutes=st.integers(0, 6))
    def do_in_turn(self, act, well, minutes):
        """Do any act that the protocol has in this phase."""
        phase = self.walk.state.phase
        acts = [each for each in self.acts if self.walk.protocol.walk.step(phase, each)]
        self.walk.wait(minutes)
        self._say(acts[act % len(acts)], well)

    @rule(fault=st.sampled_from(list(e.WatchFault)), minutes=st.integers(0, 30))
    def lose_watcher(self, fault, minutes):
        """Our own processes see that the watcher is gone, or has too many."""
        self.walk.wait(minutes).say(e.WatchLost(fault=fault))

    @rule(step=st.sampled_from(["watch_offered", "handed_over", "watch_found"]), well=st.booleans())
    def watch(self, step, well):
        """Offer the watch, take it, or come back."""
        self._say(step, well)

    @rule(place=st.integers(0, 5))
    def answer_alarm(self, place):
        """Promise to come, or say that an alarm is over where the engine lets one."""
        standing = self.walk.state.open_alarms
        if standing:
            alarm = standing[place % len(standing)]
            if alarm.waits:
                self.walk.say(e.AlarmTaken(alarm_id=alarm.raised.alarm_id))
            else:
                self._close(alarm)

    def _close(self, alarm):
        picture = self.walk.look()
        try:
            self.walk.say(close(picture.state, alarm.raised.alarm_id, picture.findings))
        except NotAllowed:
            return

    def _say(self, act, well):
        if act == "alarm_closed":
            for alarm in self.walk.state.open_alarms:
                self._close(alarm)
            return
        event = events_for(act, self.walk, well=well)
        if event is not None:
            self.walk.say(event)

    @rule()
    def end(self):
        """Finish what is being given, wait, and try to send the person home."""
        for act in ("infusion_completed", "mouth_emptied", "dosing_stopped"):
            event = events_for(act, self.walk, well=True)
            self.walk.say(event)
        self.walk.wait(40).read().see_off().say(e.Released(met=()))

    @invariant()
    def alarms_are_raised(self):
        """What fires becomes an alarm, as the actions do it."""
        if not hasattr(self, "walk") or self.walk.state.phase in FINAL:
            return
        picture = self.walk.look()
        for event in alarms_to_raise(
            picture.state,
            picture.firing,
            picture.protocol,
            now=self.walk.now,
            limits=picture.limits,
            new_ids=NEW_IDS,
        ):
            self.walk.say(event)

    def teardown(self):
        """Every alarm ends answered or with the last on its ladder; the stream replays to the same state."""
        if not hasattr(self, "walk"):
            return
        self._climb()
        stream = self.walk.entries
        again = [
            dataclasses.replace(
                each, event=from_payload(each.event.type, each.event.version, to_payload(each.event))
            )
            for each in stream
        ]
        assert replay(again) == replay(reversed(stream)) == self.walk.state
        WALKED[self.walk.protocol.id] |= self.walk.walked

    def _climb(self):
        for _ in range(4):
            picture = self.walk.wait(5).look()
            for alarm in picture.state.open_alarms:
                given = {"now": self.walk.now, "limits": picture.limits}
                step = escalate(alarm, picture.protocol, **given) or call_again(
                    alarm, picture.protocol, overdue=picture.absence(alarm.raised.rule), **given
                )
                if step is not None:
                    assert self.walk.say(step)
        check_every_alarm_is_answered_or_climbs(self.walk)


FEW = settings(
    max_examples=4,
    stateful_step_count=14,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.mark.parametrize("name", ROUTES)
def test_nothing_dangerous_is_let_through(name):
    """Any act in any order: the engine refuses what is dangerous, and the stream replays to its state."""
    run_state_machine_as_test(type("Session", (AnySession,), {"name": name}), settings=FEW)
    assert WALKED[name]


@cache
def prepared(name: str) -> Walk:
    """Return a session under a shipped protocol, ready for its dose; copy it before walking on."""
    return Walk(protocol_of(name)).prepare()


@cache
def at_phase(name: str, phase: str) -> Walk:
    """Return a session brought to a phase by the shortest ordinary way; copy it before walking on."""
    walk = Walk(protocol_of(name))
    match phase:
        case Phase.CHECKING:
            return walk
        case Phase.HELD:
            walk.say(e.GoDecided(call="hold"))
        case Phase.NOT_TODAY:
            walk.say(e.GoDecided(call="stop"))
        case Phase.CANCELLED:
            walk.say(e.Cancelled(reason=e.CancelReason.CLINIC))
        case _:
            walk = prepared(name).copy()
            _into_the_dose(walk, phase)
    assert walk.state.phase == phase
    return walk


def _into_the_dose(walk: Walk, phase: str) -> None:
    if phase == Phase.READY:
        return
    walk.say(walk.dose_event())
    if phase in (Phase.INFUSING, Phase.DOSING, Phase.HOLDING):
        return
    if phase == Phase.PAUSED:
        walk.say(e.InfusionPaused())
        return
    for act in ("infusion_completed", "mouth_emptied", "dosing_stopped"):
        walk.say(events_for(act, walk, well=True))
    if phase == Phase.LEFT:
        walk.say(e.LeftAgainstAdvice(not_met=()))
    elif phase == Phase.TRANSFERRED:
        walk.say(e.Transferred(to="ems"))
    elif phase == Phase.RELEASED:
        walk.wait(130).read().see_off().say(e.Released(met=()))


def walk_on(walk: Walk, act: str) -> bool:
    """Take one more act from where a session stands, with what it needs in place."""
    if act.startswith("alarm_") and act != "alarm_raised":
        walk.say(events_for("alarm_raised", walk, well=True))
    if act == "handed_over":
        walk.say(events_for("watch_offered", walk, well=True))
    if act == "go_decided_go" and walk.state.phase is not Phase.READY:
        walk.say(e.IdentityConfirmed(identifiers=("name", "born_on")))
        walk.answer().read().wait(2).read()
        walk.say(events_for("order_bound", walk, well=True))
    if act == "released":
        walk.wait(130).read().see_off()
    if act in {"device_sprayed", "injection_given", "tablet_taken"} and walk.state.phase is Phase.READY:
        one = dataclasses.replace(walk.state.order, portions=(walk.state.order.dose_mg,))
        walk.say(one)
    if act.endswith("_of_several") and walk.state.phase is Phase.DOSING:
        return _three_portions(walk, act)
    event = events_for(act, walk.wait(6), well=True)
    return event is not None and walk.say(event)


def _three_portions(walk: Walk, act: str) -> bool:
    again = prepared(walk.protocol.id).copy()
    order = again.state.order
    again.say(dataclasses.replace(order, portions=(order.dose_mg / 4, order.dose_mg / 4, order.dose_mg / 2)))
    again.say(again.dose_event())
    is_done = again.wait(6).say(again.dose_event())
    walk.walked |= again.walked
    return is_done and again.entries[-1].event.act == act


@pytest.mark.parametrize("name", ROUTES)
def test_every_transition_is_walked(name, capsys):
    """What chance left out is walked on purpose; together it is every transition that the protocol draws."""
    protocol = protocol_of(name)
    wanted = transitions(protocol)
    by_chance = WALKED[name] & wanted
    for phase, act in sorted(wanted - by_chance - {(Phase.UNOPENED, "opened")}):
        walk = at_phase(name, phase).copy()
        assert walk_on(walk, act), (phase, act)
        WALKED[name] |= walk.walked
    walked = WALKED[name] | {(str(Phase.UNOPENED), "opened")}
    with capsys.disabled():
        told = f"{len(walked & wanted)} of {len(wanted)} transitions walked, {len(by_chance)} by chance"
        sys.stdout.write(f"\n{name}: {told}\n")
    assert wanted <= walked


def test_an_alarm_that_nobody_answers_and_nobody_passes_on_is_told():
    """What the walk expects of alarms is broken where the engine forgets to climb, or closes one unseen."""
    walk = prepared("iv_racemic_clinic").copy()
    walk.say(events_for("alarm_raised", walk, well=True))
    with pytest.raises(Wrong, match="somebody was never called"):
        check_every_alarm_is_answered_or_climbs(walk)
    walk.say(events_for("alarm_closed", walk, well=True))
    with pytest.raises(Wrong, match="nobody had taken it"):
        check_every_alarm_is_answered_or_climbs(walk)


def mutants(protocol: TreatmentProtocol):
    """Yield every mutant of a protocol's table, by name: something removed, or a time shortened."""
    yield from mutants_of_the_check(protocol)
    yield from mutants_of_the_steps(protocol)
    yield from mutants_of_watching(protocol)
    yield from mutants_of_leaving(protocol)
    yield from mutants_of_times(protocol)


def mutants_of_the_check(protocol: TreatmentProtocol):
    """Yield the protocol without each item that it must ask."""
    for item in protocol.checks:
        if item.id not in ("sleep", "drug_screen", "room"):
            rest = tuple(each for each in protocol.checks if each is not item)
            yield f"check {item.id}", change(protocol, checks=rest)


def mutants_of_the_steps(protocol: TreatmentProtocol):
    """Yield the protocol with a step that needs less, and one in which a hold is a go."""
    for step in protocol.walk.steps:
        others = tuple(each for each in protocol.walk.steps if each is not step)
        for need in step.needs:
            if need == "gap" and not protocol.dose.gap:
                continue
            less = change(step, needs=tuple(each for each in step.needs if each != need))
            yield f"{step.act} without {need}", with_steps(protocol, (*others, less))
        if step.act == "go_decided_go":
            yield "a hold is a go", with_steps(protocol, (*others, change(step, act="go_decided_hold")))


def mutants_of_watching(protocol: TreatmentProtocol):
    """Yield the protocol without each alarm, and without each kind of reading."""
    for name in protocol.alarms:
        yield (
            f"alarm {name}",
            change(protocol, alarms={k: v for k, v in protocol.alarms.items() if k != name}),
        )
    for what in ("vitals", "sedation", "dissociation"):
        rows = tuple(row for row in protocol.timetable if row.what != what)
        yield f"timetable of {what}", change(protocol, timetable=rows)


def mutants_of_leaving(protocol: TreatmentProtocol):
    """Yield the protocol without each thing asked before release, and with overrides it must not have."""
    for item in protocol.release:
        rest = tuple(each for each in protocol.release if each is not item)
        yield f"release {item.id}", change(protocol, release=rest)
    for name in protocol.computed:
        rest = tuple(each for each in protocol.computed if each != name)
        if name != "release.breathing" or protocol.route == "esketamine":
            yield f"release without {name}", change(protocol, computed=rest)
    for name in ("release.time", "release.sedation", "release.escort", "release.orientation"):
        yield f"override of {name}", change(protocol, overridable=protocol.overridable | {name})


def mutants_of_times(protocol: TreatmentProtocol):
    """Yield the protocol with each time shortened."""
    gate = protocol.time_gate
    yield "time shortened", change(protocol, time_gate=change(gate, least="dosing.device_gap"))
    if gate.counts_from is CountsFrom.END:
        yield "time from the first", change(protocol, time_gate=TimeGate(gate.least, CountsFrom.FIRST))
    if protocol.dose.gap:
        yield "gap shortened", change(protocol, dose=change(protocol.dose, gap="monitoring.grace"))


def with_steps(protocol: TreatmentProtocol, steps) -> TreatmentProtocol:
    """Return a protocol with other steps."""
    return change(protocol, walk=change(protocol.walk, steps=steps))


def softened():
    """Yield every answer that does not pass, made to pass; each once, whichever protocols ask it."""
    seen = []
    for protocol in map(protocol_of, ROUTES):
        for item in protocol.checks:
            for word in (word for word, severity in item.answers.items() if severity is not None):
                if (item, word) not in seen:
                    seen.append((item, word))
                    softer = dataclasses.replace(item, answers={**item.answers, word: None})
                    checks = tuple(softer if each is item else each for each in protocol.checks)
                    yield item.id, word, dataclasses.replace(protocol, checks=checks)


def is_softer_caught(item: str, word: str, protocol: TreatmentProtocol) -> bool:
    """Whether the laws, or a go on that answer, show that it passes where it must not."""
    if faults_of(protocol):
        return True
    walk = prepared(protocol.id).copy()
    walk.protocol = protocol
    try:
        walk.say(e.CheckAnswered(item=item, answer=word))
        walk.say(e.GoDecided(call="go", baseline_entry="1"))
    except Wrong:
        return True
    return False


def is_caught(protocol: TreatmentProtocol) -> bool:
    """Whether the laws refuse a mutant, or a walk under it lets something dangerous through."""
    if faults_of(protocol):
        return True
    try:
        _provoke(protocol)
    except Wrong:
        return True
    return False


def _provoke(protocol: TreatmentProtocol) -> None:
    """Walk to where a mutant would let too much through."""
    walk = prepared(protocol.id).copy()
    walk.protocol = protocol
    walk.say(walk.dose_event())
    if protocol.dose.form is not DoseForm.INFUSION:
        walk.wait(GAP_MINUTES.get(protocol.id, 3) - 1).say(walk.dose_event())
        walk.wait(2).say(walk.dose_event())
    walk.wait(30)
    for act in ("infusion_completed", "mouth_emptied", "dosing_stopped"):
        walk.say(events_for(act, walk, well=True))
    counted, least = LEAST_MINUTES[protocol.id]
    dose = walk.state.dose
    since = dose.started_at if counted == "first" else dose.ended_at
    gone = (walk.now - since).total_seconds() / 60
    walk.wait(least - 1 - gone).read().see_off().say(e.Released(met=()))


def is_new(protocol: TreatmentProtocol, label: str) -> bool:
    """Whether no protocol of the same setting before it has the same mutant; shared parts go once."""
    alike = [
        protocol_of(name)
        for name in ROUTES[: ROUTES.index(protocol.id)]
        if protocol_of(name).setting == protocol.setting
    ]
    if label.startswith(("alarm ", "release ", "override ", "timetable ", "released ")):
        return not alike
    own = next((c for c in protocol.checks if label == f"check {c.id}"), None)
    return own is None or not any(own in each.checks for each in alike)


@pytest.mark.parametrize("name", ROUTES)
def test_every_mutant_is_caught(name):
    """A check removed, a need removed, a time shortened: the laws refuse it, or the walk shows it."""
    protocol = protocol_of(name)
    assert faults_of(protocol) == ()
    assert not is_caught(protocol)
    made = dict(mutants(protocol))
    assert len(made) > 50
    new = {label: mutant for label, mutant in made.items() if is_new(protocol, label)}
    assert [label for label, mutant in new.items() if not is_caught(mutant)] == []


def test_every_softened_answer_is_caught():
    """An answer that stops, holds or wants a reason, made to pass: a go on it shows it."""
    made = list(softened())
    assert len(made) > 30
    assert [(item, word) for item, word, mutant in made if not is_softer_caught(item, word, mutant)] == []
