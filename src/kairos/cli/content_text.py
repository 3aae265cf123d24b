"""``kairos content lint-text``: find claims in any text that do not hold, with what may be said instead."""

import argparse
import textwrap
from collections.abc import Sequence
from pathlib import PurePath

import orjson

from kairos.cli.given_files import content_of
from kairos.cli.problems import DONE, FOUND_WRONG
from kairos.content.claim_reader import load_claim_reader
from kairos.domain.evidence.claim_reading import ClaimFault
from kairos.domain.evidence.readable import TextForm
from kairos.vocab.errors import InvalidInput, Problem

_BY_ENDING = {
    ".htm": TextForm.HTML,
    ".html": TextForm.HTML,
    ".xhtml": TextForm.HTML,
    ".md": TextForm.MARKDOWN,
    ".markdown": TextForm.MARKDOWN,
}
_WIDTH = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("file", metavar="FILE", help="a text in UTF-8: txt, md or html; - reads stdin")
    parser.add_argument("--json", action="store_true", help="the result as one list")
    parser.add_argument(
        "--form", choices=list(TextForm), help="how it is laid out; else by the file's ending"
    )


def run(arguments: argparse.Namespace) -> int:
    """Read one text; 0 with nothing found, 1 with each sentence and what may be said instead."""
    text = _text(arguments.file)
    form = arguments.form or _BY_ENDING.get(PurePath(arguments.file).suffix.lower(), TextForm.PLAIN)
    found = load_claim_reader().faults(text, TextForm(form))
    if arguments.json:
        print(orjson.dumps([_told(fault) for fault in found]).decode())
    else:
        _tell(arguments.file, text, found)
    return FOUND_WRONG if found else DONE


def _text(name: str) -> str:
    try:
        return content_of(name).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidInput(
            Problem(name, f"is not UTF-8 at byte {error.start}; save it as UTF-8 text")
        ) from error


def _told(fault: ClaimFault) -> dict[str, object]:
    return {
        "sentence": fault.sentence,
        "start": fault.start,
        "end": fault.end,
        "row": fault.row,
        "verdict": fault.verdict,
        "better": fault.better,
    }


def _tell(name: str, text: str, found: Sequence[ClaimFault]) -> None:
    for fault in found:
        line = text.count("\n", 0, fault.start) + 1
        print(f"{name}:{line}: {fault.row} {fault.verdict.replace('_', ' ')}")
        print(_indented("said:  ", fault.sentence))
        print(_indented("better:", fault.better))
    sentences = len({fault.start for fault in found})
    print(f"sentences at fault: {sentences}" if found else "no claim found that does not hold")


def _indented(label: str, words: str) -> str:
    return textwrap.fill(
        " ".join(words.split()), _WIDTH, initial_indent=f"  {label} ", subsequent_indent=" " * 10
    )
