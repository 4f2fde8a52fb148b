"""The ranking of docs/reference/ranking.md computed post by post, as plainly as it can be written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

WEIGHTS = {"affinity": 0.35, "quality": 0.35, "freshness": 0.15, "diversity": 0.10, "negatives": 0.40}
HALF_LIFE_HOURS = {"REGULAR": 18, "THREAD": 12, "REEL": 48, "STORY": 6}
USUAL_RATE = {"REGULAR": 0.05, "THREAD": 0.05, "REEL": 0.30, "STORY": 0.05}
EVENING = (20, 21, 22)
CAIRO = ZoneInfo("Africa/Cairo")


@dataclass(frozen=True)
class Post:
    """What ranking knows of a post; `affinity` is what its author means to the reader, and since when."""

    id: int
    author: int
    type: str
    created_at: datetime
    responses: int = 0
    views: int = 0
    impressions: int = 0
    completed: int = 0
    watched: float = 0.0
    skips: int = 0
    hides: int = 0
    reports: int = 0
    spam: float = 0.0
    affinity: tuple[float, datetime] | None = None
    is_seen: bool = False


@dataclass(frozen=True)
class Parts:
    """The parts of a score, each from 0 to 1, and the score."""

    affinity: float
    quality: float
    freshness: float
    diversity: float
    negatives: float
    score: float


def affinity(post: Post, moment: datetime) -> float:
    if post.affinity is None:
        return 0.0
    value, since = post.affinity
    days = max((moment - since) / timedelta(days=1), 0.0)
    return 1 - math.exp(-max(value * 0.5 ** (days / 14), 0.0) / 8)


def quality(post: Post) -> float:
    usual = USUAL_RATE[post.type]
    if post.type == "REEL":
        shown = float(post.impressions)
        positives = (min(post.responses, post.impressions) + post.completed + post.watched) / 3
    else:
        shown, positives = float(post.views), float(post.responses)
    n = max(shown, positives) + 50
    p = (positives + 50 * usual) / n
    z = 1.96
    bound = (p + z * z / (2 * n) - z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)
    return float(max(bound, 0.0) ** (math.log(0.5) / math.log(usual)))


def freshness(post: Post, moment: datetime) -> float:
    age = moment - post.created_at
    if age < -timedelta(minutes=1):
        return 0.0
    hours = max(age / timedelta(hours=1), 0.0)
    day_part = 1.0 if post.created_at.astimezone(CAIRO).hour in EVENING else 1 / 1.15
    return float(day_part * 0.5 ** (hours / HALF_LIFE_HOURS[post.type]))


def negatives(post: Post) -> float:
    rate = (0.5 * post.hides + 5 * post.reports + 0.3 * post.skips) / (post.impressions + 20)
    return min(1.0, rate + post.spam)


def base(post: Post, moment: datetime) -> float:
    """The score without diversity."""
    return (
        WEIGHTS["affinity"] * affinity(post, moment)
        + WEIGHTS["quality"] * quality(post)
        + WEIGHTS["freshness"] * freshness(post, moment)
        - WEIGHTS["negatives"] * negatives(post)
    )


def diversity(post: Post, posts: Sequence[Post], moment: datetime) -> float:
    """Counts who of its author, and what of its type, stands before it."""
    before = [other for other in posts if _key(other, moment) < _key(post, moment)]
    of_author = sum(other.author == post.author for other in before)
    of_type = sum(other.type == post.type for other in before)
    return 1 - max(1 - 0.5**of_author, 0.5 * (1 - 0.9**of_type))


def parts(post: Post, posts: Sequence[Post], moment: datetime) -> Parts:
    varied = diversity(post, posts, moment)
    return Parts(
        affinity(post, moment), quality(post), freshness(post, moment), varied, negatives(post),
        base(post, moment) + WEIGHTS["diversity"] * varied,
    )  # fmt: skip


def ranked(posts: Sequence[Post], moment: datetime) -> list[int]:
    """Takes, again and again, the best post that is left and not by the author of the one before."""
    scores = {post.id: parts(post, posts, moment).score for post in posts}
    left = sorted(posts, key=lambda post: (post.is_seen, -scores[post.id], -post.id))
    order: list[Post] = []
    while left:
        last = order[-1].author if order else None
        taken = next((post for post in left if post.author != last), left[0])
        left.remove(taken)
        order.append(taken)
    return [post.id for post in order]


def _key(post: Post, moment: datetime) -> tuple[bool, float, int]:
    return post.is_seen, -base(post, moment), -post.id
