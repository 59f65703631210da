"""The sheet in three forms: a file the office can edit, a PDF, and a preview on the page."""

from __future__ import annotations

from chibo.papers.selectors.docx import docx_of
from chibo.papers.selectors.html import html_of
from chibo.papers.selectors.pdf import pdf_of
from chibo.papers.selectors.templates import paper_file

__all__ = ["docx_of", "html_of", "paper_file", "pdf_of"]
