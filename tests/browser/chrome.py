"""Debian's Chromium, one process for the room, driven by its own chromedriver.

    with Chrome() as chrome:
        sight = chrome.open("http://127.0.0.1:8080/docs", {"Accept-Language":
                                                           "en"})
        sight.size(360, 640)
        sight.ask("return document.title")
"""

import base64
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
KEYS = {"Tab": 9, "Enter": 13}
SECONDS = 120       # what a busy machine may take
QUIET = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
         "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync",
         "--disable-dev-shm-usage", "--disable-breakpad",
         "--disable-default-apps", "--disable-extensions",
         "--no-default-browser-check", "--no-proxy-server",
         "--password-store=basic", "--remote-debugging-port=0")
LOOKS = pathlib.Path(__file__).with_name("looks.js").read_text("utf-8")
A4_POINTS = (595, 842)


class DyingService(Service):
    """The driver, which dies with the tests, whatever they die of."""

    def __init__(self, env):
        super().__init__("/usr/bin/setpriv", env=env)

    def command_line_args(self):
        return ["--pdeathsig", "KILL", DRIVER, *super().command_line_args()]


class Chrome:
    """The process, which dies with the tests, and a session with it."""

    def __init__(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="duikou-browser-"))
        self.process = self.driver = None

    def __enter__(self):
        env = {**os.environ, "HOME": str(self.home)}
        for name in ("CONFIG", "CACHE", "RUNTIME"):
            place = self.home / name.lower()
            place.mkdir(mode=0o700)
            env[f"XDG_{name}_{'DIR' if name == 'RUNTIME' else 'HOME'}"] = \
                str(place)
        with open(self.home / "log", "wb") as log:
            self.process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", CHROMIUM, *QUIET,
                 f"--user-data-dir={self.home / 'profile'}", "about:blank"],
                env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True)
        try:
            self.driver = self._drive(env)
        except BaseException:
            self.__exit__()
            raise
        return self

    def _drive(self, env):
        options = Options()
        options.add_experimental_option("debuggerAddress",
                                        f"127.0.0.1:{self._port()}")
        options.set_capability("goog:loggingPrefs", {
            "browser": "ALL", "performance": "ALL"})
        driver = webdriver.Chrome(options=options, service=DyingService(env))
        driver.set_page_load_timeout(SECONDS)
        driver.set_script_timeout(SECONDS)
        return driver

    def _port(self):
        """Chromium writes down where it listens."""
        said = self.home / "profile" / "DevToolsActivePort"
        deadline = time.monotonic() + SECONDS
        while not said.exists() or not said.read_text():
            if self.process.poll() is not None \
                    or time.monotonic() > deadline:
                raise RuntimeError("Chromium did not start:\n" + (
                    self.home / "log").read_text(errors="replace"))
            time.sleep(0.05)
        return int(said.read_text().split()[0])

    def __exit__(self, *_):
        if self.driver is not None:
            self.driver.quit()
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(SECONDS)
        shutil.rmtree(self.home, ignore_errors=True)

    def cdp(self, command, **given):
        return self.driver.execute_cdp_cmd(command, given)

    def open(self, url, headers=None, runs_scripts=True):
        """The page, asked for with these headers; what the browser says of
        it from then on is in Sight.said and Sight.requests."""
        self.cdp("Network.enable")
        self.cdp("Emulation.setScriptExecutionDisabled",
                 value=not runs_scripts)
        self.cdp("Emulation.setEmulatedMedia", media="", features=[])
        self.cdp("Network.setExtraHTTPHeaders", headers=headers or {})
        self.driver.get("about:blank")
        self._drain()
        self.driver.get(url)
        return Sight(self, url, *self._drain())

    def _drain(self):
        """(lines of the console, [(url, what became of it), ...])"""
        said = [f"{line['level']}: {line['message']}"
                for line in self.driver.get_log("browser")]
        asked = {}
        for line in self.driver.get_log("performance"):
            event = json.loads(line["message"])["message"]
            given = event["params"]
            if event["method"] == "Network.requestWillBeSent":
                asked[given["requestId"]] = [given["request"]["url"], None]
            elif event["method"] == "Network.responseReceived":
                asked.setdefault(given["requestId"], [
                    given["response"]["url"], None])[1] = \
                    given["response"]["status"]
            elif event["method"] == "Network.loadingFailed" \
                    and given["requestId"] in asked:
                asked[given["requestId"]][1] = given["errorText"]
        return said, [tuple(one) for one in asked.values()]


class Sight:
    """A page as it stands in the browser."""

    def __init__(self, chrome, url, said, requests):
        self.chrome, self.url = chrome, url
        self.said, self.requests = said, requests

    def ask(self, script, *given):
        """What looks.js or a line of one's own finds in the document."""
        return self.chrome.driver.execute_script(LOOKS + script, *given)

    def tried(self, script, *given):
        """The same where it takes a while: the script calls a function, which
        it is given last, with what it found."""
        return self.chrome.driver.execute_async_script(LOOKS + script, *given)

    def press(self, key):
        for kind in ("rawKeyDown", "keyUp"):
            self.chrome.cdp("Input.dispatchKeyEvent", type=kind, key=key,
                            code=key, windowsVirtualKeyCode=KEYS[key])

    def size(self, width, height=800, is_phone=False):
        self.chrome.cdp("Emulation.setDeviceMetricsOverride", width=width,
                        height=height, deviceScaleFactor=1, mobile=is_phone)

    def media(self, kind="screen", scheme="light"):
        self.chrome.cdp("Emulation.setEmulatedMedia", media=kind, features=[
            {"name": "prefers-color-scheme", "value": scheme}])

    def named(self, selector):
        """[(role, name), ...] of these elements in the tree of
        accessibility."""
        root = self.chrome.cdp("DOM.getDocument", depth=0)["root"]["nodeId"]
        found = []
        for node in self.chrome.cdp("DOM.querySelectorAll", nodeId=root,
                                    selector=selector)["nodeIds"]:
            (told,) = self.chrome.cdp(
                "Accessibility.getPartialAXTree", nodeId=node,
                fetchRelatives=False)["nodes"]
            found.append(("ignored", "") if told["ignored"] else (
                told["role"]["value"], told["name"]["value"]))
        return found

    def pdf(self):
        """The page on A4 as bytes, with the margins that it asks for."""
        return base64.b64decode(self.chrome.cdp(
            "Page.printToPDF", paperWidth=8.27, paperHeight=11.69,
            preferCSSPageSize=True, printBackground=True)["data"])


def sheets(pdf):
    """[(width, height), ...] of a PDF's pages in points."""
    return [tuple(round(float(number)) for number in box.split()[2:])
            for box in re.findall(
                rb"/Type\s*/Page\b.*?/MediaBox\s*\[([^\]]*)\]", pdf, re.S)]
