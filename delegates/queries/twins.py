"""Who is likely one person registered twice: one definition for the page of duplicates, for lists and for each entry.

Two people on the list of a congress, wherever they sit or wait, are likely one when they share their name, marks
apart, and year of birth, or a telephone, or an e-mail. Whom the Department has told apart is not asked about again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Lower, Substr
from django.utils.translation import gettext_lazy as _

from congress.models import Congress
from core.models import AuditEntry, User
from core.vietnamese import PartialDate, fold
from delegates.models import Delegate, KeptApart
from delegates.queries import privacy
from delegates.queries.people import Fact, fact_sheet
from delegates.rules import Sight, sight

Pair = tuple[int, int]  # two delegates by their keys, the lower one first

MOST_OF_ONE = 4  # a telephone or an address that more people share is an office's: it tells nothing about a person
GROUPS_A_PAGE = 10
PAIRS_AT_ONCE = 6  # of one group
MOST_TWINS = 10  # on a delegate's page
NAME, PHONE, EMAIL, IDENTITY = "name", "phone", "email", "identity"
WORDS = {
    NAME: _("same name and year of birth"),
    PHONE: _("same phone"),
    EMAIL: _("same e-mail"),
    IDENTITY: _("same identity number"),
}
Signs = tuple[int, str, str, str, str, str]  # key, folded name, year of birth, phone, e-mail, identity number
YEAR = Substr(Cast("birth", CharField()), 1, 4)
REGISTERED = ("delegate.registered", "delegate.reserved", "delegate.followed")


# ---- Whom a form asks about ----


@dataclass(frozen=True)
class Namesake:
    """Somebody listed already who may be the same person; without `delegate` somebody whom the reader may not see."""

    delegate: Delegate | None


def namesakes(
    user: User, congress: Congress, full_name: str, birth: PartialDate, but: Delegate | None = None
) -> list[Namesake]:
    """Those on the list who share name, marks apart, and year of birth; of other units only that there is one.

    Whoever registers is asked about these alone: that a telephone is known elsewhere would tell units what is not
    theirs, and within a unit people share them.
    """
    same = congress.delegates.filter(folded=fold(full_name), birth__startswith=f"{birth.year:04}").listed()
    keys = list(same.exclude(pk=but.pk if but else None).order_by().values_list("pk", flat=True)[:10])
    if not keys:
        return []
    found = congress.delegates.filter(pk__in=keys).select_related("unit", "category")
    return [Namesake(one if sight(user, one) >= Sight.PLAIN else None) for one in found]


# ---- Pairs ----


def likely_pairs(congress: Congress, near: Iterable[Delegate] | None = None) -> dict[Pair, list[str]]:
    """Every two who are likely one person, with what they share, but for those told apart; one query.

    `near` looks only among those who share something with one of these. Grouped here and not in the database: read
    once, 40,000 people are grouped in a third of the time that windows over their keys take.
    """
    people = congress.delegates.listed().order_by()
    if near is not None:
        people = people.alias(address=Lower("email")).filter(_shared_with(list(near)))
    people = people.annotate(year=YEAR, address=Lower("email"), apart=F("kept_apart__second"))
    rows: dict[int, Signs] = {}
    told_apart: set[Pair] = set()
    for *row, apart in people.values_list("pk", "folded", "year", "phone", "address", "id_number", "apart"):
        rows[row[0]] = tuple(row)
        told_apart.add((row[0], apart))
    pairs: dict[Pair, list[str]] = defaultdict(list)
    for alike, members in _alike(rows.values()):
        for pair in combinations(sorted(members), 2):
            if pair not in told_apart:
                pairs[pair].append(alike)
    return dict(pairs)


def _shared_with(near: list[Delegate]) -> Q:
    """Those who bear a name or an identity number, or can be reached at a telephone or an address, of one of these."""
    phones, addresses = {one.phone for one in near} - {""}, {one.email.lower() for one in near} - {""}
    shared = Q(folded__in={one.folded for one in near})
    if numbers := {one.id_number for one in near} - {""}:
        shared |= Q(id_number__in=numbers)
    if phones:
        shared |= Q(phone__in=phones)
    return shared | Q(address__in=addresses) if addresses else shared


def _alike(rows: Iterable[Signs]) -> Iterator[tuple[str, list[int]]]:
    """What several people share, and who they are."""
    named: dict[tuple[str, str], list[int]] = defaultdict(list)
    called: dict[str, list[int]] = defaultdict(list)
    written: dict[str, list[int]] = defaultdict(list)
    numbered: dict[str, list[int]] = defaultdict(list)
    for pk, folded, year, phone, address, number in rows:
        named[folded, year].append(pk)
        if phone:
            called[phone].append(pk)
        if address:
            written[address].append(pk)
        if number:
            numbered[number].append(pk)
    yield from ((NAME, members) for members in named.values() if len(members) > 1)
    yield from ((IDENTITY, members) for members in numbered.values() if len(members) > 1)
    for alike, reached in ((PHONE, called), (EMAIL, written)):
        yield from ((alike, members) for members in reached.values() if 1 < len(members) <= MOST_OF_ONE)


def twins_of(delegate: Delegate) -> "list[TwinPair]":
    """Who is likely the same person as this one; one query."""
    others = delegate.congress.delegates.listed().alias(address=Lower("email")).filter(_shared_with([delegate]))
    decided = Q(first=delegate, second=OuterRef("pk")) | Q(second=delegate, first=OuterRef("pk"))
    others = others.annotate(apart=Exists(KeptApart.objects.filter(decided)))
    people = {one.pk: one for one in others.select_related("unit", "category", "congress")}
    shared: dict[int, list[str]] = defaultdict(list)
    for alike, members in _alike(map(_row, people.values())):
        for pk in set(members) - {delegate.pk} if delegate.pk in members else ():
            if not people[pk].apart:  # type: ignore[attr-defined]
                shared[pk].append(alike)
    return [TwinPair(delegate, people[pk], shared[pk]) for pk in sorted(shared)[:MOST_TWINS]]


def _row(one: Delegate) -> Signs:
    return one.pk, one.folded, one.birth.iso[:4], one.phone, one.email.lower(), one.id_number  # type: ignore[attr-defined]


def shared_by(one: Delegate, other: Delegate) -> list[str]:
    """What two have in common, in words; no queries."""
    return [str(WORDS[alike]) for alike, _members in _alike(map(_row, (one, other)))]


def mark_likely_duplicates(congress: Congress, page: Iterable[Delegate]) -> None:
    """Set `likely_duplicate` on those of a page who do not have it; one query for them all."""
    page = [delegate for delegate in page if not hasattr(delegate, "likely_duplicate")]
    if not page:
        return
    likely = {pk for pair in likely_pairs(congress, page) for pk in pair}
    for delegate in page:
        delegate.likely_duplicate = delegate.pk in likely  # type: ignore[attr-defined]


# ---- Groups of a page ----


@dataclass(frozen=True)
class Twin:
    """One of a group, and who registered them when."""

    delegate: Delegate
    entry: AuditEntry | None


@dataclass(frozen=True)
class TwinPair:
    """Two of a group about whom has to be decided."""

    first: Delegate
    second: Delegate
    alike: list[str]

    @property
    def words(self) -> list[str]:
        """What the two share, in words."""
        return [str(WORDS[one]) for one in self.alike]


@dataclass(frozen=True)
class TwinGroup:
    """People who are likely one, each with another of them."""

    people: list[Twin]
    pairs: list[TwinPair]

    @property
    def shown(self) -> list[TwinPair]:
        """The pairs that are asked about now."""
        return self.pairs[:PAIRS_AT_ONCE]

    @property
    def more(self) -> int:
        """How many pairs come after these."""
        return len(self.pairs) - len(self.shown)


@dataclass(frozen=True)
class TwinPage:
    """A page of groups, as `{% paging %}` takes it, and how many groups there are."""

    groups: list[TwinGroup]
    page: Page

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def range(self) -> str:
        """'1–10 / 12'."""
        return f"{self.page.start_index()}–{self.page.end_index()} / {self.total}"

    @property
    def next_url(self) -> str:
        return f"?page={self.page.next_page_number()}" if self.page.has_next() else ""

    @property
    def previous_url(self) -> str:
        return f"?page={self.page.previous_page_number()}" if self.page.has_previous() else ""


def clusters(pairs: Iterable[Pair]) -> list[list[Pair]]:
    """Pairs that hang together; who was registered first comes first."""
    of: dict[int, int] = {}

    def root(pk: int) -> int:
        while of.setdefault(pk, pk) != pk:
            of[pk] = of[of[pk]]
            pk = of[pk]
        return pk

    pairs = sorted(pairs)
    for first, second in pairs:
        low, high = sorted((root(first), root(second)))
        of[high] = low
    found: dict[int, list[Pair]] = {}
    for pair in pairs:
        found.setdefault(root(pair[0]), []).append(pair)
    return list(found.values())


def twin_groups(congress: Congress, number: str | None) -> TwinPage:
    """A page of groups that nobody has decided on; four queries, whatever they hold."""
    pairs = likely_pairs(congress)
    page = Paginator(clusters(pairs), GROUPS_A_PAGE).get_page(number)
    keys = {pk for cluster in page.object_list for pair in cluster for pk in pair}
    people = congress.delegates.select_related("unit", "category", "congress").in_bulk(keys)
    entries = registrations(people)

    def group(cluster: list[Pair]) -> TwinGroup:
        members = sorted({pk for pair in cluster for pk in pair})
        return TwinGroup(
            [Twin(people[pk], entries.get(pk)) for pk in members if pk in people],
            [
                TwinPair(people[a], people[b], pairs[a, b])
                for a, b in cluster
                if a in people and b in people  # withdrawn and gone since the pairs were read
            ],
        )

    return TwinPage([group(cluster) for cluster in page.object_list], page)


def registrations(keys: Iterable[int]) -> dict[int, AuditEntry]:
    """The entry of the trail that tells who registered each delegate; one query."""
    entries = AuditEntry.objects.filter(
        object_type=Delegate._meta.label_lower, object_id__in=[str(pk) for pk in keys], verb__in=REGISTERED
    )
    return {int(entry.object_id): entry for entry in entries.select_related("actor").order_by("-pk")}


def told_apart(congress: Congress) -> QuerySet[KeptApart]:
    """Those who look alike and were told apart, the latest decision first."""
    return congress.kept_apart.select_related("first__unit", "second__unit", "decided_by")


# ---- Two beside each other ----


@dataclass(frozen=True)
class SideRow:
    """A line of two entries side by side."""

    label: str
    cells: list[Fact]

    @property
    def differs(self) -> bool:
        """Whether the reader sees that the two are not the same; of what is closed nothing is told."""
        first, second = self.cells
        open_both = not (first.masked or first.closed or second.masked or second.closed)
        return open_both and first.value != second.value


def side_by_side(user: User, first: Delegate, second: Delegate) -> tuple[list[SideRow], bool]:
    """Two entries line by line as far as they are opened, and whether both are; one query."""
    opened = privacy.opened_among(user, [first, second])
    sheets = [fact_sheet(user, one, opened=one.pk in opened) for one in (first, second)]
    sides = [{fact.label: fact for fact in (*one.badge, *one.person, *one.close)} for one in sheets]
    labels = list(dict.fromkeys(label for pair in zip(*sides, strict=False) for label in pair))
    labels += [label for side in sides for label in side if label not in labels]
    rows = [SideRow(label, [side.get(label, Fact(label, "")) for side in sides]) for label in labels]
    return rows, len(opened) == 2
