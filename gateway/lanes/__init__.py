"""Lanes: PostgreSQL connections in pipeline mode, each shared by many requests (docs/decisions/0001-lanes.md)."""

from gateway.lanes.model import (
    NO_SETTINGS,
    NOTHING_AROUND,
    ROLLED_BACK,
    Around,
    DatabaseError,
    GroupSize,
    GroupStats,
    Identity,
    LaneError,
    LaneKind,
    LanesConfig,
    OutcomeUnknown,
    Rows,
    Statement,
    Unavailable,
)
from gateway.lanes.pool import Lanes

__all__ = [
    "NOTHING_AROUND",
    "NO_SETTINGS",
    "ROLLED_BACK",
    "Around",
    "DatabaseError",
    "GroupSize",
    "GroupStats",
    "Identity",
    "LaneError",
    "LaneKind",
    "Lanes",
    "LanesConfig",
    "OutcomeUnknown",
    "Rows",
    "Statement",
    "Unavailable",
]
