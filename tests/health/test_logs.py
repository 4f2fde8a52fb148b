"""Structured logs: one JSON object per line."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from gateway.observe.events import (
    CatalogFailed,
    DependencyChanged,
    Event,
    GatewayStarted,
    RequestCrashed,
    RequestServed,
    Route,
)
from gateway.observe.logs import bound, configure, report


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """What is logged; the logging of the test run is put back afterwards."""
    root = logging.getLogger()
    held, level = root.handlers[:], root.level
    written = io.StringIO()
    yield written
    root.handlers[:] = held
    root.setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def served(route: Route, status: int = 200, milliseconds: float = 3.0) -> RequestServed:
    return RequestServed("r-1", route, "GET", "/x", status, milliseconds)


def test_an_event_becomes_a_line_with_its_facts(stream: io.StringIO) -> None:
    configure("INFO", stream)
    report(served(Route.AUTH, 201))
    [line] = lines(stream)
    assert line["event"] == "request served"
    assert (line["level"], line["request_id"], line["route"], line["status"]) == ("info", "r-1", "auth", 201)
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    ("event", "level"),
    [
        (served(Route.AUTH, 503), "warning"),
        (served(Route.REST_READ, milliseconds=1500), "warning"),
        (DependencyChanged("valkey", False, "{}"), "warning"),
        (DependencyChanged("valkey", True, "{}"), "info"),
        (CatalogFailed("no"), "warning"),
        (GatewayStarted("http://x", 1.0), "info"),
    ],
)
def test_the_level_follows_the_event(stream: io.StringIO, event: Event, level: str) -> None:
    configure("INFO", stream)
    report(event)
    assert [line["level"] for line in lines(stream)] == [level]


def test_the_generated_interfaces_are_quiet_unless_asked(stream: io.StringIO) -> None:
    configure("INFO", stream)
    report(served(Route.GRAPHQL))
    configure("DEBUG", stream)
    report(served(Route.GRAPHQL))
    assert [line["level"] for line in lines(stream)] == ["debug"]


def test_a_defect_is_logged_with_its_traceback_on_one_line(stream: io.StringIO) -> None:
    configure("INFO", stream)
    try:
        raise KeyError("a defect")
    except KeyError as error:
        report(RequestCrashed("r-2", "/x", error))
    [line] = lines(stream)
    assert (line["event"], line["level"], line["request_id"]) == ("request crashed", "error", "r-2")
    assert "Traceback" in line["exception"]


def test_other_libraries_write_json_too(stream: io.StringIO) -> None:
    configure("INFO", stream)
    with bound("r-3"):
        logging.getLogger("somebody.else").warning("careful: %s", "hot")
    [line] = lines(stream)
    assert (line["event"], line["logger"], line["request_id"]) == ("careful: hot", "somebody.else", "r-3")
