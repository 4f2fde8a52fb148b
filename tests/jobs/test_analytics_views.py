"""Each view of the analytics store beside the same answer computed in Python, from people with names."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import astuple, dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from services.clickhouse import StoreConfig, connected
from tests.support.stores import rows

NONE = date(1970, 1, 1)
BEGIN = date(2026, 8, 3)
PEOPLE = 60
DAYS = 70


@dataclass(frozen=True)
class Event:
    """A row as the export sends it, in the order of its columns."""

    kind: str
    day: date
    actor_id: int = 0
    post_id: int = 0
    author_id: int = 0
    ad_id: int = 0
    post_type: str = ""
    source: str = ""
    change: int = 1
    watch_ms: int = 0
    completion: int = 0
    amount: int = 0
    governorate: str = ""
    language: str = "ar"
    last_active_on: date = NONE
    cohort: date = NONE

    def line(self) -> str:
        noon = datetime(self.day.year, self.day.month, self.day.day, 10, tzinfo=UTC)
        _, _, *rest = astuple(self)
        return "\t".join(map(str, [1, 0, f"{noon:%Y-%m-%d %H:%M:%S}", self.kind, *rest])) + "\n"


@dataclass
class World:
    """Who was there on which days, and what that made."""

    events: list[Event] = field(default_factory=list)
    visits: dict[int, list[date]] = field(default_factory=dict)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@pytest.fixture(scope="module")
def world() -> World:
    chance = random.Random(7)
    made = World()
    for person in range(PEOPLE):
        began = BEGIN + timedelta(days=chance.randrange(30))
        often = chance.choice([0.03, 0.2, 0.8])
        later = [began + timedelta(days=n) for n in range(1, DAYS) if chance.random() < often]
        made.visits[person] = [began, *later]
        made.events.append(Event("SIGN_UP", began, cohort=monday(began)))
        for before, day in zip([NONE, began, *later], [began, *later], strict=False):
            place = "EG-C" if person % 2 else "EG-ALX"
            made.events.append(Event("ACTIVE", day, last_active_on=before, cohort=monday(began), governorate=place))
    made.events += [_engagement(chance) for _ in range(3_000)]
    made.events += [_advertising(chance) for _ in range(500)]
    return made


def _engagement(chance: random.Random) -> Event:
    kind = chance.choice(["VIEW"] * 6 + ["POST", "REACTION", "COMMENT", "SHARE", "SAVE", "REPOST", "FOLLOW"])
    author = chance.randrange(1, 6)
    post = 0 if kind == "FOLLOW" else author * 100 + chance.randrange(4)
    change = -1 if kind in ("REACTION", "FOLLOW") and chance.random() < 0.2 else 1
    day = BEGIN + timedelta(days=chance.randrange(10))
    watched = (chance.randrange(60_000), chance.choice([0, 40, 89, 90, 100])) if kind == "VIEW" else (0, 0)
    actor = chance.choice([0, 0, 7, 8])
    return Event(kind, day, actor, post, author, 0, "REEL", "FEED", change, *watched)


def _advertising(chance: random.Random) -> Event:
    kind = chance.choice(["AD_IMPRESSION"] * 5 + ["AD_CLICK", "AD_SPEND"])
    amount = chance.randrange(500) if kind == "AD_SPEND" else 0
    day = BEGIN + timedelta(days=chance.randrange(3))
    return Event(kind, day, chance.choice([0, 7, 8]), ad_id=chance.randrange(1, 4), amount=amount)


@pytest.fixture
async def filled(store: StoreConfig, world: World) -> StoreConfig:
    async with connected(store) as opened:
        await opened.insert(1, "".join(event.line() for event in world.events).encode())
    return store


async def test_people_of_a_day_a_week_and_a_month(filled: StoreConfig, world: World) -> None:
    def there(last: date, days: int) -> int:
        window = {last - timedelta(days=n) for n in range(days)}
        return sum(not window.isdisjoint(visits) for visits in world.visits.values())

    found = {day: tuple(counts) for day, *counts in await rows(filled, "select day, dau, wau, mau from active_people")}
    wanted = [BEGIN + timedelta(days=n) for n in range(DAYS + 20)]
    assert {day: counts for day in wanted if any(counts := (there(day, 1), there(day, 7), there(day, 30)))} == {
        day: counts for day, counts in found.items() if any(counts) and day in wanted
    }


async def test_people_by_place_only_in_tens(filled: StoreConfig, world: World) -> None:
    counted = Counter((event.day, event.governorate) for event in world.events if event.kind == "ACTIVE")
    found = await rows(filled, "select day, governorate, people from active_people_by_place")
    assert {(day, place): people for day, place, people in found} == {
        cell: people for cell, people in counted.items() if people >= 10
    }
    assert len(found) < len(counted)


async def test_retention_by_week(filled: StoreConfig, world: World) -> None:
    returned: defaultdict[tuple[date, date], set[int]] = defaultdict(set)
    began = Counter(monday(visits[0]) for visits in world.visits.values())
    for person, visits in world.visits.items():
        for day in visits:
            returned[monday(visits[0]), monday(day)].add(person)
    found = await rows(filled, "select cohort, week, signed_up, people, weeks_later, share from retention")
    assert {row[:4] for row in found} == {
        (cohort, week, began[cohort], len(people)) for (cohort, week), people in returned.items()
    }
    assert all(later == (week - cohort).days // 7 for cohort, week, _, _, later, _ in found)
    assert all(share == pytest.approx(people / size) for _, _, size, people, _, share in found)


async def test_watch_time_and_completion_of_a_post(filled: StoreConfig, world: World) -> None:
    found = await rows(
        filled,
        "select post_id, author_id, post_type, views, watch_seconds, completion, completed_share from post_watch",
    )
    views = [event for event in world.events if event.kind == "VIEW"]
    assert {row[0] for row in found} == {event.post_id for event in views}
    for post, author, kind, count, seconds, completion, completed in found:
        own = [event for event in views if event.post_id == post]
        assert (author, kind, count) == (post // 100, "REEL", len(own))
        assert seconds == pytest.approx(sum(event.watch_ms for event in own) / 1000)
        assert completion == pytest.approx(sum(event.completion for event in own) / len(own) / 100)
        assert completed == pytest.approx(sum(event.completion >= 90 for event in own) / len(own))


SUMS = ("POST", "VIEW", "REACTION", "COMMENT", "SHARE", "SAVE", "REPOST", "FOLLOW")


async def test_creators_by_day_and_in_all(filled: StoreConfig, world: World) -> None:
    days: defaultdict[tuple[int, date], Counter[str]] = defaultdict(Counter)
    for event in (event for event in world.events if event.author_id):
        days[event.author_id, event.day][event.kind] += event.change
    columns = "author_id, day, posts, views, reactions, comments, shares, saves, reposts, followers"
    found = await rows(filled, f"select {columns} from creator_days")
    assert {row[:2]: row[2:] for row in found} == {
        key: tuple(counted[kind] for kind in SUMS) for key, counted in days.items()
    }
    for author, views, engagements, rate in await rows(
        filled, "select author_id, views, engagements, engagement_rate from creators"
    ):
        own = Counter[str]()
        for counted in (counted for (of, _), counted in days.items() if of == author):
            own.update(counted)
        acts = sum(own[kind] for kind in ("REACTION", "COMMENT", "SHARE", "SAVE", "REPOST"))
        assert (views, engagements) == (own["VIEW"], acts)
        assert rate == pytest.approx(acts / own["VIEW"])


async def test_what_creators_are_watched_for(filled: StoreConfig, world: World) -> None:
    found = await rows(filled, "select author_id, watch_seconds, completed_share, followers from creators")
    assert len(found) == 5
    for author, seconds, completed, followers in found:
        own = [event for event in world.events if event.author_id == author]
        views = [event for event in own if event.kind == "VIEW"]
        assert seconds == pytest.approx(sum(event.watch_ms for event in views) / 1000)
        assert completed == pytest.approx(sum(event.completion >= 90 for event in views) / len(views))
        assert followers == sum(event.change for event in own if event.kind == "FOLLOW")


async def test_advertisements_by_day(filled: StoreConfig, world: World) -> None:
    found = await rows(
        filled,
        "select ad_id, day, impressions, clicks, spend, known_people, click_rate, cost_per_mille, cost_per_click"
        " from ad_days",
    )
    assert len(found) == 9
    for ad, day, *figures in found:
        own = [event for event in world.events if (event.ad_id, event.day) == (ad, day)]
        shown, clicked = (sum(event.kind == kind for event in own) for kind in ("AD_IMPRESSION", "AD_CLICK"))
        spent = sum(event.amount for event in own)
        known = len({event.actor_id for event in own if event.actor_id and event.kind == "AD_IMPRESSION"})
        assert figures == [
            shown, clicked, spent, known, pytest.approx(clicked / shown), pytest.approx(spent * 1000 / shown),
            pytest.approx(spent / clicked if clicked else 0),
        ]  # fmt: skip


async def test_totals_of_a_day_by_kind(filled: StoreConfig, world: World) -> None:
    counted: defaultdict[tuple[date, str], list[Event]] = defaultdict(list)
    for event in world.events:
        counted[event.day, event.kind].append(event)
    found = await rows(filled, "select day, kind, events, amount, consented_share from daily_totals")
    assert len(found) == len(counted)
    for day, kind, events, amount, consented in found:
        own = counted[day, kind]
        assert (events, amount) == (sum(event.change for event in own), sum(event.amount for event in own))
        assert consented == pytest.approx(sum(event.actor_id != 0 for event in own) / len(own))
