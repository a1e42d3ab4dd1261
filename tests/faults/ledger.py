"""What went in, token by token, against what is in the database, the store of files and at the mail host."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from plazo.intake.files import sweep_orphans
from plazo.intake.models import Submission
from plazo.kit import clock
from plazo.kit.files import open_stored, stored_before
from plazo.notices.models import Notice
from plazo.notices.planning import RECEIVED
from plazo.sla import timeline as codes
from plazo.tickets.models import Attachment, Event, Message, Ticket
from tests.notices.conftest import read
from tests.notices.sink import Sink

REPORT, CLIENT_REPLY, REPLY = "report", "client_reply", "reply"
CODES = {REPORT: codes.OPENED, CLIENT_REPLY: codes.CLIENT_REPLIED, REPLY: codes.REPLIED}
TOKEN = re.compile(r"ficha-\d{6}")


@dataclass
class Entry:
    """Something that a person sent. `ticket` is known once the desk has answered."""

    token: str
    kind: str
    ticket: int | None = None

    @property
    def body(self) -> str:
        return f"Mensaje {self.token}, desde la mañana."

    @property
    def content(self) -> bytes:
        return f"adjunto de {self.token}\n".encode() * 50

    @property
    def file(self) -> SimpleUploadedFile:
        return SimpleUploadedFile(f"{self.token}.txt", self.content, "text/plain")


@dataclass
class Ledger:
    """All entries, written to by the threads of all persons."""

    entries: list[Entry] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def open(self, kind: str, ticket: int | None = None) -> Entry:
        with self.lock:
            entry = Entry(f"ficha-{len(self.entries):06}", kind, ticket)
            self.entries.append(entry)
            return entry

    def of(self, kind: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind == kind]

    def check_rows(self) -> None:
        """Each token once: one message and one event of its kind, on its ticket; nothing besides."""
        found: defaultdict[str, list[tuple[int, str, str]]] = defaultdict(list)
        events = {(each.ticket_id, each.seq): each.code for each in Event.objects.all()}
        for message in Message.objects.all():
            (token,) = TOKEN.findall(message.body)
            found[token].append((message.ticket_id, message.kind, events[message.ticket_id, message.seq]))
        assert found == {each.token: [(each.ticket, each.kind, CODES[each.kind])] for each in self.entries}
        reports = {each.ticket: each.token for each in self.of(REPORT)}
        assert dict(Ticket.objects.values_list("pk", "subject")) == reports
        accepted = Submission.objects.values_list("ticket", "state")
        assert sorted(accepted) == sorted((number, Submission.ACCEPTED) for number in reports)
        by_code = Counter(events.values())
        assert {code: by_code[code] for code in CODES.values()} == {
            code: len(self.of(kind)) for kind, code in CODES.items()
        }

    def check_files(self) -> int:
        """Each message has its file, byte for byte; the sweeper removes all others. How many those were."""
        attached: defaultdict[str, list[str]] = defaultdict(list)
        for attachment in Attachment.objects.select_related("message"):
            (token,) = TOKEN.findall(attachment.message.body)
            with open_stored(attachment.stored_name) as file:
                attached[token].append(hashlib.sha256(file.read()).hexdigest())
        assert attached == {each.token: [hashlib.sha256(each.content).hexdigest()] for each in self.entries}
        swept = sweep_orphans(older_than=timedelta(seconds=-1))
        left = set(stored_before(clock.now() + timedelta(seconds=1)))
        assert left == set(Attachment.objects.values_list("stored_name", flat=True))
        return swept

    def check_notices(self, sink: Sink) -> int:
        """All told, and each of them arrived; further copies are the same. How many copies there were."""
        assert set(Notice.objects.values_list("state", flat=True)) == {Notice.SENT}
        received = Notice.objects.filter(code=RECEIVED).values_list("ticket", flat=True)
        assert sorted(received) == sorted(each.ticket for each in self.of(REPORT))
        answers = Event.objects.filter(code=codes.REPLIED).values_list("ticket", "seq")
        told = Notice.objects.exclude(reply_seq=None).values_list("ticket", "reply_seq")
        assert sorted(told) == sorted(answers)
        copies: defaultdict[str, list[bytes]] = defaultdict(list)
        for each in sink.received:
            copies[str(read(each.raw)["Message-ID"])].append(each.raw)
        sent = {each.message_id: bytes(each.raw) for each in Notice.objects.all()}
        assert {name: set(raws) for name, raws in copies.items()} == {
            name: {raw} for name, raw in sent.items()
        }
        return len(sink.received) - len(sent)
