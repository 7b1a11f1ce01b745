"""Which section of the guide belongs to which page, and what of it a reader is shown.

A page is found by its name, else by its room: a new page has a section without a line here.
"""

from dataclasses import dataclass

from django.urls import ResolverMatch

from awards.models import CouncilSeat
from portal.guide.sections import BLOCK, CHAIR, CLERK, COUNCIL, DEPARTMENT, DESK, GUIDE, HEAD, SECRETARY, WHO, Text
from units.hats import Hats

SECTION_OF_ROOM = {
    "core": "account", "portal": "work", "units": "units", "congress": "plan", "delegates": "delegates",
    "awards": "nominations", "documents": "documents", "admin": "catalogues",
}  # fmt: skip
PAGES = {
    "search": "portal:search",
    "letters": "portal:outbox portal:mail_again",
    "jobs": "core:job core:job_file core:job_cancel",
    "congress": "congress:congress congress:congress_edit congress:next_edition congress:make_current",
    "conferences": (
        "congress:conferences congress:roll_up congress:conference "
        "congress:conference_schedule congress:conference_approve "
        "congress:conference_postpone congress:conference_hold congress:conference_report congress:report_start "
        "congress:report_check congress:report_before_head congress:report_send "
        "congress:report_accept congress:report_return "
        "congress:report_reopen congress:report_subject"
    ),
    "deadlines": (
        "congress:deadlines congress:extend congress:extension_take_back congress:reminders "
        "calendar:link calendar:renew calendar:drop"
    ),
    "programme": (
        "congress:programme congress:programme_add congress:programme_publish congress:programme_edit "
        "congress:programme_move congress:programme_remove portal:public_programme"
    ),
    "seats": "delegates:seats",
    "allocation": (
        "delegates:allocations delegates:what_if delegates:allocation_make delegates:allocation "
        "delegates:allocation_approve delegates:allocation_discard delegates:allocation_issue delegates:transfer"
    ),
    "reserves": "delegates:order delegates:promote",
    "registration": (
        "delegates:register delegates:edit delegates:withdraw delegates:draft delegates:draft_save "
        "delegates:draft_open delegates:draft_write delegates:draft_discard"
    ),
    "replacement": "delegates:replace delegates:replacements",
    "photo": "delegates:photo delegates:photo_remove",
    "waiting": "delegates:waiting_list delegates:seat_ask delegates:seat_decline",
    "settling": "delegates:settle delegates:open_settled delegates:unit",
    "personal": "delegates:open_personal",
    "twins": (
        "delegates:twins delegates:twins_pair delegates:twins_open delegates:twins_keep delegates:twins_ask_again "
        "delegates:twins_merge"
    ),
    "makeup": (
        "delegates:composition delegates:targets delegates:target_remove delegates:copies delegates:composition_copy "
        "delegates:composition_people"
    ),
    "missing": "delegates:completeness delegates:needed delegates:remind delegates:missing",
    "lists": "delegates:lists delegates:list_for delegates:list delegates:list_table delegates:list_columns",
    "dossier": (
        "awards:nominate awards:section awards:check awards:send_to_head awards:send_back awards:submit awards:withdraw"
    ),
    "vetting": (
        "awards:accept awards:return awards:ineligible awards:pending awards:account awards:shortlist awards:take_off"
    ),
    "council": "awards:council awards:seat_give awards:seat_end",
    "reading": "awards:reading awards:assess awards:conflict awards:conflict_take_back",
    "sittings": (
        "awards:sitting_plan awards:sitting awards:sitting_change awards:convene awards:attendance awards:open_sitting "
        "awards:postpone awards:tellers awards:take_code awards:conclude"
    ),
    "ballots": (
        "awards:ballot awards:rule awards:open_ballot awards:vote awards:close awards:count awards:void "
        "awards:call_round awards:decide_tie awards:leave_empty"
    ),
    "people": (
        "units:people units:welcome units:person units:person_edit units:person_link units:person_close "
        "units:person_open units:person_sign_out units:office_add units:office_end"
    ),
}
SECTION_OF_PAGE = {name: key for key, names in PAGES.items() for name in names.split()}


def section_of(match: ResolverMatch | None) -> str:
    """The key of the section that a page's `?` leads to; nothing for an address that is no page."""
    if match is None:
        return ""
    return SECTION_OF_PAGE.get(match.view_name, SECTION_OF_ROOM.get(match.namespace.split(":")[0], ""))


def roles_of(mine: Hats, post: str | None) -> set[str]:
    """The roles that the guide speaks to."""
    found = {
        DEPARTMENT: mine.department,
        HEAD: bool(mine.head_of),
        CLERK: bool(mine.clerk_of),
        BLOCK: bool(mine.block_ids),
        COUNCIL: bool(post),
        CHAIR: post == CouncilSeat.Post.CHAIR,
        SECRETARY: post == CouncilSeat.Post.SECRETARY,
        DESK: mine.desk,
    }
    return {role for role, applies in found.items() if applies}


@dataclass(frozen=True)
class Shown:
    """A section as one reader finds it: for each role of theirs that it speaks to, the role's name and the text."""

    key: str
    title: Text
    texts: tuple[Text, ...]
    own: list[tuple[Text, Text]]


def guide_for(mine: Hats, post: str | None) -> list[Shown]:
    """Every section, each with what concerns the reader."""
    roles = roles_of(mine, post)
    return [
        Shown(
            section.key,
            section.title,
            section.texts,
            [(WHO[role], text) for role, text in section.for_roles if role in roles],
        )
        for section in GUIDE
    ]
