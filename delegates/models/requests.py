"""What units ask for when their seats are taken: one more seat for the first on the reserve list."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congress.models import Congress
from core import clock
from core.fields import CleanTextField
from core.models import User
from delegates.models.people import Delegate
from units.hats import hats


class SeatRequestQuerySet(models.QuerySet["SeatRequest"]):
    def visible_to(self, user: User) -> "SeatRequestQuerySet":
        """The Department sees all requests; a unit those for its own people."""
        mine = hats(user)
        return self if mine.department else self.filter(delegate__unit__in=mine.unit_ids)

    def waiting(self) -> "SeatRequestQuerySet":
        """Those that wait for an answer, and whose person has stood on the reserve list ever since."""
        reserve = Delegate.State.RESERVE
        return self.filter(state=SeatRequest.State.WAITING, delegate__state=reserve, delegate__state_since=F("since"))


class SeatRequest(models.Model):
    """That a unit asked for one more seat, for the first on a reserve list (Đề nghị thêm chỗ).

    It is for somebody who has stood on the list since `since`: whoever gets a seat or leaves the list by another way
    needs no answer any more, and what was asked lapses by itself. Unit and category are the person's.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for an answer")
        GIVEN = "given", _("seat given")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="seat_requests")
    delegate = models.ForeignKey(Delegate, models.PROTECT, related_name="seat_requests")
    since = models.DateTimeField()
    reason = CleanTextField(_("reason"))
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    answer = CleanTextField(_("answer"), blank=True)  # why it was declined
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = SeatRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a seat")
        verbose_name_plural = _("requests for seats")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegate", "since"], condition=Q(state="waiting"), name="one_seat_is_asked_for_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="a_decided_request_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.delegate)

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to answer it; the person is at hand."""
        person = self.delegate
        return (
            self.state == self.State.WAITING
            and person.state == Delegate.State.RESERVE
            and person.state_since == self.since
        )
