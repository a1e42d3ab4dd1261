"""Tickets to which, taken together, everything has happened that can happen to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from plazo.contracts.actions import declare_day_off
from plazo.kit import clock
from plazo.tickets import actions
from plazo.tickets.models import Ticket
from tests.world import NOW, World

EIGHT_DAYS = NOW + timedelta(days=8)


@dataclass
class Lives:
    """Every ticket is Andes's, of the same contact, and opened at `NOW`; each method is one life."""

    world: World

    def all(self) -> list[Ticket]:
        """Every life, as it stands after eight days."""
        calm = self.answered, self.paused, self.waited_out
        solved = self.left_alone, self.confirmed, self.reopened
        crooked = self.missed, self.undelivered, self.rebound, self.moved
        return [live() for live in (*calm, *solved, *crooked)]

    def opened(self, kind: str | None = "ALTO-01") -> Ticket:
        with clock.at(NOW):
            return actions.open_ticket(
                self.world.contact,
                organization=self.world.andes,
                contract_version=self.world.andes_contract,
                channel="portal",
                subject="Invoices",
                body="None comes out.",
                service="erp",
                kind=kind,
            )

    def answered(self) -> Ticket:
        ticket, desk, contact = self.opened(kind=None), self.world.consultant, self.world.contact
        with clock.at(NOW):
            actions.classify(ticket.pk, actor=desk, kind="BAJO-01")
            actions.assign(ticket.pk, actor=self.world.lead, to=desk)
            actions.reply(ticket.pk, actor=desk, body="Renewed.")
            actions.note(ticket.pk, actor=desk, body="The certificate.")
            actions.log_call(ticket.pk, actor=desk, body="Nobody.", spoke=False)
            actions.log_call(ticket.pk, actor=desk, body="Well.", spoke=True)
            actions.client_reply(ticket.pk, actor=contact, body="And?")
            actions.promise(ticket.pk, actor=desk, due=NOW + timedelta(hours=1))
            actions.dispute(ticket.pk, actor=contact, what="priority", body="Urgent.")
            actions.release(ticket.pk, actor=desk)
            actions.take(ticket.pk, actor=desk)
        return _later(ticket)

    def paused(self) -> Ticket:
        ticket, desk = self.opened(), self.world.consultant
        with clock.at(NOW):
            actions.pause(ticket.pk, actor=desk, reason="client", body="Which version?")
            actions.client_reply(ticket.pk, actor=self.world.contact, body="Seven.")
            actions.pause(ticket.pk, actor=desk, reason="sii")
            actions.resume(ticket.pk, actor=desk)
            actions.pause(ticket.pk, actor=desk, reason="client", body="And the number?")
            actions.dispute(ticket.pk, actor=self.world.contact, what="pause", body="Why?")
        return _later(ticket)

    def waited_out(self) -> Ticket:
        ticket = self.opened()
        with clock.at(NOW):
            actions.pause(ticket.pk, actor=self.world.consultant, reason="sii")
        return _later(ticket)

    def left_alone(self) -> Ticket:
        ticket = self.opened()
        self._resolve(ticket)
        return _later(ticket)

    def confirmed(self) -> Ticket:
        ticket = self.opened()
        self._resolve(ticket)
        with clock.at(NOW):
            actions.confirm(ticket.pk, actor=self.world.contact)
        return ticket

    def reopened(self) -> Ticket:
        ticket = self.opened()
        self._resolve(ticket)
        with clock.at(NOW):
            actions.reopen(ticket.pk, actor=self.world.contact, body="The same.")
            actions.resolve(ticket.pk, actor=self.world.consultant, body="Now.")
            actions.client_reply(ticket.pk, actor=self.world.contact, body="Thanks.")
            actions.review(ticket.pk, actor=self.world.consultant)
            actions.client_reply(ticket.pk, actor=self.world.contact, body="Not yet.")
        return ticket

    def missed(self) -> Ticket:
        ticket = _later(self.opened())
        with clock.at(EIGHT_DAYS):
            for metric, approved in (("response", True), ("resolution", False)):
                asked = actions.request_waiver(
                    ticket.pk, actor=self.world.consultant, metric=metric, cause="Flood.", holder="client"
                )
                actions.decide_waiver(ticket.pk, actor=self.world.lead, request=asked, approved=approved)
            actions.request_waiver(
                ticket.pk, actor=self.world.consultant, metric="resolution", cause="Fire.", holder="client"
            )
        return ticket

    def undelivered(self) -> Ticket:
        ticket = self.opened()
        with clock.at(NOW):
            seq = actions.reply(ticket.pk, actor=self.world.consultant, body="Hello.")
            actions.mark_undelivered(ticket.pk, reply_seq=seq)
        return ticket

    def rebound(self) -> Ticket:
        ticket = self.opened()
        with clock.at(NOW):
            actions.rebind(
                ticket.pk,
                actor=self.world.lead,
                contract_version=self.world.norte_contract,
                reason="Theirs.",
                requester=self.world.shared,
            )
        return ticket

    def moved(self) -> Ticket:
        ticket = self.opened(kind="BAJO-01")
        with clock.at(NOW):
            declare_day_off(date(2026, 11, 19), scope="CL", name="Mourning", actor=self.world.administrator)
            actions.recount()
        return ticket

    def _resolve(self, ticket: Ticket) -> None:
        with clock.at(NOW):
            actions.resolve(ticket.pk, actor=self.world.consultant, body="Solved.")


def _later(ticket: Ticket) -> Ticket:
    """What falls due by itself, each at its time."""
    for days in (0.1, 0.5, 1, 2, 3, 4, 4.1, 5, 6, 7, 8):
        with clock.at(NOW + timedelta(days=days)):
            actions.fire_due_steps(ticket.pk)
    return ticket
