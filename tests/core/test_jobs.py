"""Long work: its row tells how far it is, what came out, or why nothing did."""

import pytest

from core import jobs
from core.models import AuditEntry, Job
from core.refusal import Refused
from tests import factories as make

pytestmark = pytest.mark.django_db


@jobs.register("test.write")
def write(progress: jobs.Progress) -> jobs.Result:
    for done in range(progress.params["pages"]):
        progress(done, progress.params["pages"])
    return jobs.Result(filename="Danh sách.txt", content=b"ok", content_type="text/plain")


@jobs.register("test.lead_on")
def lead_on(progress: jobs.Progress) -> jobs.Result:
    return jobs.Result(url="/units/")


@jobs.register("test.refuse")
def refuse(progress: jobs.Progress) -> jobs.Result:
    raise Refused("Không có đại biểu nào để in.")


@jobs.register("test.break")
def break_down(progress: jobs.Progress) -> jobs.Result:
    raise ZeroDivisionError("secret detail")


@jobs.register("test.cancelled_midway")
def cancelled_midway(progress: jobs.Progress) -> jobs.Result:
    progress(1, 10)
    jobs.cancel(actor=progress.actor, job=progress.job)
    progress(2, 10)
    raise AssertionError("goes on after it was cancelled")


@pytest.fixture
def user(db):
    return make.make_user()


@pytest.fixture
def start(user, django_capture_on_commit_callbacks):
    def started(kind: str, **params) -> Job:
        with django_capture_on_commit_callbacks(execute=True):
            job = jobs.start(actor=user, kind=kind, title="In danh sách", params=params)
        job.refresh_from_db()
        return job

    return started


def test_a_job_ends_with_its_file(start):
    job = start("test.write", pages=3)
    assert (job.state, job.done, job.total) == (Job.State.DONE, 2, 3)
    with job.file.open() as file:
        assert file.read() == b"ok"
    assert (job.filename, job.content_type) == ("Danh sách.txt", "text/plain")
    assert "Danh" not in job.file.name
    assert job.ended_at


def test_or_with_an_address(start):
    job = start("test.lead_on")
    assert (job.state, job.result_url, bool(job.file)) == (Job.State.DONE, "/units/", False)


def test_or_with_the_reason_of_a_rule(start):
    job = start("test.refuse")
    assert (job.state, job.reason) == (Job.State.FAILED, "Không có đại biểu nào để in.")


def test_a_fault_of_the_portal_is_not_shown_to_people(start, caplog):
    job = start("test.break")
    assert job.state == Job.State.FAILED
    assert "secret" not in job.reason
    assert "secret detail" in caplog.text


def test_it_begins_only_when_the_transaction_has_ended(user):
    job = jobs.start(actor=user, kind="test.write", title="x", params={"pages": 1})
    assert Job.objects.get(pk=job.pk).state == Job.State.QUEUED


def test_unknown_work_is_refused_at_once(user):
    with pytest.raises(KeyError):
        jobs.start(actor=user, kind="test.unknown", title="x", params={})
    assert not Job.objects.exists()


def test_a_waiting_job_that_is_cancelled_never_begins(user):
    job = jobs.start(actor=user, kind="test.write", title="x", params={"pages": 1})
    jobs.cancel(actor=user, job=job)
    jobs.run.call(str(job.pk))
    job.refresh_from_db()
    assert (job.state, bool(job.file)) == (Job.State.CANCELLED, False)
    assert AuditEntry.objects.get().verb == "job.cancelled"


def test_a_running_job_stops_at_its_next_word(start):
    job = start("test.cancelled_midway")
    assert (job.state, job.done) == (Job.State.CANCELLED, 2)


def test_cancelling_what_has_ended_does_nothing(start, user):
    job = start("test.write", pages=1)
    jobs.cancel(actor=user, job=job)
    job.refresh_from_db()
    assert (job.state, job.cancel_asked) == (Job.State.DONE, False)
    assert not AuditEntry.objects.exists()


def test_a_job_whose_worker_died_begins_anew(user):
    job = Job.objects.create(actor=user, kind="test.write", title="x", params={"pages": 2}, state=Job.State.RUNNING)
    jobs.run.call(str(job.pk))
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_what_has_ended_does_not_begin_again(start):
    job = start("test.write", pages=1)
    name = job.file.name
    jobs.run.call(str(job.pk))
    job.refresh_from_db()
    assert job.file.name == name


def test_only_whoever_started_it_sees_it(start, user, enter):
    job = start("test.write", pages=1)
    other = enter(make.make_user())
    assert enter(user).get(job.get_absolute_url()).status_code == 200
    for url in (job.get_absolute_url(), f"/jobs/{job.pk}/file/"):
        assert other.get(url).status_code == 404
    assert other.post(f"/jobs/{job.pk}/cancel/").status_code == 404


def test_the_file_comes_as_an_attachment_under_its_name(start, user, enter):
    job = start("test.write", pages=1)
    answer = enter(user).get(f"/jobs/{job.pk}/file/")
    assert b"".join(answer.streaming_content) == b"ok"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_cancelling_takes_a_post(start, user, enter):
    job = start("test.write", pages=1)
    assert enter(user).get(f"/jobs/{job.pk}/cancel/").status_code == 405
