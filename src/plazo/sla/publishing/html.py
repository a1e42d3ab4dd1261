"""The published page as one HTML file that needs nothing else: no script, no font, no picture."""

from __future__ import annotations

from html import escape

from markdown_it import MarkdownIt

from plazo.sla.policy import Policy
from plazo.sla.publishing.page import published_page
from plazo.sla.publishing.wording import is_english

_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.55 system-ui, sans-serif; }
table { border-collapse: collapse; margin: 0.75rem 0; width: 100%; }
th, td { border: 1px solid #767676; padding: 0.35rem 0.6rem; text-align: left; vertical-align: top; }
code { overflow-wrap: anywhere; }
h2 { border-bottom: 1px solid #767676; margin-top: 2.2rem; }
@media print {
  body { max-width: none; margin: 0; }
  h2, h3 { break-after: avoid; }
  tr { break-inside: avoid; }
}
""".strip()


def published_html(policy: Policy, language: str = "es") -> str:
    """The published page as a whole HTML document; markup in the policy's texts is shown, never obeyed."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    body = markdown.render(published_page(policy, language)).replace("<th>", '<th scope="col">')
    lang = "en" if is_english(language) else "es-CL"
    title = escape(f"{policy.title.in_language(language)} · {policy.provider.name}")
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n"
        f"<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
