"""The words that signal danger, from ``danger_words/<language>.yaml``."""

from collections.abc import Mapping

from kairos.content.loader import ContentSource, Lint, Table
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.claim_patterns import Phrases
from kairos.domain.instruments.safety_plan import SafetyLevel
from kairos.domain.safety.danger_words import Concern, DangerSign, DangerWords, Together

_SILENT = "silent"
_REST = ("fillers", "groups", "signs")


def load_danger_words(source: ContentSource, lint: Lint) -> Mapping[str, DangerWords]:
    """Return the words of each language; the file is named after it."""
    found: dict[str, DangerWords] = {}
    for file in source.under("danger_words/"):
        with lint.collecting():
            book = _book(file.table(), lint)
            if file.path != f"danger_words/{book.language}.yaml":
                raise file.table().fault(f"the file of {book.language} is named after it", "language")
            found[book.language] = book
    return found


def _book(table: Table, lint: Lint) -> DangerWords:
    table.only("language", "source", "certainty", "denials", "no_denials", *_REST)
    table.one_of("certainty", Certainty)
    named = table.table("groups")
    groups = {name: Phrases(named.texts(name)) for name in named}
    signs = table.table("signs")
    return DangerWords(
        language=table.text("language"),
        denials=Phrases(table.texts("denials")),
        no_denials=Phrases(table.texts("no_denials")),
        fillers=Phrases(table.texts("fillers")),
        signs=tuple(_sign(name, signs.table(name), groups) for name in signs),
        sources=lint.sources(table),
    )


def _sign(name: str, entry: Table, groups: Mapping[str, Phrases]) -> DangerSign:
    entry.only("concerns", "level", "denied", "says", "together", "unless")
    says, idioms = entry.texts("says"), entry.texts("unless")
    together = tuple(_together(each, groups) for each in entry.tables("together"))
    if not says and not together:
        raise entry.fault(f"{name} says nothing; give it says or together")
    level = entry.one_of("level", SafetyLevel)
    return DangerSign(
        id=name,
        concern=entry.one_of("concerns", Concern),
        level=level,
        says=Phrases(says) if says else None,
        together=together,
        denied=_denied(entry, level),
        unless=Phrases(idioms) if idioms else None,
    )


def _denied(entry: Table, level: SafetyLevel) -> SafetyLevel | None:
    """Return the level of a sign that is plainly denied: its own, unless the file says less."""
    if entry.text("denied", "") == _SILENT:
        if entry.one_of("concerns", Concern) is Concern.LIFE:
            raise entry.fault("a sign about a life is never silent; give it a level for when it is denied")
        return None
    return entry.one_of("denied", SafetyLevel, level)


def _together(entry: Table, groups: Mapping[str, Phrases]) -> Together:
    entry.only("of", "within")
    names = entry.texts("of")
    strangers = [name for name in names if name not in groups]
    if strangers or len(names) < 2:
        raise entry.fault(f"needs two groups or more of this file; not known: {strangers}", "of")
    return Together(tuple(groups[name] for name in names), int(entry.number("within")))
