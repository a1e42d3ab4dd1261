"""Rules on terms: complete tables, in order, and a solution never owed before the response."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from plazo.sla.fields import format_duration
from plazo.sla.loader.problems import Finding, Path, say
from plazo.sla.policy import METRICS, Metric, Policy, Target, TermCell


def target_has_one_source(policy: Policy) -> Iterator[Finding]:
    """A target has a table of its own or a factor of the response, never both, never neither."""
    for metric in METRICS:
        target: Target = getattr(policy.targets, metric)
        path: Path = ("targets", metric)
        if metric == "response" and target.factor is not None:
            yield Finding(
                (*path, "factor"),
                say(
                    "La respuesta no puede ser un múltiplo de sí misma.",
                    "The response cannot be a multiple of itself.",
                ),
                say("Escriba su tabla en «terms».", "Write its table in “terms”."),
            )
        elif (target.terms is None) == (target.factor is None):
            yield Finding(
                path,
                say(
                    "Se necesita «terms» o «factor», y solo uno.",
                    "Either “terms” or “factor” is needed, and only one.",
                ),
                say(
                    "Deje la tabla «terms», o «factor: 4» con «of: response».",
                    "Keep the table “terms”, or “factor: 4” with “of: response”.",
                ),
            )
        if target.factor is not None and target.of is None:
            yield Finding(
                (*path, "factor"),
                say(
                    "Falta decir de qué es múltiplo el factor.",
                    "It is not said of what the factor is a multiple.",
                ),
                say("Agregue «of: response».", "Add “of: response”."),
            )


def factor_has_no_leftovers(policy: Policy) -> Iterator[Finding]:
    """`of` and `without_term` only stand beside a factor: elsewhere they would mean nothing."""
    for metric in METRICS:
        target: Target = getattr(policy.targets, metric)
        for name in ("of", "without_term"):
            if target.factor is None and getattr(target, name) is not None:
                yield Finding(
                    ("targets", metric, name),
                    say(
                        f"«{name}» no tiene efecto sin «factor».", f"“{name}” has no effect without “factor”."
                    ),
                    say("Quite esta línea.", "Remove this line."),
                )


def tables_are_complete(policy: Policy) -> Iterator[Finding]:
    """Every cell of priority and level has a term or says none."""
    for metric in METRICS:
        terms = getattr(policy.targets, metric).terms
        if terms is None:
            continue
        for priority in policy.priorities:
            row = terms.get(priority)
            path: Path = ("targets", metric, "terms", priority)
            missing = [level for level in policy.levels if row is None or level not in row]
            for level in [""] if row is None else missing:
                cell = path if row is None else (*path, level)
                name = str(cell[-1])
                yield Finding(
                    cell,
                    say(f"Falta el plazo de «{name}».", f"The term of “{name}” is missing."),
                    say(
                        f"Agregue «{name}: …» con una duración por nivel, o «none» si no hay plazo.",
                        f"Add “{name}: …” with a duration per level, or “none” if there is no term.",
                    ),
                )


def tables_are_in_order(policy: Policy) -> Iterator[Finding]:
    """No term is longer than that of a lower level or of a lower priority, unless a cell accepts it."""
    for metric in METRICS:
        terms = getattr(policy.targets, metric).terms
        if terms is None:
            continue
        for priority in policy.priorities:
            yield from _line_in_order(policy, metric, [(priority, level) for level in policy.levels])
        for level in policy.levels:
            yield from _line_in_order(policy, metric, [(priority, level) for priority in policy.priorities])


def _line_in_order(policy: Policy, metric: Metric, line: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    terms = getattr(policy.targets, metric).terms
    cells = [(key, terms[key[0]][key[1]]) for key in line if key[1] in terms.get(key[0], {})]
    kept = [(key, cell) for key, cell in cells if cell.accept is None]
    for (key, cell), (next_key, next_cell) in pairwise(kept):
        if _length(cell) > _length(next_cell):
            mine, other = _written(cell), _written(next_cell)
            name = "/".join(next_key)
            yield Finding(
                ("targets", metric, "terms", *key),
                say(f"{mine} es más que {name} ({other}).", f"{mine} is more than {name} ({other})."),
                say(
                    f"Escriba {other} o menos, o acepte la excepción: «{{term: {mine}, accept: motivo}}».",
                    f"Write {other} or less, or accept the exception: “{{term: {mine}, accept: reason}}”.",
                ),
            )


def _length(cell: TermCell) -> float:
    return float("inf") if cell.term == "none" else cell.term


def _written(cell: TermCell) -> str:
    return "none" if cell.term == "none" else format_duration(cell.term)


def resolution_follows_response(policy: Policy) -> Iterator[Finding]:
    """The solution is owed later than the response, in every cell."""
    target = policy.targets.resolution
    if target.factor == 1:
        yield Finding(
            ("targets", "resolution", "factor"),
            say(
                "Con factor 1 la solución vence junto con la respuesta.",
                "With factor 1 the solution is owed together with the response.",
            ),
            say("Escriba un factor de 2 o más.", "Write a factor of 2 or more."),
        )
    for priority, row in (target.terms or {}).items():
        for level, cell in row.items():
            response = (policy.targets.response.terms or {}).get(priority, {}).get(level)
            if (
                cell.term == "none"
                or response is None
                or response.term == "none"
                or cell.term > response.term
            ):
                continue
            mine, other = _written(cell), _written(response)
            yield Finding(
                ("targets", "resolution", "terms", priority, level),
                say(
                    f"La solución ({mine}) no es más larga que la respuesta ({other}).",
                    f"The solution ({mine}) is not longer than the response ({other}).",
                ),
                say(
                    f"Escriba más de {other}, o «none» si no hay plazo.",
                    f"Write more than {other}, or “none” if there is no term.",
                ),
            )


def factor_without_a_term_is_acknowledged(policy: Policy) -> Iterator[Finding]:
    """Where the response has no term, a factor of it gives none, and the policy says that it knows."""
    target = policy.targets.resolution
    if target.factor is None or target.without_term is not None:
        return
    for priority, row in (policy.targets.response.terms or {}).items():
        for level, cell in row.items():
            if cell.term == "none":
                yield Finding(
                    ("targets", "resolution", "factor"),
                    say(
                        f"La respuesta de {priority}/{level} no tiene plazo, así que la solución tampoco.",
                        f"The response of {priority}/{level} has no term, so the solution has none either.",
                    ),
                    say(
                        "Agregue «without_term: none» para aceptarlo, o dé un plazo a la respuesta.",
                        "Add “without_term: none” to accept it, or give the response a term.",
                    ),
                )


def own_terms_of_kinds_are_shorter(policy: Policy) -> Iterator[Finding]:
    """A kind's own solution term is longer than every response and shortens some solution term."""
    if not _readable(policy):
        return
    for place, kind in enumerate(policy.kinds):
        if kind.resolution is None or kind.priority not in policy.priorities:
            continue
        responses = [
            policy.seconds("response", priority=kind.priority, level=level) for level in policy.levels
        ]
        solutions = [
            policy.seconds("resolution", priority=kind.priority, level=level) for level in policy.levels
        ]
        least = max((seconds for seconds in responses if seconds is not None), default=0)
        most = max((float("inf") if seconds is None else seconds for seconds in solutions), default=0)
        if least < kind.resolution < most:
            continue
        bounds = format_duration(least) if least else "0h"
        top = "" if most == float("inf") else format_duration(int(most))
        yield Finding(
            ("kinds", place, "resolution"),
            say(
                "El plazo propio del tipo no es más largo que la respuesta o no acorta la solución.",
                "The kind's own term is not longer than the response or does not shorten the solution.",
            ),
            say(
                f"Escriba más de {bounds}" + (f" y menos de {top}." if top else "."),
                f"Write more than {bounds}" + (f" and less than {top}." if top else "."),
            ),
        )


def _readable(policy: Policy) -> bool:
    """Whether the tables can be read at all: their faults are found by the rules above."""
    return not any(
        finding for rule in (target_has_one_source, tables_are_complete) for finding in rule(policy)
    )


TABLE_RULES = (
    target_has_one_source,
    factor_has_no_leftovers,
    tables_are_complete,
    tables_are_in_order,
    resolution_follows_response,
    factor_without_a_term_is_acknowledged,
    own_terms_of_kinds_are_shorter,
)
