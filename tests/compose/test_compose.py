#!/usr/bin/python3
"""docker-compose.yml holds together: read by a YAML parser, checked for what
makes it start in order and stay healthy, and, where a compose program is
installed, resolved by it. Each check is proven by breaking the file."""

import copy
import os
import pathlib
import re
import shutil
import subprocess
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILE = ROOT / "docker-compose.yml"
SECRETS = {"POSTGRES_PASSWORD": "a", "DUIKOU_DB_PASSWORD": "b"}
STAYING = {"postgres", "server", "worker"}
ENDING = {"migrate", "reference", "demo"}
CONDITIONS = {"service_started", "service_healthy",
              "service_completed_successfully"}


def healthcheck_flaws(name, service):
    check = service.get("healthcheck", {})
    if not check.get("test"):
        return [f"{name}: no health check"]
    return [f"{name}: health check without {key}"
            for key in ("interval", "timeout", "retries") if key not in check]


def life_flaws(name, service):
    """What stays is watched and comes back; what ends is not restarted."""
    if name in ENDING:
        if service.get("restart") != "no":
            return [f"{name}: ends, so restart must be \"no\""]
        return []
    flaws = healthcheck_flaws(name, service)
    if service.get("restart") != "unless-stopped":
        flaws.append(f"{name}: does not come back after a crash")
    return flaws


def order_flaws(name, service, services):
    flaws = []
    for other, how in service.get("depends_on", {}).items():
        condition = how.get("condition")
        if other not in services:
            flaws.append(f"{name}: waits for {other}, which is not there")
        elif condition not in CONDITIONS:
            flaws.append(f"{name}: unknown condition {condition}")
        elif condition == "service_completed_successfully" and \
                other not in ENDING:
            flaws.append(f"{name}: waits for the end of {other}")
        elif condition == "service_healthy" and \
                "healthcheck" not in services[other]:
            flaws.append(f"{name}: {other} is never found healthy")
    if name != "postgres" and not service.get("depends_on"):
        flaws.append(f"{name}: waits for nothing")
    return flaws


def volume_flaws(name, service, document):
    flaws = []
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        if source.startswith("."):
            if not (ROOT / source).exists():
                flaws.append(f"{name}: {source} is not in the tree")
        elif source not in document.get("volumes", {}):
            flaws.append(f"{name}: volume {source} is not declared")
    for network in service.get("networks", []):
        if network not in document.get("networks", {}):
            flaws.append(f"{name}: network {network} is not declared")
    return flaws


def wall_flaws(name, service):
    flaws = []
    for port in service.get("ports", []):
        if name != "server":
            flaws.append(f"{name}: publishes a port")
        elif not port.startswith("127.0.0.1:"):
            flaws.append(f"{name}: open to every network")
    for key, value in service.get("environment", {}).items():
        if "PASSWORD" in key and not re.match(r"\$\{\w+:\?", value):
            flaws.append(f"{name}: {key} is written down or may be empty")
    if not re.search(r":[\w.]*\d", service.get("image", "")):
        flaws.append(f"{name}: image without a version")
    return flaws


def program_flaws(name, service):
    if name == "postgres":
        return []
    url = service.get("environment", {}).get("DATABASE_URL", "")
    if not url.startswith("postgresql://duikou:${DUIKOU_DB_PASSWORD:?"):
        return [f"{name}: DATABASE_URL does not sign in as duikou"]
    return []


def flaws_of(document):
    services = document.get("services", {})
    flaws = [f"{name}: missing" for name in (STAYING | ENDING) - set(services)]
    for name, service in services.items():
        flaws += life_flaws(name, service)
        flaws += order_flaws(name, service, services)
        flaws += volume_flaws(name, service, document)
        flaws += wall_flaws(name, service)
        flaws += program_flaws(name, service)
    if "database:/var/lib/postgresql/data" not in \
            services.get("postgres", {}).get("volumes", []):
        flaws.append("postgres: the data are not on a volume")
    return flaws


def compose_program():
    """The command that resolves compose files here, or None."""
    if shutil.which("docker"):
        done = subprocess.run(["docker", "compose", "version"],
                              capture_output=True, check=False)
        if done.returncode == 0:
            return ["docker", "compose"]
    return ["docker-compose"] if shutil.which("docker-compose") else None


def broken(document, *path_and_value):
    *path, last, value = path_and_value
    document = copy.deepcopy(document)
    at = document["services"]
    for key in path:
        at = at[key]
    if value is None:
        del at[last]
    else:
        at[last] = value
    return document


BREAKS = [
    (("server", "healthcheck", None), "no health check"),
    (("worker", "healthcheck", "retries", None), "without retries"),
    (("worker", "restart", "no"), "come back"),
    (("migrate", "restart", "always"), "restart must be"),
    (("worker", None), "worker: missing"),
    (("server", "depends_on", "reference", "condition", "done"),
     "unknown condition"),
    (("server", "depends_on", "postgress",
      {"condition": "service_started"}), "not there"),
    (("worker", "depends_on", "server",
      {"condition": "service_completed_successfully"}), "the end of server"),
    (("worker", "depends_on", None), "waits for nothing"),
    (("postgres", "volumes", ["data:/var/lib/postgresql/data"]),
     "not declared"),
    (("postgres", "volumes", ["./nowhere:/a"]), "not in the tree"),
    (("postgres", "volumes", []), "not on a volume"),
    (("postgres", "ports", ["127.0.0.1:5432:5432"]), "publishes a port"),
    (("server", "ports", ["8080:8080"]), "open to every network"),
    (("server", "networks", ["out"]), "network out"),
    (("postgres", "image", "postgres:latest"), "without a version"),
    (("postgres", "environment", "POSTGRES_PASSWORD", "secret"),
     "written down"),
    (("worker", "environment", "DATABASE_URL", "postgresql://postgres@a/b"),
     "sign in as duikou"),
]


class Compose(unittest.TestCase):
    def setUp(self):
        self.document = yaml.safe_load(FILE.read_text(encoding="utf-8"))

    def test_holds_together(self):
        self.assertEqual(flaws_of(self.document), [])

    def test_every_check_can_fail(self):
        for breaking, word in BREAKS:
            with self.subTest(word):
                flaws = flaws_of(broken(self.document, *breaking))
                self.assertTrue(any(word in f for f in flaws), flaws)

    def test_health_check_of_the_image_is_that_of_the_server(self):
        image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
        address = self.document["services"]["server"]["healthcheck"]["test"]
        self.assertIn(address[-1], image)

    def test_compose_program_resolves_it(self):
        program = compose_program()
        if program is None:
            self.skipTest("no docker compose here")
        command = program + ["-f", str(FILE), "config", "-q"]
        env = {k: v for k, v in os.environ.items() if k not in SECRETS}
        good = subprocess.run(command, env={**env, **SECRETS}, text=True,
                              capture_output=True, check=False)
        self.assertEqual(good.returncode, 0, good.stderr)
        bare = subprocess.run(command, env=env, text=True, cwd="/",
                              capture_output=True, check=False)
        if not (ROOT / ".env").exists():
            self.assertNotEqual(bare.returncode, 0,
                                "went up without its secrets")


if __name__ == "__main__":
    unittest.main()
