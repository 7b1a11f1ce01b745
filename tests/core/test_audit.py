"""The audit trail: whole when nobody touched it, and every tampering named."""

import re
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from core import audit
from core.models import AuditEntry, AuditHead, Sealed
from core.templatetags.ui import MOST_LINES, history
from tests import factories as make

pytestmark = pytest.mark.django_db


def write_entries(count: int = 5) -> list[AuditEntry]:
    unit, actor = make.make_unit(name_vi="Viện Ứng dụng Công nghệ"), make.make_user()
    return [
        audit.record(
            actor,
            "unit.changed",
            unit,
            reason=f"lý do {n}",
            changes={"số người": [str(n), str(n + 1)]},
        )
        for n in range(count)
    ]


def tamper(sql: str, *params) -> None:
    """What somebody with the database's password can do, past the models."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def verify() -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", stdout=out, stderr=err)
    except CommandError as error:
        err.write(f"\n{error}")
    return out.getvalue(), err.getvalue()


def test_a_whole_trail_is_found_whole():
    entries = write_entries()
    out, err = verify()
    assert not err
    assert "5 entries, unbroken" in out
    assert entries[-1].digest in out


def test_an_empty_trail_is_whole():
    assert not list(audit.faults())


def test_entries_hold_who_did_what_to_which_thing():
    actor, unit = make.make_user(full_name="Hoàng Thu Lan"), make.make_unit(name_vi="Viện Mẫu")
    entry = audit.record(actor, "unit.changed", unit, reason="đổi tên", changes={"tên": ["A", "B"]}, seats=4)
    entry = AuditEntry.objects.get(pk=entry.pk)
    assert (entry.actor, entry.actor_label) == (actor, "Hoàng Thu Lan")
    assert (entry.object_type, entry.object_id, entry.object_label) == (
        "units.unit",
        str(unit.pk),
        "Viện Mẫu",
    )
    assert (entry.reason, entry.details) == ("đổi tên", {"changes": {"tên": ["A", "B"]}, "seats": 4})
    assert (entry.number, entry.previous) == (1, "0" * 64)


def test_labels_stay_as_they_were_when_the_thing_is_renamed():
    entry = write_entries(1)[0]
    entry.actor.full_name = "Tên Mới"
    entry.actor.save()
    assert AuditEntry.objects.get(pk=entry.pk).actor_label != "Tên Mới"
    assert not list(audit.faults())


def test_the_portal_itself_may_act():
    assert audit.record(None, "unit.changed", make.make_unit()).actor is None
    assert not list(audit.faults())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reason", "một lý do khác"),
        ("actor_label", "Người Khác"),
        ("actor_id", None),
        ("verb", "unit.added"),
        ("object_id", "999"),
        ("object_label", "Đơn vị khác"),
        ("details", '{"changes": {"số người": ["1", "900"]}}'),
        ("at", "2019-01-01 00:00:00+00"),
        ("request_id", "x"),
        ("previous", "f" * 64),
        ("digest", "f" * 64),
    ],
)
def test_a_changed_row_is_named(column, value):
    entry = write_entries()[2]
    tamper(f"UPDATE core_auditentry SET {column} = %s WHERE id = %s", value, entry.pk)  # noqa: S608
    assert "3" in verify()[1]


def test_a_deleted_row_is_named():
    entry = write_entries()[2]
    tamper("DELETE FROM core_auditentry WHERE id = %s", entry.pk)
    assert audit._("Entries %(first)s to %(last)s are missing.") % {"first": 3, "last": 3} in verify()[1]


def test_the_first_rows_are_missed():
    entries = write_entries()
    tamper("DELETE FROM core_auditentry WHERE id <= %s", entries[1].pk)
    assert len(list(audit.faults())) == 1


def test_swapped_rows_are_named():
    second, third = write_entries()[1:3]
    tamper("UPDATE core_auditentry SET number = 99 WHERE id = %s", second.pk)
    tamper("UPDATE core_auditentry SET number = 2 WHERE id = %s", third.pk)
    tamper("UPDATE core_auditentry SET number = 3 WHERE id = %s", second.pk)
    faults = " ".join(audit.faults())
    assert "2" in faults
    assert "3" in faults


def test_a_cut_end_is_seen():
    entries = write_entries()
    tamper("DELETE FROM core_auditentry WHERE id >= %s", entries[3].pk)
    [fault] = audit.faults()
    assert "3" in fault
    assert "5" in fault


def test_a_deleted_and_closed_gap_is_seen():
    """Numbers moved up after a deletion: the chain does not follow any more."""
    entries = write_entries()
    tamper("DELETE FROM core_auditentry WHERE id = %s", entries[2].pk)
    tamper("UPDATE core_auditentry SET number = 3 WHERE id = %s", entries[3].pk)
    tamper("UPDATE core_auditentry SET number = 4 WHERE id = %s", entries[4].pk)
    assert list(audit.faults())


def test_a_row_pushed_in_is_seen():
    last = write_entries()[-1]
    AuditEntry.objects.bulk_create(
        [AuditEntry(number=6, at=last.at, verb="unit.changed", previous=last.digest, digest="a" * 64)]
    )
    assert list(audit.faults())


def test_an_unknown_verb_raises_and_writes_nothing():
    with pytest.raises(LookupError):
        audit.record(None, "unit.blown_up", make.make_unit())
    assert not AuditEntry.objects.exists()


def test_a_verb_is_registered_once():
    with pytest.raises(ValueError, match="registered already"):
        audit.register("unit.changed", "Something else")


@pytest.mark.parametrize("change", ["save", "delete", "update", "delete_all", "bulk_update"])
def test_the_trail_is_only_added_to(change):
    entry = write_entries(1)[0]
    entry.reason = "khác"
    acts = {
        "save": entry.save,
        "delete": entry.delete,
        "update": lambda: AuditEntry.objects.update(reason="khác"),
        "delete_all": lambda: AuditEntry.objects.all().delete(),
        "bulk_update": lambda: AuditEntry.objects.bulk_update([entry], ["reason"]),
    }
    with pytest.raises(Sealed), transaction.atomic():
        acts[change]()
    assert AuditEntry.objects.get().reason == "lý do 0"


def test_an_act_that_fails_leaves_no_entry():
    def act():
        with transaction.atomic():
            write_entries(1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert not AuditEntry.objects.exists()
    assert AuditHead.objects.values_list("number", flat=True).first() in (None, 0)


def test_history_is_newest_first_and_says_it_in_words():
    write_entries(3)
    unit = AuditEntry.objects.first()
    found = audit.history(make.Unit.objects.get(pk=unit.object_id), internal=False)
    assert [entry.reason for entry in found] == ["lý do 2", "lý do 1", "lý do 0"]
    assert str(found[0].sentence)


def test_the_histories_of_things_that_belong_together_are_one(django_assert_num_queries):
    unit, other, stranger = make.make_unit(), make.make_unit(), make.make_unit()
    actor = make.make_user()
    for number, thing in enumerate((unit, other, stranger, unit)):
        audit.record(actor, "unit.changed", thing, reason=f"lý do {number}")
    with django_assert_num_queries(1):
        found = audit.history(unit, other, internal=True)
    assert [entry.reason for entry in found] == ["lý do 3", "lý do 1", "lý do 0"]


def test_what_only_the_department_may_read_is_left_out():
    verb = audit.verb("unit.changed")
    audit._verbs["unit.changed"] = audit.Verb(verb.name, verb.sentence, internal=True)
    try:
        entry = write_entries(1)[0]
        unit = make.Unit.objects.get(pk=entry.object_id)
        assert audit.history(unit, internal=True)
        assert not audit.history(unit, internal=False)
    finally:
        audit._verbs["unit.changed"] = verb


def test_history_costs_one_query(django_assert_num_queries):
    entry = write_entries(5)[0]
    unit = make.Unit.objects.get(pk=entry.object_id)
    with django_assert_num_queries(1):
        audit.history(unit, internal=True)


# ---- How a history is told ----


def saves(unit, actor, subject: str, *texts: str, **more) -> None:
    """A draft that saved itself again and again: each text over the one before."""
    for before, after in pairwise(texts):
        audit.record(actor, "unit.changed", unit, changes={"kết quả": [before, after]}, subject=subject, **more)


def lines_of(unit) -> list[str]:
    shown = history({}, unit, internal=True)
    return [line.split("</li>")[0] for line in re.split(r"<li>(?=<b>)", shown)[1:]]


def test_a_run_of_saves_is_told_as_one_line(django_assert_num_queries):
    unit, actor = make.make_unit(), make.make_user()
    saves(unit, actor, "model", *[f"bản {n}" for n in range(13)])
    with django_assert_num_queries(1):
        (line,) = lines_of(unit)
    assert "12 lần" in line
    assert "lần cuối" in line
    assert "bản 0 → bản 12" in line
    assert "bản 5" not in line
    assert AuditEntry.objects.count() == 12
    assert not list(audit.faults())


def test_what_belongs_not_together_stays_apart(today):
    unit, actor, other = make.make_unit(), make.make_user(), make.make_user()
    saves(unit, actor, "model", "a", "b", "c")  # two: no run yet
    saves(unit, other, "model", "c", "d", "e", "f")
    saves(unit, other, "about", "f", "g", "h", "i")
    audit.record(other, "unit.changed", unit, reason="vì sao")
    saves(unit, other, "about", "i", "j", "k", "l")
    assert ["lần," in line for line in lines_of(unit)] == [True, False, True, True, False, False]


def test_a_reason_that_ends_with_a_full_stop_goes_on(today):
    unit, actor = make.make_unit(), make.make_user()
    audit.record(actor, "unit.changed", unit, reason="Do dịch COVID-19.", changes={"ghi chú": ["Cũ.", "Mới."]})
    (line,) = lines_of(unit)
    assert "ghi chú: Cũ → Mới, lý do: Do dịch COVID-19, người thực hiện" in line


def test_entries_without_a_subject_are_told_one_by_one():
    write_entries(4)
    assert len(lines_of(make.Unit.objects.get(pk=AuditEntry.objects.first().object_id))) == 4


def test_a_history_ends_somewhere():
    unit, actor = make.make_unit(), make.make_user()
    for _ in range(MOST_LINES + 5):
        audit.record(actor, "unit.changed", unit)
    assert len(lines_of(unit)) == MOST_LINES
