"""The door of pharmacology opens without Django, without a compiler, and where no cache can be written."""

import os
import subprocess
import sys

import pytest

import kairos.pharmacology
from kairos.domain.pharmacology.cohort_course import CohortCourse
from kairos.pharmacology.warming import warm

BLOCKED = """
import sys
sys.modules["django"] = None
import kairos.pharmacology
assert "numpy" not in sys.modules
from kairos.pharmacology import *
for heavy in ("numba", "scipy", "pandas", "matplotlib"):
    assert heavy not in sys.modules, heavy
assert not any(name.startswith("kairos.store") for name in sys.modules)
"""
TYPICAL = (
    "import numba; from kairos.domain.pharmacology.kernels.turns import turning; "
    "print(turning(1.0, 1.0, -2.0, 2.0), turning.stats.cache_path)"
)


def answered(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_imports_with_django_absent_and_brings_in_nothing_heavy():
    assert answered(BLOCKED) == ""


def test_every_name_of_the_door_is_there_and_no_other():
    named = {name: getattr(kairos.pharmacology, name) for name in kairos.pharmacology.__all__}
    assert all(each.__name__ == name for name, each in named.items())
    assert set(named) <= set(dir(kairos.pharmacology))
    with pytest.raises(AttributeError, match="no attribute 'simulated'"):
        _ = kairos.pharmacology.simulated


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path):
    """A file stands where the folder of the cache would be, so that even root cannot write into it."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert answered(TYPICAL, NUMBA_CACHE_DIR=str(tmp_path / "file")).startswith("0.5")


def test_warming_up_asks_every_kernel_or_none_where_eight_at_a_time_does_not_pay(monkeypatch):
    asked: list[object] = []
    whole = CohortCourse.of_system
    for way in (whole, lambda *arguments, **others: None):
        monkeypatch.setattr(
            CohortCourse, "of_system", lambda *a, way=way, **o: asked.append(way(*a, **o)) or asked[-1]
        )
        warm()
    assert [each is None for each in asked] == [False, True]
