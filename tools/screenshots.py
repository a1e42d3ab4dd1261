"""Take the screenshots of the READMEs from a demo world: `make screenshots`."""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import Browser, Page, sync_playwright

import chromium
from pgcluster import reserved_port

if TYPE_CHECKING:
    from plazo.people.models import Person

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
TICKETS = 250
REPORTED = 12
PATIENCE = 400.0
LARGEST = 200_000  # bytes of a file
SIGNATURE = b"\x89PNG\r\n\x1a\n"
LANGUAGES = {"es": "es-cl", "en": "en"}

Look = Literal["light", "dark"]


@dataclass(frozen=True)
class Desk:
    """A demo world that runs: where, how to enter it, and the ticket that is shown."""

    url: str
    password: str
    ticket: int


@dataclass(frozen=True)
class Shot:
    """One picture: its name, who looks, at what, in which look."""

    name: str
    person: str
    show: Callable[[Page, Desk], None]
    look: Look = "light"
    height: int = 768


def report(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/reportar/")
    page.locator("[name=subject]").fill("No podemos emitir facturas")
    with page.expect_response(re.compile("/reportar/plazo/")):
        page.locator("[name=kind][value=ALTO-01]").check()
    page.wait_for_load_state("networkidle")
    page.evaluate("window.scrollTo(0, 0)")


def client_ticket(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/tickets/{desk.ticket}/")


def queue(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/mesa/")


def desk_ticket(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/mesa/tickets/{desk.ticket}/")


def figures(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/mesa/cumplimiento/")


CONTACT = "contacto2@andes.example"
CONSULTANT = "consultora.uno@mesa.example"
LEAD = "jefatura@mesa.example"
SHOTS = (
    Shot("report", CONTACT, report),
    Shot("ticket", CONTACT, client_ticket, height=900),
    Shot("queue", CONSULTANT, queue),
    Shot("desk", CONSULTANT, desk_ticket, height=640),
    Shot("desk-dark", CONSULTANT, desk_ticket, look="dark", height=640),
    Shot("figures", LEAD, figures),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", help="folder of a demo world to use (default: one to throw away)")
    given = parser.parse_args().data
    IMAGES.mkdir(parents=True, exist_ok=True)
    folder = nullcontext(given) if given else TemporaryDirectory(prefix="plazo-screenshots-")
    with folder as data, running(Path(data)) as (url, password):
        desk = Desk(url, password, stage())
        for language, code in LANGUAGES.items():
            speak(code)
            with launched() as browser:
                for shot in SHOTS:
                    take(browser, desk, shot, IMAGES / f"{shot.name}.{language}.png")
    sizes = {path.name: path.stat().st_size for path in sorted(IMAGES.glob("*.png"))}
    for name, size in sizes.items():
        print(f"{name:20}{size / 1000:8.0f} kB")
    return 1 if max(sizes.values()) > LARGEST else 0


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser; while it lives this thread may not ask the database."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=list(chromium.FLAGS))
        yield browser
        browser.close()


@contextmanager
def running(data: Path) -> Iterator[tuple[str, str]]:
    """`plazo run` on data of its own; its address and the password of everybody."""
    port = reserved_port()
    output = data / "terminal.txt"
    os.environ |= {"PLAZO_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "plazo.project.settings"}
    os.environ.pop("DATABASE_URL", None)
    plazo = str(Path(sys.executable).with_name("plazo"))
    command = [plazo, "run", "--port", str(port), "--tickets", str(TICKETS)]
    with output.open("wb") as terminal:
        desk = subprocess.Popen(command, stdout=terminal, stderr=subprocess.STDOUT)
    try:
        end = time.monotonic() + PATIENCE
        while "Ctrl-C" not in output.read_text():
            if desk.poll() is not None or time.monotonic() > end:
                raise RuntimeError(output.read_text())
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}", (data / "demo-password").read_text().strip()
    finally:
        desk.send_signal(signal.SIGINT)
        desk.wait()


def stage() -> int:
    """A report of yesterday that waited for the client and runs again: its number."""
    import django

    django.setup()
    from plazo.kit import clock
    from plazo.people.models import Person
    from plazo.tickets import actions
    from plazo.tickets.models import Ticket

    contact, consultant = (Person.objects.get(email=email) for email in (CONTACT, CONSULTANT))
    like = Ticket.objects.filter(requester=contact, contract_version__isnull=False).latest("id")
    now = clock.now().replace(second=0)
    _fill_the_queue(now, consultant)
    with clock.at(now - timedelta(hours=24)):
        ticket = actions.open_ticket(
            contact,
            organization=like.organization,
            contract_version=like.contract_version,
            channel="portal",
            subject="No podemos emitir facturas desde la caja 3",
            body="Desde las 9:30 ninguna factura se emite en la caja 3. Aparece «error de firma».",
            service="erp",
            kind="ALTO-01",
        )
    with clock.at(now - timedelta(hours=23, minutes=20)):
        actions.take(ticket.pk, actor=consultant)
        actions.note(ticket.pk, actor=consultant, body="Parece el certificado; revisar el registro.")
    with clock.at(now - timedelta(hours=23)):
        actions.pause(
            ticket.pk,
            actor=consultant,
            reason="client",
            body="¿Nos envía un pantallazo del error?",
        )
    with clock.at(now - timedelta(hours=1)):
        actions.client_reply(ticket.pk, actor=contact, body="Aquí va. Ocurre con todos los usuarios.")
    return ticket.pk


def _fill_the_queue(now: datetime, consultant: Person) -> None:
    """What others reported in the last hours, as somebody of the same company did before."""
    from plazo.kit import clock
    from plazo.tickets import actions
    from plazo.tickets.models import Ticket

    told = Ticket.objects.filter(state="closed", contract_version__isnull=False).exclude(kind="")
    for number, like in enumerate(told.order_by("-id")[:REPORTED], start=1):
        with clock.at(now - timedelta(minutes=23 * number)):
            ticket = actions.open_ticket(
                like.requester,
                organization=like.organization,
                contract_version=like.contract_version,
                channel="portal",
                subject=like.subject,
                body=like.subject,
                service=like.service,
                kind=like.kind if number % 4 else None,
            )
        with clock.at(now - timedelta(minutes=15 * number)):
            if number % 3 == 0:
                actions.take(ticket.pk, actor=consultant)
            if number % 2 == 0:
                actions.reply(ticket.pk, actor=consultant, body="Recibido. Lo estamos revisando.")


def speak(language: str) -> None:
    """Everybody reads that language."""
    from plazo.people.models import Person

    Person.objects.update(language=language)


def take(browser: Browser, desk: Desk, shot: Shot, target: Path) -> None:
    context = browser.new_context(
        viewport={"width": 1280, "height": shot.height},
        color_scheme=shot.look,
        timezone_id="America/Santiago",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{desk.url}/cuenta/ingresar/")
    page.locator("[name=login]").fill(shot.person)
    page.locator("[name=password]").fill(desk.password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state("networkidle")
    shot.show(page, desk)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=target, animations="disabled")
    context.close()
    squeeze(target)


def squeeze(path: Path) -> None:
    """Pack the picture's data anew as small as zlib can: browsers pack for speed."""
    chunks = list(png_chunks(path.read_bytes()))
    body = zlib.decompress(b"".join(part for name, part in chunks if name == b"IDAT"))
    kept = [(name, part) for name, part in chunks if name in (b"IHDR", b"sRGB")]
    packed = [*kept, (b"IDAT", zlib.compress(body, 9)), (b"IEND", b"")]
    path.write_bytes(SIGNATURE + b"".join(png_chunk(name, part) for name, part in packed))


def png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(data):
        length = int.from_bytes(data[at : at + 4])
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += length + 12


def png_chunk(name: bytes, part: bytes) -> bytes:
    return len(part).to_bytes(4) + name + part + zlib.crc32(name + part).to_bytes(4)


if __name__ == "__main__":
    sys.exit(main())
