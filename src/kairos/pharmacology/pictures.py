"""A simulation as a picture in one call."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from kairos.domain.pharmacology.effects import EffectRange
from kairos.domain.pharmacology.system import Floats
from kairos.pharmacology.plots import Curve, Plot, Shade, draw
from kairos.pharmacology.simulation import Simulation


class Banded(Protocol):
    """Many people like one: their band at times, and what has to be said with it."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what belongs to every picture of them."""

    def band(self, times_min: Floats) -> Mapping[str, Mapping[str, Floats]]:
        """Return ng/mL by analyte and "median", "p05", "p95" at times in min, each shape (t,)."""


_FINE_MIN = 1.0
_ENOUGH = 480


def plot(
    simulation: Simulation,
    *,
    spread: Banded | None = None,
    until_h: float = 8.0,
    shades: Sequence[EffectRange] = (),
    narrow: bool = False,
) -> str:
    """Return the typical curves of a simulation as an SVG file, every analyte, with its warnings below.

    Parameters
    ----------
    spread                people like this one: the band then holds 9 in 10 of them at each time
    until_h : float       h; as far as the last dose at least
    shades                concentrations at which studies saw effects
    """
    times = _times(max(until_h * 60.0, simulation.doses[-1].start_min + 60.0))
    bands = spread.band(times) if spread is not None else {}
    curves = tuple(
        Curve(name, times, level, *_ends(bands.get(name)), series=number)
        for number, (name, level) in enumerate(simulation.curve(times).items(), start=1)
    )
    marked = tuple(Shade(each.low_ng_ml, each.high_ng_ml, each.name.replace("_", " ")) for each in shades)
    notes = _notes(simulation)
    if spread is not None:
        notes = tuple(dict.fromkeys((*notes, NINE_IN_TEN, *spread.warnings)))
    picture = Plot(_title(simulation), _story(simulation), curves, marked, notes)
    return draw(picture, narrow=narrow, standalone=True)


NINE_IN_TEN = "The band holds 9 in 10 simulated people at each time."


def _ends(levels: Mapping[str, Floats] | None) -> tuple[Floats | None, Floats | None]:
    return (None, None) if levels is None else (levels["p05"], levels["p95"])


def plot_routes(simulations: Mapping[str, Simulation], *, until_h: float = 8.0, narrow: bool = False) -> str:
    """Return several simulations as one SVG file: the substance itself, a curve for each name.

    Parameters
    ----------
    simulations : by the words beside the curve; at most six
    """
    times = _times(until_h * 60.0)
    curves = tuple(
        Curve(words, times, each.curve(times)[each.model.substance], series=number)
        for number, (words, each) in enumerate(simulations.items(), start=1)
    )
    story = " ".join(_story(each) for each in simulations.values())
    notes = tuple(dict.fromkeys(note for each in simulations.values() for note in _notes(each)))
    return draw(Plot("Concentration by route", story, curves, notes=notes), narrow=narrow, standalone=True)


def _times(until_min: float) -> np.ndarray:
    return np.linspace(0.0, until_min, min(_ENOUGH, int(until_min / _FINE_MIN)) + 1)


def _title(simulation: Simulation) -> str:
    dose = simulation.doses[0]
    over = f" over {dose.over_min:g} min" if dose.over_min else ""
    times = f", {len(simulation.doses)} doses" if len(simulation.doses) > 1 else ""
    given = f"{simulation.model.substance} {dose.amount_mg:g} mg, {dose.route}{over}{times}"
    return f"{given} ({simulation.model.name})"


def _story(simulation: Simulation) -> str:
    peaks = (
        f"{name} peaks at {each.cmax_ng_ml:.3g} ng/mL after {each.tmax_min:.0f} min"
        for name, each in simulation.analytes.items()
    )
    return f"{_title(simulation)}: typical person; {', '.join(peaks)}."


def _notes(simulation: Simulation) -> tuple[str, ...]:
    model = simulation.model
    return (f"{model.citation}. Made from: {model.population.description}.", *simulation.warnings)
