"""P10: the rules of P9 over a million people, columnar, verdicts only; equal to P9's answers on a sample."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

from benchmarks.result import Result
from kairos.analytics.cohort import cohort_counts, cohort_verdicts
from kairos.analytics.engine import fetched, read_facts
from kairos.analytics.fact_days import AskedDays
from kairos.analytics.fact_file import FactFile
from kairos.content.release import load_release
from kairos.content.screening_criteria import binding_of, shipped_criteria
from kairos.domain.eligibility.screening import screen
from kairos.vocab.facts import AskedAsOf
from scripts.repository import ROOT
from tests.support.generated_people import PeopleMaker

GOAL_S, GOAL_MB = 5.0, 4096.0
SAMPLE, TIMES = 10_000, 100
RULES_A_PERSON = 7
ON = date(2026, 3, 2)
AS_OF = AskedAsOf(ON, chosen=True)
KEPT = ROOT / ".bench"


def run() -> Iterator[Result]:
    """Ask everybody, in a process of its own; then compare the sample with one person at a time."""
    table = _kept_table()
    what = f"{len(_rules())} rules of one route over {SAMPLE * TIMES:,} people, {_facts(table):,} facts"
    floor = _scan_s(table)
    taken = _asked_in_a_process(table)
    yield Result("P10", what, taken, "s wall", GOAL_S, SAMPLE * TIMES, floor=floor)
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Result("P10-memory", "largest resident process of it", largest, "MB", GOAL_MB, SAMPLE * TIMES)
    wrong = _differences(table)
    yield Result("P10-equal", "answers of the sample that differ from P9's", wrong, "answers", 0, SAMPLE)


def ask(table: Path) -> float:
    """Return the seconds that the question takes from a warm file: writing its SQL and running it.

    The program is started before: content read, engine loaded.
    """
    _scan_s(table)
    _rules()
    fetched(read_facts(table).limit(1).select("person_number"))
    before = perf_counter()
    fetched(_counts(table))
    return perf_counter() - before


def _rules() -> list:
    return list(shipped_criteria(ON).bound.rules)


def _verdicts(table: Path):
    binding = binding_of(load_release(), on=ON)
    return cohort_verdicts(read_facts(table), _rules(), binding, days=AskedDays(AS_OF))


def _counts(table: Path):
    binding = binding_of(load_release(), on=ON)
    return cohort_counts(read_facts(table), _rules(), binding, days=AskedDays(AS_OF))


def _kept_table() -> Path:
    """Return the million; made once for each content: a sample of people, each a hundred times over."""
    whole = KEPT / f"p10-{load_release().version[:12]}.parquet"
    sample = whole.with_suffix(".sample.parquet")
    if not whole.exists():
        KEPT.mkdir(exist_ok=True)
        with FactFile(sample, content=load_release().version) as file:
            for person, facts in _maker().people(SAMPLE):
                file.add(person, facts)
        _copy(sample, whole)
    return whole


def _copy(sample: Path, whole: Path) -> None:
    import pyarrow.compute
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(sample)
    half = whole.with_suffix(".part")
    with pyarrow.parquet.ParquetWriter(half, table.schema, compression="zstd") as writer:
        for number in range(TIMES):
            people = pyarrow.compute.binary_join_element_wise(table["person"], f"{number:02d}", "-")
            numbers = pyarrow.compute.add(table["person_number"], pyarrow.scalar(number * SAMPLE, "int32"))
            copy = table.set_column(0, "person", people).set_column(1, "person_number", numbers)
            writer.write_table(copy, row_group_size=122_880)
    half.replace(whole)


def _maker() -> PeopleMaker:
    return PeopleMaker(_rules(), binding_of(load_release(), on=ON), ON, rules_a_person=RULES_A_PERSON)


def _facts(table: Path) -> int:
    import duckdb

    return int(duckdb.sql(f"select count(fact) from read_parquet('{table}')").fetchall()[0][0])


def _scan_s(table: Path) -> float:
    """Return the seconds of reading the columns that the rules read, and doing nothing with them."""
    import duckdb

    read = "concept kind presence understanding status first last usable_from value_number person_number"
    counted = ", ".join(f"bit_xor(hash({name}))" for name in read.split())
    before = perf_counter()
    duckdb.sql(f"select {counted} from read_parquet('{table}')").fetchall()
    return perf_counter() - before


def _asked_in_a_process(table: Path) -> float:
    command = [sys.executable, "-m", "benchmarks.p10_cohort", str(table)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    return float(done.stdout.split()[-1])


def _differences(table: Path) -> int:
    verdicts = _verdicts(table.with_suffix(".sample.parquet"))
    many = {row["person"]: row for row in fetched(verdicts)}
    by = shipped_criteria(ON)
    return sum(
        many[person][finding.rule] != finding.verdict
        for person, facts in _maker().people(SAMPLE)
        for finding in screen(facts, as_of=AS_OF, by=by).findings
    )


if __name__ == "__main__":
    print(ask(Path(sys.argv[1])))
