"""Benchmarks: the gateway beside pgbench, in one run on one machine. `make bench`, or `python -m tests.bench`."""
