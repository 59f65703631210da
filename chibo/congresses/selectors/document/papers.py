"""The papers of a congress, by their address."""

from __future__ import annotations

from chibo.congresses.selectors.document import political_paper, request_paper, result_paper
from chibo.congresses.selectors.document.members import members_paper

PAPERS = {"result": result_paper, "request": request_paper, "political": political_paper, "members": members_paper}
