"""From a model and somebody's parameters to the linear system that an engine solves."""

import numpy as np

from kairos.domain.pharmacology.individual import Values
from kairos.domain.pharmacology.pk_model import AnalyteReading, PKModel, Transfer
from kairos.domain.pharmacology.system import Floats, LinearSystem, Reading

AT_EFFECT_SITE = " at the effect site"
"""What is added to an analyte's name for its concentration at the effect site."""


def linear_system(model: PKModel, values: Values) -> LinearSystem:
    """Return the system of one person, or of many at once.

    Parameters
    ----------
    model : PKModel
    values : by parameter; number or array, shape (p,); min and L

    Returns
    -------
    LinearSystem      flows (n, n) and losses (n,), or (p, n, n) and (p, n); 1/min
    """
    rates = [(transfer, transfer_rate(transfer, values)) for transfer in model.transfers]
    people = np.broadcast_shapes(*(rate.shape for _, rate in rates))
    size = len(model.states)
    flows = np.zeros((*people, size, size))
    losses = np.zeros((*people, size))
    index = {state: place for place, state in enumerate(model.states)}
    for transfer, rate in rates:
        if transfer.into:
            flows[..., index[transfer.leaves], index[transfer.into]] += rate
        else:
            losses[..., index[transfer.leaves]] += rate
    readings = tuple(_reading(each, model, values, index[each.state]) for each in model.readings)
    system = LinearSystem(model.states, flows, losses, readings)
    if model.effect_site and model.shows_effect_site:
        return with_effect_site(system, model.effect_site.analyte, values[model.effect_site.rate])
    return system


def with_effect_site(system: LinearSystem, analyte: str, rate_per_min: Floats | float) -> LinearSystem:
    """Return a system with one more state, whose concentration follows an analyte's in blood.

    dCe/dt = rate * (C - Ce). Half of what is lost from the analyte's state passes through the new one on its
    way out, so that the amounts in all others stay exactly as they were.

    Parameters
    ----------
    system : LinearSystem        the analyte's state must lose something directly
    rate_per_min : number or array, shape (p,)      1/min, > 0

    Source
    ------
    Sheiner and others 1979, an effect compartment of negligible amount. Check: at a plateau Ce equals C.
    """
    (reading,) = (each for each in system.readings if each.analyte == analyte)
    rate = np.asarray(rate_per_min, dtype=np.float64)
    passing = system.losses[..., reading.state] / 2
    size = len(system.states)
    people = np.broadcast_shapes(system.losses.shape[:-1], rate.shape)
    flows, losses = np.zeros((*people, size + 1, size + 1)), np.zeros((*people, size + 1))
    flows[..., :size, :size], losses[..., :size] = system.flows, system.losses
    flows[..., reading.state, size] = passing
    losses[..., reading.state] -= passing
    losses[..., size] = rate
    volume = np.asarray(reading.volume_l * passing / rate)
    site = Reading(f"{analyte}{AT_EFFECT_SITE}", size, _plain(volume), reading.mass_factor)
    return LinearSystem((*system.states, "effect_site"), flows, losses, (*system.readings, site))


def transfer_rate(transfer: Transfer, values: Values) -> Floats:
    """Return the rate of one transfer, 1/min: a number or an array, shape (p,)."""
    if transfer.rate:
        rate = values[transfer.rate]
    elif transfer.clearance:
        rate = values[transfer.clearance] / values[transfer.volume]
    else:
        rate = transfer.steps / values[transfer.mean_time]
    if transfer.share:
        rate = rate * values[transfer.share]
    if transfer.rest_of:
        rate = rate * (1.0 - values[transfer.rest_of])
    return np.asarray(rate)


def _reading(reading: AnalyteReading, model: PKModel, values: Values, state: int) -> Reading:
    factor = reading.molar_mass / model.molar_mass if reading.converts else 1.0
    return Reading(reading.analyte, state, _plain(values[reading.volume]), factor)


def _plain(number: Floats) -> float | Floats:
    return number if number.ndim else float(number)
