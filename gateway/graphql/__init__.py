"""pg_graphql's contract at /graphql: catalogue to surface, document to plan, plan to one statement."""
