"""Spanish syllables, counted by the rules of its spelling: each nucleus of vowels is one."""

import re
from itertools import pairwise

_SILENT = re.compile(r"(?<=q)u(?=[eiéí])|(?<=g)u(?=[eiéí])|(?<=[aeiouáéíóúü])h(?=[aeiouáéíóúü])")
_VOWEL_Y = re.compile(r"y(?![aeiouáéíóúü])")
_VOWELS = re.compile(r"[aeiouáéíóúü]+")
_STRONG = frozenset("aeoáéóíú")
"""Vowels that make a nucleus of their own; `i` and `u` do beside these only with an accent."""


def spanish_syllables(word: str) -> int:
    """Return how many syllables a word has; one without vowels has one.

    Two strong vowels are two syllables (`po-e-ta`), a weak one beside a strong one is none of its own
    (`ciu-dad`, `cuí-da-te`), unless it bears the accent (`pa-ís`). An `h` between vowels parts nothing
    (`prohi-bir`).

    Source: Real Academia Española, Ortografía de la lengua española (2010), diphthongs and hiatus.
    """
    plain = _VOWEL_Y.sub("i", _SILENT.sub("", word.lower()))
    return max(sum(map(_nuclei, _VOWELS.findall(plain))), 1)


def _nuclei(vowels: str) -> int:
    strong = sum(vowel in _STRONG for vowel in vowels)
    twice = sum(one == other for one, other in pairwise(vowels) if one not in _STRONG)
    return max(strong, 1) + twice
