"""Who conducts a sitting, and whether enough of the Council have come."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from awards.models import CouncilSeat, Sitting
from awards.rules.council import council_posts
from congress.models import Congress
from core import clock
from core.models import User
from core.refusal import Denial


def presides(user: User, sitting: Sitting) -> bool:
    """Who may conduct a sitting: the Chair, or the first or standing vice-chair acting for the Chair, if present."""
    if not council_posts(user, sitting.congress) & set(CouncilSeat.PRESIDING):
        return False
    return user.pk in present_at(sitting)


def present_at(sitting: Sitting) -> set[int]:
    """Ids of the persons who were recorded as present; no query where the attendance has been fetched already."""
    return {line.user_id for line in sitting.attendances.all() if line.present}


def why_not_preside(actor: User, sitting: Sitting) -> str | None:
    """What only the person in the chair does."""
    if presides(actor, sitting):
        return None
    if council_posts(actor, sitting.congress) & set(CouncilSeat.PRESIDING):
        return _("You are not marked as present at this sitting: ask the secretary to record the attendance.")
    return Denial(_("Only the Chair of the sitting does this."))


def voters(congress: Congress) -> QuerySet[User]:
    """The persons who sit on the Council today, each once."""
    return CouncilSeat.objects.voters(congress, clock.today())


def attendance(sitting: Sitting) -> tuple[int, int, int]:
    """(present, members, needed): persons, each counted once."""
    council = set(voters(sitting.congress).values_list("pk", flat=True))
    return len(council & present_at(sitting)), len(council), sitting.quorum(len(council))


def why_not_quorate(sitting: Sitting) -> str | None:
    """Whether enough members are present, by persons and not by seats (dossier 3.4-4)."""
    present, members, needed = attendance(sitting)
    if sitting.has_quorum(present, members):
        return None
    return _("There is no quorum: %(present)s of %(members)s members are present, %(needed)s are needed.") % {
        "present": present,
        "members": members,
        "needed": needed,
    }
