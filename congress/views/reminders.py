"""Reminders: whom they would reach today, and sending them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congress import actions, queries, rules
from congress.context import edition
from congress.reminder_job import KIND, MOST_AT_ONCE
from core import clock, jobs
from core.once import once
from core.refusal import refuse_if


@once
def reminders(request: HttpRequest, congress: str) -> HttpResponse:
    """Who would get what today, one letter in full, and the button that sends."""
    found = edition(request, congress)
    refuse_if(rules.why_not_remind(request.user))
    out = queries.sent(found)
    batches = queries.batches(found, clock.today(), out)
    ready = [batch for batch in batches if not batch.why_none]
    if request.method == "POST":
        if len(ready) > MOST_AT_ONCE:
            job = jobs.start(actor=request.user, kind=KIND, title=_("Reminders"), params={"congress": found.pk})
            return redirect(job)
        letters = actions.send_reminders(actor=request.user, congress=found)
        words = ngettext("%(n)s reminder is in the outbox.", "%(n)s reminders are in the outbox.", letters)
        messages.success(request, words % {"n": letters})
        return redirect("congress:reminders", found.slug)
    context = {
        "congress": found,
        "batches": batches,
        "ready": len(ready),
        "sample": ready[0].person if ready else None,
        "letter": queries.letter(found, ready[0].person, ready[0].items) if ready else None,
        "last": max(out.values(), default=None),
    }
    return render(request, "congress/reminders.html", context)
