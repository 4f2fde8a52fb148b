"""The schema cache: read in one query, immutable, replaced whole when the database says that it changed."""
