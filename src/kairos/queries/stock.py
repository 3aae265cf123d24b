"""Controlled stock as its screens show it: lots, what is out, counts, discrepancies, the register."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.content.release import load_release
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.sessions.phases import GIVING
from kairos.domain.sessions.state import replay
from kairos.domain.stock.amounts import NOTHING
from kairos.domain.stock.counts import inventory_due_at
from kairos.domain.stock.dose_source import Keeping, Lot
from kairos.domain.stock.ledger import Balance
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import (
    accounts,
    courses,
    orders,
    organisations,
    people,
    session_entries,
    stock,
    stock_counts,
)
from kairos.store.repositories.stock import RegisterRow
from kairos.store.repositories.stock_counts import Inventory, KnownDiscrepancy, StockCount
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission, Scope


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot with what it holds."""

    lot: Lot
    balance: Balance
    is_expired: bool
    counted_at: datetime | None


@dataclass(frozen=True, slots=True)
class SiteStock:
    """The lots of one site, the first to expire first; those that are used up apart."""

    id: UUID
    name: str
    zone: ZoneInfo
    lots: tuple[LotRow, ...]
    used_up: tuple[LotRow, ...]


@dataclass(frozen=True, slots=True)
class OutForDose:
    """What is out for a dose and not accounted for. The name is empty to whoever may not see a chart."""

    issue: UUID
    lot: Lot
    left_mg: Decimal
    taken_at: datetime
    taken_by: str
    name: str


@dataclass(frozen=True, slots=True)
class StockPage:
    """The stock of all sites of the programmes."""

    kept: str
    pharmacy: str
    sites: tuple[SiteStock, ...]
    out: tuple[OutForDose, ...]
    discrepancies: tuple[KnownDiscrepancy, ...]
    inventories: tuple[Inventory, ...]
    lots: Mapping[UUID, Lot]
    names: Mapping[UUID, str]
    due_by: datetime | None
    is_due: bool
    due_source: str

    @property
    def closed_discrepancies(self) -> tuple[KnownDiscrepancy, ...]:
        """Those that were closed, with their reasons."""
        return tuple(each for each in self.discrepancies if each.review is not None)

    @property
    def open_discrepancies(self) -> tuple[KnownDiscrepancy, ...]:
        """Those that nobody has closed."""
        return tuple(each for each in self.discrepancies if each.review is None)


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """One lot's register: every entry, with the names of those who signed it."""

    lot: Lot
    site: str
    zone: ZoneInfo
    balance: Balance
    rows: tuple[RegisterRow, ...]
    names: Mapping[UUID, str]
    people: Mapping[UUID, str]
    corrected: Mapping[UUID, int]

    @property
    def seqs(self) -> dict[UUID, int]:
        """The number of each entry."""
        return {row.entry.id: row.entry.seq for row in self.rows}


@dataclass(frozen=True, slots=True)
class IssuePage:
    """What is out for one dose: how much was given by the chart, and what is left to account for."""

    issue: UUID
    lot: Lot
    left_mg: Decimal
    given_mg: Decimal
    is_running: bool
    name: str
    entry_count: int

    @property
    def rest_mg(self) -> Decimal:
        """What was not given."""
        return self.left_mg - self.given_mg


@dataclass(frozen=True, slots=True)
class CountPage:
    """The lots to count, and nothing of what the book says."""

    site_id: UUID
    site: str
    lots: tuple[Lot, ...]


@dataclass(frozen=True, slots=True)
class DiscrepancyPage:
    """One discrepancy with the count behind it."""

    known: KnownDiscrepancy
    count: StockCount
    lot: Lot
    names: Mapping[UUID, str]
    is_own: bool

    @property
    def missing_mg(self) -> Decimal:
        """How much less than the book the count was."""
        return -self.known.found.difference_mg


@dataclass(frozen=True, slots=True)
class InventoryPage:
    """One inventory, to be printed."""

    inventory: Inventory
    site: str
    zone: ZoneInfo
    counts: tuple[tuple[Lot, StockCount], ...]
    by: str


@reading(Permission.SEE_STOCK)
def stock_page(*, by: Actor, now: datetime) -> StockPage:
    """Return the stock of every site that this person sees."""
    scope = by.scope
    lots = {lot.id: lot for lot in stock.lots_of(scope)}
    balances = stock.balances_of(scope, lots)
    declared = [found for each in scope.programme_ids if (found := stock.keeping_of(scope, each))]
    newest = max(declared, key=lambda each: each.declared_at, default=None)
    discrepancies, inventories = stock_counts.discrepancies(scope), stock_counts.inventories(scope)
    return StockPage(
        kept=newest.kept.value if newest else "",
        pharmacy=newest.reference if newest and newest.kept is Keeping.ELSEWHERE else "",
        sites=tuple(
            _site(scope, site, lots.values(), balances, now) for site in organisations.list_sites(scope)
        ),
        out=_out(by, lots),
        discrepancies=discrepancies,
        inventories=inventories,
        lots=lots,
        names=accounts.names_of(
            [each.found.found_by for each in discrepancies]
            + [each.review.reviewed_by for each in discrepancies if each.review]
            + [each.taken_by for each in inventories]
        ),
        due_by=(due_by := _due_by(scope, inventories, now)),
        is_due=due_by is not None and due_by < now,
        due_source=load_release().citations["us-stock-records"].title,
    )


def _due_by(scope: Scope, inventories: tuple[Inventory, ...], now: datetime) -> datetime | None:
    if not inventories:
        return None
    newest = inventories[0]
    book = content_of(scope, newest.programme_id).parameters
    every = LimitsInForce(book, now.date()).span("stock.inventory_every")
    return inventory_due_at(newest.taken_at, every)


def _site(
    scope: Scope,
    site: organisations.Site,
    lots: Iterable[Lot],
    balances: Mapping[UUID, Balance],
    now: datetime,
) -> SiteStock:
    zone = ZoneInfo(site.time_zone)
    today = now.astimezone(zone).date()
    counted = stock_counts.last_counted(scope)
    rows = [
        LotRow(lot, balances.get(lot.id, Balance()), lot.expires_on < today, counted.get(lot.id))
        for lot in lots
        if lot.site_id == site.id
    ]
    held = tuple(row for row in rows if row.balance.total_mg)
    return SiteStock(site.id, site.name, zone, held, tuple(row for row in rows if not row.balance.total_mg))


def _out(by: Actor, lots: Mapping[UUID, Lot]) -> tuple[OutForDose, ...]:
    left = stock.open_issues(by.scope)
    rows = [stock.find_entry(by.scope, issue) for issue in left]
    who = accounts.names_of(row.by for row in rows)
    names = _names_of_orders(by, [row.order_id for row in rows if row.order_id])
    found = [
        OutForDose(
            issue=row.entry.id,
            lot=lots[row.lot_id],
            left_mg=left[row.entry.id],
            taken_at=row.true_at,
            taken_by=who.get(row.by, ""),
            name=names.get(row.order_id, "") if row.order_id else "",
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: each.taken_at))


def _names_of_orders(by: Actor, order_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the patient's name of each order, for whoever may see a chart."""
    if not by.may(Permission.SEE_CHART):
        return {}
    person_of = {each: orders.find_order(by.scope, each).order.person_id for each in set(order_ids)}
    known = people.identities(by.scope, list(person_of.values()))
    return {order: known[person].shown_name for order, person in person_of.items() if person in known}


@reading(Permission.SEE_STOCK)
def lot_register(*, lot_id: UUID, by: Actor) -> RegisterPage:
    """Return the register of a lot, the oldest entry first.

    Raises
    ------
    Missing    no such lot within the scope
    """
    lot = stock.find_lot(by.scope, lot_id).lot
    rows = stock.register_of(by.scope, lot_id)
    site = {each.id: each for each in organisations.list_sites(by.scope)}[lot.site_id]
    signers = {row.by for row in rows} | {row.witness for row in rows if row.witness}
    return RegisterPage(
        lot=lot,
        site=site.name,
        zone=ZoneInfo(site.time_zone),
        balance=rows[-1].entry.balance if rows else Balance(),
        rows=rows,
        names=accounts.names_of(signers),
        people=_names_of_orders(by, [row.order_id for row in rows if row.order_id]),
        corrected={row.entry.reverses: row.entry.seq for row in rows if row.entry.reverses},
    )


@reading(Permission.KEEP_STOCK)
def dose_issues(*, order_id: UUID, by: Actor) -> tuple[UUID, ...]:
    """Return what is out for an order and not accounted for."""
    return tuple(issue for issue, left in stock.out_for_order(by.scope, order_id).items() if left)


@reading(Permission.KEEP_STOCK)
def issue_page(*, issue: UUID, by: Actor, now: datetime) -> IssuePage:
    """Return what is out for one dose, beside what the chart says was given.

    Raises
    ------
    Missing    no such taking-out within the scope
    """
    rows = stock.entries_of_issue(by.scope, issue)
    taken = stock.find_entry(by.scope, issue)
    left = sum((row.entry.movement.out_mg for row in rows), NOTHING)
    given, is_running = _given(by.scope, taken.order_id, now) if taken.order_id else (NOTHING, False)
    names = _names_of_orders(by, [taken.order_id] if taken.order_id else [])
    return IssuePage(
        issue=issue,
        lot=stock.find_lot(by.scope, taken.lot_id).lot,
        left_mg=left,
        given_mg=min(given, left),
        is_running=is_running,
        name=next(iter(names.values()), ""),
        entry_count=len(rows),
    )


def _given(scope: Scope, order_id: UUID, now: datetime) -> tuple[Decimal, bool]:
    """Return what the chart says was given and the ledger does not, and whether it is still being given."""
    placed = orders.find_order(scope, order_id).order
    planned = courses.find_planned_session(scope, placed.planned_session_id or order_id)
    if planned.stream is None:
        return NOTHING, False
    state = replay(session_entries.entries_of(scope, planned.stream))
    if state.order is None or state.order.order_id != order_id:
        return NOTHING, False
    given = state.dose.given_mg(now) - stock.administered_for(scope, order_id)
    return given, state.phase in GIVING


@reading(Permission.KEEP_STOCK)
def count_page(*, by: Actor, site_id: UUID) -> CountPage:
    """Return the lots of a site that hold something, without how much.

    Raises
    ------
    Missing    no such site within the scope
    """
    site = _found_site(by.scope, site_id)
    lots = stock.lots_of(by.scope, site_id)
    balances = stock.balances_of(by.scope, [lot.id for lot in lots])
    held = tuple(lot for lot in lots if lot.id in balances and balances[lot.id].in_mg)
    return CountPage(site_id, site.name, held)


def _found_site(scope: Scope, site_id: UUID) -> organisations.Site:
    for site in organisations.list_sites(scope):
        if site.id == site_id:
            return site
    raise Missing("the site is not there, or not within your programmes")


@reading(Permission.SEE_STOCK)
def discrepancy_page(*, discrepancy_id: UUID, by: Actor) -> DiscrepancyPage:
    """Return a discrepancy with its count.

    Raises
    ------
    Missing    no such discrepancy within the scope
    """
    known = stock_counts.find_discrepancy(by.scope, discrepancy_id)
    signers = [known.found.found_by, *([known.review.reviewed_by] if known.review else [])]
    return DiscrepancyPage(
        known=known,
        count=stock_counts.find_count(by.scope, known.found.count_id),
        lot=stock.find_lot(by.scope, known.found.lot_id).lot,
        names=accounts.names_of(signers),
        is_own=known.found.found_by == by.id,
    )


@reading(Permission.SEE_STOCK)
def inventory_page(*, inventory_id: UUID, by: Actor) -> InventoryPage:
    """Return an inventory as it is printed.

    Raises
    ------
    Missing    no such inventory within the scope
    """
    inventory = stock_counts.find_inventory(by.scope, inventory_id)
    site = _found_site(by.scope, inventory.site_id)
    counts = stock_counts.counts_of_inventory(by.scope, inventory_id)
    return InventoryPage(
        inventory=inventory,
        site=site.name,
        zone=ZoneInfo(site.time_zone),
        counts=tuple((stock.find_lot(by.scope, each.lot_id).lot, each) for each in counts),
        by=accounts.names_of([inventory.taken_by]).get(inventory.taken_by, ""),
    )


@reading(Permission.KEEP_STOCK)
def receivable(*, by: Actor) -> tuple[tuple[str, ...], tuple[tuple[UUID, str], ...]]:
    """Return the products that can be received, and the sites they can be received at."""
    programme_id = next(iter(by.scope.programme_ids))
    known = content_of(by.scope, programme_id).release.regulation.products
    sites = tuple((site.id, site.name) for site in organisations.list_sites(by.scope))
    return tuple(sorted(known)), sites


@reading(Permission.KEEP_STOCK)
def lot_of_entry(*, entry_id: UUID, by: Actor) -> UUID:
    """Return the lot whose ledger an entry stands in.

    Raises
    ------
    Missing    no such entry within the scope
    """
    return stock.find_entry(by.scope, entry_id).lot_id
