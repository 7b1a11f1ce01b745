"""Papers that take longer than a page may are made by the worker."""

from django.http import QueryDict

from core import jobs
from documents import actions
from documents.catalogue import FORMATS, find

KIND = "documents.export"


@jobs.register(KIND)
def make(progress: jobs.Progress) -> jobs.Result:
    """Make one paper; params: key, format, edition, query (the list's address)."""
    wanted = progress.params
    found = find(wanted["key"])
    if found is None:
        raise LookupError(wanted["key"])
    name, content = actions.export(
        actor=progress.actor,
        export=found,
        format_key=wanted["format"],
        edition=wanted["edition"],
        params=QueryDict(wanted["query"]),
        tick=progress,
    )
    return jobs.Result(filename=name, content=content, content_type=FORMATS[wanted["format"]].content_type)
