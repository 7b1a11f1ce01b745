"""Long work: queued as a row, run by the worker, watched on a page that survives a reload."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from core import audit, clock
from core.models import Job, User
from core.refusal import Refused

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """What a job ends with: a file, or an address to go on at."""

    filename: str = ""
    content: bytes = b""
    content_type: str = ""
    url: str = ""


class Cancelled(Exception):
    """Whoever started the job has asked to stop it."""


class Progress:
    """What a running job is given: its row, and the place to say how far it has come."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.actor = job.actor
        self.params = job.params

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` is finished. Raises `Cancelled` when the job is to stop."""
        Job.objects.filter(pk=self.job.pk).update(done=done, total=total)
        if Job.objects.values_list("cancel_asked", flat=True).get(pk=self.job.pk):
            raise Cancelled


Work = Callable[[Progress], Result]
_kinds: dict[str, Work] = {}


def register(kind: str) -> Callable[[Work], Work]:
    """Name the work that jobs of this kind do."""

    def remember(work: Work) -> Work:
        _kinds[kind] = work
        return work

    return remember


def start(*, actor: User, kind: str, title: str, params: dict) -> Job:
    """Queue a job; it begins when the transaction has ended. Raises KeyError for an unknown kind."""
    _kinds[kind]
    job = Job.objects.create(actor=actor, kind=kind, title=title, params=params)
    transaction.on_commit(lambda: run.enqueue(str(job.pk)))
    return job


@transaction.atomic
def cancel(*, actor: User, job: Job) -> None:
    """Ask a job to stop; one that has not begun never will, one that has ended stays as it is."""
    waiting = Job.objects.filter(pk=job.pk, ended_at=None, cancel_asked=False)
    if waiting.update(cancel_asked=True):
        audit.record(actor, "job.cancelled", job)


def take_up() -> int:
    """Queue again what a worker left half done when it was stopped. Called before workers start. Returns how many."""
    left = Job.objects.filter(state=Job.State.RUNNING)
    for job in left:
        run.enqueue(str(job.pk))
    return len(left)


@task()
def run(job_id: str) -> None:
    """Do one job and store how it ended. A job that was begun before (a worker died) begins anew."""
    job = Job.objects.select_related("actor").get(pk=job_id)
    if job.ended:
        return
    if job.cancel_asked:
        _end(job, Job.State.CANCELLED)
        return
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
    with override(job.actor.language):
        try:
            result = _kinds[job.kind](Progress(job))
        except Cancelled:
            _end(job, Job.State.CANCELLED)
        except Refused as refusal:
            _end(job, Job.State.FAILED, reason=refusal.reason)
        except Exception:
            logger.exception("job %s failed", job.pk)
            _end(job, Job.State.FAILED, reason=_("The work stopped on a fault of the portal. Try again."))
        else:
            _finish(job, result)


def _finish(job: Job, result: Result) -> None:
    if result.content:
        job.file.save(result.filename, ContentFile(result.content), save=False)
    job.filename, job.content_type, job.result_url = result.filename, result.content_type, result.url
    _end(job, Job.State.DONE)


def _end(job: Job, state: Job.State, *, reason: str = "") -> None:
    job.state, job.reason, job.ended_at = state, reason, clock.now()
    job.save(update_fields=["state", "reason", "ended_at", "file", "filename", "content_type", "result_url"])
