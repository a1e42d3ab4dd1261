"""A private PostgreSQL cluster that lives as long as one command: `pgcluster.py run -- COMMAND…`."""

from __future__ import annotations

import argparse
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

OWNER = "plazo"
# The cluster is thrown away, so nothing is gained by surviving a power cut.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "jit": "off",
}


class NoPostgresError(Exception):
    """No PostgreSQL server programs, or nobody to run them as."""


@dataclass(frozen=True)
class Account:
    """The unprivileged user the server runs as: PostgreSQL refuses to run as root."""

    uid: int
    gid: int

    def run(self, command: Sequence[str | Path]) -> None:
        is_root = os.geteuid() == 0
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd="/",  # the server's user may not enter the folder we stand in
            check=False,
            user=self.uid if is_root else None,
            group=self.gid if is_root else None,
            extra_groups=[] if is_root else None,
        )
        if done.returncode != 0:
            raise NoPostgresError(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")


@dataclass(frozen=True)
class Cluster:
    """A running cluster: where it listens, and how to stop and start it in mid-test."""

    data: Path
    port: int
    password: str
    account: Account

    @property
    def url(self) -> str:
        return f"postgresql://{OWNER}:{self.password}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        log = self.data / "server.log"
        self.account.run([programs() / "pg_ctl", "start", "-w", "-D", self.data, "-l", log])

    def stop(self) -> None:
        """Stop as a pulled plug does: connections are cut, nothing is awaited."""
        self.account.run([programs() / "pg_ctl", "stop", "-m", "immediate", "-D", self.data])

    def restart(self, mode: str) -> None:
        """As an administrator does it: `fast` ends all sessions, `immediate` recovers at the start."""
        log = self.data / "server.log"
        self.account.run([programs() / "pg_ctl", "restart", "-w", "-m", mode, "-D", self.data, "-l", log])


def programs() -> Path:
    """The newest installed server programs; Debian keeps them off the PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    found = installed[-1] if installed else shutil.which("initdb")
    if not found:
        raise NoPostgresError("PostgreSQL's server programs are not installed (Debian: postgresql).")
    return Path(found).resolve().parent


def unprivileged_account() -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in known:
            return Account(known[name].pw_uid, known[name].pw_gid)
    raise NoPostgresError("Started as root, and there is no user postgres or nobody to run the server as.")


@contextmanager
def private_cluster() -> Iterator[Cluster]:
    """Make a cluster in a temporary folder, and leave nothing of it behind."""
    account = unprivileged_account()
    home = Path(tempfile.mkdtemp(prefix="plazo-pg-"))
    try:
        os.chown(home, account.uid, account.gid)
        cluster = initialise(home, account)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(home)


def initialise(home: Path, account: Account) -> Cluster:
    cluster = Cluster(home / "data", reserved_port(), secrets.token_urlsafe(16), account)
    secret = home / "password"
    secret.write_text(cluster.password)
    os.chown(secret, account.uid, account.gid)
    encoding = ["--encoding=UTF8", "--locale=C.UTF-8"]
    secrecy = ["--auth=scram-sha-256", f"--pwfile={secret}"]
    account.run([programs() / "initdb", "-D", cluster.data, "-U", OWNER, "--no-sync", *encoding, *secrecy])
    with (cluster.data / "postgresql.conf").open("a") as conf:
        conf.writelines(f"{name} = '{value}'\n" for name, value in SETTINGS.items())
        conf.write(f"port = {cluster.port}\n")
    return cluster


def reserved_port() -> int:
    """A port for a server that sets SO_REUSEADDR, as all of ours do.

    A connection has just ended on it: for the minute that the system remembers that (TIME_WAIT), the port is
    given to nobody who asks for any free one.
    """
    with socket.socket() as listening, socket.socket() as caller:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", 0))
        listening.listen(1)
        caller.connect(listening.getsockname())
        accepted, _ = listening.accept()
        accepted.close()  # who closes first is the one remembered
        caller.recv(1)
        port: int = listening.getsockname()[1]
        return port


def stop_by_signal(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=["run"])
    parser.add_argument("command", nargs=argparse.REMAINDER, help="what to run, with DATABASE_URL set")
    command = [word for word in parser.parse_args(arguments).command if word != "--"]
    signal.signal(signal.SIGTERM, stop_by_signal)
    with private_cluster() as cluster:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": cluster.url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
