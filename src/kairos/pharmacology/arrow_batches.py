"""Cohorts beyond one machine: the same simulation as a function from Arrow batches to Arrow batches.

``batches_of_exposures(...)`` returns a function that takes an iterator of record batches and yields one for
each: what Spark's ``mapInArrow`` wants, and what runs over any reader of Arrow or Parquet without Spark.

>>> simulate_batches = batches_of_exposures("otto-2021", 28, route="iv", minutes=40, seed=1)  # doctest: +SKIP
>>> people.mapInArrow(simulate_batches, EXPOSURE_COLUMNS)  # doctest: +SKIP
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from kairos.domain.pharmacology.administration import Dose, repeated
from kairos.domain.pharmacology.population import CohortAsked, cohort_exposures
from kairos.pharmacology.simulation import load_model
from kairos.vocab.errors import InvalidInput, Problem

if TYPE_CHECKING:
    import pyarrow

Batches = Callable[[Iterator["pyarrow.RecordBatch"]], Iterator["pyarrow.RecordBatch"]]
PERSON = "person"
EXPOSURE_COLUMNS = (
    "person bigint, analyte string, cmax_ng_ml double, tmax_min double, auc_ng_h_ml double, above_min double"
)


def batches_of_exposures(
    model: str,
    dose_mg: float,
    *,
    route: str,
    seed: int,
    minutes: float = 0.0,
    doses: int = 1,
    every_h: float = 24.0,
    until_h: float = 24.0,
    step_min: float = 1.0,
    above_ng_ml: dict[str, float] | None = None,
) -> Batches:
    """Return what simulates the people of each batch.

    A batch has a column ``person`` (whole numbers that name each once) and a column for each covariate the
    model asks for, in its units. Who is drawn for a person depends on the seed and the first number of
    the batch, so a cohort cut into the same batches gives the same answer on any number of machines.

    Parameters
    ----------
    model : name
    dose_mg, route, minutes, doses, every_h       as in ``simulate``
    seed : int
    until_h, step_min : float                     h from time zero; min between the points looked at
    above_ng_ml : by analyte, ng/mL

    Returns
    -------
    from batches to batches with the columns of ``EXPOSURE_COLUMNS``: one row a person and analyte
    """
    chosen = load_model(model)
    course = repeated(Dose(route, dose_mg, 0.0, minutes), doses, every_h * 60.0)
    times = np.arange(0.0, until_h * 60.0 + step_min, step_min)

    def simulate_batches(batches: Iterator["pyarrow.RecordBatch"]) -> Iterator["pyarrow.RecordBatch"]:
        for batch in batches:
            if batch.num_rows:
                people, covariates = _read(batch)
                asked = CohortAsked(chosen, course, len(people), times, covariates, above_ng_ml or {})
                found = cohort_exposures(asked, np.random.default_rng([seed, int(people[0])])).exposures
                yield _written(people, found)

    return simulate_batches


def _read(batch: "pyarrow.RecordBatch") -> tuple[Any, dict[str, Any]]:
    names = batch.schema.names
    if PERSON not in names:
        raise InvalidInput(Problem(PERSON, f"is no column of the batch; it has {', '.join(names)}"))
    columns = {name: batch.column(name).to_numpy(zero_copy_only=False) for name in names}
    return columns.pop(PERSON), columns


def _written(people: Any, found: Any) -> "pyarrow.RecordBatch":
    import pyarrow

    many = len(found.analytes)
    return pyarrow.RecordBatch.from_pydict(
        {
            PERSON: np.repeat(people, many),
            "analyte": list(found.analytes) * len(people),
            **{
                name: getattr(found, name).ravel()
                for name in ("cmax_ng_ml", "tmax_min", "auc_ng_h_ml", "above_min")
            },
        }
    )
