"""Banned words and overrides from ``public_words.yaml``."""

from kairos.content.claim_reader import ClaimReader
from kairos.content.loader import ContentSource, Lint, Table
from kairos.domain.evidence.claim_patterns import Phrases
from kairos.domain.evidence.plain_words import plain_words
from kairos.domain.evidence.public_words import BannedWords, PublicWords, WordingOverride

_FILE = "public_words.yaml"


def load_public_words(source: ContentSource, lint: Lint, reader: ClaimReader) -> PublicWords:
    """Return what texts for patients and strangers are read by."""
    banned: list[BannedWords] = []
    overrides: list[WordingOverride] = []
    for file in source.under(_FILE):
        with lint.collecting():
            top = file.table()
            top.only("banned", "overrides")
            for entry in top.tables("banned"):
                with lint.collecting():
                    banned.append(_banned(entry, reader))
            for entry in top.tables("overrides"):
                with lint.collecting():
                    overrides.append(_override(entry, reader))
    return PublicWords(reader.patterns, reader.claims, tuple(banned), tuple(overrides))


def _banned(entry: Table, reader: ClaimReader) -> BannedWords:
    entry.only("says", "instead")
    entry.need("says")
    return BannedWords(Phrases(entry.texts("says")), _claim(entry, "instead", reader))


def _override(entry: Table, reader: ClaimReader) -> WordingOverride:
    entry.only("where", "says", "reason", "claim")
    says = entry.text("says")
    claim = _claim(entry, "claim", reader) if "claim" in entry else ""
    missing = _numbers(says) - _numbers(reader.claims[claim].better) if claim else set()
    if missing:
        raise entry.fault(f"{claim} does not state {', '.join(sorted(missing))}", "claim")
    return WordingOverride(entry.text("where"), says, entry.text("reason"), claim)


def _numbers(text: str) -> set[str]:
    return {word for word in plain_words(text).words if word[0].isdigit()}


def _claim(entry: Table, key: str, reader: ClaimReader) -> str:
    if entry.text(key) not in reader.claims:
        raise entry.fault(f"{key} names {entry[key]!r}, which is no claim of claims/", key)
    return entry.text(key)
