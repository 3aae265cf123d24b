"""``kairos cohort``: ask the rules of everybody in a table of facts at once."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson

from kairos.analytics.fact_file import check_fact_file
from kairos.cli.asked_target import LAST, add_day, add_definition, add_target, target_of
from kairos.cli.problems import DONE
from kairos.cli.written_files import free_place
from kairos.content.release import load_release
from kairos.content.screening_criteria import binding_of, definitions_with, shipped_criteria
from kairos.domain.eligibility.screening import Criteria
from kairos.domain.rules.rule import Rule
from kairos.domain.rules.target import Target
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.facts import AskedAsOf
from kairos.vocab.finding import Finding
from kairos.vocab.verdict import Verdict

_SUFFIXES = (".parquet", ".csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("facts", metavar="FACTS.parquet", help="a table that 'kairos facts' wrote")
    parser.add_argument("--rule", action="append", metavar="RULE", help="id or row; may be given again")
    add_day(parser)
    add_target(parser)
    add_definition(parser)
    parser.add_argument("--json", action="store_true", help="one object")
    parser.add_argument("--out", metavar="ROWS.csv|.parquet", help="one row a patient and rule")


def run(arguments: argparse.Namespace) -> int:
    """Ask the rules and print how many people each leaves met, not met and unknown; 2 for bad input."""
    path, today, target = Path(arguments.facts), datetime.now().astimezone().date(), target_of(arguments)
    if arguments.out and not arguments.out.endswith(_SUFFIXES):
        raise InvalidInput(Problem("out", f"{arguments.out} ends neither in .csv nor in .parquet"))
    out = free_place(arguments.out, read=[path]) if arguments.out else None
    read_by, content = check_fact_file(path), load_release().version
    if read_by != content:
        print("the facts were read under another content version; write them again", file=sys.stderr)
    by = definitions_with(load_release().rules, arguments.definition)
    asked = _wanted(shipped_criteria(today, target, definitions=by), arguments.rule)
    counts = _counts(arguments, path, today, asked, out)
    told = _told(asked, counts, arguments, target, today) | {
        "definitions": sorted(by),
        "content": content,
        "facts_content": read_by,
    }
    print(orjson.dumps(told).decode() if arguments.json else "\n".join(_lines(told)))
    return DONE


@dataclass(frozen=True, slots=True)
class _Asked:
    """The rules that are asked, and the findings that no fact changes."""

    rules: tuple[Rule, ...]
    settled: tuple[Finding, ...]

    @property
    def names(self) -> list[tuple[str, str]]:
        """The id and row of each."""
        return [(f.rule, f.ref) for f in self.settled] + [(r.id, r.ref) for r in self.rules]


def _wanted(by: Criteria, named: Sequence[str] | None) -> _Asked:
    """Return what was named by id or row; everything where nothing was."""
    every = _Asked(by.bound.rules, by.barred)
    if not named:
        return every
    unknown = sorted(set(named).difference(*every.names))
    if unknown:
        told = f"{', '.join(unknown)} is not asked here; 'kairos screen' lists the rows that are"
        raise InvalidInput(Problem("rule", told))
    return _Asked(
        tuple(r for r in every.rules if {r.id, r.ref} & set(named)),
        tuple(f for f in every.settled if {f.rule, f.ref} & set(named)),
    )


def _counts(
    arguments: argparse.Namespace, path: Path, today: date, asked: _Asked, out: Path | None
) -> dict[str, int]:
    """Run the rules over the table, write the rows where they are wanted, and return the counts."""
    from kairos.analytics.cohort import by_person_and_rule, cohort_counts, cohort_verdicts, verdict_counts
    from kairos.analytics.engine import computed, fetched, read_facts, write_rows
    from kairos.analytics.fact_days import AskedDays

    on = arguments.on if isinstance(arguments.on, date) else today
    question: dict[str, Any] = {
        "facts": read_facts(path),
        "rules": asked.rules,
        "binding": binding_of(load_release(), on=today),
        "days": AskedDays(AskedAsOf(on, chosen=isinstance(arguments.on, date)), arguments.on == LAST),
        "settled": {finding.rule: finding.verdict for finding in asked.settled},
    }
    if out is None:
        return fetched(cohort_counts(**question))[0]
    verdicts = computed(cohort_verdicts(**question))
    rows = by_person_and_rule(verdicts).rename(patient="person").order_by(["patient", "rule"])
    write_rows(rows, out)
    return fetched(verdict_counts(verdicts))[0]


def _told(
    asked: _Asked, counts: dict[str, int], arguments: argparse.Namespace, target: Target, today: date
) -> dict[str, Any]:
    on = arguments.on or today
    rows = [
        {"rule": rule, "ref": ref} | {v.value: counts[f"{rule}|{v}"] or 0 for v in Verdict}
        for rule, ref in asked.names
    ]
    return {
        "on": on if isinstance(on, str) else on.isoformat(),
        "route": target.route.value,
        "setting": target.setting.value,
        "indication": target.indication.value,
        "jurisdiction": target.jurisdiction,
        "people": counts["people"],
        "rules": rows,
    }


def _lines(told: dict[str, Any]) -> list[str]:
    asked = " ".join(told[name] for name in ("route", "setting", "indication", "jurisdiction"))
    head = f"{told['people']} people as of {told['on']}, {asked}, content {told['content'][:12]}"
    width = max(len(row["ref"]) for row in told["rules"])
    titles = f"{'':{width}}  {'met':>9} {'not met':>9} {'unknown':>9}"
    rows = [
        f"{row['ref']:{width}}  {row['met']:>9} {row['not_met']:>9} {row['unknown']:>9}"
        for row in told["rules"]
    ]
    return [head, "", titles, *rows]
