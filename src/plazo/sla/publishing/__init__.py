"""The agreement as a page that a client can read and sign, in Markdown and in HTML."""

from plazo.sla.publishing.assumptions import assumptions
from plazo.sla.publishing.html import published_html
from plazo.sla.publishing.page import published_page

__all__ = ["assumptions", "published_html", "published_page"]
