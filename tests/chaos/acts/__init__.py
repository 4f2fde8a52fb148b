"""What people do at random: every function and table with which clients write, but for uploads and sessions."""

from __future__ import annotations

from tests.chaos.acts import content, conversations, engagement, gatherings, people

ACTS = people.ACTS + content.ACTS + engagement.ACTS + conversations.ACTS + gatherings.ACTS
STAFF_ACTS = (
    "select api.suspend_user(%(user)s, 'x')",
    *["select api.reinstate_user(%(user)s, 'x')"] * 8,
    "select api.decide_verification((select min(id) from api.verification_requests where status = 'PENDING'), true)",
    "select api.review_trend((select max(id) from api.hashtags), 'SHOWN')",
)
