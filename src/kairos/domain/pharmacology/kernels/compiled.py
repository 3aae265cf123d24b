"""How a kernel is compiled: kept on disk where that can be, compiled anew where it cannot."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit
from numpy.typing import NDArray

Array = NDArray[Any]
Kernel = TypeVar("Kernel", bound=Callable[..., Any])

# Sums may be reordered and products fused: differences in the last digit, and vectors instead of scalars.
ALLOWED = {"contract", "reassoc", "nsz"}


def compiled(kernel: Kernel) -> Kernel:
    """Compile a kernel on first use, without the interpreter's lock.

    Numba refuses to start where no place for its cache can be written; such a machine still gets
    its answer, it only compiles in every process.
    """
    try:
        return cast(Kernel, njit(nogil=True, cache=True, fastmath=ALLOWED)(kernel))
    except RuntimeError:
        return cast(Kernel, njit(nogil=True, fastmath=ALLOWED)(kernel))
