"""Photograph the first page of a portal that holds the demonstration: `script/picture.py FILE`."""

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from portal.demo.accounts import ACCOUNTS, PASSWORD

SIZE = {"width": 1280, "height": 860}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    """Until the portal answers. Raises TimeoutError after half a minute."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("The portal does not answer.")


def photograph(address: str, file: str) -> None:
    """Sign in as the Department's officer and keep the page that comes first."""
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE, locale="vi-VN", color_scheme="light")
        page.goto(f"{address}/sign-in/")
        page.fill("[name=username]", ACCOUNTS[0].username)
        page.fill("[name=password]", PASSWORD)
        page.click("form[method=post] button.btn-primary")
        page.wait_for_url(f"{address}/")
        page.evaluate("document.fonts.ready")
        page.screenshot(path=file)
        browser.close()


def main() -> None:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    server = subprocess.Popen(command)
    try:
        wait_for(port)
        photograph(f"http://localhost:{port}", sys.argv[1])
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
