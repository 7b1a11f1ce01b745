"""gunicorn with two workers, and what they use."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from bench.browser import PORT

WORKERS = 2


class Server:
    """A portal to measure: `with Server() as server`."""

    def __enter__(self) -> "Server":
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{PORT}"]
        options = ["--workers", str(WORKERS), "--timeout", "300", "--log-level", "error"]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings"}
        self.process = subprocess.Popen([*command, *options], env=environment)
        while len(self._pids()) < WORKERS:
            time.sleep(0.1)
        return self

    def __exit__(self, *_exc) -> None:
        self.process.terminate()
        self.process.wait()

    def _pids(self) -> list[int]:
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def cpu(self) -> float:
        """Milliseconds of CPU that the workers have used so far."""
        return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in self._pids()) / 1e6

    def peak(self) -> float:
        """The most memory that a worker has held, in MiB."""
        texts = (Path(f"/proc/{pid}/status").read_text() for pid in self._pids())
        return max(int(re.search(r"VmHWM:\s+(\d+)", text)[1]) for text in texts) / 1024
