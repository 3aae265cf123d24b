"""Eight persons in one register: the few words in which a kernel computes for eight at a time.

To Numba a ``Lanes`` is a vector of eight float64, and each word below one or two machine instructions of
whatever vectors the processor has. To the interpreter it is an array of shape (8,): the same kernel runs
without being compiled, slower. Arrays are float64, one-dimensional and contiguous; places count numbers,
not lanes.
"""

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic as an_intrinsic
from numba.extending import models, overload, register_model

from kairos.domain.pharmacology.kernels.compiled import Array

WIDTH = 8
Lanes = Array
_VECTOR = ir.VectorType(ir.DoubleType(), WIDTH)
_FLAGS = ("contract", "nsz")
_UNCACHED_ALIGNMENT = 64
_DOUBLE_ALIGNMENT = 8
intrinsic: Callable[[Callable[..., Any]], Callable[..., Any]] = an_intrinsic


class LanesType(types.Type):
    """Numba's name for a register of eight."""

    def __init__(self) -> None:
        super().__init__(name="Lanes8")


LANES = LanesType()


@register_model(LanesType)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, its_type: Any) -> None:
        super().__init__(manager, its_type, _VECTOR)  # type: ignore[no-untyped-call]


def load(array: Array, place: int) -> Lanes:
    """Return eight neighbouring numbers."""
    return array[place : place + WIDTH].copy()


def store(array: Array, place: int, value: Lanes) -> None:
    """Write eight neighbouring numbers."""
    array[place : place + WIDTH] = value


def stream(array: Array, place: int, value: Lanes) -> None:
    """Write eight neighbouring numbers past the caches; they must begin at a multiple of 64 bytes."""
    array[place : place + WIDTH] = value


def spread(number: float) -> Lanes:
    """Return the same number eight times."""
    return np.full(WIDTH, number)


def fused(a: Lanes, b: Lanes, c: Lanes) -> Lanes:
    """Return a b + c."""
    return a * b + c


def larger(a: Lanes, b: Lanes) -> Lanes:
    """Return the larger of each two."""
    return np.maximum(a, b)


def smaller(a: Lanes, b: Lanes) -> Lanes:
    """Return the smaller of each two."""
    return np.minimum(a, b)


def where_larger(a: Lanes, b: Lanes, then: Lanes, otherwise: Lanes) -> Lanes:
    """Return ``then`` where a is larger than b, else ``otherwise``."""
    return np.where(a > b, then, otherwise)


def _pointer(context: Any, builder: Any, array_type: Any, array: Any, place: Any) -> Any:
    data = context.make_array(array_type)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [place]), _VECTOR.as_pointer())


@intrinsic
def _load(_typing: Any, array: Any, place: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        pointer = _pointer(context, builder, signature.args[0], *args)
        return builder.load(pointer, align=_DOUBLE_ALIGNMENT)

    return LANES(array, types.intp), generate


@intrinsic
def _store(_typing: Any, array: Any, place: Any, value: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        builder.store(
            args[2], _pointer(context, builder, signature.args[0], *args[:2]), align=_DOUBLE_ALIGNMENT
        )
        return context.get_dummy_value()

    return types.void(array, types.intp, value), generate


@intrinsic
def _stream(_typing: Any, array: Any, place: Any, value: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        pointer = _pointer(context, builder, signature.args[0], *args[:2])
        written = builder.store(args[2], pointer, align=_UNCACHED_ALIGNMENT)
        one = ir.Constant(ir.IntType(32), 1)
        written.set_metadata("nontemporal", builder.module.add_metadata([one]))
        return context.get_dummy_value()

    return types.void(array, types.intp, value), generate


@intrinsic
def _spread(_typing: Any, number: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        first = builder.insert_element(
            ir.Constant(_VECTOR, ir.Undefined), args[0], ir.Constant(ir.IntType(32), 0)
        )
        zeros = ir.Constant(ir.VectorType(ir.IntType(32), WIDTH), [0] * WIDTH)
        return builder.shuffle_vector(first, ir.Constant(_VECTOR, ir.Undefined), zeros)

    return LANES(types.float64), generate


def _named(instruction: str) -> Any:
    """Return what makes a call of one of LLVM's own vector functions."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind = ir.FunctionType(_VECTOR, [_VECTOR] * len(args))
        name = f"llvm.{instruction}.v{WIDTH}f64"
        function = cgutils.get_or_insert_function(builder.module, kind, name)  # type: ignore[no-untyped-call]
        return builder.call(function, args)

    return generate


def _arithmetic(instruction: str) -> Any:
    """Return what makes one plain instruction."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return getattr(builder, instruction)(*args, flags=_FLAGS)

    return generate


@intrinsic
def _fused(_typing: Any, a: Any, b: Any, c: Any) -> Any:
    return LANES(LANES, LANES, LANES), _named("fma")


@intrinsic
def _larger(_typing: Any, a: Any, b: Any) -> Any:
    return LANES(LANES, LANES), _named("maxnum")


@intrinsic
def _smaller(_typing: Any, a: Any, b: Any) -> Any:
    return LANES(LANES, LANES), _named("minnum")


@intrinsic
def _plus(_typing: Any, a: Any, b: Any) -> Any:
    return LANES(LANES, LANES), _arithmetic("fadd")


@intrinsic
def _minus(_typing: Any, a: Any, b: Any) -> Any:
    return LANES(LANES, LANES), _arithmetic("fsub")


@intrinsic
def _times(_typing: Any, a: Any, b: Any) -> Any:
    return LANES(LANES, LANES), _arithmetic("fmul")


@intrinsic
def _over(_typing: Any, a: Any, b: Any) -> Any:
    return LANES(LANES, LANES), _arithmetic("fdiv")


@intrinsic
def _where_larger(_typing: Any, a: Any, b: Any, then: Any, otherwise: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.select(builder.fcmp_ordered(">", args[0], args[1]), args[2], args[3])

    return LANES(LANES, LANES, LANES, LANES), generate


def _operation(meaning: Any) -> Any:
    """Return an overload of an operator that holds between two registers, and is silent about all else."""

    def typed(a, b):  # type: ignore[no-untyped-def]  # Numba compares the signatures, annotations too
        return meaning if isinstance(a, LanesType) and isinstance(b, LanesType) else None

    return typed


# What the words mean to Numba.
overload(load, strict=False)(lambda array, place: lambda array, place: _load(array, place))
overload(store, strict=False)(
    lambda array, place, value: lambda array, place, value: _store(array, place, value)
)
overload(stream, strict=False)(
    lambda array, place, value: lambda array, place, value: _stream(array, place, value)
)
overload(spread, strict=False)(lambda number: lambda number: _spread(number))
overload(fused, strict=False)(lambda a, b, c: lambda a, b, c: _fused(a, b, c))
overload(larger, strict=False)(lambda a, b: lambda a, b: _larger(a, b))
overload(smaller, strict=False)(lambda a, b: lambda a, b: _smaller(a, b))
overload(where_larger, strict=False)(
    lambda a, b, then, otherwise: lambda a, b, then, otherwise: _where_larger(a, b, then, otherwise)
)
overload(operator.add)(_operation(lambda a, b: _plus(a, b)))
overload(operator.sub)(_operation(lambda a, b: _minus(a, b)))
overload(operator.mul)(_operation(lambda a, b: _times(a, b)))
overload(operator.truediv)(_operation(lambda a, b: _over(a, b)))
