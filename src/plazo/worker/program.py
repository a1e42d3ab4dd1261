"""The worker: one thread watches the clock, the others deliver, and none waits for another's host."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Final

from plazo.kit import clock
from plazo.kit.outage import OUTAGES, forget_connections
from plazo.notices.delivery import deliver_next
from plazo.notices.transports import Transport
from plazo.worker.chores import CHORES, Rota
from plazo.worker.clockwatch import ClockWatch
from plazo.worker.models import Heartbeat
from plazo.worker.sweep import BATCH, fire_due_tickets

logger = logging.getLogger(__name__)

TICK: Final = 1.0  # seconds between looks
BEAT_EVERY: Final = 10.0
LONGEST_WAIT: Final = 20.0  # seconds between tries to reach a lost database
GRACE: Final = 25.0  # seconds for deliveries under way after a signal; the rest is left to the leases


class Worker:
    """One process of `plazo worker`. Any number may run side by side."""

    def __init__(self, transport: Transport, *, deliverers: int = 2, tick: float = TICK) -> None:
        self.transport = transport
        self.tick = tick
        self.deliverers = deliverers
        self.stop = threading.Event()
        self.may_work = threading.Event()
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.started_at = clock.now()
        self.watch: ClockWatch | None = None
        self.rota = Rota(CHORES)
        self.last_beat = ("", -BEAT_EVERY)

    def run(self) -> None:
        """Work until a signal comes."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        threads = [
            threading.Thread(target=self._repeat, args=(self.deliver,), name=f"deliverer-{n}", daemon=True)
            for n in range(1, self.deliverers + 1)
        ]
        for thread in threads:
            thread.start()
        self._repeat(self.turn)
        for thread in threads:
            thread.join(GRACE / len(threads))
        self._repeat_once(self._say_goodbye)

    def turn(self) -> bool:
        """One look at everything but the outbox; True when more waits already."""
        self.watch = self.watch or ClockWatch()
        objection = self.watch.objection()
        self._beat(objection)
        if objection:
            self.may_work.clear()
            return False
        self.may_work.set()
        self.rota.run_due()
        return fire_due_tickets(stopping=self.stop.is_set) >= BATCH

    def deliver(self) -> bool:
        """Try one notice; True when there was one."""
        return self.may_work.is_set() and deliver_next(self.transport, stopping=self.stop.is_set)

    def _repeat(self, work: Callable[[], bool]) -> None:
        """Over and over, at once while there is more; a lost database is waited for, longer each time."""
        wait = self.tick
        while not self.stop.is_set():
            try:
                has_more = work()
            except OUTAGES as error:
                logger.warning("the database is out of reach, next try in %.0f s: %s", wait, error)
                forget_connections()
                self.stop.wait(wait)
                wait = min(wait * 2, LONGEST_WAIT)
                continue
            except Exception:  # a fault of one turn must not end the process
                logger.exception("a turn of the worker failed")
                has_more = False
            wait = self.tick
            if not has_more:
                self.stop.wait(self.tick)
        forget_connections()

    def _repeat_once(self, work: Callable[[], object]) -> None:
        try:
            work()
        except OUTAGES as error:
            logger.warning("the database is out of reach: %s", error)

    def _beat(self, objection: str) -> None:
        """Say that we live, at once when something changed, else every few seconds."""
        now = time.monotonic()
        if objection == self.last_beat[0] and now < self.last_beat[1] + BEAT_EVERY:
            return
        self.last_beat = (objection, now)
        Heartbeat.objects.update_or_create(
            name=self.name,
            defaults={"started_at": self.started_at, "beat_at": clock.now(), "paused_for": objection},
        )

    def _say_goodbye(self) -> None:
        Heartbeat.objects.filter(name=self.name).delete()
        logger.info("worker %s stopped", self.name)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.stop.set()
