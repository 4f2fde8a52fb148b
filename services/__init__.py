"""Adapters to what stands outside SQL: object store, cache, mail."""
