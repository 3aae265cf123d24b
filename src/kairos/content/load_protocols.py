"""Treatment protocols from ``protocols/*.yaml``: questions, answers, alarms, cards, course, the way."""

from collections.abc import Mapping

from kairos.content.load_protocol_ways import (
    baseline_of,
    dose_of,
    parameter_named,
    roles_of,
    time_gate_of,
    timetable_of,
    walk_of,
    whole_numbers,
)
from kairos.content.loader import ContentSource, Lint, Table
from kairos.content.protocol_parts import with_parts
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.protocols.course import CourseTemplate, WeeklyMost
from kairos.domain.protocols.dose_rules import AN_INFUSION, USUAL_BASELINE
from kairos.domain.protocols.treatment_protocol import (
    USUAL_COMPUTED,
    AlarmLevel,
    AlarmRule,
    CardStep,
    CheckItem,
    CheckKind,
    DoNowCard,
    ReleaseItem,
    SymptomDefinition,
    TreatmentProtocol,
)
from kairos.domain.rules.target import Route, Setting
from kairos.domain.sessions.events import EVENTS
from kairos.domain.sessions.protocol_laws import faults_of
from kairos.domain.sessions.release import COMPUTED
from kairos.vocab.people import Role
from kairos.vocab.verdict import Severity

PASS = "pass"
_RELEASE_ANSWERS = {"met": True, "not_met": False}
_QUALITIES = {
    "emergency": "is_emergency",
    "with_pressure": "counts_with_pressure",
    "arrhythmia": "is_arrhythmia",
    "vomiting": "is_vomiting",
    "distress": "is_distress",
    "unsteady": "is_unsteady",
    "call": "is_call",
}


def load_protocols(
    source: ContentSource, parameters: ParameterBook, lint: Lint
) -> dict[str, TreatmentProtocol]:
    """Return every protocol by id. A parameter, card, rule or event that does not exist is a fault."""
    found: dict[str, TreatmentProtocol] = {}
    for file in source.under("protocols/"):
        with lint.collecting():
            top = with_parts(file.table(), source)
            protocol = protocol_of(top, parameters, lint)
            _check_laws(top, protocol)
            found[protocol.id] = protocol
    return found


def protocol_of(top: Table, book: ParameterBook, lint: Lint) -> TreatmentProtocol:
    """Return the protocol of a whole table, its parts laid under it."""
    top.only(
        *("id", "version", "route", "setting", "parts", "name", "course", "checks", "symptoms"),
        *("release", "overridable", "alarms", "cards", "card_steps", "steps", "roles", "dose", "baseline"),
        *("timetable", "time_gate", "computed", "limits"),
    )
    words, roles = _words_of_steps(top), roles_of(top)
    cards = {name: _card(name, top.table("cards").table(name), words) for name in top.table("cards")}
    alarms = {name: _alarm(name, top.table("alarms"), book, lint) for name in top.table("alarms")}
    _check_alarms(top.table("alarms"), alarms, cards)
    release = tuple(_release_item(table, lint) for table in top.tables("release"))
    own = {f"release.{item.id}" for item in release if item.can_be_overridden}
    return TreatmentProtocol(
        id=top.text("id"),
        version=int(top.number("version")),
        route=top.one_of("route", Route).value,
        setting=top.one_of("setting", Setting, Setting.CLINIC).value,
        name=top.text("name"),
        course=_course(top.table("course"), book, lint),
        checks=tuple(_check(table, book, lint, roles) for table in top.tables("checks")),
        release=release,
        overridable=frozenset(top.texts("overridable")) | own,
        symptoms={name: _symptom(name, top.table("symptoms").table(name)) for name in top.table("symptoms")},
        cards=cards,
        alarms=alarms,
        walk=walk_of(top),
        dose=dose_of(top.table("dose"), book, lint) if "dose" in top else AN_INFUSION,
        baseline=baseline_of(top.table("baseline"), lint) if "baseline" in top else USUAL_BASELINE,
        timetable=timetable_of(top, book, lint),
        time_gate=time_gate_of(top, book, lint),
        computed=_computed(top),
        limits=_limits(top, book),
    )


def _check_laws(top: Table, protocol: TreatmentProtocol) -> None:
    """Refuse a protocol on whose way something required can be skipped, or somebody can be stuck."""
    faults = faults_of(protocol) if protocol.walk is not None else ()
    if faults:
        raise top.fault("; ".join(faults), "steps")


def _words_of_steps(top: Table) -> Mapping[str, str]:
    renamed = top.table("card_steps") if "card_steps" in top else {}
    return {str(step): str(other) for step, other in renamed.items()}


def _computed(top: Table) -> tuple[str, ...]:
    names = top.texts("computed") or USUAL_COMPUTED
    for name in names:
        if name not in COMPUTED:
            raise top.fault(f"{name!r} is not computed; expected one of {', '.join(COMPUTED)}", "computed")
    return names


def _limits(top: Table, book: ParameterBook) -> Mapping[str, str]:
    table = top.table("limits") if "limits" in top else Table(top.file, top.line)
    for asked in table:
        if asked not in book:
            raise table.fault(f"limits name {asked!r}, which is not in parameters/", asked)
        parameter_named(table, asked, book)
    return {asked: table.text(asked) for asked in table}


def _course(table: Table, book: ParameterBook, lint: Lint) -> CourseTemplate:
    table.only("id", "text", "days", "reviews_after", "spacing_least", "span_most", "weeks", "source")
    return CourseTemplate(
        id=table.text("id"),
        days=_whole_numbers(table, "days"),
        reviews_after=_whole_numbers(table, "reviews_after"),
        spacing_least=_parameter(table, "spacing_least", book),
        span_most=_parameter(table, "span_most", book),
        text=table.text("text"),
        sources=lint.sources(table),
        weeks=tuple(
            WeeklyMost(int(each.number("until")), _parameter(each, "most", book))
            for each in table.tables("weeks")
        ),
    )


def _check(table: Table, book: ParameterBook, lint: Lint, roles: Mapping[str, frozenset[Role]]) -> CheckItem:
    table.only(
        *("id", "ref", "by", "kind", "answers", "least", "fails", "graver_least", "graver_fails", "source"),
    )
    by = table.text("by", "")
    if by and by not in roles:
        raise table.fault(f"{by!r} is no group of roles here; expected one of {', '.join(roles)}", "by")
    kind = table.one_of("kind", CheckKind)
    name = table.text("id")
    is_since = kind is CheckKind.SINCE
    return CheckItem(
        id=name,
        ref=table.text("ref"),
        kind=kind,
        text=f"check.{name}",
        sources=lint.sources(table),
        answers={} if is_since else _severities(table.table("answers")),
        least=_parameter(table, "least", book) if is_since else "",
        fails=table.one_of("fails", Severity) if is_since else None,
        graver_least=_parameter(table, "graver_least", book) if "graver_least" in table else "",
        graver_fails=table.one_of("graver_fails", Severity) if "graver_least" in table else None,
        by=roles.get(by, frozenset()),
    )


def _severities(answers: Table) -> dict[str, Severity | None]:
    return {word: None if answers[word] == PASS else answers.one_of(word, Severity) for word in answers}


def _release_item(table: Table, lint: Lint) -> ReleaseItem:
    table.only("id", "ref", "answers", "override", "source")
    answers = table.table("answers")
    for word in answers:
        if answers[word] not in _RELEASE_ANSWERS:
            raise answers.fault(f"{word} is {answers[word]!r}; expected met or not_met", word)
    return ReleaseItem(
        id=table.text("id"),
        ref=table.text("ref"),
        text=f"release.{table.text('id')}",
        sources=lint.sources(table),
        answers={word: _RELEASE_ANSWERS[answers[word]] for word in answers},
        can_be_overridden=table.flag("override"),
    )


def _symptom(code: str, table: Table) -> SymptomDefinition:
    table.only("is")
    qualities = table.texts("is")
    for each in qualities:
        if each not in _QUALITIES:
            raise table.fault(f"{each!r} is no quality; expected one of {', '.join(_QUALITIES)}", "is")
    return SymptomDefinition(code, f"symptom.{code}", **{_QUALITIES[each]: True for each in qualities})


def _card(name: str, table: Table, words: Mapping[str, str]) -> DoNowCard:
    table.only("version", "steps")
    return DoNowCard(
        id=name,
        version=int(table.number("version")),
        title=f"card.{name}",
        steps=tuple(_card_step(step, words) for step in table.tables("steps")),
        emergency_if=f"card.{name}.if",
    )


def _card_step(table: Table, words: Mapping[str, str]) -> CardStep:
    table.only("id", "done_by")
    done_by = table.texts("done_by")
    for each in done_by:
        if each not in EVENTS:
            raise table.fault(f"{each!r} is no event of a session", "done_by")
    name = words.get(table.text("id"), table.text("id"))
    return CardStep(name, f"step.{name}", done_by)


def _alarm(rule: str, alarms: Table, book: ParameterBook, lint: Lint) -> AlarmRule:
    table = alarms.table(rule)
    table.only("ref", "level", "call", "deeds", "answer", "card", "stops", "outranks", "source")
    level = table.text("level").upper()
    if level not in AlarmLevel.__members__:
        raise table.fault(f"level is {level.lower()!r}; expected emergency, urgent or caution", "level")
    call, answers, deeds = _roles(table), _answers(table, book), table.texts("deeds")
    if len(answers) not in (1, len(call)) or len(deeds) not in (0, len(call)):
        raise table.fault(
            f"{len(call)} are called; answer has one time or that many, deeds none or that many"
        )
    return AlarmRule(
        rule=rule,
        ref=table.text("ref"),
        level=AlarmLevel[level],
        call=call,
        answer_within=answers[0],
        answers=answers if len(answers) > 1 else (),
        deeds=deeds,
        card=table.text("card"),
        promise="alarm.promise",
        outranks=table.texts("outranks"),
        stops=table.flag("stops"),
        sources=lint.sources(table),
    )


def _roles(table: Table) -> tuple[Role, ...]:
    names = table.texts("call")
    for name in names:
        if name not in list(Role):
            raise table.fault(f"{name!r} is no role; expected one of {', '.join(Role)}", "call")
    if not names:
        raise table.fault("call is missing; name who is called first", "call")
    return tuple(Role(name) for name in names)


def _check_alarms(table: Table, alarms: dict[str, AlarmRule], cards: dict[str, DoNowCard]) -> None:
    for rule, alarm in alarms.items():
        if alarm.card not in cards:
            raise table.table(rule).fault(f"the card {alarm.card!r} does not exist", "card")
        for lesser in alarm.outranks:
            if lesser not in alarms:
                raise table.table(rule).fault(f"outranks {lesser!r}, which is no alarm here", "outranks")


def _answers(table: Table, book: ParameterBook) -> tuple[str, ...]:
    names = table.texts("answer")
    for name in names or (table.text("answer"),):
        if name not in book:
            raise table.fault(f"answer names {name!r}, which is not in parameters/", "answer")
    return names


_parameter = parameter_named
_whole_numbers = whole_numbers
