"""Which function a call means (https://docs.postgrest.org/en/stable/references/api/functions.html)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.catalog.model import ArgumentMode, TypeKind
from gateway.rest.errors import RestError
from gateway.rest.similar import mistyped, nearest
from gateway.rest.statement import Result

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gateway.catalog.model import Catalog, Function, Name

_UNNAMED = {
    "application/json": frozenset({"json", "jsonb"}),
    "text/plain": frozenset({"text"}),
    "text/xml": frozenset({"xml"}),
    "application/octet-stream": frozenset({"bytea"}),
}
RAW_BODIES = frozenset({"text/plain", "text/xml", "application/octet-stream"})
_RAW_TYPES = {"text/plain": "text", "text/xml": "xml", "application/octet-stream": "bytea"}


def find(catalog: Catalog, name: Name, keys: tuple[str, ...], content_type: str | None) -> Function:
    """The one function called `name` that takes `keys`, or a whole body of `content_type` (None for GET).

    Raises PGRST202 for none and PGRST203 for several.
    """
    overloads = catalog.functions.get(name, ())
    named = [function for function in overloads if _takes(function, frozenset(keys), content_type)]
    found = named or [f for f in overloads if takes_body(catalog, f, content_type)]
    if not found:
        raise _none(catalog, name, keys, content_type)
    if len(found) > 1:
        raise _several(catalog, found)
    return found[0]


def takes_body(catalog: Catalog, function: Function, content_type: str | None) -> bool:
    """Whether the function's only argument has no name and takes a body of this type."""
    inputs = function.inputs
    if content_type is None or len(inputs) != 1 or inputs[0].name:
        return False
    return catalog.type_of(inputs[0].type).name[1] in _UNNAMED.get(content_type, ())


def result_of(catalog: Catalog, function: Function) -> Result:
    """What the function gives."""
    type_ = catalog.type_of(function.returns)
    if type_.name == ("pg_catalog", "void"):
        return Result.VOID
    if type_.kind is TypeKind.COMPOSITE or function.outputs:
        return Result.ROWS if function.returns_set else Result.ROW
    return Result.SCALARS if function.returns_set else Result.SCALAR


def _takes(function: Function, keys: frozenset[str], content_type: str | None) -> bool:
    inputs = function.inputs
    if not inputs:
        return not keys and content_type not in RAW_BODIES
    required = {argument.name for argument in inputs if not argument.has_default}
    return required <= keys <= {argument.name for argument in inputs}


def _none(catalog: Catalog, name: Name, keys: tuple[str, ...], content_type: str | None) -> RestError:
    schema, function = name
    parameters = f"({', '.join(keys)})" if keys else " without parameters"
    searched = f" with parameter{'s' if len(keys) > 1 else ''} {', '.join(keys)}" if keys else " without parameters"
    if content_type in _RAW_TYPES:
        parameters, searched = "", f" with a single unnamed {_RAW_TYPES[content_type]} parameter"
    elif content_type == "application/json":
        searched += " or with a single unnamed json/jsonb parameter"
    return RestError(
        404,
        "PGRST202",
        f"Could not find the function {schema}.{function}{parameters} in the schema cache",
        f"Searched for the function {schema}.{function}{searched}, but no matches were found in the schema cache.",
        _hint(catalog, name, keys),
    )


def _hint(catalog: Catalog, name: Name, keys: tuple[str, ...]) -> str | None:
    schema, function = name
    overloads = catalog.functions.get(name, ())
    if not overloads:
        near = mistyped(function, [known for of_schema, known in catalog.functions if of_schema == schema])
    else:
        lists = nearest(_listed(keys), [_listed(a.name for a in overload.inputs) for overload in overloads])
        near = None if lists is None else function + lists
    return f"Perhaps you meant to call the function {schema}.{near}" if near else None


def _listed(names: Iterable[str]) -> str:
    return f"({', '.join(names)})"


def _several(catalog: Catalog, found: list[Function]) -> RestError:
    between = ", ".join(_signature(catalog, function) for function in found)
    return RestError(
        300,
        "PGRST203",
        f"Could not choose the best candidate function between: {between}",
        None,
        "Try renaming the parameters or the function itself in the database so function overloading can be resolved",
    )


def _signature(catalog: Catalog, function: Function) -> str:
    arguments = ", ".join(f"{a.name} => {catalog.type_of(a.type).sql}" for a in function.inputs)
    return f"{'.'.join(function.name)}({arguments})"


def variadic_of(function: Function) -> str | None:
    """The name of the argument that takes any number of values."""
    return next((a.name for a in function.inputs if a.mode is ArgumentMode.VARIADIC), None)
