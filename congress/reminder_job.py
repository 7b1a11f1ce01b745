"""Many reminders take longer than a page may: the worker sends them."""

from django.urls import reverse

from congress import actions
from congress.models import Congress
from core import jobs

KIND = "congress.reminders"
MOST_AT_ONCE = 60  # letters that a page sends by itself, within two seconds


@jobs.register(KIND)
def send(progress: jobs.Progress) -> jobs.Result:
    """Send the reminders of a congress; params: congress."""
    congress = Congress.objects.get(pk=progress.params["congress"])
    actions.send_reminders(actor=progress.actor, congress=congress)
    return jobs.Result(url=reverse("congress:reminders", args=[congress.slug]))
