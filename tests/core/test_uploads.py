"""Files that are handed in: known by their content, kept between two sendings, handed out by a rule."""

import io
import os
import zipfile
from datetime import timedelta

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from core import uploads
from core.models import Upload
from core.uploads import UploadField
from tests import factories as make

PDF = b"%PDF-1.7\n..."
PNG = b"\x89PNG\r\n\x1a\n..."
JPEG = b"\xff\xd8\xff\xe0..."


def archive(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name in names:
            made.writestr(name, "…")
    return held.getvalue()


WORD = archive("[Content_Types].xml", "word/document.xml")
EXCEL = archive("[Content_Types].xml", "xl/workbook.xml")


def a_file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, uploads.PDF),
        ("A.PDF", PDF, uploads.PDF),
        ("a.png", PNG, uploads.PNG),
        ("a.jpeg", JPEG, uploads.JPEG),
        ("a.docx", WORD, uploads.WORD),
        ("a.xlsx", EXCEL, uploads.EXCEL),
    ],
)
def test_a_file_is_known_by_name_and_content(name, content, kind):
    assert uploads.recognised(a_file(name, content)) == kind


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.exe", b"MZ", "hãy chọn tệp thuộc các loại"),
        ("a.html", b"<script>", "hãy chọn tệp thuộc các loại"),
        ("a.pdf.svg", PDF, "hãy chọn tệp thuộc các loại"),
        ("a", PDF, "hãy chọn tệp thuộc các loại"),
        ("a.pdf", b"<html>", "không đúng với tên tệp"),
        ("a.pdf", PNG, "không đúng với tên tệp"),
        ("a.png", PDF, "không đúng với tên tệp"),
        ("a.docx", EXCEL, "không đúng với tên tệp"),
        ("a.docx", b"PK\x03\x04 broken", "không đúng với tên tệp"),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "không đúng với tên"),
        ("a.pdf", b"", "tệp rỗng"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(name, content, said):
    with pytest.raises(ValidationError, match=said):
        uploads.recognised(a_file(name, content))


def test_what_is_too_large_is_refused(settings):
    settings.UPLOAD_MOST_MB = 1
    uploads.recognised(a_file("a.pdf", PDF.ljust(1024 * 1024)))
    with pytest.raises(ValidationError, match="nhiều nhất 1 MB"):
        uploads.recognised(a_file("a.pdf", PDF.ljust(1024 * 1024 + 1)))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Lan\\biên bản.PDF", "biên bản.pdf"),
        ("bie\u0302n  ba\u0309n.pdf", "biên bản.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        (".pdf", "pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_are_cleaned(given, kept):
    assert uploads.clean_name(given) == kept


# ---- Between two sendings ----


class Paper(forms.Form):
    title = forms.CharField()
    scan = UploadField(kinds=uploads.SCANS)

    def __init__(self, user, *args, held=()) -> None:
        super().__init__(*args)
        self.fields["scan"].belongs(user, held)


def sent(user, text: str, file=None, held=()) -> Paper:
    return Paper(user, QueryDict(text), MultiValueDict({"scan": [file]} if file else {}), held=held)


def token_in(form: forms.Form) -> str:
    page = str(form["scan"])
    return page.split('name="scan-kept" value="')[1].split('"')[0]


def test_a_chosen_file_survives_another_fields_error(cast):
    form = sent(cast.unit_head, "title=", a_file("bien-ban.pdf", PDF))
    assert set(form.errors) == {"title"}
    assert "bien-ban.pdf" in str(form["scan"])
    again = sent(cast.unit_head, f"title=A&scan-kept={token_in(form)}")
    assert again.is_valid()
    [chosen] = again.cleaned_data["scan"].chosen
    assert (chosen.name, chosen.size) == ("bien-ban.pdf", len(PDF))


def test_a_chosen_file_is_nobody_elses(cast):
    token = token_in(sent(cast.unit_head, "title=", a_file("bien-ban.pdf", PDF)))
    form = sent(cast.unit_clerk, f"title=A&scan-kept={token}")
    assert "hãy chọn lại" in form.errors["scan"][0]
    assert not sent(cast.unit_head, f"title=A&scan-kept={token[:-2]}xx").is_valid()


def test_a_needed_file_is_asked_for_once(cast):
    assert not sent(cast.unit_head, "title=A").is_valid()
    held = make.make_upload(cast.congress, "scan")
    assert sent(cast.unit_head, "title=A", held=[held]).is_valid()
    assert not sent(cast.unit_head, f"title=A&scan-gone={held.pk}", held=[held]).is_valid()
    form = sent(cast.unit_head, "title=A", a_file("b.pdf", PDF), held=[held])
    assert form.is_valid()
    assert form.cleaned_data["scan"].gone == (held,) or list(form.cleaned_data["scan"].gone) == [held]


def test_a_bad_file_is_said_and_not_kept(cast):
    form = sent(cast.unit_head, "title=A", a_file("b.pdf", b"<html>"))
    assert "không đúng với tên tệp" in form.errors["scan"][0]
    assert "scan-kept" not in str(form["scan"])


def test_what_nobody_attached_is_swept_after_a_day(cast):
    old, new = (uploads.choose(a_file("a.pdf", PDF), cast.unit_head) for _time in range(2))
    past = default_storage.get_modified_time(old.path) - uploads.WAITS - timedelta(minutes=1)
    os.utime(default_storage.path(old.path), (past.timestamp(), past.timestamp()))
    assert uploads.sweep() == 1
    assert not default_storage.exists(old.path)
    assert default_storage.exists(new.path)


# ---- Attached ----


def test_an_attached_file_has_a_random_name_and_its_waiting_copy_is_gone(cast, django_capture_on_commit_callbacks):
    chosen = uploads.choose(a_file("biên bản.pdf", PDF), cast.unit_head)
    with django_capture_on_commit_callbacks(execute=True):
        upload = uploads.attach(actor=cast.unit_head, owner=cast.congress, slot="scan", chosen=chosen)
    assert upload.name == "biên bản.pdf"
    assert "pdf" not in upload.file.name
    with upload.file.open() as file:
        assert file.read() == PDF
    assert not default_storage.exists(chosen.path)
    assert list(Upload.objects.of(cast.congress)) == [upload]
    path = upload.file.name
    with django_capture_on_commit_callbacks(execute=True):
        uploads.detach(upload)
    assert not default_storage.exists(path)


def test_a_file_is_a_download_for_whom_its_thing_lets_in(cast, enter):
    conference = make.make_conference(cast.congress, cast.unit)
    upload = make.make_upload(make.make_report(conference), "scan", "báo cáo.pdf", PDF)
    url = reverse("core:file", args=[upload.pk])
    for name, user in cast.roles.items():
        status = enter(user).get(url).status_code
        assert status == (200 if name in {"officer", "department_head", "unit_head"} else 404), name
    answer = enter(cast.unit_head).get(url)
    assert answer.content == PDF
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''b%C3%A1o")
    assert answer["Content-Type"] == "application/pdf"
    assert enter(None).get(url).status_code == 302


def test_a_file_of_a_thing_without_a_rule_is_handed_to_nobody(cast, enter):
    upload = make.make_upload(cast.congress, "scan")
    assert enter(cast.department_head).get(reverse("core:file", args=[upload.pk])).status_code == 404
