"""``kairos screen``: ask every rule about the people of FHIR files, without a database."""

import argparse
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import orjson

from kairos.cli.asked_target import LAST, add_day, add_definition, add_target, target_of
from kairos.content.release import ContentRelease, load_release
from kairos.content.screening_criteria import definitions_with, shipped_criteria
from kairos.content.standing_of_use import use_known
from kairos.domain.eligibility.comparison import UseAnswer, compare
from kairos.domain.eligibility.pathways import StartedPathway
from kairos.domain.eligibility.screening import Screening
from kairos.domain.evidence.standing_words import tell_evidence, tell_standing
from kairos.domain.rules.explanation import Explainer
from kairos.domain.rules.target import Route, Setting, Target
from kairos.interop.fhir.reading import PatientRecord, read_files
from kairos.vocab.facts import AskedAsOf, Fact, FactKind, Origin, OriginKind
from kairos.vocab.finding import Finding
from kairos.vocab.instants import PartialDate
from kairos.vocab.verdict import Severity, Verdict

_NARROWEST, _WIDEST = 40, 110


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="FHIR R4 JSON or NDJSON, plain or gzipped")
    add_day(parser)
    parser.add_argument("--json", action="store_true", help="one object a line and patient")
    add_target(parser)
    add_definition(parser)
    parser.add_argument("--all", action="store_true", help="answer for every route and setting, one by one")


def run(arguments: argparse.Namespace) -> int:
    """Screen each person of the files; 0 when they could be evaluated, 2 for bad input."""
    today = datetime.now().astimezone().date()
    read = read_files(arguments.files, progress=lambda line: print(line, file=sys.stderr))
    read.check()
    for line in read.left_out():
        print(line, file=sys.stderr)
    release = load_release()
    by = definitions_with(release.rules, arguments.definition)
    asked = [shipped_criteria(today, target, definitions=by) for target in _targets(arguments)]
    page = _Page(release, today, Explainer(release.texts))
    for record in read.patients:
        as_of, facts = asked_as_of(record, arguments.on, today), facts_of(record)
        answers = compare(facts, as_of=as_of, by=asked)
        if arguments.json:
            for answer in answers:
                print(orjson.dumps(page.as_object(record, answer)).decode())
        elif arguments.all:
            print("\n".join(page.side_by_side(record, answers)))
        else:
            print("\n".join(page.as_lines(record, answers[0].screening)))
    return 0


def _targets(arguments: argparse.Namespace) -> list[Target]:
    """Return the one target asked for, or with ``--all`` every route at every place."""
    target = target_of(arguments)
    if not arguments.all:
        return [target]
    return [replace(target, route=route, setting=setting) for route in Route for setting in Setting]


def asked_as_of(record: PatientRecord, on: date | str | None, today: date) -> AskedAsOf:
    """Return the day to ask for: the one chosen, the record's newest entry, or today."""
    if isinstance(on, date):
        return AskedAsOf(on, chosen=True)
    if on == LAST and record.newest_entry is not None:
        return AskedAsOf(record.newest_entry, chosen=True)
    return AskedAsOf(today)


def facts_of(record: PatientRecord) -> tuple[Fact, ...]:
    """Return the facts of a record, and that its newest entry, of whatever type, was made."""
    if record.newest_entry is None:
        return record.facts
    newest = Fact(
        id=f"{record.reference}#newest-entry",
        kind=FactKind.ENCOUNTER,
        concept="record_entry",
        origin=Origin(OriginKind.RECORD, record.reference),
        true_from=PartialDate.of(record.newest_entry),
    )
    return (*record.facts, newest)


@dataclass(frozen=True, slots=True)
class _Page:
    """Turns a screening into JSON or into lines for a terminal."""

    release: ContentRelease
    today: date
    explainer: Explainer

    def as_object(self, record: PatientRecord, answer: UseAnswer) -> dict[str, Any]:
        """Return the object of the command's contract, and what else a reader needs."""
        result = answer.screening
        return {
            "patient": bare(record.reference),
            "on": result.as_of.on.isoformat(),
            "decision": result.advice.value,
            "findings": [self._finding(finding) for finding in result.findings],
            "questions": [{"id": q, "text": self.explainer.question(q)} for q in result.questions],
            "pathways": [_pathway(started) for started in result.pathways],
            "workup_missing": [{"item": g.item, "why": g.kind.value} for g in result.workup_missing],
            "route": result.target.route.value,
            "setting": result.target.setting.value,
            "indication": result.target.indication.value,
            "jurisdiction": result.target.jurisdiction,
            **self._use(result),
            "next_steps": [{"rule": s.rule, "text": self.explainer.question(s.step)} for s in result.steps],
            "argues_for_clinic": list(dict.fromkeys(f.ref for f in answer.arguments)),
            "other_definitions": [self._finding(finding) for finding in result.otherwise],
            "definitions": sorted(result.definitions),
            "content": result.content_version,
        }

    def _use(self, result: Screening) -> dict[str, Any]:
        """Return what is known of the use itself: its status, prescribing at a distance, the evidence."""
        known = use_known(self.release, result.target, on=self.today)
        grade = known.evidence
        return {
            "offered": known.is_offered,
            "regulatory": {
                "status": known.status.status.value,
                "conditions": [self.explainer.question(text) for text in known.status.conditions],
                "sources": list(known.status.sources),
                "is_stale": known.status.is_stale,
            },
            "telehealth": result.standing.telehealth.value,
            "evidence": grade
            and {
                "grade": grade.grade.value,
                "direction": grade.direction.value,
                "statement": self.explainer.question(grade.statement),
                "sources": list(grade.sources),
            },
        }

    def _finding(self, finding: Finding) -> dict[str, Any]:
        return {
            "rule": finding.rule,
            "ref": finding.ref,
            "verdict": finding.verdict.value,
            "severity": finding.severity.value,
            "unsettled": finding.unsettled.value if finding.unsettled else None,
            "because": self.explainer.because(finding),
            "sources": list(finding.sources),
            "facts": list(finding.facts),
        }

    def as_lines(self, record: PatientRecord, result: Screening) -> Iterator[str]:
        """Yield the page: advice, what speaks against by severity, questions, what is in order, sources."""
        yield f"{bare(record.reference)}, as of {result.as_of.on}: {result.advice.value.replace('_', ' ')}"
        yield from _wrapped(
            f"Advice of the rules, content {result.content_version[:12]}. A clinician decides and signs."
        )
        yield from _wrapped(self._asked_for(result))
        yield from self._known_of_use(result)
        for started in result.pathways:
            yield from _wrapped(f"{started.level.value.upper()}: {self._tasks(started)}")
        for severity in Severity:
            yield from self._group(f"Speaks against ({severity})", result, Verdict.NOT_MET, severity)
        for severity in Severity:
            yield from self._group(f"Not known ({severity})", result, Verdict.UNKNOWN, severity)
        yield from self._questions(result)
        if result.steps:
            yield "\nNext"
        for text in dict.fromkeys(step.step for step in result.steps):
            yield from _wrapped(f"- {self.explainer.question(text)}", indent=2)
        for severity in Severity:
            yield from self._group(f"In order ({severity})", result, Verdict.MET, severity)
        if result.workup_missing:
            yield f"\nMissing from the baseline work-up ({len(result.workup_missing)})"
            for gap in result.workup_missing:
                yield from _wrapped(
                    f"- {self.explainer.question(gap.item)} ({gap.kind.value.replace('_', ' ')})", indent=2
                )
        yield from self._sources(result)
        yield ""

    def _asked_for(self, result: Screening) -> str:
        """Return what was asked for, and how the label and the evidence see it."""
        target, use = result.target, self._use(result)
        found = use["evidence"]
        sure = f"{found['grade']} ({found['direction']})" if found else "nothing found"
        asked = f"{target.route}, {target.setting}, {target.indication}, {target.jurisdiction}"
        status = use["regulatory"]["status"]
        return f"Asked for: {asked}. Status: {status}; evidence: {sure}.".replace("_", " ")

    def _known_of_use(self, result: Screening) -> Iterator[str]:
        """Yield where the use stands with its conditions, and what is known of its benefit."""
        known = use_known(self.release, result.target, on=self.today)
        yield from _wrapped(" ".join(tell_standing(known.status, self.release.texts)))
        yield from _wrapped(tell_evidence(known.evidence, self.release.texts))

    def side_by_side(self, record: PatientRecord, answers: Iterable[UseAnswer]) -> Iterator[str]:
        """Yield one line for each route and setting: the advice, and the rows that make it so."""
        results = [answer.screening for answer in answers]
        yield f"{bare(record.reference)}, as of {results[0].as_of.on}"
        yield from _wrapped(
            f"Advice of the rules, content {results[0].content_version[:12]}. A clinician decides and signs."
        )
        for result in results:
            against = [f for f in result.findings if f.verdict is Verdict.NOT_MET]
            weighed = (f"{severity}: {rows}" for severity in Severity if (rows := _rows(against, severity)))
            said = [*weighed, f"to ask: {len(result.questions)}"]
            where = f"{result.target.route} {result.target.setting}:"
            advice = result.advice.value.replace("_", " ")
            yield from _wrapped(f"{where} {advice}; {'; '.join(said)}", indent=2)
        yield ""

    def _group(self, title: str, result: Screening, verdict: Verdict, severity: Severity) -> Iterator[str]:
        group = [f for f in result.findings if f.verdict is verdict and f.severity is severity]
        if group:
            yield f"\n{title}"
        for finding in group:
            cited = ", ".join(str(self._numbers(result)[key]) for key in finding.sources)
            yield from _wrapped(f"{finding.ref}  {self.explainer.because(finding)} [{cited}]", indent=2)

    def _questions(self, result: Screening) -> Iterator[str]:
        if result.questions:
            yield f"\nTo ask ({len(result.questions)})"
        for topic in self.release.intake:
            asked = [question for question in topic.questions if question in result.questions]
            if asked:
                yield f"  {self.explainer.question(topic.id)}"
            for question in asked:
                yield from _wrapped(f"- {self.explainer.question(question)}", indent=4)

    def _tasks(self, started: StartedPathway) -> str:
        return "; ".join(
            f"{self.explainer.question(f'task.{t.kind}')} ({t.owner.value}, {t.due.value.replace('_', ' ')})"
            for t in started.step.tasks
        )

    def _numbers(self, result: Screening) -> dict[str, int]:
        """Return the number by which this page cites each source."""
        cited = sorted({source for finding in result.findings for source in finding.sources})
        return {key: number for number, key in enumerate(cited, 1)}

    def _sources(self, result: Screening) -> Iterator[str]:
        yield "\nSources"
        for key, number in self._numbers(result).items():
            cited = self.release.citations[key]
            yield from _wrapped(
                f"[{number}] {cited.title}. {cited.doi or cited.page} ({cited.read})", indent=2
            )


def _wrapped(text: str, *, indent: int = 0) -> list[str]:
    """Return a paragraph in lines as wide as the terminal, each after the first set in further."""
    margin = " " * indent
    width = max(_NARROWEST, min(shutil.get_terminal_size((100, 24)).columns, _WIDEST))
    return textwrap.wrap(
        " ".join(text.split()),
        width=width,
        initial_indent=margin,
        subsequent_indent=f"{margin}    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _rows(findings: Iterable[Finding], severity: Severity) -> str:
    """Return the rows of one severity, each once."""
    return ", ".join(dict.fromkeys(f.ref for f in findings if f.severity is severity))


def _pathway(started: StartedPathway) -> dict[str, Any]:
    """Return what a finding starts: its level, and what to do, by whom, how soon."""
    return {
        "rule": started.rule,
        "level": started.level.value,
        "message": started.step.message,
        "crisis_card": started.step.crisis_card,
        "tasks": [
            {"kind": t.kind, "level": t.level.value, "owner": t.owner.value, "due": t.due.value}
            for t in started.step.tasks
        ],
    }


def bare(reference: str) -> str:
    """Return the name of a person as the commands show it."""
    return reference.removeprefix("Patient/").removeprefix("urn:uuid:")
