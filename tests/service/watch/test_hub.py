"""Everything reaches every client, once and in order, whoever reads when."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.events import Event, Fetching, RunFinished, RunPlanned, StepDone, StepFailed, StepProgress, StepStarted
from graph.session import Order
from service.watch import feed, pulse
from service.watch.hub import Hub
from service.watch.messages import (
    DownloadChanged,
    LiveRefused,
    Message,
    QueueChanged,
    RunEnded,
    RunQueued,
    RunRemoved,
    RunStarted,
)
from service.watch.subscription import Subscription
from tests.graph.toys import chain, open_session
from tests.service.watch.watching import Client, life, planned, record, seen

SOON = 60.0

WORDS = itertools.count()

RUNS = st.sampled_from(["r", "s"])
STEPS = st.sampled_from(["a", "b"])
FRACTIONS = st.sampled_from([0.25, 0.5, 0.75])
SKETCHES = st.sampled_from(["", "", "data:image/webp;base64,AAAA", "data:image/webp;base64,BBBB"])
MESSAGES: st.SearchStrategy[Message] = st.one_of(
    st.builds(StepProgress, RUNS, STEPS, FRACTIONS, SKETCHES),
    st.builds(StepStarted, RUNS, STEPS),
    st.builds(lambda run, step: StepDone(run, step, 0.5, (), stored=True), RUNS, STEPS),
    st.builds(lambda run, step: StepFailed(run, step, "no", "yes"), RUNS, STEPS),
    st.builds(lambda run: RunPlanned(run, planned("a", "b")), RUNS),
    st.builds(lambda run: RunStarted(run, 2.0), RUNS),
    st.builds(lambda run, priority: RunQueued(record(run, priority)), RUNS, st.integers(0, 2)),
    st.builds(lambda run: RunFinished(run, "done", 1.0), RUNS),
    st.builds(lambda run: RunEnded(record(run, state="done")), RUNS),
    st.builds(RunRemoved, RUNS),
    st.builds(lambda order, paused: QueueChanged(tuple(order), paused), st.permutations(["r", "s"]), st.booleans()),
    st.builds(Fetching, RUNS, st.just("m"), st.integers(0, 9), st.just(9)),
    st.builds(
        lambda done, state: DownloadChanged("m", done, 9, state),
        st.integers(0, 3),
        st.sampled_from(["waiting", "running", "done"]),
    ),
)


class Clock:
    """Time that passes when the test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True, scope="module")
def quick() -> Generator[None]:
    """Beats follow each other at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pulse, "PACE", 0.0)
        yield


async def reading(subscription: Subscription, client: Client, until: Callable[[], bool]) -> None:
    async with asyncio.timeout(SOON):
        while not until():
            client.take(await anext(subscription))


async def caught_up(hub: Hub, subscription: Subscription, client: Client) -> None:
    """The client reads until a word that is said now, and was never said before: what is no news is not told."""
    word = RunQueued(record(f"word {next(WORDS)}"))
    hub.publish(word)
    await reading(subscription, client, lambda: word in client.seen[-50:])


@settings(max_examples=60, deadline=None)
@given(st.lists(MESSAGES | st.sampled_from(["subscribe", "read", "wait"]), max_size=60))
def test_a_snapshot_and_what_follows_are_the_state(events: list[Any]) -> None:
    async def go() -> None:
        clock = Clock()
        hub = Hub(clock=clock)
        watching: list[tuple[Subscription, Client]] = []
        for event in ["subscribe", *(RunQueued(record(run)) for run in "rs"), *events]:
            if event == "subscribe":
                watching.append((hub.subscribe(), Client()))
            elif event == "wait":
                clock.now += 1.0
                await asyncio.sleep(0)
            elif event == "read":
                await caught_up(hub, *watching[-1])
                assert watching[-1][1].view == seen(hub.snapshot())
            else:
                hub.publish(event)
        for subscription, client in watching:
            await caught_up(hub, subscription, client)
            assert client.view == seen(hub.snapshot())
            subscription.close()
        assert hub.clients == 0

    asyncio.run(go())


def test_threads_that_tell_at_once_are_heard_in_one_order() -> None:
    async def go() -> None:
        hub = Hub()
        everybody = [(hub.subscribe(), Client()) for _ in range(20)]

        def tell(name: str) -> None:
            for number in range(20):
                for message in life(f"{name}{number}", "a", "b"):
                    hub.publish(message)

        threads = [threading.Thread(target=tell, args=(name,)) for name in "xyz"]
        for thread in threads:
            thread.start()
        runs = 60

        def done(client: Client) -> bool:
            return sum(isinstance(message, RunFinished) for message in client.seen) == runs

        late = hub.subscribe(), Client()
        reads = [reading(subscription, client, lambda c=client: done(c)) for subscription, client in everybody]
        await asyncio.gather(*reads)
        for thread in threads:
            await asyncio.to_thread(thread.join)
        await caught_up(hub, *late)
        numbered = [[m for m in client.seen if not isinstance(m, StepProgress)] for _, client in everybody]
        assert all(each[: len(numbered[0])] == numbered[0] for each in numbered)
        assert late[1].view == seen(hub.snapshot())
        for subscription, _ in [*everybody, late]:
            subscription.close()

    asyncio.run(go())


def test_a_run_tells_of_its_progress_twenty_times_a_second_and_no_more() -> None:
    async def go() -> None:
        clock = Clock()
        hub = Hub(clock=clock)
        with hub.subscribe() as subscription:
            client = Client()
            for message in [*life("r", "a")[:2], RunPlanned("r", planned("a", "b", "c"))]:
                hub.publish(message)
            for step in "abc":
                hub.publish(StepStarted("r", step))
            for tick in range(1000):  # one second
                clock.now = tick / 1000
                for step in "abc":
                    hub.publish(StepProgress("r", step, tick / 1000))
            clock.now = 2.0
            await caught_up(hub, subscription, client)
            # The client did not read meanwhile, and gets of each step the latest alone.
            assert sum(isinstance(message, StepProgress) for message in client.seen) <= 3
            assert client.view == seen(hub.snapshot())

    released: list[float] = []
    with pytest.MonkeyPatch.context() as patch:
        original = feed.encoded
        patch.setattr(feed, "encoded", lambda message: released.append(0.0) or original(message))
        asyncio.run(go())
    assert 10 <= len(released) <= 22
    assert feed.PROGRESS_EVERY == 0.05


def test_the_last_progress_arrives_though_nothing_follows() -> None:
    async def go() -> None:
        hub = Hub()
        with hub.subscribe() as subscription:
            client = Client()
            for message in life("r", "a")[:4]:
                hub.publish(message)
            for fraction in (0.1, 0.2, 0.9):
                hub.publish(StepProgress("r", "a", fraction))
            await reading(subscription, client, lambda: StepProgress("r", "a", 0.9) in client.seen)

    asyncio.run(go())


def test_a_sketch_is_sent_once_and_not_lost_for_those_who_read_slowly() -> None:
    sketched, merged = "data:image/webp;base64,AAAA", "data:image/webp;base64,BBBB"

    def progress(client: Client) -> list[tuple[float, str]]:
        return [(m.fraction, m.sketch) for m in client.seen if isinstance(m, StepProgress)]

    async def go() -> None:
        clock = Clock()
        hub = Hub(clock=clock)
        with hub.subscribe() as often, hub.subscribe() as seldom:
            quick, slow = Client(), Client()
            for message in life("r", "a")[:4]:
                hub.publish(message)
            told = [(0.1, ""), (0.2, sketched), (0.3, ""), (0.4, "")]
            for fraction, sketch in told:
                clock.now += 1.0
                hub.publish(StepProgress("r", "a", fraction, sketch))
                await caught_up(hub, often, quick)
            await caught_up(hub, seldom, slow)
            assert progress(quick) == told
            assert progress(slow) == [(0.2, sketched), (0.4, "")]
            # What waits for its time is one message.
            for fraction, sketch in [(0.5, merged), (0.6, "")]:
                hub.publish(StepProgress("r", "a", fraction, sketch))
            clock.now += 1.0
            for subscription, client in ((often, quick), (seldom, slow)):
                await reading(subscription, client, lambda c=client: progress(c)[-1][0] == 0.6)
                assert progress(client)[-1] == (0.6, merged)
                assert client.view == seen(hub.snapshot())

    asyncio.run(go())


def test_a_client_that_does_not_read_is_dropped_and_the_others_are_not() -> None:
    async def go() -> None:
        hub = Hub(backlog=200_000)
        quick, slow = hub.subscribe(), hub.subscribe()
        client = Client()
        for number in range(3000):
            hub.publish(RunQueued(record(f"r{number}")))
            if number % 100 == 0:
                await caught_up(hub, quick, client)
        await caught_up(hub, quick, client)
        assert client.view == seen(hub.snapshot())
        async with asyncio.timeout(SOON):
            await slow.lost.wait()
            assert len([frame async for frame in slow]) == 1, "after the snapshot there is an end"
        assert hub.clients == 1
        assert not quick.lost.is_set()
        quick.close()

    asyncio.run(go())


def test_a_client_is_dropped_for_what_is_told_to_it_alone() -> None:
    async def go() -> None:
        hub = Hub(backlog=10_000)
        with hub.subscribe() as subscription, hub.subscribe() as other:
            for number in range(200):
                subscription.send(LiveRefused(str(number), ()))
            hub.publish(RunQueued(record("r")))
            async with asyncio.timeout(SOON):
                await subscription.lost.wait()
            assert not other.lost.is_set()

    asyncio.run(go())


def test_much_that_waits_comes_in_several_frames() -> None:
    async def go() -> None:
        hub = Hub()
        with hub.subscribe() as subscription:
            client = Client()
            for number in range(5000):
                hub.publish(RunQueued(record(f"r{number}")))
            sizes: list[int] = []
            async with asyncio.timeout(SOON):
                while client.seq != 5000:
                    frame = await anext(subscription)
                    sizes.append(len(frame))
                    client.take(frame)
            assert len(sizes) > 3
            assert max(sizes) < 2 * feed.FRAME
            assert client.view == seen(hub.snapshot())

    asyncio.run(go())


def test_what_is_meant_for_one_client_reaches_no_other() -> None:
    async def go() -> None:
        hub = Hub()
        with hub.subscribe() as one, hub.subscribe() as other:
            first, second = Client(), Client()
            one.send(RunPlanned("live-1", planned("a")))
            one.send(StepProgress("live-1", "a", 0.5))
            done = StepDone("live-1", "a", 0.1, (), stored=False)
            one.send(done)
            await reading(one, first, lambda: done in first.seen)
            await caught_up(hub, other, second)
            assert all(isinstance(message, RunQueued) for message in second.seen)

    asyncio.run(go())


def test_a_listener_tells_under_the_id_of_its_run() -> None:
    hub = Hub()
    for message in [RunQueued(record("r")), RunStarted("r", 2.0)]:
        hub.publish(message)
    hub.listener("r")(RunPlanned("what the engine calls it", planned("a")))
    assert [step.id for step in hub.snapshot().running[0].steps] == ["a"]


def test_nothing_is_kept_of_runs_that_ended() -> None:
    async def go() -> None:
        hub = Hub()
        with hub.subscribe() as subscription:
            client = Client()
            for number in range(300):
                for message in life(f"r{number}", "a", "b", "c"):
                    hub.publish(message)
                if number % 20 == 0:
                    await caught_up(hub, subscription, client)
            await caught_up(hub, subscription, client)
        assert hub._feed.kept == 0
        assert not hub._feed._due
        assert not hub._feed._released
        assert not hub._readers
        assert not hub._pulses

    asyncio.run(go())


def test_a_run_of_900_nodes_costs_a_client_half_a_megabyte_at_most(tmp_path: Path) -> None:
    async def go() -> int:
        hub = Hub()
        session = open_session(tmp_path)
        with hub.subscribe() as subscription:
            client = Client()
            run = "0123456789abcdef" * 2
            await reading(subscription, client, lambda: client.seq is not None)
            snapshot = client.bytes
            for message in (RunQueued(record(run)), RunStarted(run, 1795395265.8393)):
                hub.publish(message)
            listen: Callable[[Event], None] = hub.listener(run)
            await asyncio.to_thread(session.run, Order(chain(900)), listen)
            ended = RunEnded(record(run, state="done"))
            hub.publish(ended)
            await reading(subscription, client, lambda: ended in client.seen)
        session.close()
        assert sum(isinstance(message, StepDone) for message in client.seen) == 900
        return client.bytes - snapshot

    cost = asyncio.run(go())
    print(f"{cost} bytes")
    assert cost <= 2**19
