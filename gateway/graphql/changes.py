"""Plans changes of rows: a statement that writes, behind one with a limit another that guards it, and the answer.

The first one answers itself where nothing but the written rows is read. What a removal answers is as it was before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.graphql.conditions import Filters
from gateway.graphql.conflicts import read_conflict
from gateway.graphql.encode import AsObjects
from gateway.graphql.errors import Code, Refusal
from gateway.graphql.given import Whole
from gateway.graphql.given_shapes import keys_of
from gateway.graphql.guards import GUARDS, counted
from gateway.graphql.nested import COMPLETE, tree_of
from gateway.graphql.results import Verb
from gateway.graphql.rows import WHOLE
from gateway.graphql.stages import Stage
from gateway.graphql.used import columns_used, exchanged, readings
from gateway.graphql.written import ONE, WRITTEN, answer_of, keep_written
from gateway.plan.compile import rows, rows_as_object
from gateway.plan.model import (
    AllOf,
    ColumnOf,
    Cte,
    Kept,
    RowOf,
    Select,
)
from gateway.plan.mutation import Delete, Given, Insert, Objects, Returned, Update
from gateway.plan.writing import writing
from gateway.sql.nodes import Raw, ident, sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gateway.graphql.nested import Branch
    from gateway.graphql.planner import Planner
    from gateway.graphql.request import Use
    from gateway.graphql.results import Affected
    from gateway.graphql.surface import RelationShape, WritableColumn
    from gateway.plan.model import Condition
    from gateway.plan.mutation import Conflict, Mutation

_TARGET = "target"


def stages_of_change(planner: Planner, use: Use, affected: Affected) -> Iterator[Stage]:
    """The statements of the change that `use` asks for. Raises `Refusal` where it says too little."""
    return _Change(planner, use, affected).stages()


class _Change:
    def __init__(self, planner: Planner, use: Use, affected: Affected) -> None:
        self._planner = planner
        self._use = use
        self._affected = affected
        self._verb = affected.verb
        self._shape: RelationShape = use.request.surface.relations[affected.relation]
        self._slots = use.request.slots

    def stages(self) -> Iterator[Stage]:
        tree = self._tree()
        if tree is None:
            yield from self._alone()
        else:
            yield from self._with_others(tree)

    def _tree(self) -> Branch | None:
        given = self._use.argument("objects") if self._shape.nested and self._verb is Verb.INSERT else None
        return tree_of(self._use.request, self._shape, given) if isinstance(given, Whole) else None

    def _with_others(self, tree: Branch) -> Iterator[Stage]:
        answer, objects = answer_of(self._planner, self._use, self._affected), tree.objects()
        used = columns_used(answer, ONE) | tree.needed
        kept = frozenset({WHOLE}) if WHOLE in used else used
        insert = writing(Insert(self._shape.relation, _TARGET, objects, self._conflict(), _returned(kept)))
        yield from tree.before()
        write = sql("with {} as ({}) select ", ident(WRITTEN), insert)
        yield Stage(sql("{}{}{}", write, keep_written(whole=WHOLE in kept), tree.counted(objects)), answers=False)
        yield COMPLETE
        yield from tree.after()
        yield self._reading(answer)

    def _reading(self, answer: Select) -> Stage:
        by = {Cte(WRITTEN): Kept(self._shape.relation), ColumnOf(ONE, WHOLE): RowOf(ONE)}
        return Stage(rows_as_object(exchanged(answer, by)))

    def _alone(self) -> Iterator[Stage]:
        answer = answer_of(self._planner, self._use, self._affected)
        used = columns_used(answer, ONE)
        reads_further = self._verb is not Verb.DELETE and readings(answer) > 0
        kept = frozenset({WHOLE}) if WHOLE in used and reads_further else used
        mutation = self._mutation(_returned(kept))
        guarded = Raw("") if self._verb is Verb.INSERT else counted(self._use, WRITTEN)
        write = sql("with {} as ({}) select ", ident(WRITTEN), writing(mutation))
        if reads_further:
            yield Stage(sql("{}{}{}", write, keep_written(whole=WHOLE in kept), guarded), answers=False)
        else:
            yield Stage(sql("{}row_to_json(t)::text{} from ({}) as t", write, guarded, rows(answer)))
        if self._verb in GUARDS:
            yield GUARDS[self._verb]
        if reads_further:
            yield self._reading(answer)

    def _mutation(self, returned: tuple[Returned, ...]) -> Mutation:
        table = self._shape.relation
        match self._verb:
            case Verb.INSERT:
                return Insert(table, _TARGET, self._new_rows(), self._conflict(), returned)
            case Verb.UPDATE:
                return Update(table, _TARGET, self._new_values(), self._where(), returned)
            case Verb.DELETE:
                return Delete(table, _TARGET, self._where(), returned)

    def _new_rows(self) -> Objects | None:
        given = self._use.argument("objects")
        if not isinstance(given, Whole) or not given.value:
            raise Refusal(Code.BAD_INPUT, "At least one record must be provided to objects")
        has_values = any(self._shape.insertable.keys() & values.keys() for values in given.value)
        if not has_values and len(given.value) == 1:
            return None
        if not has_values:
            raise Refusal(Code.BAD_INPUT, "Several records without any value can't be added at once.")
        return self._objects(given, self._shape.insertable)

    def _conflict(self) -> Conflict | None:
        return read_conflict(self._use.request, self._shape, _TARGET, self._use.argument("onConflict"))

    def _new_values(self) -> Objects:
        given = self._use.argument("set")
        if not isinstance(given, Whole) or not given.value:
            raise Refusal(Code.BAD_INPUT, "At least one mapping required in set argument")
        return self._objects(given, self._shape.updatable)

    def _objects(self, given: Whole, columns: Mapping[str, WritableColumn]) -> Objects:
        keys = keys_of(given.value)
        asked = frozenset().union(*keys)
        named = [column for name, column in columns.items() if name in asked]
        slot = self._slots.slot(given, AsObjects(self._shape.relation, columns), "json")
        values = tuple(Given(column.column, column.type.sql, column.default) for column in named)
        return Objects(slot, values, use_defaults=len(keys) > 1)

    def _where(self) -> Condition:
        return AllOf(Filters(self._use.request, self._shape, _TARGET).all_of(self._use.argument("filter")))


def _returned(names: frozenset[str]) -> tuple[Returned, ...]:
    columns = [Returned(name, ColumnOf(_TARGET, name)) for name in sorted(names - {WHOLE})]
    return (*columns, *((Returned(WHOLE, RowOf(_TARGET)),) if WHOLE in names else ()))
