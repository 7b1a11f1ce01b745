from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core import backup


class Command(BaseCommand):
    help = "Keep a copy of the database and the files in one archive, which only its owner reads."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="the archive to make, such as portal-2020-10-25.tar.gz")

    def handle(self, *args, **options) -> None:
        path = options["file"].resolve()
        try:
            backup.write(path)
        except FileExistsError as fault:
            raise CommandError(f"{path} is there already: choose another name.") from fault
        except backup.NotPossible as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{path}: {path.stat().st_size:,} bytes.")
