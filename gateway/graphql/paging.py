"""Plans connections: a page of rows in an order, its edges, where it stands in the collection, how many rows there are.

The page is cut out first, by index where the order allows it, and never longer than a constant that the planner of
PostgreSQL sees; what the edges need of other relations is joined to these rows only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gateway.graphql.conditions import Filters
from gateway.graphql.encode import CursorPart
from gateway.graphql.ordering import read_order
from gateway.graphql.page_arguments import read_page
from gateway.graphql.page_parts import CURSOR, NUMBER, connection_members
from gateway.graphql.positions import beyond
from gateway.graphql.results import Row
from gateway.graphql.rows import WHOLE, PagedRow
from gateway.graphql.terms import orders
from gateway.graphql.used import columns_used
from gateway.plan.model import AllOf, ColumnOf, Constant, Field, Group, Nested, Nothing, RowOf, Rowset, Select, Shape
from gateway.plan.values import Encoded, Numbered, Whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.catalog.model import Name
    from gateway.graphql.page_arguments import Page
    from gateway.graphql.planner import Planner
    from gateway.graphql.request import Use
    from gateway.graphql.selection import Selected
    from gateway.graphql.surface import RelationShape
    from gateway.graphql.terms import Term
    from gateway.plan.joins import Joined
    from gateway.plan.model import Condition, Expression, Member, Source


def _anywhere(_: str) -> Condition:
    return AllOf(())


@dataclass(frozen=True, slots=True)
class PageOf:
    """The collection: rows of `source`, which are of `relation`, for which `where` holds under their alias."""

    relation: Name
    source: Source
    where: Callable[[str], Condition] = _anywhere


def page(planner: Planner, use: Use, of: PageOf) -> Nested:
    """The connection that `use` asks for."""
    return Connection(planner, use, of).plan()


class Connection:
    """One connection while it is planned. Its rows are `alias`; the steps towards them are named after it."""

    def __init__(self, planner: Planner, use: Use, of: PageOf) -> None:
        self.use = use
        self.of = of
        self.shape: RelationShape = use.request.surface.relations[of.relation]
        self.page: Page = read_page(use, self.shape)
        self.alias = planner.new_alias()
        self._planner = planner
        self._looks_further = False
        terms = read_order(use, self.shape)
        self.terms: tuple[Term, ...] = tuple(term.flipped() for term in terms) if self.page.backward else terms

    def plan(self) -> Nested:
        """The connection as an object of its own."""
        selected = self.use.request.collect(self.use.selected.below, f"{self.shape.type_name}Connection")
        edges = [field for field in selected if field.name == "edges"]
        self._looks_further = any(field.name == "pageInfo" for field in selected)
        members = connection_members(self, selected)
        needs_rows = any(field.name in ("edges", "pageInfo") for field in selected)
        alias = f"{self.alias}e"
        source: Source = Rowset(self._edges(edges, columns_used(members, alias))) if needs_rows else Nothing()
        return Nested(self.use.selected.key, Select(source, alias, members), Shape.OBJECT)

    def where(self, alias: str) -> tuple[Condition, ...]:
        """What holds for every row of the collection, known as `alias`."""
        filters = Filters(self.use.request, self.shape, alias).all_of(self.use.argument("filter"))
        correlation = self.of.where(alias)
        return (*((correlation,) if correlation != AllOf(()) else ()), *filters)

    def beyond_cursor(self, alias: str) -> tuple[Condition, ...]:
        """What holds for the rows on the page's side of the cursor; nothing where none is given."""
        return () if self.page.cursor is None else (beyond(self.terms, alias, self._position),)

    def joins(self, alias: str) -> tuple[Joined, ...]:
        """What stands beside rows known as `alias` that are ordered, or compared with a position."""
        return tuple(joined for term in self.terms for joined in term.joins(alias))

    @cached_property
    def cursor(self) -> Encoded:
        """The position of a row."""
        return Encoded(tuple(ColumnOf(self.alias, term.column) for term in self.terms))

    @cached_property
    def _position(self) -> tuple[Expression, ...]:
        slots, given = self.use.request.slots, self.page.cursor
        if given is None:
            return ()
        encoders = [CursorPart(index, len(self.terms)) for index in range(len(self.terms))]
        return tuple(slots.value(given, encode, term.type) for encode, term in zip(encoders, self.terms, strict=True))

    def _edges(self, edges: list[Selected], used: frozenset[str]) -> Select:
        groups = tuple(Group(f"~{index}", self._edge(field)) for index, field in enumerate(edges))
        cursor = (Field(CURSOR, self.cursor),) if CURSOR in used else ()
        members = (*groups, *cursor)
        needed = columns_used(members, self.alias)
        number = Field(NUMBER, ColumnOf(self.alias, NUMBER))
        return Select(Rowset(self._numbered(needed)), self.alias, (*members, number))

    def _edge(self, edges: Selected) -> tuple[Member, ...]:
        name = f"{self.shape.type_name}Edge"
        return tuple(self._edge_member(name, field) for field in self.use.request.collect(edges.below, name))

    def _edge_member(self, edge: str, field: Selected) -> Member:
        if field.name == "node":
            return Group(field.key, self._planner.object(Row(self.of.relation), field.below, PagedRow(self.alias)))
        return Field(field.key, self.cursor if field.name == "cursor" else Constant(edge))

    def _numbered(self, needed: frozenset[str]) -> Select:
        alias, page = f"{self.alias}n", self.page
        cut = self._cut(f"{self.alias}c", needed)
        members = tuple(Field(member.key, ColumnOf(alias, member.key)) for member in cut.members)
        limit = page.size_and_one if self._looks_further else page.size
        return Select(Rowset(cut), alias, (*members, Field(NUMBER, Numbered())), limit=limit)

    def _cut(self, alias: str, needed: frozenset[str]) -> Select:
        ordered = {term.column: term.value(alias) for term in self.terms}
        members = [Field(name, ordered.get(name, ColumnOf(alias, name))) for name in sorted(needed - {WHOLE})]
        if WHOLE in needed:
            members.append(Field(WHOLE, RowOf(alias)))
        conditions = AllOf((*self.where(alias), *self.beyond_cursor(alias)))
        order, most = orders(self.terms, alias), Whole(self.shape.max_rows + 1)
        joins = self.joins(alias)
        return Select(self.of.source, alias, tuple(members), conditions, order, most, self.page.offset, joins)
