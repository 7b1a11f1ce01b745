"""What is measured: every list, the forms, what they send, and the papers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from awards.models import Assessment, Kind, Nomination
from bench.browser import Browser
from bench.data import MEASURED, looked_at, put_to_the_vote, send_list, take_away_lists, unit_looked_at
from congress.models import Congress
from core.models import User

BARE = "/search/"  # a signed-in page with nothing on it but its frame and a field
Fields = dict | Callable[[int], dict]
MANY, FEW = 40, 12  # rounds


@dataclass(frozen=True)
class Page:
    """One thing to ask for. `aim`: list, form, post, excel, import or none; `fields`: sent by POST.

    Path and fields may be made for each round.
    """

    name: str
    browser: Browser | Callable[[int], Browser]
    path: str | Callable[[int], str]
    aim: str = "list"
    fields: Fields | None = None
    rounds: int = MANY


def reads(congress: Congress) -> Iterator[Page]:
    """First pages and lists."""
    base = f"/{congress.slug}"
    people = {name: Browser(User.objects.get(username=name)) for name in ("lan", "minh", "khai", "thao", "truc")}
    officer, unit = people["lan"], unit_looked_at()
    for name, words in (
        ("lan", "officer"),
        ("minh", "unit clerk"),
        ("khai", "block head"),
        ("thao", "Council"),
        ("truc", "desk"),
    ):
        yield Page(f"first page, {words}", people[name], "/", aim="page")
    for name, path in (
        ("plan", f"{base}/plan/"),
        ("plan's chart, 60 tasks", f"{base}/plan/chart/"),
        ("plan's calendar", f"{base}/plan/calendar/"),
        ("conferences", f"{base}/conferences/"),
        ("conferences, roll-up", f"{base}/conferences/roll-up/"),
        ("programme", f"{base}/programme/"),
        ("units", "/units/"),
        ("blocks", "/units/blocks/"),
        ("people", "/units/people/"),
        ("delegates", f"{base}/delegates/"),
        ("delegates, page 5", f"{base}/delegates/?page=5"),
        ("delegates, searched", f"{base}/delegates/?q=nguyen"),
        ("delegates, filtered", f"{base}/delegates/?sex=female&state=registered"),
        ("delegates, by unit", f"{base}/delegates/?sort=unit"),
        ("nominations", f"{base}/nominations/"),
        ("Council", f"{base}/council/"),
        ("documents", f"{base}/documents/"),
        ("outbox", "/outbox/"),
        ("search", "/search/?q=nguyen"),
    ):
        yield Page(name, officer, path)
    yield Page("what is missing", officer, f"{base}/delegates/completeness/")
    yield Page("make-up", officer, f"{base}/delegates/composition/", aim="makeup")
    yield Page("seats table", officer, f"{base}/delegates/seats/", aim="page")
    yield Page("seats of a unit", people["minh"], f"{base}/delegates/unit/{unit.pk}/", aim="page")
    yield Page("delegates, unit clerk", people["minh"], f"{base}/delegates/")
    yield Page("delegates, desk", people["truc"], f"{base}/delegates/")
    yield Page("short list to read", people["thao"], f"{base}/council/reading/")


def forms(congress: Congress) -> Iterator[Page]:
    """Forms, and what they send."""
    base, clerk = f"/{congress.slug}", Browser(User.objects.get(username="minh"))
    yield Page("form: register", clerk, f"{base}/delegates/register/", aim="form")
    yield Page("form: nominate", clerk, f"{base}/nominations/add/", aim="form")
    category = congress.categories.get(code="DHTT")

    def person(number: int) -> dict:
        return {
            "category": category.pk,
            "full_name": f"{MEASURED} {congress.delegates.count()} {number + 100}",
            "birth": "1980",
            "sex": "male",
            "position": "Kỹ sư",
            "phone": "0912345678",
            "ethnic_group": 1,
            "education": "bachelor",
            "awards-TOTAL_FORMS": 0,
            "awards-INITIAL_FORMS": 0,
        }

    yield Page("POST register", clerk, f"{base}/delegates/register/", "post", person)
    nominee = {"kind": "individual", "nominee": MEASURED}
    yield Page("POST nominate", clerk, f"{base}/nominations/add/", "post", nominee)
    draft = congress.nominations.filter(state=Nomination.State.DRAFT).order_by("-pk")[0]
    subject = f"{base}/nominations/{draft.pk}/subjects/profile/"
    yield Page("form: subject of a dossier", clerk, subject, aim="form")

    def profile(number: int) -> dict:
        version = Nomination.objects.values_list("version", flat=True).get(pk=draft.pk)
        return {"version": version, "profile": f"Lần {number}", "duties": "Đo."}

    yield Page("POST subject of a dossier", clerk, subject, "post", profile)


def council(congress: Congress, kind: str) -> Iterator[Page]:
    """Reading, scoring and voting on one list."""
    base, member = f"/{congress.slug}", Browser(User.objects.get(username="thao"))
    nomination = congress.nominations.listed(kind).order_by("pk")[0]
    path = f"{base}/nominations/{nomination.pk}/assess/"
    yield Page("form: score", member, path, aim="form")

    def score(number: int) -> dict:
        kept = Assessment.objects.filter(nomination=nomination, user=member.user).first()
        return {"version": kept.version if kept else 0, "points": 50 + abs(number), "comment": "Tốt."}

    yield Page("POST score", member, path, "post", score)
    ballot = put_to_the_vote(congress, kind)
    voters = [Browser(entry.user) for entry in ballot.roll.filter(voted=False).select_related("user").order_by("pk")]
    path = f"{base}/council/ballots/{ballot.pk}/vote/"
    yield Page("form: vote", voters[0], path, aim="form")
    line = iter(voters)
    yield Page("POST vote", lambda _number: next(line), path, "post", {"picked": ["01", "02"], "cast": "1"})


def papers(congress: Congress) -> Iterator[Page]:
    """Papers with a row for each of 400 delegates."""
    officer = Browser(User.objects.get(username="lan"))
    take = f"/{congress.slug}/documents/"
    for name, file, aim in (
        ("Excel, internal list", "delegates-internal.xlsx", "excel"),
        ("Excel, public list", "delegates-public.xlsx", "excel"),
        ("Excel, seats", "seats.xlsx", "excel"),
        ("Word, internal list", "delegates-internal.docx", ""),
    ):
        yield Page(name, officer, take + file, aim, {"query": ""}, FEW)


def imports(congress: Congress) -> Iterator[Page]:
    """A sent list of 400 rows: looked at, and applied; what it registers goes again."""
    officer = Browser(User.objects.get(username="lan"))
    base = f"/{congress.slug}/delegates/import"
    sent = send_list(congress, 400)
    columns = {f"column-{column}": target for column, target in sent.columns.items()}
    yield Page("list of 400, looked at", officer, f"{base}/{sent.pk}/columns/", "import", columns, FEW)
    yield Page(
        "list of 400, applied",
        officer,
        lambda _number: f"{base}/{looked_at(congress, 400).pk}/apply/",
        "import",
        {},
        FEW,
    )
    take_away_lists(congress)


def everything(congress: Congress, size: int, round_: int) -> Iterator[Page]:
    """All that is measured at one size; each size votes on a list of its own."""
    yield from reads(congress)
    yield from forms(congress)
    yield from council(congress, list(Kind)[round_ % len(Kind)])
    if size <= 1000:
        yield from papers(congress)
        yield from imports(congress)
