"""The rows of ``kairos score`` from FHIR: one QuestionnaireResponse, one row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from kairos.analytics.item_answers import Answers
from kairos.domain.instruments.questionnaire import Instrument, Item
from kairos.interop.fhir.documents import Entry, entries_of, unpacked
from kairos.interop.fhir.questionnaires import (
    ForeignQuestionnaire,
    ReadInstrument,
    read_questionnaire,
    read_response,
)
from kairos.interop.fhir.questionnaires.library import QuestionnaireLibrary, questionnaires_in
from kairos.vocab.errors import InvalidInput, Problem

_WITHDRAWN = "entered-in-error"
_READ = ("Questionnaire", "QuestionnaireResponse")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One response: its id, what it answers, and the FHIR version that it was converted from."""

    id: str
    read: ReadInstrument
    converted: str = ""


def response_rows(
    path: Path,
    instrument: Instrument,
    instruments: Sequence[Instrument],
    *,
    questionnaire: Path | None,
    say: Callable[[str], None],
) -> list[ResponseRow]:
    """Return the responses of a file that answer an instrument.

    Raises
    ------
    InvalidInput    none does, or one of them cannot be read
    """
    given = (_foreign(questionnaire),) if questionnaire is not None else ()
    entries = _entries(path)
    held = questionnaires_in(entries).values()
    in_file = tuple(one for one in held if isinstance(one, ForeignQuestionnaire))
    library = QuestionnaireLibrary(tuple(instruments), given, in_file)
    responses = [entry for entry in entries if entry.type == "QuestionnaireResponse"]
    rows = [row for entry in responses for row in _row(entry, library, instrument)]
    if not rows:
        raise InvalidInput(Problem(path.name, f"holds no response to {instrument.short_title}"))
    if len(rows) < len(responses):
        say(f"{len(responses) - len(rows)} responses left out: withdrawn, or of another questionnaire")
    wrong = sum(row.read.is_total_wrong for row in rows)
    if wrong:
        say(f"{wrong} responses state a wrong total; it was recomputed")
    for version in sorted({row.converted for row in rows} - {""}):
        say(f"{sum(row.converted == version for row in rows)} responses were converted from FHIR {version}")
    return rows


def _foreign(path: Path) -> ForeignQuestionnaire:
    try:
        return read_questionnaire(path.read_bytes(), name=path.name)
    except FileNotFoundError as error:
        raise InvalidInput(Problem(path.name, "there is no such file")) from error


def answers_in(rows: Sequence[ResponseRow], items: Sequence[Item]) -> Answers:
    """Return the answers of responses, one row each."""
    given = [[row.read.answers.get(item.id, np.nan) for item in items] for row in rows]
    declined = [[item.id in row.read.declined for item in items] for row in rows]
    unread = [[item.id in row.read.unread for item in items] for row in rows]
    return Answers(np.array(given, dtype=np.float64), np.array(declined), np.array(unread))


def _row(entry: Entry, library: QuestionnaireLibrary, instrument: Instrument) -> Iterator[ResponseRow]:
    resource = orjson.loads(entry.data)
    if resource.get("status") == _WITHDRAWN:
        return
    whole = library.read(resource, entry.place)
    read = whole.of(instrument.id)
    if read is None and instrument.subset_of:
        form = library.questionnaire_of(resource, entry.place)
        read = read_response(resource, form, (instrument,), name=entry.place).of(instrument.id)
    if read is not None:
        yield ResponseRow(entry.id, read, whole.converted)


def _entries(path: Path) -> list[Entry]:
    """Return the resources of a file: a Bundle, one a line, a list of them, or one alone."""
    data = unpacked(path.name, path.read_bytes()).removeprefix(_BOM)
    try:
        held = orjson.loads(data)
    except orjson.JSONDecodeError:
        return entries_of(path.name, data)
    resources = held if isinstance(held, list) else [held]
    if not all(isinstance(one, dict) and one.get("resourceType") in _READ for one in resources):
        return entries_of(path.name, data)
    return [_entry(path.name, one, number) for number, one in enumerate(resources, start=1)]


def _entry(file: str, resource: dict[str, Any], number: int) -> Entry:
    kind = str(resource["resourceType"])
    name = str(resource.get("id") or "")
    return Entry(file, f"{kind} {number}", kind, name, "", orjson.dumps(resource))
