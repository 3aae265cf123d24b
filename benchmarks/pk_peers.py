"""Two peers on the case of P1, each in a process of its own: ``python -m benchmarks.pk_peers NAME PATIENTS``.

scipy is installed with Kairos; libRoadRunner is for this measurement alone and lies in ``.bench``. Both are
stepped from edge to edge: a solver that is not told of a short infusion steps over it.
"""

import subprocess
import sys
from itertools import pairwise
from time import process_time

import numpy as np

from benchmarks.pk_case import DAYS, EVERY_MIN, MG, OVER_MIN, drawn, points, varied_model
from scripts.repository import ROOT

LIBRARIES = ROOT / ".bench" / "peers"
ROADRUNNER = "libroadrunner==2.10.0"
POINTS, DOSES = 200, 8
TOLERANCE = 1e-8


def ns_per_point(name: str, patients: int) -> float:
    """Return CPU nanoseconds a patient and point, both analytes together."""
    if name == "libroadrunner":
        _install()
    command = [sys.executable, "-m", "benchmarks.pk_peers", name, str(patients)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    return float(done.stdout.split()[-1])


def _install() -> None:
    if not LIBRARIES.exists():
        uv = [str(ROOT / ".venv/bin/uv"), "pip", "install", "--quiet", "--no-deps", "--target"]
        subprocess.run([*uv, str(LIBRARIES), ROADRUNNER], check=True)


def rates_of(values: dict[str, np.ndarray], one: int) -> np.ndarray:
    """Return A of dx/dt = A x for one patient."""
    from kairos.domain.pharmacology.disposition import linear_system
    from kairos.domain.pharmacology.reference_solution import rate_matrix

    return rate_matrix(linear_system(varied_model(), {name: value[one] for name, value in values.items()}))


def segments() -> list[tuple[float, np.ndarray]]:
    """Return, from edge to edge, mg/min that enter and the moments to stop at, the first being the edge."""
    edges = sorted({e for n in range(DOSES) for e in (EVERY_MIN * n, EVERY_MIN * n + OVER_MIN)})
    edges.append(DAYS * 1440.0)
    times = points(POINTS)
    return [
        (
            MG / OVER_MIN if number % 2 == 0 else 0.0,
            np.r_[start, times[(times > start) & (times < stop)], stop],
        )
        for number, (start, stop) in enumerate(pairwise(edges))
    ]


def by_scipy(matrices: list[np.ndarray]) -> None:
    """Integrate by LSODA with its Jacobian."""
    from scipy.integrate import odeint

    for matrix in matrices:
        state = np.zeros(len(matrix))
        for entering, moments in segments():
            state = odeint(
                _slope, state, moments, (matrix, entering), Dfun=_jacobian, rtol=TOLERANCE, atol=TOLERANCE
            )[-1]


def _slope(state: np.ndarray, _: float, matrix: np.ndarray, entering: float) -> np.ndarray:
    change = matrix @ state
    change[0] += entering
    return change


def _jacobian(state: np.ndarray, _: float, matrix: np.ndarray, entering: float) -> np.ndarray:
    return matrix


def by_roadrunner(matrices: list[np.ndarray]) -> None:
    """Integrate by CVODE, compiled from SBML; parameters are set patient by patient."""
    sys.path.insert(0, str(LIBRARIES))
    import roadrunner

    runner = roadrunner.RoadRunner(sbml(len(matrices[0])))
    runner.getIntegrator().setValue("relative_tolerance", TOLERANCE)
    runner.getIntegrator().setValue("absolute_tolerance", TOLERANCE)
    for matrix in matrices:
        runner.resetAll()
        for (i, j), rate in np.ndenumerate(matrix):
            runner[f"a{i}_{j}"] = rate
        for entering, moments in segments():
            runner["entering"] = entering
            runner.simulate(times=list(moments))


def sbml(size: int) -> str:
    """Return the linear system as SBML: one rate rule a state."""
    states = "".join(f'<parameter id="x{i}" value="0" constant="false"/>' for i in range(size))
    rates = "".join(
        f'<parameter id="a{i}_{j}" value="0" constant="false"/>' for i in range(size) for j in range(size)
    )
    rules = "".join(
        f'<rateRule variable="x{i}"><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><plus/>'
        + ("<ci>entering</ci>" if i == 0 else "")
        + "".join(f"<apply><times/><ci>a{i}_{j}</ci><ci>x{j}</ci></apply>" for j in range(size))
        + "</apply></math></rateRule>"
        for i in range(size)
    )
    return (
        '<?xml version="1.0"?><sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" '
        f'version="1"><model id="m"><listOfParameters>{states}{rates}<parameter id="entering" value="0" '
        f'constant="false"/></listOfParameters><listOfRules>{rules}</listOfRules></model></sbml>'
    )


if __name__ == "__main__":
    people = int(sys.argv[2])
    values = drawn(varied_model(), people)
    systems = [rates_of(values, one) for one in range(people)]
    work = {"scipy": by_scipy, "libroadrunner": by_roadrunner}[sys.argv[1]]
    work(systems[:1])
    before = process_time()
    work(systems)
    print((process_time() - before) / people / POINTS * 1e9)
