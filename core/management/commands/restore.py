from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core import backup


class Command(BaseCommand):
    help = "Bring back what `backup` has kept, into an empty database without files. Then run both checks."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="an archive that `backup` has made, of the same kind of database")

    def handle(self, *args, **options) -> None:
        try:
            backup.read(options["file"].resolve(strict=True))
        except FileNotFoundError as fault:
            raise CommandError(f"{options['file']} is not there.") from fault
        except backup.NotPossible as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write("Restored. Now: manage.py check_invariants, manage.py verify_audit.")
