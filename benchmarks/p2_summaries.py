"""P2: a million patients, drawn and summed up each (Cmax, AUC, time above), nothing else kept."""

import json
import subprocess
import sys
from collections.abc import Iterator
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time

import numpy as np

from benchmarks.pk_case import WHO, doses, points, varied_model
from benchmarks.result import Result
from kairos.domain.pharmacology.population import CohortAsked, cohort_exposures
from kairos.pharmacology.threads import sharing_among
from scripts.repository import ROOT

GOAL_S, GOAL_MB = 1.0, 500.0
PATIENTS, POINTS = 1_000_000, 200
ABOVE_NG_ML = {"esketamine": 50.0}
ROUNDS = 3


def run() -> Iterator[Result]:
    """Ask in a process of its own, for its memory's sake."""
    command = [sys.executable, "-m", "benchmarks.p2_summaries"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    what = f"{PATIENTS:,} patients x {POINTS} points, 8 infusions, drawn and summed up"
    yield Result("P2", what, found["wall_s"], "s wall", GOAL_S, PATIENTS)
    yield Result("P2-cpu", "the same, CPU", found["cpu_s"], "s CPU", None, PATIENTS)
    yield Result("P2-memory", "largest resident of it", found["rss_mb"], "MB", GOAL_MB, PATIENTS)


def summed(patients: int) -> None:
    """Draw and sum up."""
    model = varied_model()
    asked = CohortAsked(
        model, doses(), patients, points(POINTS), WHO, above_ng_ml=ABOVE_NG_ML, at_times_only=True
    )
    found = cohort_exposures(asked, np.random.default_rng(1), sharing=sharing_among())
    assert found.exposures.cmax_ng_ml.shape == (patients, len(model.readings))


def measured() -> dict[str, float]:
    """Return the best of a few rounds, kernels compiled before."""
    summed(10_000)
    walls, cpus = [], []
    for _ in range(ROUNDS):
        wall, cpu = perf_counter(), process_time()
        summed(PATIENTS)
        walls.append(perf_counter() - wall)
        cpus.append(process_time() - cpu)
    return {"wall_s": min(walls), "cpu_s": min(cpus), "rss_mb": getrusage(RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    print(json.dumps(measured()))
