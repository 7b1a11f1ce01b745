"""A list of delegates sent as a workbook, step by step: file, table, columns, preview, applied."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congress.context import edition
from core import versions
from core.once import once
from core.refusal import Refused, refuse_if
from delegates import actions, jobs, rules
from delegates.forms.lists import ColumnsForm, FileForm, TableForm
from delegates.imports.columns import guess_head, head_at
from delegates.imports.rows import counts_columns
from delegates.imports.template import template_workbook
from delegates.models import SentList
from delegates.queries import imports as queries
from delegates.queries import unit_seats
from delegates.views.people import MINISTRY
from documents import workbook
from documents.workbook import Unreadable
from units.hats import hats
from units.models import Unit

ON_A_PAGE = 200
MOST_FAULTS = 500
MOST_SHOWN = 12  # rows of a sheet, where its table is chosen
WIDEST = 10  # columns of it


def _unit(request: HttpRequest) -> Unit | None:
    """For whom: as the address says, else the one unit that the person acts for."""
    mine, asked = hats(request.user), request.GET.get("unit", "")
    if asked == MINISTRY:
        if mine.department:
            return None
        raise Http404
    units = Unit.objects.all() if mine.department else Unit.objects.filter(pk__in=mine.unit_ids)
    key = versions.whole(asked) if asked else min(mine.unit_ids, default=0)
    return get_object_or_404(units, pk=key)


def _list(request: HttpRequest, congress: str, pk: int) -> SentList:
    lists = SentList.objects.visible_to(request.user).filter(congress=edition(request, congress))
    return get_object_or_404(lists.select_related("congress", "unit", "category", "sent_by"), pk=pk)


@once
def send(request: HttpRequest, congress: str) -> HttpResponse:
    """The file, the template, and lists that wait to be applied."""
    found, mine = edition(request, congress), hats(request.user)
    refuse_if(rules.why_not_open_registration_anywhere(request.user, found))
    if not request.GET.get("unit") and (mine.department or len(mine.unit_ids) > 1):
        return redirect("delegates:list_for", congress)
    unit = _unit(request)
    refuse_if(rules.why_not_send_list(request.user, found, unit))
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            sent = actions.send_list(actor=request.user, congress=found, unit=unit, name=file.name, content=file.read())
        except Unreadable as fault:
            form.add_error("file", fault.reason)
        else:
            return redirect("delegates:list_columns" if sent.columns else "delegates:list_table", congress, sent.pk)
    waiting = SentList.objects.filter(congress=found, unit=unit).waiting().select_related("congress", "sent_by")
    context = {"congress": found, "unit": unit, "form": form, "waiting": waiting[:20], "key": _key(unit)}
    return render(request, "delegates/list_send.html", context)


def _key(unit: Unit | None) -> str:
    return str(unit.pk) if unit else MINISTRY


def choose_unit(request: HttpRequest, congress: str) -> HttpResponse:
    """Whose list is it? For those who act for more than one unit."""
    found, mine = edition(request, congress), hats(request.user)
    refuse_if(rules.why_not_open_registration_anywhere(request.user, found))
    units = Unit.objects.select_related("block").order_by("block__order", "block_id", "order", "pk")
    if not mine.department:
        units = units.filter(pk__in=mine.unit_ids)
    blocks: dict[Any, list[Unit]] = {}
    for unit in units:
        if unit.is_active:
            blocks.setdefault(unit.block, []).append(unit)
    context = {"congress": found, "blocks": blocks.items(), "department": mine.department}
    return render(request, "delegates/list_for.html", context)


def template(request: HttpRequest, congress: str) -> HttpResponse:
    """An empty list with drop-downs, to be filled in."""
    found, unit = edition(request, congress), _unit(request)
    categories = [category for category, left in unit_seats(found, unit).items() if left.seats or unit is None]
    response = HttpResponse(template_workbook(found, unit, categories), content_type=workbook.CONTENT_TYPE)
    name = f"mau-danh-sach-dai-bieu-{unit.code if unit else 'bo'}.xlsx".lower()
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _sheets(sent: SentList) -> list[workbook.Sheet]:
    try:
        return queries.sheets_of(sent)
    except Unreadable as fault:
        raise Refused(fault.reason) from None


def table(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Where the table begins. Another sheet's rows are shown by its own button, before anything is kept."""
    sent = _list(request, congress, pk)
    refuse_if(rules.why_not_change_sent(request.user, sent))
    sheets = _sheets(sent)
    form = TableForm(request.POST if "keep" in request.POST else None, sent=sent, sheets=sheets)
    if "keep" in request.POST and form.is_valid():
        chosen = form.cleaned_data
        head = head_at(form.sheets[chosen["sheet"]], chosen["row"], chosen["lines"])
        actions.set_table(actor=request.user, sent=sent, sheet=chosen["sheet"], head=head)
        return redirect("delegates:list_columns", congress, pk)
    name = request.POST.get("sheet") or request.GET.get("sheet") or sent.sheet
    sheet = form.sheets.get(name, sheets[0])
    if not form.is_bound and sheet.name != sent.sheet:
        head, _known = guess_head(sheet)
        form.initial |= {"sheet": sheet.name, "row": head.row if head else 1, "lines": head.lines if head else 1}
    columns = sheet.columns[:WIDEST]
    rows = [(row, [_shown(row, column) for column in columns]) for row in sheet.rows[:MOST_SHOWN]]
    letters = [_letter(column) for column in columns]
    context = {"congress": sent.congress, "sent": sent, "form": form, "rows": rows, "letters": letters, "sheet": sheet}
    return render(request, "delegates/list_table.html", context)


def _shown(row: workbook.Row, column: int) -> str:
    return "" if column in row.merged else workbook.text(row.values.get(column))


def columns(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """What the columns hold, each with what stands in it."""
    sent = _list(request, congress, pk)
    refuse_if(rules.why_not_change_sent(request.user, sent))
    try:
        sheet, head = queries.head_of(sent, _sheets(sent))
    except Unreadable:
        return redirect("delegates:list_table", congress, pk)
    offered = list(unit_seats(sent.congress, sent.unit))
    form = ColumnsForm(request.POST or None, sent=sent, head=head, categories=offered)
    below = [row for row in sheet.rows if row.number > head.last]
    if request.method == "POST" and form.is_valid():
        actions.set_columns(
            actor=request.user,
            sent=sent,
            columns=form.columns,
            category=form.cleaned_data["category"],
            titles=head.titles,
        )
        return _look(request, sent, len(below))
    rows = [
        (form[f"column-{column}"], _letter(column), _samples(below, column), column in sheet.hidden_columns)
        for column in head.titles
    ]
    context = {"congress": sent.congress, "sent": sent, "form": form, "columns": rows, "count": len(below)}
    return render(request, "delegates/list_columns.html", context)


def _letter(column: int) -> str:
    return workbook.address(1, column)[:-1]


def _samples(rows: list[workbook.Row], column: int) -> list[str]:
    people = [row for row in rows[:60] if len(row.own) > 2 and not counts_columns(row)]
    values = [workbook.text(row.values[column]) for row in people if column in row.values]
    return [value[:60] for value in list(dict.fromkeys(values))[:3]]


def _look(request: HttpRequest, sent: SentList, rows: int) -> HttpResponse:
    """The preview: at once, or by the worker."""
    if rows > jobs.AT_ONCE:
        return redirect(jobs.look_later(request.user, sent))
    return redirect(jobs.look_at(request.user, sent))


def show(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """The preview, with every fault at once; or what was applied."""
    sent = _list(request, congress, pk)
    if not sent.is_open:
        return render(request, "delegates/list_applied.html", {"congress": sent.congress, "sent": sent})
    if sent.preview is None:
        return redirect("delegates:list_columns" if sent.columns else "delegates:list_table", congress, pk)
    preview = sent.preview
    rows = Paginator(preview["rows"], ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "congress": sent.congress,
        "sent": sent,
        "preview": preview,
        "rows": rows,
        "faults": preview["faults"][:MOST_FAULTS],
        "more_faults": max(0, len(preview["faults"]) - MOST_FAULTS),
        "faulty_rows": {fault[0] for fault in preview["faults"] if fault[0]},
        "encodings": ", ".join(preview["old"]["encodings"]),
        "why_not_apply": rules.why_not_apply_list(request.user, sent),
    }
    return render(request, "delegates/list.html", context)


@require_POST
def answer(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Old text is converted or stays; some rows are other people. The list is looked at anew."""
    sent = _list(request, congress, pk)
    said: dict[str, Any] = {}
    if request.POST.get("convert") in ("yes", "no"):
        said["convert"] = request.POST["convert"] == "yes"
    if "others" in request.POST:
        said["others"] = {row for text in request.POST.getlist("other") if (row := versions.whole(text))}
    sent = actions.answer_list(actor=request.user, sent=sent, **said)
    return _look(request, sent, len((sent.preview or {}).get("rows", ())))


@require_POST
def apply(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """Everybody or nobody. Where the register has changed since, the new preview is shown instead."""
    sent = _list(request, congress, pk)
    try:
        actions.apply_list(actor=request.user, sent=sent)
    except actions.Changed:
        words = _("Nothing was applied: since this preview was made, somebody has changed the delegates.")
        messages.warning(request, words)
        return _look(request, sent, len((sent.preview or {}).get("rows", ())))
    return redirect(sent)


@require_POST
def marked(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    """The sent file with its faults marked. A POST, because the trail says who took it."""
    sent = _list(request, congress, pk)
    response = HttpResponse(actions.take_marked(actor=request.user, sent=sent), content_type=workbook.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="danh-sach-danh-dau-loi-{sent.pk}.xlsx"'
    return response


@require_POST
def give_up(request: HttpRequest, congress: str, pk: int) -> HttpResponse:
    sent = _list(request, congress, pk)
    refuse_if(rules.why_not_act_for(request.user, sent.unit))
    actions.give_up_list(actor=request.user, sent=sent)
    messages.success(request, _("“%(name)s” is taken away. Nothing in the register has changed.") % {"name": sent.name})
    return redirect(f"{reverse('delegates:lists', args=[congress])}?unit={_key(sent.unit)}")
