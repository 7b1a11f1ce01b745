"""The frame around every page: where one is, who one is, what day it is."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import CouncilSeat
from awards.rules import council_post
from congress.context import current
from congress.models import Congress
from core import clock
from portal.guide import section_of
from units.hats import Hats, hats


@dataclass(frozen=True)
class RailEntry:
    """A line of the rail (of the drawer, on a phone)."""

    label: str
    url: str
    icon: str
    active: bool


def frame(request: HttpRequest) -> dict:
    """Context of `base.html`: edition, rail entries, the person's role, the rehearsal's day, whom to call."""
    if not hasattr(request, "user"):  # an answer made before anybody could be recognised
        return {}
    edition = current(request)
    context = {
        "edition": edition,
        "rehearsal_day": clock.rehearsal_day(),
        "contact_phone": edition.phone if edition else "",
        "rail": [],
        "role_label": "",
        "department": False,
    }
    if request.user.is_authenticated:
        mine = hats(request.user)
        post = council_post(request.user, edition) if edition else None
        context["rail"] = rail(request.path, edition, mine, sits_on_council=bool(post))
        context["role_label"] = role_label(mine, post)
        section = section_of(request.resolver_match)
        context["help_url"] = reverse("portal:help") + (f"#{section}" if section else "")
        context["department"] = mine.department
    return context


def rail(path: str, edition: Congress | None, mine: Hats, *, sits_on_council: bool) -> list[RailEntry]:
    """The places a role can use, in the one order that all roles share."""
    home = RailEntry(_("My work"), reverse("portal:home"), "house-door", path == reverse("portal:home"))
    if edition is None:
        return [home]
    in_unit = bool(mine.unit_ids)
    at_desk_only = mine.desk and not (mine.department or in_unit or sits_on_council)
    places = [
        (_("Plan"), "congress:plan", "list-check", not at_desk_only),
        (_("Conferences"), "congress:conferences", "calendar3", not at_desk_only),
        (_("Delegates"), "delegates:delegates", "people", mine.department or in_unit or mine.desk),
        (_("Nominations"), "awards:nominations", "award", mine.department or in_unit or sits_on_council),
        (_("Council"), "awards:council", "shield-check", mine.department or sits_on_council),
        (_("Programme"), "congress:programme", "collection", not at_desk_only),
        (_("Documents"), "documents:index", "file-earmark-text", not at_desk_only),
    ]
    entries = [home]
    for label, name, icon, open_to_role in places:
        if open_to_role:
            url = reverse(name, args=[edition.slug])
            entries.append(RailEntry(label, url, icon, path.startswith(url)))
    if not at_desk_only:
        url = reverse("units:units")
        entries.append(RailEntry(_("Units"), url, "diagram-3", path.startswith(url)))
    return entries


def role_label(mine: Hats, post: str | None) -> str:
    """What the person is here, in a word or two: the first that applies."""
    labels = [
        (mine.department_head, _("Department head")),
        (mine.department_officer, _("Department officer")),
        (bool(post), dict(CouncilSeat.Post.choices).get(post or "", "")),
        (bool(mine.head_of), _("Head of unit")),
        (bool(mine.clerk_of), _("Unit clerk")),
        (mine.desk, _("Check-in desk")),
    ]
    return next((str(label) for applies, label in labels if applies), "")
