"""`plazo due`: when a term falls due under a policy, and why."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plazo.sla.calendars import OutsideHorizon
from plazo.sla.cli.arguments import Misused, Parser, chosen, language_of
from plazo.sla.cli.holidays import days_off, out_of_list
from plazo.sla.cli.instants import read_instant
from plazo.sla.clock import assess
from plazo.sla.explain import Explanation, explain, sentences
from plazo.sla.loader import load_policy
from plazo.sla.loader.problems import say
from plazo.sla.national import LAST_YEAR
from plazo.sla.policy import METRICS, Metric, Policy, Text
from plazo.sla.timeline import OPENED, Event

USAGE = """plazo due --policy FILE --window CODE --level CODE --at DATETIME
               [--priority CODE] [--kind CODE] [--metric response|resolution|all]
               [--json] [--language es|en]"""
HELP = say(
    f"""Dice cuándo vence un plazo según un acuerdo, y por qué.

Uso: {USAGE}

  --policy    archivo del acuerdo
  --window    modalidad, como 8x5
  --level     nivel, como premium
  --at        cuándo llega el reporte: 2026-09-17T17:30 en la zona acordada, o con desfase (…17:30-03:00)
  --priority  prioridad, como high; sin ella ni --kind, la de los tickets sin clasificar
  --kind      tipo del catálogo, como ALTO-01, que trae su prioridad
  --metric    response (si no se indica), resolution o all
  --json      lo mismo como datos
  --language  es (si no se indica) o en

A un código que no existe se responde con los que hay.
""",
    f"""Says when a term falls due under an agreement, and why.

Usage: {USAGE}

  --policy    file of the agreement
  --window    service window, such as 8x5
  --level     level, such as premium
  --at        when the report arrives: 2026-09-17T17:30 in the zone agreed, or with an offset (…17:30-03:00)
  --priority  priority, such as high; without it and --kind, that of unclassified tickets
  --kind      kind of the catalogue, such as ALTO-01, which brings its priority
  --metric    response (unless told), resolution or all
  --json      the same as data
  --language  es (unless told) or en

A code that does not exist is answered with those that do.
""",
)


def run_due(words: Sequence[str]) -> int:
    """Run `plazo due …`; the exit code. Raises PolicyError and Misused."""
    if not words or {"-h", "--help"} & set(words):
        sys.stdout.write(HELP.in_language(language_of(words)))
        return 0 if words else 2
    given = _parsed(words)
    language = chosen("--language", given.language, ("es", "en"))
    metrics = METRICS if given.metric == "all" else (_metric(given.metric),)
    policy = load_policy(given.policy)
    question = _question(policy, given)
    found = question.explanations(metrics)
    if given.json:
        terms = [question.as_data(explanation) for explanation in found]
        data = {"terms": terms} if given.metric == "all" else terms[0]
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    else:
        notes = "".join(note.in_language(language) + "\n" for note in question.notes)
        told = "\n\n".join(_as_text(explanation, language) for explanation in found)
        sys.stdout.write(f"{notes}{told}\n")
    return 0


def _parsed(words: Sequence[str]) -> Namespace:
    parser = Parser(USAGE)
    for option in ("--policy", "--window", "--level", "--at", "--priority", "--kind"):
        parser.add_argument(option)
    parser.add_argument("--metric", default="response")
    parser.add_argument("--language", default="es")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(list(words))
    for option in ("policy", "window", "level", "at"):
        if getattr(given, option) is None:
            raise Misused(say(f"Falta --{option}.\nUso: {USAGE}", f"--{option} is missing.\nUsage: {USAGE}"))
    return given


def _metric(word: str) -> Metric:
    chosen("--metric", word, (*METRICS, "all"))
    return "resolution" if word == "resolution" else "response"


def _question(policy: Policy, given: Namespace) -> _Question:
    notes: list[Text] = []
    window = chosen("--window", given.window, policy.windows)
    level = chosen("--level", given.level, policy.levels)
    priority = given.priority and chosen("--priority", given.priority, policy.priorities)
    if given.kind is not None:
        given.kind = chosen("--kind", given.kind, [kind.code for kind in policy.kinds])
        own = policy.kind(given.kind).priority
        if priority not in (None, own):
            raise Misused(
                say(
                    f"--kind {given.kind} es de prioridad {own}: quite --priority.",
                    f"--kind {given.kind} is of priority {own}: leave out --priority.",
                )
            )
        priority = own
    if priority is None:
        priority = policy.unclassified.priority
        notes.append(
            say("Sin clasificar: prioridad por confirmar.", "Unclassified: priority to be confirmed.")
        )
    at, decided = read_instant(given.at, zone=policy.zone)
    return _Question(policy, window, level, priority, given.kind, at, (*decided, *notes))


@dataclass(frozen=True, slots=True)
class _Question:
    """One report under a policy: what is owed to it is asked."""

    policy: Policy
    window: str
    level: str
    priority: str
    kind: str | None
    at: datetime
    notes: tuple[Text, ...]

    def explanations(self, metrics: Sequence[Metric]) -> list[Explanation]:
        """The explanation of each metric at the instant of the report."""
        known = days_off(self.policy, self.window, since=self.at.year)
        calendars = {self.window: self.policy.calendar(self.window, days_off=tuple(known))}
        commitment = self.policy.commitment(window=self.window, level=self.level)
        opened = Event(OPENED, self.at, self.at, 1, {"kind": self.kind, "priority": self.priority})
        try:
            assessment = assess([opened], commitment, calendars, self.at)
            found = [
                explain(assessment.clocks[metric], assessment, calendars, days_off=known)
                for metric in metrics
            ]
        except OutsideHorizon as error:
            raise out_of_list() from error
        if known and any(each.due_at and each.due_at.year > LAST_YEAR for each in found):
            raise out_of_list()
        return found

    def as_data(self, explanation: Explanation) -> dict[str, Any]:
        """One term as data: `due_at` with the offset of the policy's zone, null where no term is given."""
        due = explanation.due_at
        return {
            "metric": explanation.metric,
            "due_at": None if due is None else due.isoformat(),
            "started_at": explanation.started_at.isoformat(),
            "zone": explanation.zone,
            "term_seconds": explanation.seconds,
            "window": self.window,
            "level": self.level,
            "priority": self.priority,
            "kind": self.kind,
            "policy": {"provider": self.policy.provider.code, "version": self.policy.version},
            "notes": [{"es": note.es, "en": note.en} for note in self.notes],
            "explanation": explanation.as_data(),
        }


def _as_text(explanation: Explanation, language: str) -> str:
    """One term as sentences, one a line."""
    told = sentences(explanation, language)
    items = [f"{place}. {item}" for place, item in enumerate(told.items, start=1)]
    return "\n".join(line for line in (told.headline, *items, told.total, told.remark) if line)
