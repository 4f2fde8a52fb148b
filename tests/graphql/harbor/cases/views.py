"""Views, materialized views, and the relationships that comments declare."""

from __future__ import annotations

from tests.graphql.harbor.case import Case, edges, ids, opaque, refused

CASES = [
    Case(
        "a view",
        "{ openPortsCollection { totalCount edges { node { id name } } } }",
        {
            "openPortsCollection": {
                "totalCount": 3,
                **edges({"id": 1, "name": "Aqaba"}, {"id": 2, "name": "Basra"}, {"id": 3, "name": "Suez"}),
            }
        },
    ),
    Case(
        "a page of a view",
        f'{{ openPortsCollection(first: 1, after: "{opaque(1)}") {{ pageInfo {{ hasNextPage }} edges {{ cursor '
        f"node {{ nodeId }} }} }} }}",
        {
            "openPortsCollection": {
                "pageInfo": {"hasNextPage": True},
                "edges": [{"cursor": opaque(2), "node": {"nodeId": opaque("harbor", "open_ports", 2)}}],
            }
        },
    ),
    Case(
        "a filter on a view",
        '{ openPortsCollection(filter: {name: {startsWith: "S"}}, orderBy: [{id: DescNullsLast}]) { edges { '
        "node { id } } } }",
        {"openPortsCollection": ids(3)},
    ),
    Case(
        "a view that groups",
        "{ fleetSizesCollection { edges { node { portId ships } } } }",
        {
            "fleetSizesCollection": edges(
                {"portId": 1, "ships": 2}, {"portId": 2, "ships": 1}, {"portId": 3, "ships": 1}
            )
        },
    ),
    Case(
        "a declared relationship",
        "{ fleetSizesByPk(portId: 1) { ships port { name } } }",
        {"fleetSizesByPk": {"ships": 2, "port": {"name": "Aqaba"}}},
    ),
    Case(
        "a declared relationship, from the other side",
        "{ portsByPk(id: 1) { fleetSize { edges { node { ships } } } } }",
        {"portsByPk": {"fleetSize": ids(2, key="ships")}},
    ),
    Case(
        "a declared relationship to nothing",
        "{ portsByPk(id: 5) { fleetSize { edges { node { ships } } } } }",
        {"portsByPk": {"fleetSize": ids()}},
    ),
    Case(
        "a materialized view",
        '{ nameEntryCollection(filter: {word: {eq: "zheng he"}}) { edges { node { id } } } }',
        {"nameEntryCollection": ids(3)},
    ),
    Case(
        "an insert into a view",
        'mutation { insertIntoOpenPortsCollection(objects: [{name: "Jeddah", country: "SA"}]) { affectedCount '
        "records { name } } }",
        {"insertIntoOpenPortsCollection": {"affectedCount": 1, "records": [{"name": "Jeddah"}]}},
        then=("select country from harbor.ports where name = 'Jeddah'", "SA"),
    ),
    Case(
        "an update of a view",
        'mutation { updateOpenPortsCollection(filter: {id: {eq: 3}}, set: {name: "Port Said"}) { records { id '
        "name } } }",
        {"updateOpenPortsCollection": {"records": [{"id": 3, "name": "Port Said"}]}},
        then=("select name from harbor.ports where id = 3", "Port Said"),
    ),
    Case(
        "a delete from a view",
        'mutation { insertIntoOpenPortsCollection(objects: [{name: "Gone"}]) { affectedCount } '
        'deleteFromOpenPortsCollection(filter: {name: {eq: "Gone"}}) { affectedCount } }',
        {"insertIntoOpenPortsCollection": {"affectedCount": 1}, "deleteFromOpenPortsCollection": {"affectedCount": 1}},
        then=("select count(*) from harbor.ports", "5"),
    ),
    refused("a view without a key", "{ bareViewCollection { edges { node { id } } } }", "bareView"),
    refused(
        "a view that groups takes no rows",
        "mutation { insertIntoFleetSizesCollection(objects: [{portId: 9}]) { affectedCount } }",
    ),
    refused(
        "a materialized view takes no rows", "mutation { deleteFromNameEntryCollection(atMost: 9) { affectedCount } }"
    ),
]
