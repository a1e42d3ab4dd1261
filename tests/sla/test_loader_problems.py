"""Every way in which a policy can be wrong: where it is said to be wrong, and what to write instead.

Each case is the good file with one change. In the changed text, ¦ stands where the fault must be
found; it is taken out before reading.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from plazo.sla.loader import PolicyError, Problem, read_policy

COACHER = Path(__file__).parents[2] / "policies" / "coacher.yaml"
GOOD = COACHER.read_text(encoding="utf-8")


class Broken(NamedTuple):
    """`old` of the good file becomes `new`; then `field` is at fault and the mend holds `mend`."""

    old: str
    new: str
    field: str
    mend: str


def place_and_text(case: Broken) -> tuple[int, int, str]:
    assert case.old in GOOD
    marked = GOOD.replace(case.old, case.new, 1)
    before, mark, after = marked.partition("¦")
    assert mark, "the case does not say where the fault is"
    return before.count("\n") + 1, len(before) - before.rfind("\n"), before + after


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(PolicyError) as refused:
        read_policy(text, name="broken.yaml")
    return refused.value.problems


PREMIUM = "        premium: 3h\n"
RESOLUTION = "    factor: 4\n    of: response\n"
SOLUTION_TABLE = """    terms:
      high: {premium: 12h, standard: 24h, basic: 48h}
      medium: {premium: 36h, standard: 72h, basic: 144h}
      low: {premium: 48h, standard: 96h, basic: 192h}
"""

FORM = {
    "unknown field": Broken("zone: ", "¦zones: ", "zones", "«zone»"),
    "unknown field with nothing like it": Broken(
        "plazo: 1\n", "plazo: 1\n¦qwerty: 1\n", "qwerty", "provider"
    ),
    "unknown field deep inside": Broken(
        "days_off: chile", "¦day_of: chile", "windows.8x5.day_of", "days_off"
    ),
    "missing field": Broken("provider:\n  code: coacher\n", "¦provider:\n", "provider.code", "«code: …»"),
    "missing text of a language": Broken(
        "title:\n      es: Premium\n      en: Premium\n",
        "¦title:\n      es: Premium\n",
        "levels.premium.title.en",
        "«en: …»",
    ),
    "other file format": Broken("plazo: 1", "¦plazo: 2", "plazo", "1"),
    "number for a text": Broken(
        "  name: Coacher Integradores SpA", "  ¦name: 44", "provider.name", "entre comillas"
    ),
    "text for a number": Broken("\nversion: 1", "\n¦version: uno", "version", "número entero"),
    "zero for a number": Broken("\nversion: 1", "\n¦version: 0", "version", "mayor que 0"),
    "quoted number": Broken("\nversion: 1", '\n¦version: "1"', "version", "sin comillas"),
    "no date": Broken(
        "effective_from: 2025-01-01", "¦effective_from: 2025-02-30", "effective_from", "2026-03-01"
    ),
    "a year for a date": Broken(
        "effective_from: 2025-01-01", "¦effective_from: 2025", "effective_from", "2026-03-01"
    ),
    "empty field": Broken("zone: America/Santiago", "¦zone:", "zone", "Escriba el texto"),
    "blank text": Broken(
        "  name: Coacher Integradores SpA", '  ¦name: "  "', "provider.name", "Escriba el texto"
    ),
    "empty text": Broken(
        "  name: Coacher Integradores SpA", '  ¦name: ""', "provider.name", "Escriba el texto"
    ),
    "short digest": Broken("  sha256: 3f76", "  ¦sha256: 3f", "document.sha256", "64 dígitos"),
    "unknown option": Broken("governs: document", "¦governs: documento", "document.governs", "«document»"),
    "unknown channel": Broken(
        "open: [portal, email,", "open: [portal, ¦fax,", "channels.open[1]", "portal, email, phone"
    ),
    "country in words": Broken("country: CL", "¦country: Chile", "calendars.chile.country", "CL"),
    "yes for true": Broken("authorised: true", "¦authorised: sí", "reporters.authorised", "true o false"),
    "text for a list": Broken("days: [fri]", "¦days: fri", "windows.8x5.hours[2].days", "[uno, dos]"),
    "empty list": Broken("days: [fri]", "¦days: []", "windows.8x5.hours[2].days", "al menos uno"),
    "unknown weekday": Broken("days: [fri]", "days: [¦vie]", "windows.8x5.hours[2].days[0]", "mon, tue"),
    "text for a group": Broken(
        "title:\n      es: Premium\n      en: Premium\n",
        "¦title: Premium\n",
        "levels.premium.title",
        "es, en",
    ),
    "hour that is none": Broken("from: 15:00", "¦from: 25:00", "windows.8x5.hours[1].from", "09:00"),
    "minute that is none": Broken("to: 18:00", "¦to: 18:60", "windows.8x5.hours[1].to", "24:00"),
    "code with a blank": Broken("code: ALTO-01", '¦code: "ALTO 01"', "kinds[0].code", "código"),
    "code that is too long": Broken("code: ALTO-01", f"¦code: {'A' * 41}", "kinds[0].code", "40 signos"),
    "key that is no code": Broken(
        "  premium:\n    title", "  ¦muy bueno:\n    title", "levels.muy bueno", "código"
    ),
    "duration without a unit": Broken(
        "premium: 3h", "¦premium: 3", "targets.response.terms.high.premium", "3h, 45m"
    ),
    "duration in words": Broken("after: 5d", "¦after: cinco días", "closing.after", "3h, 45m"),
    "duration of nothing": Broken("after: 5d", "¦after: 0h", "closing.after", "1m a 3660d"),
    "duration of a century": Broken("after: 5d", "¦after: 36525d", "closing.after", "1m a 3660d"),
    "negative duration": Broken("after: 5d", "¦after: -5d", "closing.after", "3h, 45m"),
    "percent beyond all": Broken("percent: 90", "¦percent: 1001", "escalation.steps[5].percent", "1000"),
    "percent that is half": Broken("percent: 90", "¦percent: 90.5", "escalation.steps[5].percent", "entero"),
    "no kinds": Broken(GOOD[GOOD.index("\nkinds:\n") :], "\n¦kinds: []\n", "kinds", "al menos uno"),
}

NAMES = {
    "unknown calendar": Broken("days_off: chile", "¦days_off: chili", "windows.8x5.days_off", "«chile»"),
    "unknown priority of the unclassified": Broken(
        "unclassified:\n  priority: high",
        "unclassified:\n  ¦priority: hihg",
        "unclassified.priority",
        "«high»",
    ),
    "unknown priority of a kind": Broken(
        "ALTO-01\n    priority: high",
        "ALTO-01\n    ¦priority: urgent",
        "kinds[0].priority",
        "high, medium, low",
    ),
    "unknown service": Broken(
        "[erp, einvoicing]", "[erp, ¦invoicing]", "kinds[0].services[1]", "«einvoicing»"
    ),
    "service named twice": Broken("[erp, einvoicing]", "[erp, ¦erp]", "kinds[0].services[1]", "una sola vez"),
    "unknown row": Broken(
        "      low:\n        premium",
        "      ¦lowest:\n        premium",
        "targets.response.terms.lowest",
        "«low»",
    ),
    "unknown column": Broken(
        PREMIUM,
        PREMIUM + "        ¦gold: 2h\n",
        "targets.response.terms.high.gold",
        "premium, standard, basic",
    ),
    "kind code taken": Broken("code: ALTO-02", "¦code: ALTO-01", "kinds[1].code", "su propio código"),
    "channel named twice": Broken(
        "[portal, email,", "[portal, ¦portal, email,", "channels.open[1]", "una sola vez"
    ),
}

HOURS = {
    "offset for a zone": Broken("zone: America/Santiago", '¦zone: "-03:00"', "zone", "America/Santiago"),
    "offset by name": Broken("zone: America/Santiago", "¦zone: Etc/GMT+4", "zone", "America/Santiago"),
    "zone without a place": Broken("zone: America/Santiago", "¦zone: UTC", "zone", "America/Santiago"),
    "zone misspelt": Broken("zone: America/Santiago", "¦zone: America/Santigo", "zone", "«America/Santiago»"),
    "zone that is a folder": Broken("zone: America/Santiago", "¦zone: America/Argentina", "zone", "America/"),
    "zone that climbs": Broken("zone: America/Santiago", "¦zone: ../etc/passwd", "zone", "America/Santiago"),
    "year out of reach": Broken(
        "effective_from: 2025", "¦effective_from: 1925", "effective_from", "2026-03-01"
    ),
    "interval from 24:00": Broken("from: 15:00", "¦from: 24:00", "windows.8x5.hours[1].from", "00:00"),
    "overlapping hours": Broken(
        "14:00\n      - days: [mon, tue, wed, thu]\n        from: 15:00",
        "14:00\n      - days: [¦mon, tue, wed, thu]\n        from: 13:00",
        "windows.8x5.hours[1].days[0]",
        "un solo tramo",
    ),
    "day named twice": Broken("[fri]", "[fri, ¦fri]", "windows.8x5.hours[2].days[1]", "un solo tramo"),
    "overlap across midnight": Broken(
        "days: [fri]\n        from: 09:00\n        to: 15:00\n",
        "days: [fri]\n        from: 22:00\n        to: 10:00\n"
        "      - days: [¦sat]\n        from: 09:00\n        to: 12:00\n",
        "windows.8x5.hours[3].days[0]",
        "un solo tramo",
    ),
    "overlap from Sunday into Monday": Broken(
        "days: [fri]\n        from: 09:00\n        to: 15:00\n",
        "days: [¦sun]\n        from: 22:00\n        to: 10:00\n",
        "windows.8x5.hours[2].days[0]",
        "un solo tramo",
    ),
}

TABLES = {
    "cell missing": Broken(
        "high:\n" + PREMIUM,
        "¦high:\n",
        "targets.response.terms.high.premium",
        "«none»",
    ),
    "row missing": Broken(
        "    terms:\n      high:\n        premium: 3h\n        standard: 6h\n        basic: 12h\n",
        "    ¦terms:\n",
        "targets.response.terms.high",
        "«high: …»",
    ),
    "longer than a lower level": Broken(
        "premium: 3h", "¦premium: 7h", "targets.response.terms.high.premium", "6h o menos"
    ),
    "longer than a lower priority": Broken(
        "basic: 36h", "¦basic: 49h", "targets.response.terms.medium.basic", "accept: motivo"
    ),
    "no term where a lower level has one": Broken(
        "premium: 3h", "¦premium: none", "targets.response.terms.high.premium", "o menos"
    ),
    "table and factor": Broken(
        GOOD[GOOD.index("  resolution:\n    title") : GOOD.index(RESOLUTION)] + RESOLUTION,
        "  ¦"
        + GOOD[GOOD.index("resolution:\n    title") : GOOD.index(RESOLUTION)]
        + RESOLUTION
        + SOLUTION_TABLE,
        "targets.resolution",
        "factor: 4",
    ),
    "neither table nor factor": Broken(
        GOOD[GOOD.index("resolution:\n    title") : GOOD.index(RESOLUTION)] + RESOLUTION,
        "¦" + GOOD[GOOD.index("resolution:\n    title") : GOOD.index(RESOLUTION)],
        "targets.resolution",
        "factor: 4",
    ),
    "factor of nothing": Broken(RESOLUTION, "    ¦factor: 4\n", "targets.resolution.factor", "of: response"),
    "factor of the response itself": Broken(
        "    terms:\n      high:",
        "    ¦factor: 2\n    of: response\n    terms:\n      high:",
        "targets.response.factor",
        "«terms»",
    ),
    "factor of one": Broken("factor: 4", "¦factor: 1", "targets.resolution.factor", "2 o más"),
    "factor without a term": Broken(
        GOOD[GOOD.index("        basic: 48h\n") : GOOD.index(RESOLUTION)] + "    factor: 4",
        GOOD[GOOD.index("        basic: 48h\n") : GOOD.index(RESOLUTION)].replace("48h", "none")
        + "    ¦factor: 4",
        "targets.resolution.factor",
        "without_term: none",
    ),
    "leftover of a factor": Broken(
        RESOLUTION, "    ¦of: response\n" + SOLUTION_TABLE, "targets.resolution.of", "Quite esta línea"
    ),
    "solution no longer than the response": Broken(
        RESOLUTION,
        SOLUTION_TABLE.replace("premium: 12h", "¦premium: 3h"),
        "targets.resolution.terms.high.premium",
        "más de 3h",
    ),
    "own term shorter than a response": Broken(
        "code: ALTO-01\n", "code: ALTO-01\n    ¦resolution: 12h\n", "kinds[0].resolution", "más de 12h"
    ),
    "own term that shortens nothing": Broken(
        "code: ALTO-01\n", "code: ALTO-01\n    ¦resolution: 48h\n", "kinds[0].resolution", "menos de 48h"
    ),
}

WAITING = {
    "client's pause ended by the desk": Broken(
        "ends_with: client", "¦ends_with: consultant", "pauses.reasons.client.ends_with", "ends_with: client"
    ),
    "client's pause without a message": Broken(
        "needs_message: true", "¦needs_message: false", "pauses.reasons.client.needs_message", "true"
    ),
    "third party's pause ended by the client": Broken(
        "ends_with: consultant", "¦ends_with: client", "pauses.reasons.sii.ends_with", "ends_with: consultant"
    ),
    "reason longer than the total": Broken(
        "limit: 10d", "¦limit: 21d", "pauses.reasons.client.limit", "20d o menos"
    ),
    "reason shorter than its warning": Broken(
        "limit: 3d", "¦limit: 24h", "pauses.reasons.host.limit", "más de 1d"
    ),
    "total shorter than the warning": Broken(
        "  total_limit: 20d\n  warn_before: 1d",
        "  ¦total_limit: 20d\n  warn_before: 20d",
        "pauses.total_limit",
        "20d",
    ),
    "closing before its warning": Broken(
        "after: 5d\n  warn_before: 1d", "¦after: 5d\n  warn_before: 6d", "closing.after", "más de 6d"
    ),
    "reopening after the closing": Broken("within: 5d", "¦within: 6d", "reopening.within", "5d o menos"),
    "step code taken": Broken("code: near", "¦code: most", "escalation.steps[5].code", "su propio código"),
    "steps out of order": Broken("percent: 90", "¦percent: 70", "escalation.steps[5].percent", "más de 75"),
    "steps at the same percent": Broken(
        "percent: 90", "¦percent: 75", "escalation.steps[5].percent", "más de 75"
    ),
    "role told twice": Broken(
        "tell: [assignee, lead]", "tell: [assignee, ¦assignee]", "escalation.steps[1].tell[1]", "una sola vez"
    ),
}

YAML = {
    "key given twice": Broken("plazo: 1\n", "plazo: 1\n¦plazo: 1\n", "plazo", "uno solo"),
    "alias": Broken("country: CL", "country: ¦*somewhere", "calendars.chile.country", "valor completo"),
    "anchor": Broken("country: CL", "country: ¦&here CL", "calendars.chile.country", "valor completo"),
    "tag": Broken(
        "country: CL", "country: ¦!!python/name:os.system CL", "calendars.chile.country", "comillas"
    ),
    "second document": Broken("provider:\n", "¦---\nprovider:\n", "", "«---»"),
    "list for a key": Broken("provider:\n", "? ¦[a, b]\n: c\nprovider:\n", "", "nombre: valor"),
    "escape that cannot be shown": Broken("  en: Types", '  en: ¦"\\0"  #', "title.en", "Bórrelo"),
    "escape of half a character": Broken("  en: Types", '  en: ¦"\\ud800"  #', "title.en", "Bórrelo"),
    "control character": Broken("provider:\n", "provider: ¦\x00\n", "", "Bórrelo"),
    "half a character": Broken("provider:\n", "provider: ¦\ud800\n", "", "Bórrelo"),
    "bracket left open": Broken("days: [fri]\n        ", "days: [fri\n        from¦: ", "", "comillas"),
    "tabulator": Broken("plazo: 1\n", "plazo: 1\n¦\tversion: 2\n", "", "sangría"),
    "depth beyond reason": Broken("country: CL", f"country: {'[' * 21}¦{'[' * 9}", "", "corchetes"),
}

CASES = {name: case for group in (FORM, NAMES, HOURS, TABLES, WAITING, YAML) for name, case in group.items()}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES.items()])
def test_a_broken_policy_is_refused_at_its_place_with_a_mend(case: Broken) -> None:
    line, column, text = place_and_text(case)
    found = {(problem.line, problem.column, problem.field): problem for problem in problems_of(text)}
    problem = found[line, column, case.field]
    assert case.mend in problem.mend.es
    assert problem.mend.en != problem.mend.es
    assert problem.message.en != problem.message.es
