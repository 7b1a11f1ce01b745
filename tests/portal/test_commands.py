"""The portal's commands on its own server: an empty, real start, and the checks."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from congress.models import AwardType, Conference, Congress
from core import jobs
from core.models import AuditEntry, Job, Rehearsal, User
from delegates.models import Category, Delegate, EthnicGroup, Quota
from tests.delegates.factories import make_category, make_delegate, make_quota
from units.models import Block, Unit

pytestmark = pytest.mark.django_db


def run(name: str, *args, **options) -> tuple[str, str]:
    """What a command says, and what it complains of."""
    out, err = StringIO(), StringIO()
    try:
        call_command(name, *args, stdout=out, stderr=err, **options)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue(), err.getvalue()


def rows() -> list[int]:
    models = (Congress, Conference, Unit, Block, AwardType, EthnicGroup, Category, AuditEntry)
    return [model.objects.count() for model in models]


# ---- An empty, real start ----


def test_the_plan_alone_is_an_empty_start():
    out, err = run("load_plan")
    assert "10 conferences" in out
    assert not err
    assert rows()[:7] == [1, 10, 46, 4, 58, 55, 9]
    assert not User.objects.exists()
    assert not Delegate.objects.exists()
    assert not Quota.objects.exists()
    assert not Rehearsal.objects.exists()
    assert not Congress.objects.get().nominations.exists()
    assert run("check_invariants") == ("0 faults.\n", "")


def test_the_plan_is_loaded_once():
    run("load_plan")
    before = rows()
    run("load_plan")
    assert rows() == before


def test_what_staff_have_changed_stays():
    run("load_plan")
    Unit.objects.filter(code="NACENTECH").update(name_en="National Centre")
    run("load_plan")
    assert Unit.objects.get(code="NACENTECH").name_en == "National Centre"


def test_setting_up_without_a_demonstration_says_how_the_first_account_is_made():
    out, err = run("set_up")
    assert "make_officer" in out
    assert not err
    assert Congress.objects.count() == 1
    assert not User.objects.exists()
    before = rows()
    run("set_up")
    assert rows() == before


def test_setting_up_never_mixes_a_demonstration_into_a_portal_in_use():
    run("set_up")
    run("make_officer", "lan", "lan@example.org", "Người Thật", head=True)
    out, _err = run("set_up", demo="spring")
    assert [user.email for user in User.objects.all()] == ["lan@example.org"]
    assert "thi-dua" not in out
    assert not Rehearsal.objects.exists()


def test_what_a_stopped_worker_left_half_done_begins_anew(cast):
    jobs.register("test.left")(lambda _progress: jobs.Result(url="/done/"))
    left = Job.objects.create(actor=cast.officer, kind="test.left", title="x", state=Job.State.RUNNING)
    ended = Job.objects.create(actor=cast.officer, kind="test.left", title="x", state=Job.State.CANCELLED)
    run("set_up")
    left.refresh_from_db()
    ended.refresh_from_db()
    assert (left.state, left.result_url) == (Job.State.DONE, "/done/")
    assert ended.state == Job.State.CANCELLED


# ---- The checks ----


def test_the_invariants_name_a_fault(cast):
    category = make_category(cast.congress)
    make_quota(cast.unit, category, seats=2)
    for _ in range(2):
        make_delegate(cast.unit, category)
    assert run("check_invariants") == ("0 faults.\n", "")
    Quota.objects.update(seats=1)
    out, err = run("check_invariants")
    assert not out
    assert cast.unit.name in err
    assert "2" in err
    assert "1 fault" in err


def test_the_trails_check_names_the_row_that_was_changed():
    run("load_plan")
    out, err = run("verify_audit")
    number = AuditEntry.objects.count()
    assert f"{number} entries" in out
    assert not err
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_auditentry SET object_label = 'x' WHERE number = 7")
    _out, err = run("verify_audit")
    assert "7" in err
    assert "8" not in err
    assert run("check_invariants")[1]
