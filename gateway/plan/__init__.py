"""What a request means against the catalogue, the same for REST and GraphQL, and its compilation to SQL."""
