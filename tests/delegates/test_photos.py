"""The photo of a delegate: chosen, cut and kept by whoever acts for them, seen by whoever reads the badge."""

import re
import uuid
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from core import uploads
from core.models import AuditEntry, Upload
from core.refusal import Refused
from delegates import actions, portrait, rules
from delegates.invariants import faults
from delegates.models import Delegate
from delegates.portrait import Crop
from tests.delegates import factories as make
from tests.delegates.test_pages import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegate(cast, hall) -> Delegate:
    return make.make_delegate(cast.unit, hall.model, full_name="Lò Thị Ảnh")


def chosen(user, content: bytes = b"", name: str = "IMG_0001.jpg") -> uploads.Chosen:
    return uploads.choose(SimpleUploadedFile(name, content or make.a_picture()), user)


def files_kept() -> set[str]:
    """Every file below the place of files, those that wait among them."""
    return {str(path) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def send(client, delegate, **fields):
    return client.post(address("photo", delegate.pk), {"once": str(uuid.uuid4()), **fields})


# ---- Acts ----


def test_a_photo_is_kept_changed_and_taken_away(cast, delegate, django_capture_on_commit_callbacks):
    before = files_kept()
    with django_capture_on_commit_callbacks(execute=True):
        actions.set_photo(actor=cast.unit_head, delegate=delegate, chosen=chosen(cast.unit_head), crop=Crop())
    delegate.refresh_from_db()
    first = delegate.photo.file.path
    assert files_kept() - before == {first}  # the picture itself is gone
    with Image.open(first) as image:
        assert image.size == (portrait.WIDTH, portrait.HEIGHT)
    assert delegate.version == 1  # an edit that somebody has open is not lost for it

    with django_capture_on_commit_callbacks(execute=True):
        actions.set_photo(actor=cast.officer, delegate=delegate, chosen=chosen(cast.officer), crop=Crop(0, 0, 50))
    delegate.refresh_from_db()
    second = delegate.photo.file.path
    assert files_kept() - before == {second}
    assert Upload.objects.count() == 1

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_photo(actor=cast.unit_head, delegate=delegate, seen=str(delegate.photo_id))
    delegate.refresh_from_db()
    assert delegate.photo is None
    assert files_kept() == before
    told = list(AuditEntry.objects.order_by("number").values_list("verb", "actor__username", "details"))
    assert [verb for verb, _actor, _details in told] == [
        f"delegate.photo_{what}" for what in ("added", "changed", "removed")
    ]
    assert "IMG_0001" not in str(told)


def test_a_photo_that_came_meanwhile_is_not_taken_away_unseen(cast, delegate):
    seen = str(make.make_photo(delegate).pk)
    Upload.objects.filter(pk=seen).update(owner_id=0)
    make.make_photo(delegate)
    with pytest.raises(Refused):
        actions.remove_photo(actor=cast.unit_head, delegate=delegate, seen=seen)
    Upload.objects.filter(pk=seen).delete()


@pytest.mark.parametrize("role", ["officer", "unit_head", "block_head", "unit_clerk", "desk", "stranger"])
def test_who_sets_a_photo(cast, delegate, role):
    refused = rules.why_not_set_photo(make.the_user(cast, role), delegate)
    assert (refused is None) == (role in ("officer", "unit_head"))


def test_a_confirmed_delegate_takes_a_photo_as_long_as_the_unit_registers_or_replaces(cast, delegate, today):
    cast.congress.registration_due, cast.congress.replacements_until = today(2020, 8, 31), date(2020, 10, 1)
    delegate.state = Delegate.State.CONFIRMED
    delegate.congress = cast.congress
    for month, day in ((8, 31), (10, 1)):
        today(2020, month, day)
        assert rules.why_not_set_photo(cast.unit_head, delegate) is None
    today(2020, 10, 2)
    assert "01/10/2020" in rules.why_not_set_photo(cast.unit_head, delegate)
    assert rules.why_not_set_photo(cast.officer, delegate) is None
    make.make_photo(delegate)
    assert rules.why_not_remove_photo(cast.unit_head, delegate) is None  # one's own picture goes at any time
    delegate.state = Delegate.State.WITHDRAWN
    assert rules.why_not_set_photo(cast.officer, delegate)
    assert rules.why_not_remove_photo(cast.unit_head, delegate) is None


# ---- Pages ----


def test_choose_cut_keep(cast, delegate, enter, django_capture_on_commit_callbacks):
    client = enter(cast.unit_head)
    assert client.get(address("photo", delegate.pk)).status_code == 200
    picture = SimpleUploadedFile("chân dung.jpg", make.a_picture(2000, 1000))
    answer = send(client, delegate, photo=picture)
    page = client.get(answer["Location"])
    assert (page.status_code, page.context["picture"].width) == (200, 2000)
    assert (page.context["form"].frame) == (625, 0, 750, 1000)
    token = page.context["form"].initial["chosen"]

    looked = send(client, delegate, chosen=token, across="0", down="0", size="50", look="1")
    assert looked.context["form"].frame == (0, 0, 375, 500)
    wrong = send(client, delegate, chosen=token, across="200", size="abc")
    assert wrong.status_code == 200
    assert set(wrong.context["form"].errors) == {"across", "size"}
    assert token in wrong.content.decode()  # the picture need not be chosen again

    with django_capture_on_commit_callbacks(execute=True):
        assert send(client, delegate, chosen=token, across="100", down="0", size="100").status_code == 302
    delegate.refresh_from_db()
    with Image.open(delegate.photo.file.path) as kept:
        assert kept.getpixel((300, 400))[2] > 200  # the right half is blue
    gone = send(client, delegate, chosen=token)
    assert gone.status_code == 200
    assert gone.context["form"].errors["photo"]


def test_without_a_word_the_largest_frame_is_taken(cast, delegate, enter):
    client = enter(cast.unit_head)
    token = chosen(cast.unit_head, make.a_picture(900, 1200)).token
    assert send(client, delegate, chosen=token).status_code == 302
    assert Upload.objects.count() == 1


def test_sent_twice_it_is_kept_once(cast, delegate, enter):
    client, key = enter(cast.unit_head), str(uuid.uuid4())
    token = chosen(cast.unit_head).token
    for _again in range(2):
        answer = client.post(address("photo", delegate.pk), {"once": key, "chosen": token})
        assert answer["Location"] == delegate.get_absolute_url()
    assert AuditEntry.objects.filter(verb__startswith="delegate.photo").count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", make.a_picture(200, 300)),
        ("a.jpg", make.a_picture()[:3000]),
        ("a.png", make.a_picture()),
        ("a.gif", make.a_picture(kind="GIF", mode="P")),
        ("a.pdf", b"%PDF-1.7"),
    ],
)
def test_what_is_no_portrait_is_said_at_its_field_and_not_kept(
    cast, delegate, enter, name, content, django_capture_on_commit_callbacks
):
    before = files_kept()
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(enter(cast.unit_head), delegate, photo=SimpleUploadedFile(name, content))
    assert answer.status_code == 200
    assert answer.context["form"].errors["photo"]
    assert "photo-kept" not in answer.content.decode()
    assert files_kept() == before


def test_nothing_chosen_is_said(cast, delegate, enter):
    assert send(enter(cast.unit_head), delegate).context["form"].errors["photo"]


def test_somebody_elses_picture_is_nobodys(cast, delegate, enter):
    token = chosen(cast.officer).token
    answer = enter(cast.unit_head).get(address("photo", delegate.pk, chosen=token))
    assert answer.context["form"].errors["photo"]
    assert "base64" not in answer.content.decode()


@pytest.mark.parametrize("state", ["registered", "withdrawn"])
def test_who_sees_a_face(cast, hall, enter, state):
    delegate = make.make_delegate(cast.unit, hall.model, state=state)
    photo = make.make_photo(delegate)
    may = {"officer", "department_head", "unit_head", "block_head"} | ({"desk"} if state == "registered" else set())
    got = {role: enter(user).get(address("photo_file", photo.pk)) for role, user in cast.roles.items()}
    assert {role for role, answer in got.items() if answer.status_code == 200} == may
    assert {got[role].status_code for role in got.keys() - may} == {404}
    answer = got["officer"]
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]
    assert Image.open(BytesIO(answer.content)).size == (600, 800)
    for user in (cast.officer, cast.desk):  # there is no other way to it
        assert enter(user).get(photo.get_absolute_url()).status_code == 404


def test_faces_stand_on_the_page_and_in_the_lists(cast, hall, enter):
    seen = make.make_delegate(cast.unit, hall.model, full_name="Lò Thị Ảnh")
    make.make_delegate(cast.unit, hall.model, full_name="Quách Không Hình")
    photo = make.make_photo(seen)
    image = re.compile(rf'<img class="face[^>]*{photo.pk}[^>]*alt="[^"]*Lò Thị Ảnh"([^>]*loading="lazy")?')
    for role, name in (
        ("unit_head", "unit"),
        ("officer", "unit"),
        ("desk", "delegates"),
        ("desk", "delegate"),
        ("block_head", "delegate"),
    ):
        args = {"unit": [cast.unit.pk], "delegate": [seen.pk]}.get(name, [])
        page = enter(getattr(cast, role)).get(address(name, *args)).content.decode()
        assert image.search(page), (role, name)
        assert name == "delegate" or ">QH<" in page


@pytest.mark.parametrize(("name", "role"), [("unit", "unit_head"), ("delegates", "desk"), ("delegates", "officer")])
def test_faces_cost_a_list_no_query(cast, hall, enter, name, role, django_assert_num_queries):
    people = [make.make_delegate(cast.unit, hall.model) for _number in range(2)]
    client, url = enter(getattr(cast, role)), address(name, *([cast.unit.pk] if name == "unit" else []))
    client.get(url)
    with CaptureQueriesContext(connection) as without:
        client.get(url)
    number = len(without)
    for one in people:
        make.make_photo(one)
    client.get(url)  # marks of the tallies
    with django_assert_num_queries(number):
        client.get(url)


def test_the_check_over_live_data_finds_a_photo_of_nobody(cast, delegate, leaves_faults):
    make.make_photo(delegate)
    assert faults(cast.congress) == []
    default_storage.delete(delegate.photo.file.name)
    assert len(faults(cast.congress)) == 1
    Delegate.objects.filter(pk=delegate.pk).update(photo=None)
    assert len(faults(cast.congress)) == 1


def test_a_merger_keeps_the_photo_that_there_is(cast, hall, delegate):
    other = make.make_delegate(cast.far_unit, hall.model, full_name="Lò Thị Ảnh")
    actions.set_photo(actor=cast.officer, delegate=other, chosen=chosen(cast.officer), crop=Crop())
    read = {"version": delegate.version, "other_version": other.version}
    kept = actions.merge_twins(actor=cast.officer, stays=delegate, goes=other, **read)
    other.refresh_from_db()
    assert other.photo is None
    assert Upload.objects.get(pk=kept.photo_id).owner_id == kept.pk
