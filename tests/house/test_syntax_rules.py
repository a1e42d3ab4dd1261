"""Each rule of the syntax tree finds its bad samples and lets its good ones pass."""

import ast

import pytest

from tests.house import syntax

GETTEXT = "from django.utils.translation import gettext as _\n"

BAD = [
    (syntax.writes, "ticket.save()"),
    (syntax.writes, "Ticket.objects.create(number=1)"),
    (syntax.writes, "ticket.delete()"),
    (syntax.writes, "Ticket.objects.bulk_create(rows)"),
    (syntax.writes, "Ticket.objects.filter(pk=1).update(state='open')"),
    (syntax.writes, "await ticket.asave()"),
    (syntax.managers, "Ticket.objects.get(pk=1)"),
    (syntax.managers, "tickets = Ticket._default_manager"),
    (syntax.managers, "from django.shortcuts import get_object_or_404\nget_object_or_404(Ticket, pk=1)"),
    (syntax.wall_clock, "import datetime\ndatetime.datetime.now()"),
    (syntax.wall_clock, "import datetime as dt\ndt.date.today()"),
    (syntax.wall_clock, "from datetime import UTC, datetime\nat = datetime.now(tz=UTC)"),
    (syntax.wall_clock, "import time\ntime.time()"),
    (syntax.wall_clock, "from time import time as seconds\nseconds()"),
    (syntax.wall_clock, "from django.utils import timezone\nDateTimeField(default=timezone.now)"),
    (syntax.wall_clock, "DateTimeField(auto_now_add=True)"),
    (syntax.any_clock, "from plazo.kit.clock import now\nnow()"),
    (syntax.any_clock, "from plazo.kit import clock\nclock.now()"),
    (syntax.any_clock, "import time\ntime.time()"),
    (syntax.synonyms, "def assign(ticket, agent): ..."),
    (syntax.synonyms, "class CustomerPage: ..."),
    (syntax.synonyms, "open_issues = 3"),
    (syntax.synonyms, "self.case = 1"),
    (syntax.stored_deadlines, "class Ticket:\n    deadline = DateTimeField()"),
    (syntax.stored_deadlines, "class Ticket:\n    response_deadline: datetime"),
    (syntax.uncollected_texts, f"{GETTEXT}words = f'{{_(\"Hola\")}}.'"),
    (syntax.uncollected_texts, f"{GETTEXT}words = _(f'Hola, {{name}}')"),
    (syntax.uncollected_texts, "from django.utils import translation\ntranslation.gettext_lazy(words)"),
]

GOOD = [
    (syntax.writes, "reply(ticket, text=text)"),
    (syntax.writes, "context.update(ticket=ticket)"),
    (syntax.writes, "request.session.save()"),
    (syntax.writes, "cache.delete('presence')"),
    (syntax.managers, "tickets = overdue_tickets(at)"),
    (syntax.managers, "objects = [1, 2]"),
    (syntax.wall_clock, "from plazo.kit import clock\nclock.now()"),
    (syntax.wall_clock, "import time\ntime.monotonic()"),
    (syntax.wall_clock, "from datetime import datetime\ndatetime.fromtimestamp(0, tz=zone)"),
    (syntax.wall_clock, "now = arguments.now"),
    (syntax.any_clock, "def assess(events, now): return now"),
    (syntax.synonyms, "def assign(ticket, consultant): ..."),
    (syntax.synonyms, "issued_at = casefold(user_agent)"),
    (syntax.synonyms, "from django.db.models import Case, When\nCase(When())"),
    (syntax.synonyms, "match kind:\n    case 'opened': pass"),
    (syntax.stored_deadlines, "class Ticket:\n    due_at = DateTimeField()"),
    (syntax.stored_deadlines, "def say(deadline): ..."),
    (syntax.uncollected_texts, f"{GETTEXT}words = _('Hola, %(name)s.') % {{'name': name}}"),
    (syntax.uncollected_texts, "words = f'{say(deadline)}.'"),
]


@pytest.mark.parametrize(("rule", "source"), BAD)
def test_a_rule_finds_what_breaks_it(rule: syntax.Rule, source: str) -> None:
    assert list(rule(ast.parse(source)))


@pytest.mark.parametrize(("rule", "source"), GOOD)
def test_a_rule_lets_pass_what_keeps_it(rule: syntax.Rule, source: str) -> None:
    assert list(rule(ast.parse(source))) == []


def test_a_finding_names_its_line() -> None:
    assert next(syntax.writes(ast.parse("\n\nticket.save()"))).line == 3
