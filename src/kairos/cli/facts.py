"""``kairos facts``: what FHIR files say of people, as one table that ``kairos cohort`` asks."""

import argparse
import sys
from pathlib import Path

from kairos.analytics.fact_file import FactFile
from kairos.cli.problems import DONE
from kairos.cli.screen import bare, facts_of
from kairos.cli.written_files import free_place
from kairos.content.release import load_release
from kairos.interop.fhir.file_sets import file_sets
from kairos.interop.fhir.reading import read_files


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="FHIR R4 JSON or NDJSON, plain or gzipped")
    parser.add_argument("--out", required=True, metavar="FACTS.parquet", help="where the table is written")


def run(arguments: argparse.Namespace) -> int:
    """Write the facts of all files; 2 for bad input, and then no table is written."""
    files = [Path(name) for name in arguments.files]
    out_path = free_place(arguments.out, read=files)
    with FactFile(out_path, content=load_release().version) as out:
        for together in file_sets(files, progress=_say):
            read = read_files(together, progress=_say)
            read.check()
            for line in read.left_out():
                _say(line)
            for record in read.patients:
                out.add(bare(record.reference), facts_of(record))
            _say(f"written: {out.people} people, {out.facts} facts")
    return DONE


def _say(line: str) -> None:
    print(line, file=sys.stderr)
