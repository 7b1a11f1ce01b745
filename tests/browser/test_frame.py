"""The frame around every page, in a real browser."""

import brotli
import pytest

from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_somebody_signs_in_and_out(sit_down, cast):
    page = sit_down().go("/")
    page.get_by_label("Tên đăng nhập hoặc thư điện tử").fill("officer")
    page.get_by_label("Mật khẩu").fill("không đúng")
    page.get_by_role("button", name="Đăng nhập").click()
    assert page.title().strip().startswith("Lỗi:")
    assert page.get_by_label("Tên đăng nhập hoặc thư điện tử").input_value() == "officer"
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("heading", level=1, name="Đại hội Thi đua yêu nước lần thứ V").wait_for()
    page.locator("details.user summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("heading", level=1, name="Đăng nhập").wait_for()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_component_is_open_to_everybody(sit_down, cast, language, dark):
    cast.officer.language = language
    cast.officer.save()
    person = sit_down(cast.officer, dark=dark)
    person.go("/styleguide/")
    assert person.barriers() == []
    assert person.page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("path", ["/", "/styleguide/", "/account/", "/help/", "/search/?q=vien"])
def test_nothing_scrolls_sideways_on_a_phone(sit_down, cast, path):
    person = sit_down(cast.officer, width=360)
    person.go(path)
    assert person.has_no_sideways_scroll()


def compressed(response) -> int:
    """What a response weighs on the way: text as the portal's server compresses it, fonts as they are."""
    body = response.body()
    return len(body) if response.url.endswith(".woff2") else len(brotli.compress(body))


@pytest.mark.parametrize("path", ["/", "/2020/plan/", "/2020/delegates/", "/2020/nominations/", "/units/"])
def test_the_first_load_is_light(sit_down, cast, path):
    person = sit_down(cast.officer)
    responses: list = []
    person.page.on("response", lambda response: responses.append(response))
    person.go(path)
    person.page.wait_for_load_state("networkidle")
    assert len(responses) <= 14
    assert sum(compressed(response) for response in responses) <= 120 * 1024
