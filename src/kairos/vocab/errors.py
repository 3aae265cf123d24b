"""The kinds of error a person or a program can cause; anything else is a bug.

Entrances map these kinds to HTTP, FHIR and exit codes in one place. A clinical "no" is never an
exception: it is a ``Finding``. No message carries patient data, only ids of rules and records.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input: the field it belongs to and a sentence that says what to do."""

    field: str
    message: str


class KairosError(Exception):
    """Base of the kinds below. Raised without text, its docstring is the message."""

    def __str__(self) -> str:
        """Return the message given, or the docstring of the kind."""
        return super().__str__() or (self.__doc__ or "").strip()


class InvalidInput(KairosError):
    """The input cannot be used; each problem says which field and what to enter."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{p.field}: {p.message}" if p.field else p.message for p in problems))


class NotAllowed(KairosError):
    """This person may not do this, or not in the present state."""


class NotInForce(KairosError):
    """The content has no value in force for what was asked."""


class Missing(KairosError):
    """What was asked for is not there, or not within this programme."""
