"""A portrait is cut by keyboard: the frame follows, and what lies in it is kept."""

import pytest
from PIL import Image

from delegates.models import Delegate
from tests.delegates import factories as make
from tests.delegates.test_pages import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_photo_is_cut_by_keyboard(sit_down, cast, width):
    delegate = make.make_delegate(cast.unit, make.make_category(cast.congress))
    person = sit_down(cast.unit_head, width=width)
    page = person.go(delegate.get_absolute_url())
    page.locator(f"main a[href$='{address('photo', delegate.pk)}']").click()
    picture = {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": make.a_picture(2000, 1000)}
    page.locator("input[type=file]").set_input_files(picture)
    with page.expect_navigation():
        page.locator("main .btn-primary").click()
    assert person.barriers() == []
    assert person.has_no_sideways_scroll()

    stage, frame = page.locator(".stage"), page.locator(".stage .frame")
    stage.focus()
    for _press in range(10):
        page.keyboard.press("-")
    for _press in range(30):
        page.keyboard.press("Shift+ArrowRight")
    assert [page.locator(f"[name={name}]").input_value() for name in ("size", "across")] == ["75", "100"]
    assert float(frame.get_attribute("x")) + float(frame.get_attribute("width")) == pytest.approx(2000)
    page.locator("[name=across]").focus()
    page.keyboard.press("Home")  # the sliders say the same
    assert float(frame.get_attribute("x")) == 0
    page.locator("[name=across]").focus()
    page.keyboard.press("End")
    with page.expect_navigation():
        page.locator("main .btn-primary").click()
    assert page.locator("img.face.large").evaluate("image => image.complete && image.naturalWidth") == 600
    kept = Delegate.objects.get().photo
    with Image.open(kept.file.path) as image:
        assert image.getpixel((10, 10))[2] > 200  # blue: the right half, to its left edge


def test_the_frame_is_pulled_with_the_mouse(sit_down, cast):
    delegate = make.make_delegate(cast.unit, make.make_category(cast.congress))
    page = sit_down(cast.unit_head).go(address("photo", delegate.pk))
    picture = {"name": "IMG.png", "mimeType": "image/png", "buffer": make.a_picture(2000, 1000, kind="PNG")}
    page.locator("input[type=file]").set_input_files(picture)
    with page.expect_navigation():
        page.locator("main .btn-primary").click()
    box = page.locator(".stage").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2, steps=3)
    page.mouse.up()
    assert page.locator("[name=across]").input_value() == "0"
    corner = page.locator(".stage .corner").bounding_box()
    page.mouse.move(corner["x"] + corner["width"] / 2, corner["y"] + corner["height"] / 2 - 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 1, box["y"] + 1, steps=3)
    page.mouse.up()
    size = page.locator("[name=size]")
    assert float(size.input_value()) == pytest.approx(float(size.get_attribute("min")))
