"""The decision aid from ``aid/<language>.yaml``; whatever it names of claims and figures is there."""

from collections.abc import Collection, Mapping

from kairos.content.loader import ContentSource, Lint, Table
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.claims import GradedClaim
from kairos.domain.evidence.decision_aid import (
    AidChoice,
    AidPage,
    AidSection,
    AidWay,
    DecisionAid,
    NextStep,
    figures_named,
)
from kairos.domain.evidence.figures import Figure
from kairos.domain.evidence.grades import Grade
from kairos.domain.rules.target import Route, Setting

PAGES = ("what", "help", "out", "ways", "effects", "questions", "summary")
_KEYS = ("language", "pages", "ways", "rows", "next_steps", "values", "questions")


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

    def __init__(self, lint: Lint, claims: Collection[str], figures: Mapping[str, Figure]) -> None:
        self.lint, self.claims, self.figures = lint, claims, figures

    def aid(self, top: Table) -> DecisionAid:
        pages, rows, groups = top.table("pages"), top.table("rows"), top.table("questions")
        pages.only(*PAGES)
        return DecisionAid(
            language=top.text("language"),
            pages={name: self._page(name, pages.table(name)) for name in PAGES},
            rows={name: rows.text(name) for name in rows},
            ways=tuple(self._way(entry, rows) for entry in top.tables("ways")),
            next_steps=tuple(self._next_step(entry) for entry in top.tables("next_steps")),
            values=tuple(map(_choice, top.tables("values"))),
            questions={name: tuple(map(_choice, groups.tables(name))) for name in groups},
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
            what=entry.text("what"),
            soon=entry.text("soon"),
            weigh=entry.text("weigh"),
            grade=entry.one_of("grade", Grade),
            sources=self.lint.sources(entry),
            certainty=entry.one_of("certainty", Certainty),
            claims=self._claims(entry),
        )

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


def _choice(entry: Table) -> AidChoice:
    entry.only("id", "text")
    return AidChoice(entry.text("id"), entry.text("text"))
