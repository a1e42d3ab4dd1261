"""kill -9 of web and worker at random instants, under people who report and answer: exactly once."""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from plazo.kit import clock
from plazo.notices.models import Notice
from plazo.tickets.models import Seal
from plazo.worker.chores import seal_past_days
from tests.faults.conftest import Database, Opens
from tests.faults.ledger import CLIENT_REPLY, REPLY, REPORT, Ledger
from tests.faults.people import Crowd
from tests.faults.processes import Desk
from tests.notices.sink import Sink

# Of ten kills: four take the worker, five one of the web's processes, one the whole web.
TARGETS = ("worker",) * 4 + ("web process",) * 5 + ("web",)
SHORTEST, LONGEST = 0.1, 0.7  # seconds between a desk that answers and the next kill
PAUSE = 0.3  # so that what was killed also gets the time to start


def test_fifty_kills_lose_and_double_nothing(
    own_database: Database, open_desk: Opens, ledger: Ledger, sink: Sink
) -> None:
    """Twenty-five on each database."""
    endure(25, 1, own_database, open_desk(own_database), ledger, sink)


@pytest.mark.soak
def test_many_kills_lose_and_double_nothing(
    own_database: Database,
    open_desk: Opens,
    ledger: Ledger,
    sink: Sink,
    record_property: Callable[[str, object], None],
) -> None:
    """Half of them on each database, at other instants each time."""
    kills = int(os.environ.get("PLAZO_SOAK_KILLS", "500")) // 2
    seed = int(os.environ.get("PLAZO_FAULTS_SEED") or time.time())
    for name, figure in endure(kills, seed, own_database, open_desk(own_database), ledger, sink).items():
        record_property(name, figure)


def endure(kills: int, seed: int, own: Database, desk: Desk, ledger: Ledger, sink: Sink) -> dict[str, object]:
    """Kill, compare everything that was sent with everything that is there, and say what was met."""
    sys.stdout.write(f"seed {seed}\n")
    desk.start("web", "worker")
    desk.await_web()
    crowd = Crowd(desk.base, ledger, pause=PAUSE)
    world = own.world
    with crowd.at_work(
        contacts=[world.contact, world.norte_contact, world.sur_contact],
        consultants=[world.consultant, world.other_consultant],
    ):
        done = kill_at_random(desk, crowd, kills, random.Random(seed))  # noqa: S311 - to be repeated by its seed
    desk.await_that(lambda: not Notice.objects.filter(state=Notice.WAITING).exists())
    desk.kill("worker")
    ledger.check_rows()
    swept = ledger.check_files()
    copies = ledger.check_notices(sink)
    seals_stand(desk)
    return {
        "seed": seed,
        "kills": told(done),
        "reports": len(ledger.of(REPORT)),
        "answers": len(ledger.of(REPLY)),
        "words of clients": len(ledger.of(CLIENT_REPLY)),
        "met by people": told(crowd.met),
        "second copies of notices": copies,
        "orphaned files swept": swept,
    }


def told(counts: Counter[str]) -> str:
    return f"{counts.total()} ({', '.join(f'{name} {count}' for name, count in counts.most_common())})"


def kill_at_random(desk: Desk, crowd: Crowd, kills: int, chance: random.Random) -> Counter[str]:
    """What was killed how often; between two kills people always get something done."""
    done: Counter[str] = Counter()
    while done.total() < kills:
        desk.await_web()
        crowd.await_entries(1)
        time.sleep(chance.uniform(SHORTEST, LONGEST))
        target = chance.choice(TARGETS)
        if target == "web process":
            done[target] += desk.kill_one_web_process()
            continue
        desk.kill(target)
        desk.start(target)
        done[target] += 1
    desk.await_web()
    return done


def seals_stand(desk: Desk) -> None:
    """The day sealed as it is tomorrow, `plazo verify` finds every chain, index and seal right."""
    with clock.at(clock.now() + timedelta(days=1, hours=1)):
        seal_past_days()
    assert Seal.objects.exists()
    verified = desk.manage("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
