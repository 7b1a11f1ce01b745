"""Identity numbers: asked for, told and written only where a category has to know them."""

from io import BytesIO
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from core.vietnamese import clean_identity_number
from delegates import actions
from tests.delegates import factories as make
from tests.delegates.test_exports import take
from tests.delegates.test_pages import address

pytestmark = pytest.mark.django_db
NUMBER = "001080012345"


@pytest.fixture
def asked(cast, hall):
    """The category of exemplary people has to know the number."""
    actions.set_needed_fields(
        actor=cast.officer, congress=cast.congress, needed={hall.model.pk: ["id_number"]}, read={hall.model.pk: []}
    )


def heads(content: bytes) -> set:
    book = load_workbook(BytesIO(content))
    return {cell.value for row in book.worksheets[0].iter_rows(max_row=12) for cell in row}


@pytest.mark.parametrize(("typed", "kept"), [(NUMBER, NUMBER), ("001 080 012 345", NUMBER), ("012345678", "012345678")])
def test_nine_or_twelve_digits(typed, kept):
    assert clean_identity_number(typed) == kept


@pytest.mark.parametrize("typed", ["12345678", "0010800123", "00108001234A", "٠٠١٠٨٠٠١٢٣٤٥"])
def test_anything_else_is_refused_in_words(typed):
    with pytest.raises(ValueError, match="12"):
        clean_identity_number(typed)


def test_where_nobody_asks_it_is_nowhere(cast, hall, enter):
    made = make.make_delegate(cast.unit, hall.model)
    client = enter(cast.unit_head)
    assert "id_number" not in client.get(address("register")).context["form"].fields
    assert "id_number" not in client.get(address("edit", made.pk)).context["form"].fields
    client.post(address("open_personal", made.pk))
    assert "CCCD" not in client.get(address("delegate", made.pk)).content.decode()
    assert "Số CCCD/CMND" not in heads(take(client, "delegates-internal").content)
    assert "Số CCCD/CMND" not in heads(client.get(address("list_template")).content)


def test_where_it_is_asked_for_the_unit_writes_it(cast, hall, asked, enter):
    client = enter(cast.unit_head)
    page = client.post(address("register"), make.a_form(hall.model, once=str(uuid4()), id_number="12345"))
    assert "id_number" in page.context["form"].errors
    assert 'value="12345"' in page.content.decode()
    form = make.a_form(hall.model, once=str(uuid4()), id_number="001 080 012 345")
    assert client.post(address("register"), form).status_code == 302
    made = cast.congress.delegates.get()
    assert made.id_number == NUMBER
    assert NUMBER not in client.get(address("delegate", made.pk)).content.decode()
    client.post(address("open_personal", made.pk))
    assert NUMBER in client.get(address("delegate", made.pk)).content.decode()
    assert "Số CCCD/CMND" in heads(take(client, "delegates-internal").content)
    assert "Số CCCD/CMND" in heads(client.get(address("list_template")).content)
    assert "Số CCCD/CMND" not in heads(take(client, "delegates-public").content)


def test_who_lacks_it_stands_among_what_is_missing(cast, hall, asked, enter):
    make.make_delegate(cast.unit, hall.model, full_name="Lê Thiếu Số")
    make.make_delegate(cast.unit, hall.model, full_name="Lê Đủ Số", id_number=NUMBER)
    ((delegate, lacks),) = enter(cast.unit_head).get(address("missing", cast.unit.pk)).context["lines"]
    assert (delegate.full_name, lacks) == ("Lê Thiếu Số", ["Số CMND/CCCD"])


def test_a_number_that_is_kept_can_be_taken_out_when_nobody_asks_any_more(cast, hall, enter):
    made = make.make_delegate(cast.unit, hall.model, id_number=NUMBER)
    client = enter(cast.unit_head)
    client.post(address("open_personal", made.pk))
    assert "id_number" in client.get(address("edit", made.pk)).context["form"].fields
