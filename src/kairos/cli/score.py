"""``kairos score``: score the answers of a whole data set by one instrument."""

import argparse
import sys
from pathlib import Path

import orjson

from kairos.cli.problems import DONE
from kairos.cli.score_output import summary_lines, summary_object
from kairos.cli.scored_file import score_file
from kairos.content.release import load_release
from kairos.domain.instruments.naming import find_instrument


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--instrument", required=True, metavar="NAME", help="such as phq-9 or gad-7")
    parser.add_argument("file", type=Path, metavar="FILE", help=".csv, .xpt or .json, plain or gzipped")
    parser.add_argument(
        "--questionnaire", type=Path, metavar="Q.json", help="the FHIR Questionnaire that a .json answers"
    )
    parser.add_argument("--columns", metavar="A,B,...", help="the columns of the questions, in their order")
    parser.add_argument("--out", type=Path, metavar="ROWS.csv", help="write one line a row here (.gz packs)")
    parser.add_argument("--json", action="store_true", help="answer as one JSON object on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Score the file and print what it adds up to; 2 where anything in it is no answer."""
    release = load_release()
    instrument = find_instrument(arguments.instrument, release.instruments)
    summary = score_file(
        arguments.file,
        instrument,
        release=release,
        columns=arguments.columns,
        questionnaire=arguments.questionnaire,
        out=arguments.out,
        say=lambda line: print(line, file=sys.stderr, flush=True),
    )
    if arguments.json:
        print(orjson.dumps(summary_object(summary)).decode())
    else:
        print("\n".join(summary_lines(instrument.short_title, summary)))
    return DONE
