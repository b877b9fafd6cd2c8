"""What goes into the store comes out again, from SQLite and from PostgreSQL."""

import asyncio
import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signpost_bot.errors import StoreError
from signpost_bot.model import Suggestion, Tally, Waiting
from signpost_bot.store import Store

pytest_plugins = ["databases"]

MONDAY = date(2026, 11, 16)
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
KEY, OTHER = "a1" * 32, "b2" * 32


def new(text: str = "who feeds the cat", day: date = MONDAY, **rest: Any) -> Waiting:
    given: dict[str, Any] = {"id": uuid.uuid4().hex, "kind": "unanswered", "channel": "web"}
    return Waiting(text=text, day=day, **{**given, **rest})


async def everything(store: Store) -> list[Waiting]:
    return [one async for one in store.waiting()]


# --- what waits -------------------------------------------------------------------------


async def test_what_waits_comes_back_as_it_was_kept(store: Store) -> None:
    full = new(
        kind="suggestion",
        community="Forest Hill carers",
        place="SE6",
        area="lewisham",
        reason="out-of-date",
        services=("turn2us", "carers-uk"),
        topics=(("blue-badge", 0.75), ("parking", 0.5)),
        suggestion=Suggestion("Cats at home", phone="020 7946 0018", where="Lewisham"),
        vector=bytes(range(256)) * 3,
    )
    bare = new()
    await store.keep([full])
    await store.keep([bare])

    assert {one.id: one for one in await everything(store)} == {full.id: full, bare.id: bare}


async def test_the_oldest_day_comes_first(store: Store) -> None:
    days = [MONDAY, MONDAY - timedelta(9), MONDAY + timedelta(3), MONDAY - timedelta(400)]
    await store.keep([new(day=day) for day in days])

    assert [one.day for one in await everything(store)] == sorted(days)


async def test_many_are_read_page_by_page_each_once(store: Store) -> None:
    kept = [new(f"question {i}", MONDAY - timedelta(i % 3)) for i in range(1_500)]
    await store.keep(kept)
    found = await everything(store)

    assert len(found) == 1_500
    assert sorted(one.id for one in found) == sorted(one.id for one in kept)
    assert [(one.day, one.id) for one in found] == sorted((one.day, one.id) for one in found)


async def test_while_they_are_read_others_may_write_and_forget(store: Store) -> None:
    await store.keep([new() for _ in range(600)])
    reading = store.waiting()
    await anext(reading)

    await store.keep([new()])
    assert await store.forget(MONDAY + timedelta(1)) == 601
    assert len([one async for one in reading]) == 499  # the rest of the page that was read


async def test_what_waits_under_the_same_id_is_left_alone(store: Store) -> None:
    first = new("first")
    await store.keep([first])
    await store.keep([new("second", id=first.id), new("another")])
    await store.keep([new("twice", id="twice"), new("twice", id="twice")])

    assert sorted(one.text for one in await everything(store)) == ["another", "first", "twice"]


async def test_forgetting_goes_by_the_day_and_says_how_many(store: Store) -> None:
    await store.keep([new(day=MONDAY - timedelta(days)) for days in range(5)])

    assert await store.forget(MONDAY - timedelta(1)) == 3
    assert [one.day for one in await everything(store)] == [MONDAY - timedelta(1), MONDAY]
    assert await store.forget(MONDAY - timedelta(1)) == 0


# --- tallies ----------------------------------------------------------------------------


async def test_tallies_add_up_by_all_that_tells_them_apart(store: Store) -> None:
    answered = Tally(MONDAY, "outcome", "answer", "web")
    inside = Tally(MONDAY, "outcome", "answer", "web", "Forest Hill carers")
    danger = Tally(MONDAY, "danger", "suicide")
    earlier = Tally(MONDAY - timedelta(1), "outcome", "answer", "web")
    await store.keep(tallies=[answered, answered, inside, danger])
    await store.keep(tallies=[answered, Tally(MONDAY, "outcome", "answer", "web", number=7)])
    await store.keep(tallies=[earlier])

    ten = Tally(MONDAY, "outcome", "answer", "web", number=10)
    assert await store.tallies() == [earlier, danger, ten, inside]
    assert await store.tallies(since=MONDAY) == [danger, ten, inside]
    assert await store.tallies(since=MONDAY + timedelta(1)) == []


async def test_tallies_stay_when_words_are_forgotten(store: Store) -> None:
    await store.keep([new()], [Tally(MONDAY, "outcome", "unanswered")])
    await store.forget(MONDAY + timedelta(1))

    assert await store.tallies() == [Tally(MONDAY, "outcome", "unanswered")]


async def test_one_transaction_is_kept_whole_or_not_at_all(store: Store) -> None:
    too_many = Tally(MONDAY, "outcome", "answer", number=2**63 - 1)
    await store.keep(tallies=[too_many])
    with pytest.raises((StoreError, OverflowError)):
        await store.keep([new()], [Tally(MONDAY, "outcome", "answer", number=2**64)])

    assert await everything(store) == []
    assert await store.tallies() == [too_many]


async def test_a_long_name_is_cut_and_never_keeps_the_rest_out(store: Store) -> None:
    long = "\U0001f600" * 5_000
    await store.keep([new()], [Tally(MONDAY, "topic", long, long, long)])

    (found,) = await store.tallies()
    assert found.name == found.channel == found.community == "\U0001f600" * 200


async def test_many_at_once_in_one_process(store: Store) -> None:
    async def one(number: int) -> None:
        names = [f"topic {(number + step) % 7}" for step in range(5)]
        await store.keep([new()], [Tally(MONDAY, "topic", name) for name in names])

    await asyncio.gather(*(one(number) for number in range(120)))

    assert len(await everything(store)) == 120
    assert sum(tally.number for tally in await store.tallies()) == 600


# --- any text ---------------------------------------------------------------------------

_QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_SQL = st.sampled_from(
    ["'; DROP TABLE waiting; --", '"', "''", "\\", "%s", ":x", "$1", "?", "{}", "\\u0000", "\x1a"]
)
_KEPT = st.text(st.characters(codec="utf-8", exclude_characters="\0")) | _SQL
_ANY = st.text(st.characters())  # with NULs and halves of characters


@_QUICK
@given(text=_KEPT, name=_KEPT, more=_KEPT)
async def test_any_text_comes_back_as_it_went_in(
    store: Store, text: str, name: str, more: str
) -> None:
    kept = new(
        text,
        community=name,
        place=more,
        channel=name,
        services=(more, text),
        topics=((name, 0.5),),
        suggestion=Suggestion(name, what=text),
    )
    await store.keep([kept], [Tally(MONDAY, "topic", name, text, more)])
    await store.remember(KEY, "conversation", {text: [name, {more: None}], "x": more})

    assert kept in await everything(store)
    assert Tally(MONDAY, "topic", name, text, more) in [
        Tally(t.day, t.about, t.name, t.channel, t.community) for t in await store.tallies()
    ]
    told = {text: [name, {more: None}], "x": more}
    assert await store.recall(KEY, "conversation", NOON) == told


@_QUICK
@given(text=_ANY, name=_ANY)
async def test_what_no_database_can_hold_is_replaced(store: Store, text: str, name: str) -> None:
    kept = new(text, community=name, services=(name,), suggestion=Suggestion(text, what=name))
    await store.keep([kept], [Tally(MONDAY, "topic", text, name)])
    await store.remember(KEY, "conversation", {text: [name]})

    (found,) = (one for one in await everything(store) if one.id == kept.id)
    assert found.text == replaced(text)
    assert found.community == replaced(name)
    assert await store.recall(KEY, "conversation", NOON) == {replaced(text): [replaced(name)]}


def replaced(text: str) -> str:
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined.replace("\0", "\ufffd")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\0b", "a\ufffdb"),
        ("half \ud83d here", "half \ufffd here"),
        ("half \ude00", "half \ufffd"),
        ("whole \ud83d\ude00", "whole \U0001f600"),  # as a browser may hand it over
        ("Siobhán’s 🐈", "Siobhán’s 🐈"),
    ],
)
async def test_nul_and_halves_of_characters(store: Store, typed: str, kept: str) -> None:
    await store.keep([new(typed)])

    assert [one.text for one in await everything(store)] == [kept]


# --- chats ------------------------------------------------------------------------------


async def test_a_conversation_is_over_when_its_time_has_come(store: Store) -> None:
    over = NOON + timedelta(minutes=30)
    await store.remember(KEY, "conversation", {"question": "blue badge", "step": 2}, over)

    told = {"question": "blue badge", "step": 2}
    assert await store.recall(KEY, "conversation", NOON) == told
    assert await store.recall(KEY, "conversation", over - timedelta(microseconds=1)) == told
    assert await store.recall(KEY, "conversation", over) is None
    assert await store.recall(KEY, "conversation", over + timedelta(days=1)) is None
    assert await store.recall(OTHER, "conversation", NOON) is None


async def test_moments_mean_the_same_in_every_time_zone(store: Store) -> None:
    summer = timezone(timedelta(hours=1))
    await store.remember(KEY, "conversation", {}, datetime(2026, 7, 1, 12, 30, tzinfo=summer))

    before = datetime(2026, 7, 1, 11, 29, tzinfo=UTC)
    assert await store.recall(KEY, "conversation", before) == {}
    assert await store.recall(KEY, "conversation", before + timedelta(minutes=1)) is None


async def test_settings_stay_until_they_are_dropped(store: Store) -> None:
    later = NOON + timedelta(days=4_000)
    await store.remember(KEY, "settings", {"place": "SE6"})
    await store.remember(KEY, "settings", {"place": "Leeds", "phone": True})
    await store.remember(KEY, "conversation", {"step": 1}, NOON)
    await store.remember(OTHER, "settings", {"place": "Truro"})

    assert await store.sweep(later) == 1
    assert await store.recall(KEY, "settings", later) == {"place": "Leeds", "phone": True}
    assert await store.drop(KEY) == 1
    assert await store.recall(KEY, "settings", later) is None
    assert await store.recall(OTHER, "settings", later) == {"place": "Truro"}


async def test_many_chats_at_the_same_time_each_get_their_own(store: Store) -> None:
    keys = [f"{i:064x}" for i in range(700)]
    await asyncio.gather(*(store.remember(key, "settings", {"is": key}) for key in keys))
    await store.remember(keys[0], "conversation", {"said": 1}, NOON)

    found = await asyncio.gather(
        *(store.recall(key, "settings", NOON) for key in keys),
        store.recall(keys[0], "conversation", NOON - timedelta(minutes=1)),
        store.recall(keys[0], "conversation", NOON),
        store.recall(OTHER, "settings", NOON),
    )
    assert found == [*({"is": key} for key in keys), {"said": 1}, None, None]


async def test_of_two_things_remembered_at_the_same_time_the_later_holds(store: Store) -> None:
    await asyncio.gather(*(store.remember(KEY, "settings", {"is": i}) for i in range(9)))

    assert await store.recall(KEY, "settings", NOON) == {"is": 8}


async def test_who_gives_up_waiting_takes_nobody_along(store: Store) -> None:
    asking = [
        asyncio.create_task(store.remember(f"{i:064x}", "settings", {"is": i})) for i in range(60)
    ]
    await asyncio.sleep(0)
    for task in asking[::7]:
        task.cancel()
    await asyncio.gather(*asking, return_exceptions=True)

    assert [task.cancelled() for task in asking] == [i % 7 == 0 for i in range(60)]
    kept = [i for i in range(60) if i % 7]
    found = [await store.recall(f"{i:064x}", "settings", NOON) for i in kept]
    assert found == [{"is": i} for i in kept]


async def test_dropping_takes_everything_of_one_chat(store: Store) -> None:
    await store.remember(KEY, "settings", {"place": "SE6"})
    await store.remember(KEY, "conversation", {"step": 1}, NOON)

    assert await store.drop(KEY) == 2
    assert await store.drop(KEY) == 0


async def test_a_conversation_that_goes_on_is_not_swept(store: Store) -> None:
    await store.remember(KEY, "conversation", {"step": 1}, NOON)
    await store.remember(KEY, "conversation", {"step": 2}, NOON + timedelta(minutes=30))

    assert await store.sweep(NOON + timedelta(minutes=1)) == 0
    assert await store.recall(KEY, "conversation", NOON) == {"step": 2}


async def test_a_moment_without_its_time_zone_is_refused(store: Store) -> None:
    naive = datetime(2026, 11, 16, 12)
    with pytest.raises(ValueError, match="time zone"):
        await store.remember(KEY, "conversation", {}, naive)
    with pytest.raises(ValueError, match="time zone"):
        await store.recall(KEY, "conversation", naive)
    with pytest.raises(ValueError, match="time zone"):
        await store.sweep(naive)
    with pytest.raises(ValueError, match="time zone"):
        await store.lease("daily", "one", naive, 60)


# --- leases -----------------------------------------------------------------------------


async def test_a_lease_has_one_holder_until_it_runs_out(store: Store) -> None:
    assert await store.lease("daily", "one", NOON, 60)
    assert not await store.lease("daily", "two", NOON + timedelta(seconds=59), 60)
    assert await store.lease("another", "two", NOON, 60)
    assert await store.lease("daily", "two", NOON + timedelta(seconds=60), 60)
    assert not await store.lease("daily", "one", NOON + timedelta(seconds=61), 60)


async def test_its_holder_renews_it(store: Store) -> None:
    assert await store.lease("daily", "one", NOON, 60)
    assert await store.lease("daily", "one", NOON + timedelta(seconds=50), 60)
    assert not await store.lease("daily", "two", NOON + timedelta(seconds=100), 60)
    assert await store.lease("daily", "two", NOON + timedelta(seconds=110), 60)


async def test_a_released_lease_is_free_and_says_what_was_done(store: Store) -> None:
    assert await store.last_done("daily") is None
    assert await store.lease("daily", "one", NOON, 60)
    await store.release("daily", "one", MONDAY)

    assert await store.last_done("daily") == MONDAY
    assert await store.lease("daily", "two", NOON, 60)
    await store.release("daily", "two")
    assert await store.last_done("daily") == MONDAY


async def test_a_lease_that_was_taken_over_is_not_released_by_who_had_it(store: Store) -> None:
    assert await store.lease("daily", "one", NOON, 60)
    assert await store.lease("daily", "two", NOON + timedelta(seconds=60), 60)
    await store.release("daily", "one", MONDAY)

    assert await store.last_done("daily") is None
    assert not await store.lease("daily", "three", NOON + timedelta(seconds=61), 60)


# --- updates of Telegram ------------------------------------------------------------------


async def test_an_update_has_one_holder_until_it_runs_out(store: Store) -> None:
    assert await store.claim([7, 5, 5], "one", NOON, 60) == {5: "ours", 7: "ours"}
    soon, late = NOON + timedelta(seconds=59), NOON + timedelta(seconds=60)
    assert await store.claim([5, 6], "two", soon, 60) == {5: "theirs", 6: "ours"}
    assert await store.claim([5], "two", late, 60) == {5: "ours"}
    assert await store.claim([5], "one", late, 60) == {5: "theirs"}


async def test_its_holder_keeps_an_update_by_taking_it_again(store: Store) -> None:
    await store.claim([5], "one", NOON, 60)
    assert await store.claim([5], "one", NOON + timedelta(seconds=50), 60) == {5: "ours"}
    late = NOON + timedelta(seconds=100)
    assert await store.claim([5], "two", late, 60) == {5: "theirs"}


async def test_what_is_finished_is_finished_for_all(store: Store) -> None:
    await store.claim([5], "one", NOON, 60)
    await store.finish([5, 8], NOON + timedelta(days=1))

    late = NOON + timedelta(hours=23)
    assert await store.claim([5, 8, 9], "two", late, 60) == {5: "done", 8: "done", 9: "ours"}
    assert await store.claim([5], "one", late, 60) == {5: "done"}


async def test_what_is_let_go_can_be_taken_at_once(store: Store) -> None:
    await store.claim([5, 6], "one", NOON, 60)
    await store.claim([7], "two", NOON, 60)
    await store.finish([6], NOON + timedelta(days=1))
    await store.let_go([5, 6, 7], "one")

    claimed = await store.claim([5, 6, 7], "three", NOON, 60)
    assert claimed == {5: "ours", 6: "done", 7: "theirs"}


async def test_old_updates_are_swept(store: Store) -> None:
    await store.claim([5], "one", NOON, 60)
    await store.finish([6], NOON + timedelta(days=1))

    assert await store.sweep(NOON + timedelta(hours=1)) == 1
    assert await store.sweep(NOON + timedelta(days=1)) == 1
    assert await store.claim([5, 6], "two", NOON, 60) == {5: "ours", 6: "ours"}


async def test_of_no_updates_nothing_is_asked(store: Store) -> None:
    assert await store.claim([], "one", NOON, 60) == {}
    await store.finish([], NOON)
    await store.let_go([], "one")


# --- opening and closing ----------------------------------------------------------------


async def test_what_was_kept_is_there_after_closing(place: Path | str) -> None:
    kept = new("still here?")
    async with Store(place) as store:
        await store.keep([kept])
    async with Store(place) as again:
        assert await everything(again) == [kept]


async def test_it_opens_by_itself_when_it_is_first_needed(new_place: Path | str) -> None:
    store = Store(new_place)
    await store.keep([new("not opened by anyone")])
    await store.open()
    await store.open()

    assert [one.text for one in await everything(store)] == ["not opened by anyone"]
    await store.close()
    await store.close()


async def test_ping_keeps_nothing(store: Store) -> None:
    await store.ping()

    assert await everything(store) == [] and await store.tallies() == []


async def test_keeping_nothing_needs_no_database(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    await Store(tmp_path / "file" / "signpost.db").keep()


async def test_without_an_address_it_is_a_file_in_the_data_folder(tmp_path: Path) -> None:
    async with Store.at(None, tmp_path / "data") as store:
        await store.keep([new()])
    assert (tmp_path / "data" / "signpost.db").is_file()

    async with Store.at(f"sqlite:///{tmp_path}/data/signpost.db", Path("elsewhere")) as store:
        assert len(await everything(store)) == 1


@pytest.mark.parametrize("name", ["a b.db", "ü?x=1#y.db", "100%25.db", "c'est.db"])
async def test_any_name_of_a_file_will_do(tmp_path: Path, name: str) -> None:
    async with Store(tmp_path / name) as store:
        await store.keep([new()])

    assert (tmp_path / name).is_file()


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg2"])
async def test_addresses_of_postgresql_as_others_write_them(
    postgres_place: str, scheme: str
) -> None:
    address = postgres_place.replace("postgresql", scheme, 1)
    async with Store(address + "&sslmode=prefer&channel_binding=prefer") as store:
        await store.ping()
