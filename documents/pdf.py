"""PDF by WeasyPrint, from the same description. Rendered by the worker; the engine is loaded when first needed."""

import gc

from django.conf import settings
from django.template.loader import render_to_string

from documents.description import MOTTO, Document, Heading, Paragraph, Table

STYLE = settings.BASE_DIR / "static/css/paper.css"


def html(document: Document) -> str:
    """The document as the page that WeasyPrint prints. Everything in it is escaped by the template."""
    return render_to_string("documents/paper.html", {"paper": document, "motto": MOTTO, "blocks": parts(document)})


def parts(document: Document) -> list[dict]:
    """The blocks as the template tells them apart."""
    found: list[dict] = []
    for block in document.blocks:
        if isinstance(block, Table):
            whole = sum(column.weight for column in block.columns)
            heads = [(column, round(column.weight * 100 / whole, 2)) for column in block.columns]
            found.append({"table": block, "heads": heads, "lines": block.lines()})
        elif isinstance(block, Heading):
            found.append({"heading": block})
        elif isinstance(block, Paragraph):
            found.append({"paragraph": block})
    return found


def write(document: Document) -> bytes:
    """The document as a .pdf file. No address is fetched: neither the network's nor a file's."""
    from weasyprint import CSS, HTML

    page = HTML(string=html(document), url_fetcher=refuse)
    gc.disable()
    try:
        return page.write_pdf(
            stylesheets=[CSS(string=STYLE.read_text(), url_fetcher=refuse)], presentational_hints=True
        )
    finally:
        gc.enable()


def refuse(url: str, *_args, **_kwargs):
    """Papers name nothing outside themselves; whoever smuggles in an address gets nothing."""
    raise ValueError(f"A paper may not fetch {url}.")
