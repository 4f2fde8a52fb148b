"""The servers of a local stack: how each is prepared, started and asked whether it serves."""

from daira.servers.model import NotReadyError, Service

__all__ = ["NotReadyError", "Service"]
