"""What a browser would send of a page's form: every field as the page holds it, hidden ones too."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

Fields = dict[str, list[str]]


class _Forms(HTMLParser):
    """The forms of a page that are sent by POST, each with its fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Fields] = []
        self.inside = False
        self.select = self.textarea = ""
        self.multiple = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form" and found.get("method", "").lower() == "post":
            self.forms.append({})
            self.inside = True
        if not self.inside:
            return
        name = found.get("name", "")
        if tag == "input" and name:
            self._hold_input(name, found)
        elif tag == "select":
            self.select, self.multiple = name, "multiple" in found
        elif tag == "option" and self.select:
            if "selected" in found or (not self.multiple and self.select not in self.forms[-1]):
                self._hold(self.select, found.get("value", ""), alone=not self.multiple)
        elif tag == "textarea":
            self.textarea = name
            self._hold(name, "")

    def _hold_input(self, name: str, found: dict[str, str]) -> None:
        kind = found.get("type", "text")
        if kind in ("checkbox", "radio"):
            if "checked" in found:
                self._hold(name, found.get("value", "on"))
        elif kind not in ("submit", "button", "file"):
            self._hold(name, found.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self._hold(self.textarea, self.forms[-1][self.textarea][0] + data, alone=True)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.forms[-1][self.textarea][0] = self.forms[-1][self.textarea][0].removeprefix("\n").removeprefix("\r\n")
            self.textarea = ""

    def _hold(self, name: str, value: str, *, alone: bool = False) -> None:
        kept = self.forms[-1].setdefault(name, [])
        if alone:
            kept.clear()
        kept.append(value)


def form_of(page: HttpResponse, holding: str = "") -> dict[str, Any]:
    """The form of a page that holds a field of this name; without one, the last form. Raises LookupError."""
    reader = _Forms()
    reader.feed(page.content.decode())
    forms = [form for form in reader.forms if not holding or holding in form]
    if not forms:
        raise LookupError(f"No form with {holding!r}")
    return {name: values if len(values) > 1 else values[0] for name, values in forms[-1].items()}


def fill_in(client: Client, url: str, holding: str = "", **values: Any) -> HttpResponse:
    """Open a page, write into its form and send it."""
    return client.post(url, form_of(client.get(url), holding) | values)
