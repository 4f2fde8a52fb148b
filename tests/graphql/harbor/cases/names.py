"""Names with and without inflection, odd ones, and those that comments give."""

from __future__ import annotations

from tests.graphql.harbor.case import Case, edges, ids, opaque, refused

_LONG = "{ odd_columnsCollection: oddColumnsCollection { edges { node { id MixedCase: mixedCase } } } }"

CASES = [
    Case(
        "without inflection",
        "{ blogPostCollection { edges { node { postId authorId title } } } }",
        {
            "blogPostCollection": edges(
                {"postId": 1, "authorId": 1, "title": "One"},
                {"postId": 2, "authorId": 1, "title": "Two"},
                {"postId": 3, "authorId": 2, "title": "Three"},
            )
        },
    ),
    Case(
        "Id is dropped without inflection",
        "{ blogPostByPk(postId: 1) { author { fullName } } }",
        {"blogPostByPk": {"author": {"fullName": "Ada L"}}},
    ),
    Case(
        "_id stays without inflection",
        "{ snake_tableByPk(id: 1) { owner_id person { fullName } } }",
        {"snake_tableByPk": {"owner_id": 1, "person": {"fullName": "Ada L"}}},
    ),
    Case("its null", "{ snake_tableByPk(id: 2) { person { id } } }", {"snake_tableByPk": {"person": None}}),
    Case(
        "to many of mixed case",
        "{ personByPk(id: 1) { blogPostCollection { edges { node { postId } } } } }",
        {"personByPk": {"blogPostCollection": ids(1, 2, key="postId")}},
    ),
    Case(
        "to many of snake case",
        "{ personByPk(id: 1) { snake_tableCollection { edges { node { id } } } } }",
        {"personByPk": {"snake_tableCollection": ids(1)}},
    ),
    Case(
        "snake case stays",
        "{ snake_tableCollection { edges { node { __typename some_word } } } }",
        {
            "snake_tableCollection": edges(
                {"__typename": "snake_table", "some_word": "one"}, {"__typename": "snake_table", "some_word": "two"}
            )
        },
    ),
    Case(
        "columns of both cases",
        "{ personCollection { edges { node { fullName nick_name } } } }",
        {
            "personCollection": edges(
                {"fullName": "Ada L", "nick_name": "ada"}, {"fullName": "Grace H", "nick_name": None}
            )
        },
    ),
    Case(
        "types of mixed case",
        "{ blogPostCollection(first: 1) { __typename edges { __typename node { __typename } } } }",
        {
            "blogPostCollection": {
                "__typename": "BlogPostConnection",
                "edges": [{"__typename": "BlogPostEdge", "node": {"__typename": "BlogPost"}}],
            }
        },
    ),
    Case(
        "a renamed type",
        "{ shinyCollection { __typename edges { node { __typename word } } } }",
        {
            "shinyCollection": {
                "__typename": "ShinyConnection",
                "edges": [{"node": {"__typename": "Shiny", "word": "shine"}}],
            }
        },
    ),
    Case(
        "its nodeId is of the table",
        "{ shinyCollection { edges { node { nodeId } } } }",
        {"shinyCollection": edges({"nodeId": opaque("Raw Dock", "renamed_table", 1)})},
    ),
    Case("a renamed column", "{ blogPostByPk(postId: 1) { feeling } }", {"blogPostByPk": {"feeling": "calm"}}),
    Case(
        "a filter on a renamed column",
        '{ blogPostCollection(filter: {feeling: {eq: "wild"}}) { edges { node { postId } } } }',
        {"blogPostCollection": ids(3, key="postId")},
    ),
    Case(
        "an order by a renamed column",
        "{ blogPostCollection(orderBy: [{feeling: DescNullsLast}]) { edges { node { postId } } } }",
        {"blogPostCollection": ids(3, 1, 2, key="postId")},
    ),
    Case(
        "a renamed relationship",
        "{ feelingsByPk(id: 1) { mood thePost { title } } }",
        {"feelingsByPk": {"mood": "GLAD", "thePost": {"title": "One"}}},
    ),
    Case(
        "a renamed relationship, one to one",
        "{ blogPostByPk(postId: 1) { theFeeling { mood thePost { postId } } } }",
        {"blogPostByPk": {"theFeeling": {"mood": "GLAD", "thePost": {"postId": 1}}}},
    ),
    Case(
        "a renamed relationship to nothing",
        "{ blogPostByPk(postId: 2) { theFeeling { mood } } }",
        {"blogPostByPk": {"theFeeling": None}},
    ),
    Case(
        "an enum of another schema",
        "{ feelingsCollection(filter: {mood: {eq: SAD}}) { edges { node { id thePost { postId } } } } }",
        {"feelingsCollection": edges({"id": 2, "thePost": None})},
    ),
    Case(
        "a computed field without inflection", "{ personByPk(id: 1) { initials } }", {"personByPk": {"initials": "A"}}
    ),
    Case("a function without inflection", "{ camelFn(someArg: 4) }", {"camelFn": 12}),
    Case(
        "inflected columns",
        "{ oddColumnsByPk(id: 1) { id snakeCaseLong } }",
        {"oddColumnsByPk": {"id": 1, "snakeCaseLong": "long"}},
    ),
    Case("inflection of mixed case", _LONG, {"odd_columnsCollection": edges({"id": 1, "MixedCase": "mixed"})}),
    Case(
        "a renamed materialized view",
        "{ nameEntryCollection(first: 2) { edges { node { id word } } } }",
        {"nameEntryCollection": edges({"id": 1, "word": "ibn majid"}, {"id": 2, "word": "al nawras"})},
    ),
    Case(
        "a renamed constraint",
        "{ voyagesByPk(shipId: 1, number: 1) { origin { id } destination { id } } }",
        {"voyagesByPk": {"origin": {"id": 1}, "destination": {"id": 2}}},
    ),
    Case("a function whose underscore is dropped", "{ hiddenUnderscore }", {"hiddenUnderscore": 7}),
    Case("a renamed function", "{ knownAs }", {"knownAs": 8}),
    refused("the constraint's usual name", "{ voyagesByPk(shipId: 1, number: 1) { fromPort { id } } }"),
    refused("the column's usual name", "{ blogPostByPk(postId: 1) { mood } }"),
    refused("the table's usual name", "{ renamed_tableCollection { edges { node { id } } } }"),
    refused("the function's usual name", "{ namedElsewhere }"),
    refused("the SQL name of an inflected column", "{ shipsByPk(id: 1) { ship_name } }"),
    refused("an inflected name without inflection", "{ snakeTableCollection { edges { node { id } } } }"),
    refused("a table whose name is none", "{ strangeCollection { edges { node { id } } } }"),
    refused("a table whose name begins with a digit", "{ _9livesCollection { edges { node { id } } } }"),
    refused("a column whose name is none", "{ blogPostByPk(postId: 1) { weirdCol } }"),
]
