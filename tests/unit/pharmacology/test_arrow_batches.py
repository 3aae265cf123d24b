"""The same simulation over Arrow batches, as Spark would call it."""

import numpy as np
import pyarrow
import pytest

from kairos.pharmacology.arrow_batches import EXPOSURE_COLUMNS, batches_of_exposures
from kairos.vocab.errors import InvalidInput


def people(first: int, count: int) -> pyarrow.RecordBatch:
    numbers = np.arange(first, first + count)
    return pyarrow.RecordBatch.from_pydict({"person": numbers, "weight": 60.0 + numbers})


def exposed(*batches: pyarrow.RecordBatch) -> list[pyarrow.RecordBatch]:
    otto = batches_of_exposures("otto-2021", 28, route="iv", minutes=40, seed=3, step_min=10)
    return list(otto(iter(batches)))


def test_each_batch_gives_one_with_a_row_for_each_person_and_analyte():
    found = exposed(people(0, 3), people(3, 0), people(3, 2))
    assert [batch.num_rows for batch in found] == [6, 4]
    assert found[0].schema.names == [column.split()[0] for column in EXPOSURE_COLUMNS.split(", ")]
    assert found[1].column("person").to_pylist() == [3, 3, 4, 4]
    assert np.all(found[0].column("cmax_ng_ml").to_numpy() > 0)


def test_a_batch_gives_the_same_wherever_it_is_simulated():
    assert exposed(people(0, 3), people(3, 2))[1].equals(exposed(people(3, 2))[0])


def test_people_need_numbers():
    with pytest.raises(InvalidInput, match="no column"):
        exposed(pyarrow.RecordBatch.from_pydict({"weight": [70.0]}))
