"""From a model and somebody's parameters to the linear system that an engine solves."""

import numpy as np

from kairos.domain.pharmacology.individual import Values
from kairos.domain.pharmacology.pk_model import AnalyteReading, PKModel, Transfer
from kairos.domain.pharmacology.system import Floats, LinearSystem, Reading


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
    return LinearSystem(model.states, flows, losses, readings)


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
    volume = values[reading.volume]
    return Reading(reading.analyte, state, volume if volume.ndim else float(volume), factor)
