"""Time lists, forms and papers behind gunicorn, each beside a bare signed-in page asked for in turn with it."""

import json
import statistics
import sys
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 after setup

from bench import data, pages  # noqa: E402
from bench.browser import Browser  # noqa: E402
from bench.server import Server  # noqa: E402
from core.models import User  # noqa: E402

WARM_UP = 6  # both workers, more than once
RATIOS = {"list": 4.0, "form": 4.0, "post": 3.0, "makeup": 5.0}  # times the bare page
EXCEL_MS = 250
IMPORT_MS = 500  # a list of 400 rows, looked at or applied
GROWTH = 1.2  # a list at the largest size, beside the smallest


@dataclass
class Figure:
    """One page at one size: milliseconds of wall time and CPU, queries, bytes of the answer.

    `ratio` is the median beside that of the bare page, `growth` the ratio beside the one at the smallest size.
    """

    name: str
    size: int
    aim: str
    median: float
    p95: float
    cpu: float
    queries: int
    bytes: int
    ratio: float
    growth: float | None = None

    @property
    def missed(self) -> str:
        """Which aim was missed, if any."""
        if self.ratio > RATIOS.get(self.aim, self.ratio):
            return f"> {RATIOS[self.aim]:.0f} x bare"
        if self.aim == "excel" and self.median > EXCEL_MS:
            return f"> {EXCEL_MS} ms"
        if self.aim == "import" and self.median > IMPORT_MS:
            return f"> {IMPORT_MS} ms"
        if self.aim in ("list", "makeup") and self.growth and self.growth > GROWTH:
            return f"grows > {GROWTH}"
        return ""


def measure(page: pages.Page, size: int, bare: Browser, server: Server) -> Figure:
    """Ask for the bare page and the page in turn, so that both meet the same moments of the machine."""
    bare_times, times, cpu, answer = [], [], 0.0, None
    for number in range(-WARM_UP, page.rounds):
        took_bare = bare.ask(pages.BARE).took
        fields = page.fields(number) if callable(page.fields) else page.fields
        browser = page.browser if isinstance(page.browser, Browser) else page.browser(number)
        path = page.path(number) if callable(page.path) else page.path
        before = server.cpu()
        answer = browser.ask(path, fields)
        if answer.status != (302 if page.aim in ("post", "import") else 200):
            sys.exit(f"{page.name}: {path} answered {answer.status}:\n{answer.content.decode(errors='replace')}")
        if number >= 0:
            cpu += server.cpu() - before
            times.append(answer.took)
            bare_times.append(took_bare)
    assert answer
    times.sort()
    median = statistics.median(times)
    return Figure(
        name=page.name,
        size=size,
        aim=page.aim,
        median=round(median, 1),
        p95=round(times[int(len(times) * 0.95) - 1], 1),
        cpu=round(cpu / page.rounds, 1),
        queries=answer.queries,
        bytes=len(answer.content),
        ratio=round(median / statistics.median(bare_times), 2),
    )


def run(sizes: list[int], words: list[str]) -> list[Figure]:
    """Every page at every size; with `words` only those whose names hold one of them."""
    congress = data.prepare()
    bare = Browser(User.objects.get(username="lan"))
    figures: list[Figure] = []
    for number, size in enumerate(sizes):
        data.fill(congress, size)
        with Server() as server:
            of_bare = pages.Page("bare signed-in page", bare, pages.BARE, aim="")
            for page in chain([of_bare], pages.everything(congress, size, number)):
                if words and not any(word in page.name for word in words):
                    continue
                figure = measure(page, size, bare, server)
                first = next((one for one in figures if one.name == page.name), None)
                figure.growth = round(figure.ratio / first.ratio, 2) if first else None
                figures.append(figure)
                show(figure)
            print(f"Peak memory of a worker at {size} delegates: {server.peak():.0f} MiB", flush=True)
    return figures


COLUMNS = {"size": 7, "median": 9, "p95": 8, "CPU": 8, "queries": 8, "bytes": 10, "x bare": 8, "growth": 8}


def head() -> None:
    print("page".ljust(28) + "".join(name.rjust(width) for name, width in COLUMNS.items()))


def show(f: Figure) -> None:
    growth = f"{f.growth:8.2f}" if f.growth else " " * 8
    line = f"{f.name:28}{f.size:7}{f.median:9}{f.p95:8}{f.cpu:8}{f.queries:8}{f.bytes:10}{f.ratio:8.2f}{growth}"
    print(f"{line}  {f.missed}".rstrip(), flush=True)


def main() -> None:
    sizes = [int(text) for text in sys.argv[1:] if text.isdigit()] or [400, 40_000]
    words = [text for text in sys.argv[1:] if not text.isdigit()]
    head()
    figures = run(sizes, words)
    path = Path(settings.VAR_DIR) / "bench.json"
    path.write_text(json.dumps([asdict(figure) for figure in figures], indent=1, ensure_ascii=False))
    missed = [figure for figure in figures if figure.missed]
    print(f"{len(figures)} figures in {path}; {len(missed)} miss their aim.")


if __name__ == "__main__":
    main()
