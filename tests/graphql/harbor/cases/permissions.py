"""What a role may see and do: schema, table, column and function grants, and row level security."""

from __future__ import annotations

from tests.graphql.harbor.case import KEEPER, NOBODY, VISITOR, Case, edges, ids, refused

_FIELDS = '{ __type(name: "Accounts") { fields { name } } }'
_AMAL = {"sub": "amal"}

CASES = [
    Case(
        "granted columns",
        "{ accountsCollection { totalCount edges { node { id holder balance } } } }",
        {
            "accountsCollection": {
                "totalCount": 2,
                **edges({"id": 1, "holder": "Amal", "balance": 10}, {"id": 2, "holder": "Bilal", "balance": 20}),
            }
        },
        role=KEEPER,
    ),
    refused(
        "a column that is not granted", "{ accountsCollection { edges { node { secret } } } }", "secret", role=KEEPER
    ),
    refused(
        "a filter on it",
        '{ accountsCollection(filter: {secret: {eq: "s1"}}) { edges { node { id } } } }',
        "secret",
        role=KEEPER,
    ),
    refused(
        "an order by it",
        "{ accountsCollection(orderBy: [{secret: AscNullsLast}]) { edges { node { id } } } }",
        "secret",
        role=KEEPER,
    ),
    Case(
        "the same for one who may",
        '{ accountsCollection(filter: {secret: {eq: "s1"}}) { edges { node { secret } } } }',
        {"accountsCollection": edges({"secret": "s1"})},
    ),
    Case(
        "it is not in the schema either",
        _FIELDS,
        {"__type": {"fields": [{"name": "nodeId"}, {"name": "id"}, {"name": "holder"}, {"name": "balance"}]}},
        role=KEEPER,
    ),
    Case(
        "what may be set",
        'mutation { updateAccountsCollection(set: {holder: "N"}, filter: {id: {eq: 1}}) { records { holder } } }',
        {"updateAccountsCollection": {"records": [{"holder": "N"}]}},
        role=KEEPER,
    ),
    Case(
        "the columns that may be set",
        '{ __type(name: "AccountsUpdateInput") { inputFields { name } } }',
        {"__type": {"inputFields": [{"name": "holder"}]}},
        role=KEEPER,
    ),
    Case(
        "the columns that may be inserted",
        '{ __type(name: "AccountsInsertInput") { inputFields { name } } }',
        {"__type": {"inputFields": [{"name": "id"}, {"name": "holder"}]}},
        role=KEEPER,
    ),
    Case(
        "what may be inserted",
        'mutation { insertIntoAccountsCollection(objects: [{id: 3, holder: "C"}]) { affectedCount records { '
        "balance } } }",
        {"insertIntoAccountsCollection": {"affectedCount": 1, "records": [{"balance": 0}]}},
        role=KEEPER,
    ),
    refused(
        "what may not be set",
        "mutation { updateAccountsCollection(set: {balance: 1}, filter: {id: {eq: 1}}) { affectedCount } }",
        "balance",
        role=KEEPER,
    ),
    refused(
        "what may not be inserted",
        'mutation { insertIntoAccountsCollection(objects: [{id: 3, holder: "C", balance: 9}]) { affectedCount } }',
        "balance",
        role=KEEPER,
    ),
    refused(
        "a delete that is not granted",
        "mutation { deleteFromAccountsCollection(filter: {id: {eq: 1}}) { affectedCount } }",
        role=KEEPER,
        then=("select count(*) from harbor.accounts", "2"),
    ),
    refused("a table that is not granted", "{ shipsCollection { edges { node { id } } } }", "ships", role=KEEPER),
    refused(
        "a relationship to it", "{ portsCollection { edges { node { shipsCollection { totalCount } } } } }", role=KEEPER
    ),
    refused("a table that nobody may read", "{ vaultCollection { edges { node { gold } } } }", "vault"),
    refused("a table that one role may not read", "{ accountsCollection { edges { node { id } } } }", role=VISITOR),
    refused(
        "an insert that is not granted",
        "mutation { insertIntoBuoysCollection(objects: [{id: 9}]) { affectedCount } }",
        role=VISITOR,
        then=("select count(*) from harbor.buoys", "3"),
    ),
    refused(
        "an update that is not granted",
        'mutation { updatePortsCollection(set: {name: "x"}, filter: {id: {eq: 1}}) { affectedCount } }',
        role=KEEPER,
    ),
    refused("a role that may nothing", "{ portsCollection { edges { node { id } } } }", role=NOBODY),
    Case("a role that may nothing still has a root", "{ __typename }", {"__typename": "Query"}, role=NOBODY),
    Case(
        "one's own rows",
        "{ ledgersCollection { totalCount edges { node { id } } } }",
        {"ledgersCollection": {"totalCount": 2, **ids(1, 3)}},
        claims=_AMAL,
    ),
    Case(
        "another's rows",
        "{ ledgersCollection { edges { node { id } } } }",
        {"ledgersCollection": ids(2)},
        claims={"sub": "bilal"},
    ),
    Case(
        "no rows without a subject",
        "{ ledgersCollection { totalCount edges { node { id } } } }",
        {"ledgersCollection": {"totalCount": 0, **ids()}},
    ),
    Case("a hidden row by its key", "{ ledgersByPk(id: 2) { id } }", {"ledgersByPk": None}, claims=_AMAL),
    Case(
        "a relationship to a hidden row",
        "{ entriesCollection { edges { node { id ledger { owner } } } } }",
        {"entriesCollection": edges({"id": 1, "ledger": {"owner": "amal"}}, {"id": 2, "ledger": None})},
        claims=_AMAL,
    ),
    Case(
        "a relationship to a table with policies may be null",
        '{ __type(name: "Entries") { fields { name type { kind name } } } }',
        {
            "__type": {
                "fields": [
                    {"name": "nodeId", "type": {"kind": "NON_NULL", "name": None}},
                    {"name": "id", "type": {"kind": "NON_NULL", "name": None}},
                    {"name": "ledgerId", "type": {"kind": "NON_NULL", "name": None}},
                    {"name": "word", "type": {"kind": "SCALAR", "name": "String"}},
                    {"name": "ledger", "type": {"kind": "OBJECT", "name": "Ledgers"}},
                ]
            }
        },
    ),
    Case(
        "an update of one's own row",
        "mutation { updateLedgersCollection(set: {amount: 9}, filter: {id: {eq: 1}}) { affectedCount } }",
        {"updateLedgersCollection": {"affectedCount": 1}},
        claims=_AMAL,
    ),
    Case(
        "an update of another's row",
        "mutation { updateLedgersCollection(set: {amount: 9}, filter: {id: {eq: 2}}) { affectedCount } }",
        {"updateLedgersCollection": {"affectedCount": 0}},
        claims=_AMAL,
        then=("select amount from harbor.ledgers where id = 2", "6"),
    ),
    Case(
        "a delete of all that one sees",
        "mutation { deleteFromLedgersCollection(filter: {id: {eq: 3}}) { records { id } } }",
        {"deleteFromLedgersCollection": {"records": [{"id": 3}]}},
        claims=_AMAL,
    ),
    refused(
        "a row for another",
        'mutation { insertIntoLedgersCollection(objects: [{id: 9, owner: "bilal"}]) { affectedCount } }',
        "row-level security|polic",
        claims=_AMAL,
        then=("select count(*) from harbor.ledgers", "3"),
    ),
    Case(
        "a row for oneself",
        'mutation { insertIntoLedgersCollection(objects: [{id: 9, owner: "amal"}]) { affectedCount } }',
        {"insertIntoLedgersCollection": {"affectedCount": 1}},
        claims=_AMAL,
    ),
    refused("a function that is not granted", "{ forClerks }", role=KEEPER),
    Case(
        "it is not in the schema",
        '{ __type(name: "Query") { fields { name } } }',
        {"__type": {"fields": [{"name": "node"}]}},
        role=NOBODY,
    ),
    Case(
        "a role without mutations has no mutation type",
        "{ __schema { mutationType { name } } }",
        {"__schema": {"mutationType": None}},
        role=NOBODY,
    ),
]
