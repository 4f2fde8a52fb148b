"use strict";
// The editor on the endpoint that this page was read from. The address may carry query, variables and operationName.
const asked = new URLSearchParams(location.search);
const given = (name) => asked.get(name) ?? undefined;
ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: location.pathname }),
    query: given("query"),
    variables: given("variables"),
    operationName: given("operationName"),
    defaultQuery: "# A token goes below, under Headers: {\"Authorization\": \"Bearer ...\"}\n{\n  __typename\n}\n",
    defaultHeaders: "{\n  \"Authorization\": \"\"\n}",
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
    defaultEditorToolsVisibility: "headers",
  }),
);
