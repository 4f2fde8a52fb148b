"""What the gateway tells about itself: events, logs, metrics. Nothing here waits, and little of it runs per request."""

from gateway.observe.events import Event, Route
from gateway.observe.ids import request_id
from gateway.observe.logs import configure, report
from gateway.observe.metrics import request

__all__ = ["Event", "Route", "configure", "report", "request", "request_id"]
