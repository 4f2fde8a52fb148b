"""PostgREST's protocol at /rest/v1: query string to intent, intent to plan, rows to answer."""
