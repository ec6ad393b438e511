"""A paper form on its way out: as an A4 page or as a Word file."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.addresses import public_address
from appointments.papers.form import Paper
from appointments.papers.word import paper_docx
from sheets.response import download_word
from studios.models import Studio


def address_of(request: HttpRequest, studio: Studio | None) -> str:
    """Where the QR code leads: the studio's public page, or nowhere."""
    return public_address(request, reverse("portal:studio", args=[studio.pk])) if studio else ""


def paper_page(request: HttpRequest, paper: Paper, **links: object) -> HttpResponse:
    """The page. `links`: back_url, back_label, word_url, may_fill_in (offers name and phone in full, by POST)."""
    code = segno.make_qr(paper.address, error="m", boost_error=False) if paper.address else None
    image = code.svg_data_uri(border=4, omitsize=True) if code else ""
    return render(request, "appointments/paper.html", {"paper": paper, "code": image, "may_fill_in": False, **links})


def paper_file(paper: Paper, name: str) -> HttpResponse:
    """The Word file, to be saved as `name`."""
    return download_word(paper_docx(paper), name)
