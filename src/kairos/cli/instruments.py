"""``kairos instruments``: which instruments there are, or one of them as a FHIR Questionnaire."""

import argparse
from collections.abc import Iterable, Iterator

import orjson

from kairos.cli.problems import DONE
from kairos.content.release import load_release
from kairos.domain.instruments.naming import find_instrument
from kairos.domain.instruments.questionnaire import Instrument
from kairos.interop.fhir.questionnaires.shipped import as_questionnaire


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("name", nargs="?", help="one of them, to print as a FHIR R4 Questionnaire")


def run(arguments: argparse.Namespace) -> int:
    """Print the list, or one instrument."""
    instruments = load_release().instruments
    if arguments.name is None:
        print("\n".join(_lines(instruments.values())))
        return DONE
    found = as_questionnaire(find_instrument(arguments.name, instruments))
    print(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
    return DONE


def _lines(instruments: Iterable[Instrument]) -> Iterator[str]:
    for one in instruments:
        span = f"{one.lowest_total} to {one.highest_total}" if one.has_total else "no total"
        yield f"{one.id:16} {one.short_title:16} {len(one.scored_ids):3} scored, {span:10}  {one.title}"
