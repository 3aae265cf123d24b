"""``kairos import``: take FHIR R4 files into a programme, all of a set or nothing."""

import argparse
import json
import sys
from dataclasses import replace
from typing import Any

from kairos.cli.database_session import database_session, say_on_stderr
from kairos.cli.problems import BAD_INPUT, DONE
from kairos.interop.fhir.questionnaires.foreign import ForeignQuestionnaire
from kairos.interop.fhir.questionnaires.library import as_foreign
from kairos.interop.fhir.reading import QuestionnairesAtHand, ReadSet, read_files
from kairos.interop.fhir.report import ImportReport, lines_of
from kairos.vocab.errors import InvalidInput, Problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="FHIR R4 JSON or NDJSON, plain or gzipped")
    parser.add_argument(
        "--questionnaire",
        action="append",
        default=[],
        metavar="FILE",
        help="a FHIR Questionnaire that says what responses in the files answer; kept for later ones",
    )
    parser.add_argument("--programme", default="", help="name or id; needed where there are several")
    parser.add_argument("--json", action="store_true", help="answer as one JSON object on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Import the files as one set and print the report; 2 where anything was refused and nothing changed."""
    read = _read(arguments)
    if not read.report.is_refused:
        with database_session():
            _keep(read, arguments.programme)
    _print(read.report, as_json=arguments.json)
    return BAD_INPUT if read.report.is_refused else DONE


def _read(arguments: argparse.Namespace) -> ReadSet:
    """Read the files; once more with the Questionnaires kept from before, where a response needs one."""
    files = [*arguments.files, *arguments.questionnaire]
    at_hand = QuestionnairesAtHand(frozenset(arguments.questionnaire))
    read = read_files(files, at_hand=at_hand, progress=say_on_stderr)
    if not read.report.lacks_questionnaires:
        return read
    with database_session():
        kept = _kept_before(arguments.programme)
    return read_files(files, at_hand=replace(at_hand, kept=kept)) if kept else read


def _kept_before(wanted: str) -> tuple[ForeignQuestionnaire, ...]:
    from kairos.queries.programmes import programmes_with_actors
    from kairos.queries.questionnaires import kept_questionnaires

    if not programmes_with_actors():
        return ()
    programme, actor = _programme(wanted)
    return as_foreign(kept_questionnaires(programme_id=programme.id, by=actor))


def _keep(read: ReadSet, wanted: str) -> None:
    from datetime import UTC, datetime
    from uuid import uuid4

    from kairos.actions.import_record import import_record
    from kairos.interop.fhir.incoming import incoming_files, incoming_questionnaires, incoming_records

    say_on_stderr("keeping originals, entries and facts")
    programme, actor = _programme(wanted)
    kept = import_record(
        command_id=uuid4(),
        by=actor,
        now=datetime.now(UTC),
        programme_id=programme.id,
        files=incoming_files(read),
        records=incoming_records(read),
        questionnaires=incoming_questionnaires(read),
    )
    for file in kept.files:
        read.report.files[file.position].status = file.status
    if kept.safety_tasks:
        say_on_stderr(f"{kept.safety_tasks} tasks opened for the safety of people by what they answered")
    if kept.join_proposals:
        say_on_stderr(f"{kept.join_proposals} pairs of records may be one person: a human decides")


def _programme(wanted: str) -> Any:
    from kairos.queries.programmes import programmes_with_actors

    found = programmes_with_actors()
    if not found and not wanted:
        _open_first()
        found = programmes_with_actors()
    chosen = [pair for pair in found if wanted in ("", str(pair[0].id), pair[0].name)]
    if len(chosen) != 1:
        names = "; ".join(sorted(f"{programme.name} ({programme.id})" for programme, _ in found)) or "none"
        raise InvalidInput(Problem("--programme", f"name exactly one of the programmes: {names}"))
    return chosen[0]


def _open_first() -> None:
    """Open a first programme in a fresh database, so that a record has somewhere to go."""
    from datetime import UTC, datetime
    from uuid import uuid4

    from kairos.actions.open_programme import open_programme
    from kairos.queries.accounts import JOBS_ID
    from kairos.vocab.people import Actor, Scope

    programme_id = uuid4()
    ours = Actor(JOBS_ID, frozenset(), Scope(uuid4(), frozenset({programme_id})), "Kairos", is_system=True)
    open_programme(command_id=uuid4(), by=ours, now=datetime.now(UTC), programme_id=programme_id)
    say_on_stderr("there was no programme yet; opened one")


def _print(report: ImportReport, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(report.as_json()))
        return
    print("\n".join(lines_of(report)), file=sys.stderr if report.is_refused else sys.stdout)
