"""The kernels as plain Python: what Numba compiles, run by the interpreter, to compare and to count."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager

KERNELS = "kairos.domain.pharmacology.kernels"


@contextmanager
def uncompiled() -> Iterator[None]:
    """Within the block every kernel runs uncompiled; afterwards the compiled ones are back."""
    import numba

    kept = {name: sys.modules.pop(name) for name in list(sys.modules) if name.startswith(KERNELS)}
    numba.config.DISABLE_JIT = True
    try:
        importlib.import_module(KERNELS)
        yield
    finally:
        numba.config.DISABLE_JIT = False
        for name in [name for name in sys.modules if name.startswith(KERNELS)]:
            del sys.modules[name]
        sys.modules.update(kept)
