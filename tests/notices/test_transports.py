"""The ways out, against a real host on this machine."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from plazo.notices import transports
from plazo.notices.transports import (
    Accepted,
    ConsoleTransport,
    FolderTransport,
    Later,
    Letter,
    Outcome,
    Refused,
    SmtpTransport,
    Withheld,
)
from tests.notices.sink import Sink

RAW = (
    b"From: mesa@plazo.example\r\nTo: uno@andes.example\r\nSubject: Hola\r\n\r\n"
    b"Una l\xc3\xadnea\r\n.\r\n..dos\r\n"
)
LETTER = Letter("<1@plazo.example>", "mesa@plazo.example", "uno@andes.example", RAW)


def yes() -> bool:
    return True


def send(sink: Sink, may_send: Callable[[], bool] = yes, **options: float) -> Outcome:
    transport = SmtpTransport("127.0.0.1", sink.port, tls=False, **options)
    return transport.send(LETTER, may_send=may_send)


def test_a_host_takes_the_message_over_byte_for_byte(sink: Sink) -> None:
    assert send(sink) == Accepted()
    (received,) = sink.received
    assert (received.sender, received.recipient) == ("mesa@plazo.example", "uno@andes.example")
    assert received.raw == RAW


@pytest.mark.parametrize("answer", ["550 5.1.1 no such mailbox", "553 not here", "501 bad address"])
def test_a_mailbox_refused_for_good_is_refused(sink: Sink, answer: str) -> None:
    sink.rcpt_answers["uno@andes.example"] = answer
    assert send(sink) == Refused(answer)


@pytest.mark.parametrize("answer", ["450 4.2.1 busy", "451 greylisted", "452 full"])
def test_a_mailbox_refused_for_now_is_tried_later(sink: Sink, answer: str) -> None:
    sink.rcpt_answers["uno@andes.example"] = answer
    assert send(sink) == Later(answer)


@pytest.mark.parametrize(
    ("answer", "kind"), [("554 spam", Refused), ("451 later", Later), ("421 closing", Later)]
)
def test_a_text_may_be_refused_as_well(sink: Sink, answer: str, kind: type[Outcome]) -> None:
    sink.data_answer = answer
    assert isinstance(send(sink), kind)
    assert sink.received == []


def test_a_sender_that_is_refused_is_our_fault_and_worth_another_try(sink: Sink) -> None:
    sink.mail_answer = "550 sender not allowed"
    assert send(sink) == Later("550 sender not allowed")


def test_a_host_that_hangs_up_in_the_text_is_tried_later(sink: Sink) -> None:
    sink.hang_up_in_data = True
    assert isinstance(send(sink), Later)


def test_a_host_that_does_not_listen_is_tried_later(closed_port: int) -> None:
    outcome = SmtpTransport("127.0.0.1", closed_port, tls=False).send(LETTER, may_send=yes)
    assert isinstance(outcome, Later)
    assert "ConnectionRefusedError" in outcome.reason


def test_a_host_that_never_answers_is_given_up_after_a_while(sink: Sink) -> None:
    sink.hold_data = lambda: 5.0
    started = time.monotonic()
    assert isinstance(send(sink, answer_seconds=0.2), Later)
    assert time.monotonic() - started < 4


def test_a_slow_answer_within_its_time_counts(sink: Sink) -> None:
    sink.hold_data = lambda: 0.3
    assert send(sink, connect_seconds=0.2) == Accepted()


def test_a_host_without_encryption_gets_nothing_unless_the_settings_say_so(sink: Sink) -> None:
    outcome = SmtpTransport("127.0.0.1", sink.port).send(LETTER, may_send=yes)
    assert isinstance(outcome, Later)
    assert "STARTTLS" in outcome.reason
    assert sink.seen == []


def test_the_last_question_comes_after_the_recipient_and_before_the_text(sink: Sink) -> None:
    asked: list[bool] = []

    def may_send() -> bool:
        asked.append(sink.at_recipient.is_set() and not sink.in_data.is_set())
        return False

    assert send(sink, may_send) == Withheld()
    assert asked == [True]
    assert sink.seen == []


def test_a_folder_holds_the_whole_message_and_nothing_half_written(tmp_path: Path) -> None:
    assert FolderTransport(tmp_path / "salida").send(LETTER, may_send=yes) == Accepted()
    (file,) = (tmp_path / "salida").iterdir()
    assert file.suffix == ".eml"
    assert file.read_bytes() == RAW
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_second_try_in_a_folder_makes_no_second_file(tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path)
    transport.send(LETTER, may_send=yes)
    transport.send(LETTER, may_send=yes)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_tried_later(tmp_path: Path) -> None:
    (tmp_path / "salida").write_text("no es una carpeta")
    assert isinstance(FolderTransport(tmp_path / "salida").send(LETTER, may_send=yes), Later)


def test_the_terminal_shows_who_gets_what() -> None:
    stream = io.StringIO()
    assert ConsoleTransport(stream).send(LETTER, may_send=yes) == Accepted()
    assert "To: uno@andes.example\nSubject: Hola" in stream.getvalue()


@pytest.mark.parametrize(
    "make", [lambda path: FolderTransport(path), lambda path: ConsoleTransport(io.StringIO())]
)
def test_every_transport_asks_before_it_hands_over(
    tmp_path: Path, make: Callable[[Path], transports.Transport]
) -> None:
    assert make(tmp_path).send(LETTER, may_send=lambda: False) == Withheld()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "kind"), [("file", FolderTransport), ("console", ConsoleTransport), ("smtp", SmtpTransport)]
)
def test_the_settings_choose_the_way(settings: object, name: str, kind: type) -> None:
    settings.MAIL_TRANSPORT = name
    assert isinstance(transports.configured(), kind)
