"""P16: a 5 MB transaction Bundle is imported, with originals, facts and report, by the command itself."""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import orjson

from benchmarks.fixtures import transaction_bundle
from benchmarks.measure import Taken, cpu_per_call_us, taking
from benchmarks.result import Result

MEGABYTES = 5
GOAL_S = 10.0
GOAL_MB = 300.0
KAIROS = Path(sys.executable).parent / "kairos"


def run() -> Iterator[Result]:
    """Import into a fresh home; the embedded server's start is part of the time."""
    bundle = transaction_bundle(MEGABYTES)
    with tempfile.TemporaryDirectory(prefix="kb") as folder:
        file = Path(folder) / "bundle.json"
        file.write_bytes(bundle)
        environment = os.environ | {"KAIROS_HOME": str(Path(folder) / "home"), "KAIROS_ENV": "local"}
        subprocess.run([KAIROS, "migrate", "--quiet"], env=environment, check=True)
        taken, report = _import(file, environment)
    resources = sum(sum(counts.values()) for counts in report["files"][0]["resources"].values())
    parse_s = cpu_per_call_us(lambda: orjson.loads(bundle), calls=1) / 1e6
    what = f"import of a {len(bundle) / 1e6:.1f} MB transaction Bundle, {resources} resources"
    yield Result("P16", what, taken.wall_s, "s wall", GOAL_S, resources, floor=parse_s)
    yield Result(
        "P16-cpu", "the command alone, PostgreSQL not counted", taken.cpu_s, "s CPU", None, resources
    )
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Result("P16-memory", "largest resident process of the import", largest, "MB", GOAL_MB, resources)


def _import(file: Path, environment: dict[str, str]) -> tuple[Taken, dict]:
    command = [KAIROS, "import", file, "--json"]
    with taking() as taken:
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return taken, json.loads(done.stdout)
