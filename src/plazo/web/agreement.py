"""The agreement as published, on a page."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from plazo.sla.policy import Policy
from plazo.sla.publishing import published_page
from plazo.web import moments


def agreement_html(policy: Policy) -> SafeString:
    """The policy's own markup is shown, never obeyed; the page is made of our own Markdown."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    body = markdown.render(published_page(policy, moments.language()))
    # On a phone a table is wider than the page: it scrolls by itself, by keyboard too.
    frame = format_html('<div class="scroll" tabindex="0" role="group" aria-label="{}"><table>', _("Tabla"))
    framed = body.replace("<table>", frame).replace("</table>", "</table></div>")
    return SafeString(framed)
