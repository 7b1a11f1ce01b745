"""Time lists, forms and exports behind gunicorn, beside a bare signed-in page of the same run."""

import json
import os
import re
import statistics
import subprocess
import sys
import time
import uuid
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import django

django.setup()

from django.conf import settings  # noqa: E402 after setup
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from bench import data  # noqa: E402
from core.models import User  # noqa: E402

PORT = 8799
ROUNDS = 40
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Figure:
    """One page at one size: milliseconds, bytes of the answer, queries; `ratio` to the bare page's median."""

    name: str
    size: int
    median: float
    p95: float
    cpu: float
    queries: int
    bytes: int
    ratio: float = 0


class Browser:
    """A signed-in person without a screen: keeps cookies and takes forms' keys."""

    def __init__(self, user: User) -> None:
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self.token = "a" * 32
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={self.token}"
        self.wire = HTTPConnection("127.0.0.1", PORT)

    def ask(self, method: str, path: str, fields: dict | None = None):
        body = (
            urlencode({**fields, "csrfmiddlewaretoken": self.token, "once": uuid.uuid4()})
            if fields is not None
            else None
        )
        headers = {"Cookie": self.cookie, "Host": "localhost", "Accept-Encoding": "identity"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        self.wire.request(method, path, body, headers)
        answer = self.wire.getresponse()
        content = answer.read()
        return answer, content, (time.perf_counter() - started) * 1000


def workers(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def cpu_ms(pids: list[int]) -> float:
    """CPU that the workers have used so far, in milliseconds."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total * 1000 / TICK


def peak_mib(pids: list[int]) -> float:
    texts = (Path(f"/proc/{pid}/status").read_text() for pid in pids)
    return max(int(re.search(r"VmHWM:\s+(\d+)", text)[1]) for text in texts) / 1024


def measure(name, size, browser, pids, method, path, fields=None, rounds=ROUNDS) -> Figure:
    """Ask `rounds` times after three to warm up. `fields` is a dict or a function of the round's number."""
    times, answer, content = [], None, b""
    for number in range(-3, rounds):
        if number == 0:
            before = cpu_ms(pids)
        sent = fields(number) if callable(fields) else fields
        answer, content, took = browser.ask(method, path, sent)
        if answer.status not in (200, 302):
            sys.exit(f"{name}: {method} {path} answered {answer.status}: {content[:500].decode(errors='replace')}")
        if number >= 0:
            times.append(took)
    times.sort()
    return Figure(
        name,
        size,
        round(statistics.median(times), 1),
        round(times[int(len(times) * 0.95) - 1], 1),
        round((cpu_ms(pids) - before) / rounds, 1),
        int(answer.headers["X-Queries"]),
        len(content),
    )


def run(sizes: list[int]) -> list[Figure]:
    congress = data.prepare()
    people = data.people()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "config.wsgi",
            "--bind",
            f"127.0.0.1:{PORT}",
            "--workers",
            "2",
            "--log-level",
            "error",
        ],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings"},
    )
    figures: list[Figure] = []
    try:
        time.sleep(4)
        for size in sizes:
            data.fill(congress, size)
            figures += at_size(size, congress, people, workers(server.pid))
        print(f"peak memory of a worker: {peak_mib(workers(server.pid)):.0f} MiB")
    finally:
        server.terminate()
        server.wait()
    return figures


def at_size(size: int, congress, people, pids) -> list[Figure]:
    officer, clerk = Browser(people["lan"]), Browser(people["minh"])
    unit = people["minh"].offices.get().unit
    category = congress.categories.get(code="DHTT")
    base = f"/{congress.slug}"
    bare = measure("bare signed-in page", size, officer, pids, "GET", "/help/")
    found = [bare]
    for name, path in (
        ("first page, officer", "/"),
        ("plan", f"{base}/plan/"),
        ("conferences", f"{base}/conferences/"),
        ("delegates, 50 rows", f"{base}/delegates/"),
        ("delegates, searched", f"{base}/delegates/?q=nguyen"),
        ("delegates, filtered", f"{base}/delegates/?sex=female"),
        ("seats table", f"{base}/delegates/seats/"),
        ("nominations", f"{base}/nominations/"),
        ("programme", f"{base}/programme/"),
        ("units", "/units/"),
        ("documents", f"{base}/documents/"),
        ("search", "/search/?q=nguyen"),
    ):
        found.append(measure(name, size, officer, pids, "GET", path))
    found.append(measure("first page, clerk", size, clerk, pids, "GET", "/"))
    found.append(measure("register form", size, clerk, pids, "GET", f"{base}/delegates/register/"))

    def person(number: int) -> dict:
        return {
            "unit": unit.pk,
            "category": category.pk,
            "full_name": f"Trần Văn Đo {size} {number + 100}",
            "birth": "1980",
            "sex": "male",
            "position": "Kỹ sư",
            "phone": "0912345678",
            "acknowledged": "on",
        }

    found.append(measure("POST register", size, clerk, pids, "POST", f"{base}/delegates/register/", person))
    if size <= 1000:
        take = f"{base}/documents/delegates-internal"
        found.append(measure("Excel, 400 rows", size, officer, pids, "POST", f"{take}.xlsx", {"query": ""}, 8))
        found.append(measure("Word, 400 rows", size, officer, pids, "POST", f"{take}.docx", {"query": ""}, 8))
    for figure in found:
        figure.ratio = round(figure.median / bare.median, 2)
    return found


def main() -> None:
    sizes = [int(text) for text in sys.argv[1:]] or [400, 40_000]
    figures = run(sizes)
    print(f"{'page':26}{'size':>8}{'median':>9}{'p95':>9}{'CPU':>8}{'queries':>9}{'bytes':>10}{'× bare':>8}")
    for f in figures:
        print(f"{f.name:26}{f.size:8}{f.median:9}{f.p95:9}{f.cpu:8}{f.queries:9}{f.bytes:10}{f.ratio:8}")
    Path("var").mkdir(exist_ok=True)
    Path("var/bench.json").write_text(json.dumps([asdict(figure) for figure in figures], indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
