"""What this room can count for others."""

from django.db.models import Count

from awards.models import Nomination, NomineeAward
from congress.models import Congress

NOT_SENT = (Nomination.State.DRAFT, Nomination.State.WITH_HEAD, Nomination.State.WITHDRAWN)


def awards_by_unit(congress: Congress) -> dict[int, int]:
    """Awards with a decision (dossier 4.11-9) of each unit's nominees, as their dossiers name them; one query."""
    proven = NomineeAward.objects.filter(nomination__congress=congress).exclude(decision_number="")
    sent = proven.exclude(nomination__state__in=NOT_SENT)
    return dict(sent.order_by().values_list("nomination__unit").annotate(number=Count("*")))
