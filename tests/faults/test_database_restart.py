"""PostgreSQL restarted under load: requests are answered 503 or succeed, the worker finds back by itself."""

from __future__ import annotations

import pytest

from pgcluster import Cluster
from plazo.notices.models import Notice
from tests.faults.conftest import Database, Opens
from tests.faults.ledger import Ledger
from tests.faults.people import Crowd
from tests.notices.sink import Sink

PEOPLE = 5


@pytest.mark.parametrize("own_database", ["on_postgres"], indirect=True)
def test_a_restart_costs_at_most_a_second_try(
    own_database: Database, cluster: Cluster, open_desk: Opens, ledger: Ledger, sink: Sink
) -> None:
    desk, world = open_desk(own_database), own_database.world
    desk.start("web", "worker")
    desk.await_web()
    crowd = Crowd(desk.base, ledger)
    with crowd.at_work(
        contacts=[world.contact, world.norte_contact, world.sur_contact],
        consultants=[world.consultant, world.other_consultant],
    ):
        for mode in ("fast", "immediate", "immediate", "fast"):
            # Begun since: more than each person may have had interrupted.
            crowd.await_entries(PEOPLE + 3)
            cluster.restart(mode)
        crowd.await_entries(PEOPLE + 3)
    desk.await_that(lambda: not Notice.objects.filter(state=Notice.WAITING).exists())
    assert desk.running["worker"].poll() is None
    assert desk.running["web"].poll() is None
    assert set(crowd.met) <= {"503"}
    desk.end()
    ledger.check_rows()
    ledger.check_files()
    ledger.check_notices(sink)
    assert desk.manage("verify").returncode == 0
