"""Treatment protocols from ``protocols/*.yaml``: questions, answers, alarms, cards, course."""

from kairos.content.loader import ContentSource, Lint, Table
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.protocols.course import CourseTemplate
from kairos.domain.protocols.treatment_protocol import (
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
from kairos.domain.sessions.events import EVENTS
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
            protocol = _protocol(file.table(), parameters, lint)
            found[protocol.id] = protocol
    return found


def _protocol(top: Table, book: ParameterBook, lint: Lint) -> TreatmentProtocol:
    top.only(
        *("id", "version", "route", "name", "course", "checks", "symptoms"),
        *("release", "overridable", "alarms", "cards"),
    )
    cards = {name: _card(name, top.table("cards").table(name)) for name in top.table("cards")}
    alarms = {name: _alarm(name, top.table("alarms"), book, lint) for name in top.table("alarms")}
    _check_alarms(top.table("alarms"), alarms, cards)
    release = tuple(_release_item(table, lint) for table in top.tables("release"))
    own = {f"release.{item.id}" for item in release if item.can_be_overridden}
    return TreatmentProtocol(
        id=top.text("id"),
        version=int(top.number("version")),
        route=top.text("route"),
        name=top.text("name"),
        course=_course(top.table("course"), book, lint),
        checks=tuple(_check(table, book, lint) for table in top.tables("checks")),
        release=release,
        overridable=frozenset(top.texts("overridable")) | own,
        symptoms={name: _symptom(name, top.table("symptoms").table(name)) for name in top.table("symptoms")},
        cards=cards,
        alarms=alarms,
    )


def _course(table: Table, book: ParameterBook, lint: Lint) -> CourseTemplate:
    table.only("id", "text", "days", "reviews_after", "spacing_least", "span_most", "source")
    return CourseTemplate(
        id=table.text("id"),
        days=_whole_numbers(table, "days"),
        reviews_after=_whole_numbers(table, "reviews_after"),
        spacing_least=_parameter(table, "spacing_least", book),
        span_most=_parameter(table, "span_most", book),
        text=table.text("text"),
        sources=lint.sources(table),
    )


def _check(table: Table, book: ParameterBook, lint: Lint) -> CheckItem:
    table.only("id", "ref", "kind", "answers", "least", "fails", "source")
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


def _card(name: str, table: Table) -> DoNowCard:
    table.only("version", "steps")
    return DoNowCard(
        id=name,
        version=int(table.number("version")),
        title=f"card.{name}",
        steps=tuple(_card_step(step) for step in table.tables("steps")),
        emergency_if=f"card.{name}.if",
    )


def _card_step(table: Table) -> CardStep:
    table.only("id", "done_by")
    done_by = table.texts("done_by")
    for each in done_by:
        if each not in EVENTS:
            raise table.fault(f"{each!r} is no event of a session", "done_by")
    return CardStep(table.text("id"), f"step.{table.text('id')}", done_by)


def _alarm(rule: str, alarms: Table, book: ParameterBook, lint: Lint) -> AlarmRule:
    table = alarms.table(rule)
    table.only("ref", "level", "call", "answer", "card", "stops", "outranks", "source")
    level = table.text("level").upper()
    if level not in AlarmLevel.__members__:
        raise table.fault(f"level is {level.lower()!r}; expected emergency, urgent or caution", "level")
    return AlarmRule(
        rule=rule,
        ref=table.text("ref"),
        level=AlarmLevel[level],
        call=_roles(table),
        answer_within=_parameter(table, "answer", book),
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


def _parameter(table: Table, key: str, book: ParameterBook) -> str:
    name = table.text(key)
    if name not in book:
        raise table.fault(f"{key} names {name!r}, which is not in parameters/", key)
    return name


def _whole_numbers(table: Table, key: str) -> tuple[int, ...]:
    values = table.need(key)
    if not isinstance(values, list) or not all(type(each) is int for each in values):
        raise table.fault(f"{key} must be a list of whole numbers", key)
    return tuple(values)
