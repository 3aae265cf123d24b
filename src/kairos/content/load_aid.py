"""The decision aid from ``aid/<language>.yaml``; whatever it names of claims and figures is there."""

from collections.abc import Collection, Mapping

from kairos.content.loader import ContentSource, Lint, Table
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.claims import GradedClaim
from kairos.domain.evidence.decision_aid import (
    Account,
    AidChoice,
    AidPage,
    AidSection,
    AidWay,
    DecisionAid,
    Leaning,
    Moment,
    MomentKind,
    Myth,
    NextStep,
    Tone,
    figures_named,
)
from kairos.domain.evidence.figures import Figure
from kairos.domain.evidence.grades import Grade
from kairos.domain.rules.target import Route, Setting

PAGES = (
    "what",
    "help",
    "out",
    "ways",
    "session",
    "effects",
    "lasting",
    "myths",
    "cost",
    "questions",
    "summary",
    "pain",
    "using",
    "setting",
)
_KEYS = (
    "language",
    "pages",
    "ways",
    "rows",
    "next_steps",
    "accounts",
    "fading",
    "moments",
    "myths",
    "values",
    "questions",
)
_SOURCES_OF_A_MYTH = 2


def load_aid(
    source: ContentSource, lint: Lint, *, claims: Mapping[str, GradedClaim], figures: Mapping[str, Figure]
) -> Mapping[str, DecisionAid]:
    """Return the aid by language."""
    found: dict[str, DecisionAid] = {}
    for file in source.under("aid/"):
        with lint.collecting():
            top = file.table()
            top.only(*_KEYS)
            found[top.text("language")] = _Reader(lint, claims, figures).aid(top)
    return found


class _Reader:
    """Reads one file; holds what its texts may name."""

    def __init__(self, lint: Lint, claims: Mapping[str, GradedClaim], figures: Mapping[str, Figure]) -> None:
        self.lint, self.claims, self.figures = lint, claims, figures

    def aid(self, top: Table) -> DecisionAid:
        pages, rows, groups = top.table("pages"), top.table("rows"), top.table("questions")
        pages.only(*PAGES)
        ways = tuple(self._way(entry, rows) for entry in top.tables("ways"))
        return DecisionAid(
            language=top.text("language"),
            pages={name: self._page(name, pages.table(name)) for name in PAGES},
            rows={name: rows.text(name) for name in rows},
            ways=ways,
            next_steps=tuple(self._next_step(entry) for entry in top.tables("next_steps")),
            accounts=tuple(self._account(entry) for entry in top.tables("accounts")),
            fading=self._courses(top),
            moments=tuple(self._moment(entry, {way.id for way in ways}) for entry in top.tables("moments")),
            myths=tuple(self._myth(entry) for entry in top.tables("myths")),
            values=tuple(map(_choice, top.tables("values"))),
            questions=dict(_group(groups.table(name)) for name in groups),
        )

    def _page(self, name: str, entry: Table) -> AidPage:
        entry.only("title", "lead", "sections")
        sections = tuple(self._section(each) for each in entry.tables("sections"))
        return AidPage(name, entry.text("title"), entry.text("lead"), sections)

    def _section(self, entry: Table) -> AidSection:
        entry.only("heading", "text", "claims")
        return AidSection(entry.text("heading"), self._told(entry, "text"), self._claims(entry))

    def _way(self, entry: Table, rows: Table) -> AidWay:
        entry.only("id", "route", "setting", "name", "found", "sources", "cells", "effects", "effects_note")
        cells = entry.table("cells")
        cells.only(*rows)
        return AidWay(
            id=entry.text("id"),
            route=entry.one_of("route", Route),
            setting=entry.one_of("setting", Setting),
            name=entry.text("name"),
            found=self._told(entry, "found"),
            cells={name: self._told(cells, name)[0] for name in rows if cells.need(name)},
            effects=self._counted(entry),
            effects_note=entry.text("effects_note"),
            sources=self.lint.sources(entry, "sources"),
        )

    def _next_step(self, entry: Table) -> NextStep:
        entry.only("name", "what", "soon", "weigh", "grade", "source", "certainty", "claims")
        return NextStep(
            name=entry.text("name"),
            what=self._told(entry, "what")[0],
            soon=entry.text("soon"),
            weigh=entry.text("weigh"),
            grade=entry.one_of("grade", Grade),
            sources=self.lint.sources(entry),
            certainty=entry.one_of("certainty", Certainty),
            claims=self._claims(entry),
        )

    def _account(self, entry: Table) -> Account:
        entry.only("id", "tone", "heading", "text")
        return Account(
            entry.text("id"), entry.one_of("tone", Tone), entry.text("heading"), self._told(entry, "text")
        )

    def _moment(self, entry: Table, ways: Collection[str]) -> Moment:
        entry.only("id", "when", "kind", "ways", "text", "grade", "source")
        for way in entry.texts("ways"):
            if way not in ways:
                raise entry.fault(f"ways names {way!r}, which is no way of this file", "ways")
        if entry.text("when") not in self.figures:
            raise entry.fault(f"when is {entry.text('when')!r}, which is no figure of figures/", "when")
        return Moment(
            id=entry.text("id"),
            when=entry.text("when"),
            kind=entry.one_of("kind", MomentKind),
            ways=entry.texts("ways"),
            text=self._told(entry, "text")[0],
            grade=entry.one_of("grade", Grade),
            sources=self.lint.sources(entry),
        )

    def _myth(self, entry: Table) -> Myth:
        """Return a myth; what answers it rests on at least two sources."""
        entry.only("id", "says", "leans", "claims")
        claims = self._claims(entry)
        sources = {source for name in claims for source in self.claims[name].sources}
        if len(sources) < _SOURCES_OF_A_MYTH:
            raise entry.fault(
                f"claims rest on {len(sources)} source; a myth needs {_SOURCES_OF_A_MYTH} or more",
                "claims",
            )
        return Myth(entry.text("id"), entry.text("says"), entry.one_of("leans", Leaning), claims)

    def _courses(self, top: Table) -> tuple[str, ...]:
        for name in top.texts("fading"):
            if name not in self.figures or self.figures[name].course is None:
                raise top.fault(f"fading names {name!r}, which has no course in figures/", "fading")
        return top.texts("fading")

    def _told(self, entry: Table, key: str) -> tuple[str, ...]:
        """Return texts whose figures are all registered."""
        texts = entry.texts(key)
        unknown = {name for text in texts for name in figures_named(text)} - set(self.figures)
        if unknown:
            raise entry.fault(
                f"{key} states {', '.join(sorted(unknown))}, which is no figure of figures/", key
            )
        return texts

    def _claims(self, entry: Table) -> tuple[str, ...]:
        for name in entry.texts("claims"):
            if name not in self.claims:
                raise entry.fault(f"claims names {name!r}, which is no claim of claims/", "claims")
        return entry.texts("claims")

    def _counted(self, entry: Table) -> tuple[str, ...]:
        for name in entry.texts("effects"):
            if name not in self.figures or self.figures[name].count is None:
                raise entry.fault(f"effects names {name!r}, which counts nobody in figures/", "effects")
        return entry.texts("effects")


def _group(entry: Table) -> tuple[str, tuple[AidChoice, ...]]:
    entry.only("name", "asks")
    return entry.text("name"), tuple(map(_choice, entry.tables("asks")))


def _choice(entry: Table) -> AidChoice:
    entry.only("id", "text")
    return AidChoice(entry.text("id"), entry.text("text"))
