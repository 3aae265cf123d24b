"""Simulated curves as tables of other libraries, where they are installed."""

import importlib
from typing import Any

import numpy as np

from kairos.domain.pharmacology.system import Floats
from kairos.pharmacology.simulation import Simulation
from kairos.vocab.errors import InvalidInput, Problem


def columns(simulation: Simulation, times_min: Floats) -> dict[str, Any]:
    """Return one row a time and analyte as columns ``t_min`` (min), ``analyte``, ``ng_ml`` (ng/mL).

    Parameters
    ----------
    times_min : float64 array, shape (t,)     min from time zero, ascending

    Returns
    -------
    dict of arrays, each shape (a * t,)
    """
    times = np.asarray(times_min, dtype=np.float64)
    curves = simulation.curve(times)
    return {
        "t_min": np.tile(times, len(curves)),
        "analyte": np.repeat(np.array(list(curves), dtype=object), times.size),
        "ng_ml": np.concatenate(list(curves.values())),
    }


def to_pandas(simulation: Simulation, times_min: Floats) -> Any:
    """Return a pandas DataFrame with columns t_min (min), analyte, ng_ml (ng/mL)."""
    return _library("pandas").DataFrame(columns(simulation, times_min))


def to_polars(simulation: Simulation, times_min: Floats) -> Any:
    """Return a polars DataFrame with columns t_min (min), analyte, ng_ml (ng/mL)."""
    found = columns(simulation, times_min)
    return _library("polars").DataFrame(found | {"analyte": [str(name) for name in found["analyte"]]})


def to_xarray(simulation: Simulation, times_min: Floats) -> Any:
    """Return an xarray Dataset: one variable an analyte over ``t_min``, with units."""
    xarray = _library("xarray")
    times = np.asarray(times_min, dtype=np.float64)
    variables = {
        name: xarray.Variable(("t_min",), curve, {"units": "ng/mL"})
        for name, curve in simulation.curve(times).items()
    }
    at = {"t_min": xarray.Variable(("t_min",), times, {"units": "min"})}
    return xarray.Dataset(variables, coords=at, attrs={"model": simulation.model.name})


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise InvalidInput(
            Problem(name, f"is not installed; install it, for example with 'pip install {name}'")
        ) from error
