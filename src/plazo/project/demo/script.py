"""What happens to a ticket of the demo world: a plan drawn by chance, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from plazo.people.models import Person
from plazo.project.demo.cast import Client
from plazo.sla import BusinessCalendar
from plazo.sla.policy import Kind, Policy
from plazo.tickets import actions

OPENINGS = (
    "Buenos días. {example}. ¿Lo pueden ver?",
    "Hola, {example}. Nos pasa desde esta mañana y afecta a todo el equipo.",
    "Estimados: {example}. Quedo atento a sus comentarios.",
    "{example}. Ya probamos cerrando y abriendo la sesión y sigue igual.",
    "Les escribo porque {example}. Adjunto lo que aparece en pantalla si lo necesitan.",
)
ANSWERS = (
    "Recibido. Lo estamos revisando y le contamos apenas tengamos el diagnóstico.",
    "Gracias por el detalle. Reprodujimos la falla y estamos trabajando en ella.",
    "Ya identificamos la causa probable; estamos probando la corrección.",
    "Lo tomamos. Por ahora puede trabajar con el respaldo manual mientras lo corregimos.",
)
QUESTIONS = (
    "Para seguir necesitamos un pantallazo del error y el número de documento.",
    "¿Nos puede indicar desde qué hora ocurre y con qué usuario?",
    "Necesitamos que nos confirme el RUT del receptor y el folio afectado.",
)
CLIENT_WORDS = (
    "Le adjunto lo pedido. Ocurre con el usuario de caja.",
    "Desde las nueve, con todos los usuarios de la sucursal.",
    "El folio es el último de la lista; el receptor es el de siempre.",
)
SOLUTIONS = (
    "Quedó corregido: se reinició el servicio y se reenviaron los documentos pendientes.",
    "Se ajustó la configuración y probamos con un documento de ejemplo. Por favor confirme.",
    "Se actualizó la integración; los pedidos pendientes ya se procesaron.",
)
NOTES = (
    "Parece el mismo caso de la semana pasada; revisar el registro de la integración.",
    "Falta confirmar con el proveedor de hosting.",
    "Ojo: el cliente tiene dos sucursales con la misma serie de folios.",
)
NOT_YET = "Sigue fallando con los documentos de la tarde, no quedó resuelto."


@dataclass(frozen=True, slots=True)
class Act:
    """Something somebody does at an instant, if the ticket still allows it."""

    at: datetime
    do: Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Story:
    """A ticket: how it begins, and what follows."""

    opened_at: datetime
    client: Client
    requester: Person
    channel: str
    kind: Kind
    classified: bool
    subject: str
    body: str
    acts: tuple[Act, ...]


class Teller:
    """Draws stories for one client and its calendar."""

    def __init__(
        self, client: Client, policy: Policy, calendar: BusinessCalendar, desk: tuple[Person, ...]
    ) -> None:
        self.client = client
        self.policy = policy
        self.calendar = calendar
        self.desk = desk

    def story(self, random: Random, opened_at: datetime) -> Story:
        kind = random.choice(self.policy.kinds)
        classified = random.random() > 0.15
        consultant = random.choice(self.desk)
        requester = random.choice(self.client.contacts)
        example = random.choice(kind.examples).rstrip(".")
        priority = kind.priority if classified else self.policy.unclassified.priority
        term = self.policy.seconds("response", priority=priority, level=self.client.company.level) or 3_600
        acts = self._acts(random, opened_at, term, kind, consultant, requester, classified=classified)
        return Story(
            opened_at=opened_at,
            client=self.client,
            requester=requester,
            channel="portal" if random.random() < 0.8 else "phone",
            kind=kind,
            classified=classified,
            subject=example[:1].upper() + example[1:110],
            body=random.choice(OPENINGS).format(example=example[:1].lower() + example[1:]),
            acts=tuple(acts),
        )

    def _acts(
        self,
        random: Random,
        opened_at: datetime,
        term: int,
        kind: Kind,
        consultant: Person,
        requester: Person,
        *,
        classified: bool,
    ) -> Iterator[Act]:
        """The usual course; times are shares of the response term, counted in the contracted hours."""
        late = random.random() < 0.07
        answered = random.uniform(1.05, 1.6) if late else random.uniform(0.05, 0.65)

        def when(share: float) -> datetime:
            return self.calendar.add(opened_at, int(term * share))

        yield Act(when(answered * 0.4), lambda ticket: actions.take(ticket, actor=consultant))
        if not classified:
            yield Act(
                when(answered * 0.6),
                lambda ticket: actions.classify(ticket, actor=consultant, kind=kind.code),
            )
        if random.random() < 0.15:
            note = random.choice(NOTES)
            yield Act(when(answered * 0.8), lambda ticket: actions.note(ticket, actor=consultant, body=note))
        answer = random.choice(ANSWERS)
        if random.random() < 0.12:
            yield Act(
                when(answered),
                lambda ticket: actions.log_call(ticket, actor=consultant, body=answer, spoke=True),
            )
        else:
            canned = random.random() < 0.2
            yield Act(
                when(answered),
                lambda ticket: actions.reply(ticket, actor=consultant, body=answer, canned=canned),
            )
        share = answered + random.uniform(0.05, 0.4)
        if random.random() < 0.18:
            share = yield from self._pause(random, when, share, consultant, requester)
        if random.random() < 0.12:
            estimate = when(share + 1.2)
            yield Act(when(share), lambda ticket: actions.promise(ticket, actor=consultant, due=estimate))
        share += random.uniform(0.1, 1.6) if random.random() > 0.05 else random.uniform(3.5, 5.0)
        yield from self._ending(random, when, share, consultant, requester)

    def _pause(
        self,
        random: Random,
        when: Callable[[float], datetime],
        share: float,
        consultant: Person,
        requester: Person,
    ) -> Generator[Act, None, float]:
        question, word = random.choice(QUESTIONS), random.choice(CLIENT_WORDS)
        away = random.uniform(0.1, 1.5)
        if random.random() < 0.7:
            yield Act(
                when(share),
                lambda ticket: actions.pause(ticket, actor=consultant, reason="client", body=question),
            )
            if random.random() > 0.06:
                yield Act(
                    when(share + away),
                    lambda ticket: actions.client_reply(ticket, actor=requester, body=word),
                )
            else:
                away += 6
        else:
            reason = random.choice(
                [code for code, each in self.policy.pauses.reasons.items() if not each.needs_message]
            )
            yield Act(when(share), lambda ticket: actions.pause(ticket, actor=consultant, reason=reason))
            yield Act(when(share + away), lambda ticket: actions.resume(ticket, actor=consultant))
        return share + away + 0.05

    def _ending(
        self,
        random: Random,
        when: Callable[[float], datetime],
        share: float,
        consultant: Person,
        requester: Person,
    ) -> Iterator[Act]:
        solution, again = random.choice(SOLUTIONS), random.choice(SOLUTIONS)
        resolved = when(share)
        yield Act(resolved, lambda ticket: actions.resolve(ticket, actor=consultant, body=solution))
        away = timedelta(seconds=random.randrange(3_600, 108_000))
        if random.random() < 0.06:
            yield Act(
                resolved + away,
                lambda ticket: actions.reopen(ticket, actor=requester, body=NOT_YET),
            )
            yield Act(
                self.calendar.add(resolved + away, 5_400),
                lambda ticket: actions.resolve(ticket, actor=consultant, body=again),
            )
        elif random.random() < 0.8:
            yield Act(resolved + away, lambda ticket: actions.confirm(ticket, actor=requester))
