from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from congress.models import Congress
from core.vietnamese import short_date
from delegates import actions, rules
from delegates.models import Delegate
from delegates.queries import privacy


class Command(BaseCommand):
    help = (
        "Say which personal data of past congresses is still kept; with --yes take it away: phones, e-mails, notes, "
        "days of birth, ethnic groups, religion, party membership, political theory, photos, drafts, and papers "
        "made with them. "
        "Names, units, awards and figures stay."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--yes", action="store_true", help="do it; without, nothing is changed")
        parser.add_argument(
            "--months",
            type=int,
            default=settings.PERSONAL_DATA_MONTHS,
            help="how many months after its congress personal data is kept (default: %(default)s)",
        )

    def handle(self, *args, **options) -> None:
        months = options["months"]
        for congress in Congress.objects.order_by("period_to"):
            with override("en"):
                self.one(congress, months, options["yes"])

    def one(self, congress: Congress, months: int, yes: bool) -> None:
        """Tell, and with `yes` do, what becomes of one congress's personal data."""
        if rules.why_not_retire(congress, months):
            day = short_date(rules.kept_until(congress, months))
            self.stdout.write(f"{congress.slug}: kept until {day}.")
            return
        if yes:
            told = actions.retire_personal_data(actor=None, congress=congress, months=months)
            self.stdout.write(f"{congress.slug}: taken away: {self.words(told)}.")
        else:
            told = privacy.kept_numbers(congress) | {"files": len(privacy.kept_files(congress))}
            self.stdout.write(
                f"{congress.slug}: would be taken away: {self.words(told)}. Nothing is changed without --yes."
            )

    def words(self, numbers: dict[str, int]) -> str:
        """'phone 400, religion 12'."""
        labels = {"files": "papers", "drafts": "drafts", "birth": "day of birth"}
        found = [
            f"{labels.get(name) or Delegate._meta.get_field(name).verbose_name} {number}"
            for name, number in numbers.items()
            if number
        ]
        return ", ".join(found) or "nothing"
