"""What a curve of measured concentrations says without any model of the body.

One unit of time, one of concentration and one of dose go in; every result is in those.

Conventions, those of Phoenix WinNonlin where it has one: the dose is given at time 0. After a bolus the
concentration at time 0 is the one measured there, else the line through the logarithms of the first two
samples, else (they do not fall) the first one above zero. By other routes an absent sample at time 0
is zero. The area to the last sample ends at the last concentration above zero. The terminal phase begins
with the peak after a bolus and behind it otherwise, and not before an infusion has ended.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kairos.domain.pharmacology.areas import AreaMethod, area, first_moment
from kairos.domain.pharmacology.terminal_phase import TerminalPhase, terminal_phase
from kairos.vocab.errors import InvalidInput, Problem

Floats = NDArray[np.float64]


class Administration(StrEnum):
    """How a dose enters the body, as far as the analysis tells."""

    IV_BOLUS = "iv-bolus"
    IV_INFUSION = "iv-infusion"
    EXTRAVASCULAR = "extravascular"


@dataclass(frozen=True, slots=True)
class NonCompartmental:
    """The results of one person; what cannot be estimated is None, with the reason under its name.

    Parameters
    ----------
    cmax, tmax : float                   highest concentration and when, the first time it is reached
    tlast : float                        time of the last concentration above zero
    auc_last, auc_inf_obs : float        area to ``tlast``; to infinity from the last measured value
    extrapolated_percent : float         part of ``auc_inf_obs`` after ``tlast``, %
    lambda_z, half_life : float          1/time; time
    lambda_z_points : int                samples on the line
    lambda_z_from, r2_adjusted : float   its first time; how well it fits
    cl, vz, vss : float                  dose/(concentration x time); dose/concentration. Outside a vein,
                                         ``cl`` and ``vz`` are apparent: divided by the unknown fraction
                                         absorbed
    mrt : float                          mean residence time; outside a vein with the time of absorption
    c0 : float                           concentration at time 0 after a bolus
    missing : why each empty one is empty, by its name
    """

    cmax: float | None = None
    tmax: float | None = None
    tlast: float | None = None
    auc_last: float | None = None
    auc_inf_obs: float | None = None
    extrapolated_percent: float | None = None
    lambda_z: float | None = None
    lambda_z_points: int | None = None
    lambda_z_from: float | None = None
    r2_adjusted: float | None = None
    half_life: float | None = None
    cl: float | None = None
    vz: float | None = None
    vss: float | None = None
    mrt: float | None = None
    c0: float | None = None
    missing: dict[str, str] = field(default_factory=dict)


TERMINAL = ("lambda_z", "lambda_z_points", "lambda_z_from", "r2_adjusted", "half_life")
TO_INFINITY = ("auc_inf_obs", "extrapolated_percent", "cl", "vz", "vss", "mrt")
EVERY = ("cmax", "tmax", "tlast", "auc_last", *TERMINAL, *TO_INFINITY, "c0")


def noncompartmental(
    times: Floats,
    concentrations: Floats,
    *,
    administration: Administration,
    dose: float | None = None,
    duration: float = 0.0,
    method: AreaMethod = AreaMethod.LINEAR,
) -> NonCompartmental:
    """Return what the curve of one person says.

    Parameters
    ----------
    times, concentrations : float64 array, shape (n,)
        one sample each; times rise and none is double; none missing; none below zero. Samples
        before time 0 are of before the dose and are not used
    administration : Administration
    dose : float or None     > 0; None where it is not known
    duration : float         of an infusion, > 0, in the unit of ``times``
    method : AreaMethod

    Raises
    ------
    InvalidInput    the samples are not as said above

    Source
    ------
    Gabrielsson & Weiner, Pharmacokinetic and Pharmacodynamic Data Analysis, 5th ed. 2016
    """
    _check(times, concentrations, administration, dose, duration)
    after = times >= 0
    times, concentrations = times[after], concentrations[after]
    if not (concentrations > 0).any():
        return _none_measurable(concentrations)
    at, level, c0 = _with_start(times, concentrations, administration)
    last = int(np.flatnonzero(level > 0)[-1]) + 1
    at, level = at[:last], level[:last]
    peak = int(np.argmax(concentrations))
    found: dict[str, Any] = {
        "cmax": float(concentrations[peak]),
        "tmax": float(times[peak]),
        "tlast": float(at[-1]),
        "auc_last": area(at, level, method),
    }
    missing = {} if c0 is not None else {"c0": "only a bolus has a concentration at time 0"}
    if c0 is not None:
        found["c0"] = c0
    phase = _phase(times, concentrations, administration, duration)
    if isinstance(phase, str):
        why = f"no terminal phase: {phase}"
        missing |= dict.fromkeys((*TERMINAL, *TO_INFINITY), why)
        return NonCompartmental(**found, missing=missing)
    found |= _to_infinity(phase, found["auc_last"], float(level[-1]))
    tail_moment = level[-1] / phase.rate * (at[-1] + 1 / phase.rate)
    moment = first_moment(at, level, method) + float(tail_moment)
    found["mrt"] = moment / found["auc_inf_obs"] - duration / 2
    by_dose, why_not = _by_dose(found, dose, administration)
    return NonCompartmental(**found, **by_dose, lambda_z_points=phase.points, missing=missing | why_not)


def _to_infinity(phase: TerminalPhase, to_last: float, last: float) -> dict[str, float]:
    whole = to_last + last / phase.rate
    return {
        "lambda_z": phase.rate,
        "lambda_z_from": phase.starts,
        "r2_adjusted": phase.r2_adjusted,
        "half_life": float(np.log(2)) / phase.rate,
        "auc_inf_obs": whole,
        "extrapolated_percent": 100 * (whole - to_last) / whole,
    }


def _by_dose(
    found: dict[str, float], dose: float | None, administration: Administration
) -> tuple[dict[str, float], dict[str, str]]:
    """Return what is divided by the dose, and why the rest stays empty."""
    outside = administration is Administration.EXTRAVASCULAR
    missing = {"vss": "outside a vein the mean time holds the time of absorption too"} if outside else {}
    if dose is None:
        return {}, dict.fromkeys(("cl", "vz", "vss"), "no dose is given") | missing
    cl = dose / found["auc_inf_obs"]
    by_dose = {"cl": cl, "vz": cl / found["lambda_z"]}
    return by_dose if outside else by_dose | {"vss": cl * found["mrt"]}, missing


def _phase(
    times: Floats, concentrations: Floats, administration: Administration, duration: float
) -> TerminalPhase | str:
    """Return the terminal phase, or why there is none."""
    peak = times[int(np.argmax(concentrations))]
    behind = times >= peak if administration is Administration.IV_BOLUS else times > peak
    usable = (concentrations > 0) & behind & (times >= duration)
    phase = terminal_phase(times[usable], concentrations[usable])
    if phase is not None:
        return phase
    count = int(usable.sum())
    if count < 3:
        where = "from the peak on" if administration is Administration.IV_BOLUS else "behind the peak"
        return f"{count} samples above zero {where}, 3 are needed"
    return f"none of the lines through the last 3 to {count} samples falls"


def _with_start(
    times: Floats, concentrations: Floats, administration: Administration
) -> tuple[Floats, Floats, float | None]:
    """Return the curve from time 0 on, and the concentration there after a bolus."""
    at_zero = bool(times[0] == 0)
    if administration is not Administration.IV_BOLUS:
        if at_zero:
            return times, concentrations, None
        return np.insert(times, 0, 0.0), np.insert(concentrations, 0, 0.0), None
    if at_zero and concentrations[0] > 0:
        return times, concentrations, float(concentrations[0])
    later, level = (times[1:], concentrations[1:]) if at_zero else (times, concentrations)
    c0 = _back_extrapolated(later, level)
    return np.insert(later, 0, 0.0), np.insert(level, 0, c0), c0


def _back_extrapolated(times: Floats, concentrations: Floats) -> float:
    """Return the concentration at time 0 after a bolus: by the first two samples where they fall."""
    if len(times) > 1 and concentrations[0] > concentrations[1] > 0:
        rate = np.log(concentrations[0] / concentrations[1]) / (times[1] - times[0])
        return float(concentrations[0] * np.exp(rate * times[0]))
    return float(concentrations[concentrations > 0][0])


def _none_measurable(concentrations: Floats) -> NonCompartmental:
    why = "no sample after the dose" if not len(concentrations) else "no concentration above zero"
    if not len(concentrations):
        return NonCompartmental(missing=dict.fromkeys(EVERY, why))
    return NonCompartmental(cmax=0.0, missing=dict.fromkeys(EVERY[1:], why))


def _check(
    times: Floats,
    concentrations: Floats,
    administration: Administration,
    dose: float | None,
    duration: float,
) -> None:
    if times.shape != concentrations.shape or times.ndim != 1:
        raise _refused(
            "time", f"{times.size} times and {concentrations.size} concentrations; one each is needed"
        )
    if not (np.isfinite(times).all() and np.isfinite(concentrations).all()):
        raise _refused("conc", "a time or a concentration is missing; leave the sample out")
    if (np.diff(times) <= 0).any():
        raise _refused("time", "the times do not rise; sort them, and give one concentration for each")
    if (concentrations < 0).any():
        raise _refused("conc", "a concentration is below zero; give 0 where nothing was measurable")
    if dose is not None and not (np.isfinite(dose) and dose > 0):
        raise _refused("dose", f"the dose is {dose:g}; give one above zero, or none")
    infused = administration is Administration.IV_INFUSION
    if infused and not (np.isfinite(duration) and duration > 0):
        raise _refused("duration", f"an infusion of {duration:g} has no length; give one above zero")
    if not infused and duration:
        raise _refused("duration", f"{duration:g} is given, but only an infusion has a duration")


def _refused(field_name: str, message: str) -> InvalidInput:
    return InvalidInput(Problem(field_name, message))
