"""Turns the catalogue's JSON documents into its types."""

from __future__ import annotations

import itertools
import json
from importlib.resources import files
from typing import Any

from gateway.catalog.model import (
    Argument,
    ArgumentMode,
    Attribute,
    Catalog,
    Column,
    ForeignKey,
    Function,
    MediaHandler,
    Name,
    Privileges,
    Relation,
    RelationKind,
    TablePrivileges,
    Type,
    TypeKind,
    Volatility,
)
from gateway.catalog.views import Shown

Document = dict[str, Any]

_versions = itertools.count(1)


def query(name: str) -> str:
    """The text of `name`.sql in this package."""
    return files(__package__).joinpath(f"{name}.sql").read_text()


CATALOG_QUERY = query("catalog")
PRIVILEGES_QUERY = query("privileges")


def read_catalog(text: str) -> Catalog:
    """The catalogue from the document of `CATALOG_QUERY`."""
    document = json.loads(text)
    relations = {relation.name: relation for relation in map(_relation, document["relations"])}
    oids = {item["oid"]: (item["schema"], item["name"]) for item in document["relations"]}
    functions = tuple(map(_function, document["functions"]))
    exposed = dict(document["schemas"])
    shown = Shown(document["views"], document["base_keys"], {oid: relations[name] for oid, name in oids.items()})
    return Catalog(
        version=next(_versions),
        schemas=exposed,
        relations={name: shown.with_key(relation) for name, relation in relations.items()},
        foreign_keys=tuple(map(_foreign_key, document["foreign_keys"])),
        functions=_by_name(tuple(function for function in functions if function.name[0] in exposed)),
        types={type_.oid: type_ for type_ in map(_type, document["types"])},
        role_settings=document["role_settings"],
        timezones=frozenset(document["timezones"]),
        view_keys=shown.keys(),
        computed=tuple(function for function in functions if function.name[0] not in exposed),
        media_handlers=tuple(map(_handler, document["handlers"])),
        feature=tuple(document["feature"]) if document["feature"] else None,
        casts={(cast["source"], cast["target"]): (cast["schema"], cast["name"]) for cast in document["casts"]},
    )


def read_privileges(role: str, text: str) -> Privileges:
    """The privileges of `role` from the document of `PRIVILEGES_QUERY`."""
    document = json.loads(text)
    tables = {
        (table["schema"], table["name"]): TablePrivileges(
            select=frozenset(table["select"]),
            insert=frozenset(table["insert"]),
            update=frozenset(table["update"]),
            delete=table["delete"],
        )
        for table in document["tables"]
    }
    return Privileges(role, tables, frozenset(document["functions"]))


def _relation(document: Document) -> Relation:
    keys = [(key["primary"], tuple(key["columns"])) for key in document["keys"]]
    columns = [Column(**column) for column in document["columns"]]
    return Relation(
        name=(document["schema"], document["name"]),
        kind=RelationKind(document["kind"]),
        row_type=document["row_type"],
        columns={column.name: column for column in columns},
        primary_key=(primary := next((columns for is_primary, columns in keys if is_primary), ())),
        uniques=tuple(columns for _, columns in keys),
        insertable=document["insertable"],
        updatable=document["updatable"],
        deletable=document["deletable"],
        comment=document["comment"],
        has_row_security=document["has_row_security"],
        key=primary,
        unique_names={key["name"]: tuple(key["columns"]) for key in document["keys"]},
    )


def _foreign_key(document: Document) -> ForeignKey:
    return ForeignKey(
        name=document["name"],
        table=(document["schema"], document["table"]),
        columns=tuple(document["columns"]),
        target=(document["target_schema"], document["target"]),
        target_columns=tuple(document["target_columns"]),
        is_one_to_one=document["is_one_to_one"],
        comment=document["comment"],
    )


def _function(document: Document) -> Function:
    return Function(
        oid=document["oid"],
        name=(document["schema"], document["name"]),
        arguments=tuple(map(_argument, document["arguments"])),
        returns=document["returns"],
        returns_set=document["returns_set"],
        rows=document["rows"],
        volatility=Volatility(document["volatility"]),
        settings=tuple(tuple(setting.split("=", 1)) for setting in document["settings"]),
        comment=document["comment"],
    )


def _handler(document: Document) -> MediaHandler:
    name = (document["schema"], document["name"])
    return MediaHandler(name, document["media"], document["row_type"], document["is_binary"])


def _argument(document: Document) -> Argument:
    mode = ArgumentMode(document["mode"])
    return Argument(document["name"], document["type"], mode, document["has_default"], document["default"])


def _by_name(functions: tuple[Function, ...]) -> dict[Name, tuple[Function, ...]]:
    overloads: dict[Name, list[Function]] = {}
    for function in functions:
        overloads.setdefault(function.name, []).append(function)
    return {name: tuple(same) for name, same in overloads.items()}


def _type(document: Document) -> Type:
    relation = document["relation"]
    return Type(
        oid=document["oid"],
        name=(document["schema"], document["name"]),
        sql=document["sql"],
        kind=TypeKind(document["kind"]),
        category=document["category"],
        element=document["element"],
        base=document["base"],
        relation=tuple(relation) if relation else None,
        attributes=tuple(Attribute(name, oid) for name, oid in document["attributes"]),
        labels=tuple(document["labels"]),
        comment=document["comment"],
        checks=tuple(document["checks"]),
    )
