"""A real WordPress for tests: Debian's packages, a MariaDB of its own on a socket, PHP's built-in server."""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers import Answer, pick_port

ROOT = Path(__file__).parents[2]
PLUGIN = ROOT / "integrations" / "wordpress" / "ascribe"
FILES = Path(__file__).parent / "files"
WORDPRESS = Path("/usr/share/wordpress")
NEEDED = {"php": "php-cli", "mariadbd": "mariadb-server-core", "mariadb-install-db": "mariadb-server-core"}
_PHP = ("php", "-d", "opcache.enable_cli=1", "-d", "memory_limit=256M", "-d", "display_errors=stderr")


def find_missing() -> list[str]:
    """Debian's packages that a site needs and that are not here."""
    path = os.environ.get("PATH", "") + ":/usr/sbin"
    missing = {package for command, package in NEEDED.items() if not shutil.which(command, path=path)}
    return sorted(missing | ({"wordpress"} if not (WORDPRESS / "wp-load.php").exists() else set()))


@dataclass(frozen=True, slots=True)
class Site:
    """A running site: its address, its folder, and the application passwords of its users."""

    url: str
    folder: Path
    environment: dict[str, str]
    passwords: dict[str, str]

    @property
    def debug_log(self) -> str:
        """What PHP complained of."""
        path = Path(self.environment["SITE_DEBUG_LOG"])
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def ask(self, route: str, user: str | None = None, method: str = "GET", **data: Any) -> Answer:
        """The answer of a REST route, with *data* as JSON."""
        headers = {"Content-Type": "application/json"}
        if user:
            pair = base64.b64encode(f"{user}:{self.passwords[user]}".encode()).decode()
            headers["Authorization"] = f"Basic {pair}"
        path, _, query = route.partition("?")
        url = f"{self.url}/?rest_route={path}" + (f"&{query}" if query else "")
        body = json.dumps(data).encode() if data else None
        request = urllib.request.Request(url, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=180) as response:
                return Answer(response.status, dict(response.headers), response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), error.read())

    def findings(self, post: int) -> dict[str, Any]:
        """What the plugin tells the editor of a post."""
        told: dict[str, Any] = self.ask(f"/ascribe/v1/posts/{post}", "editor").json()
        return told

    def wait_for(self, post: int, status: str, seconds: float = 300.0) -> dict[str, Any]:
        """What the plugin tells of a post once it has that *status* and a message where it failed."""
        ends = time.monotonic() + seconds
        while (told := self.findings(post))["status"] != status and time.monotonic() < ends:
            time.sleep(0.2)
        assert told["status"] == status, told
        return told

    def run(self, script: str) -> Any:
        """What one of our PHP scripts prints, as JSON data."""
        return _run_php(FILES / script, self.environment)


@contextmanager
def run_site(folder: Path) -> Iterator[Site]:
    """A site with the plugin, its files in *folder*, gone afterwards."""
    with ExitStack() as stack:
        port = pick_port()
        environment = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}} | {
            "SITE_URL": f"http://127.0.0.1:{port}",
            "SITE_FOLDER": str(folder / "site"),
            "SITE_SOCKET": str(stack.enter_context(_run_database(folder))),
            "SITE_DEBUG_LOG": str(folder / "debug.log"),
            "PHP_CLI_SERVER_WORKERS": "4",
        }
        _lay_out(folder / "site")
        passwords = _run_php(FILES / "install.php", environment)
        command = [*_PHP, "-S", f"127.0.0.1:{port}", "-t", environment["SITE_FOLDER"]]
        log = stack.enter_context((folder / "php.log").open("wb"))
        stack.enter_context(_running(command, log, environment))
        stack.enter_context(_woken(port))
        site = Site(environment["SITE_URL"], folder / "site", environment, passwords)
        _wait_until_answering(site)
        yield site


@contextmanager
def _woken(port: int) -> Iterator[None]:
    """Meanwhile a connection comes every half second.

    Of the workers of PHP's own server that wake up for one connection one takes it and the others wait for the next,
    each with whatever it was about to answer.
    """
    done = threading.Event()

    def wake() -> None:
        while not done.wait(0.5):
            for _ in range(4):
                with suppress(OSError):
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()

    thread = threading.Thread(target=wake)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _lay_out(site: Path) -> None:
    """Debian's WordPress as a folder of its own, with our configuration, our plugin and the plainest of themes."""
    shutil.copytree(WORDPRESS, site, ignore=shutil.ignore_patterns("wp-content", "wp-config.php"))
    shutil.copy(FILES / "wp-config.php", site)
    content = site / "wp-content"
    shutil.copytree(PLUGIN, content / "plugins" / "ascribe")
    (content / "mu-plugins").mkdir()
    shutil.copy(FILES / "classic.php", content / "mu-plugins")
    theme = content / "themes" / "plain"
    theme.mkdir(parents=True)
    (theme / "style.css").write_text("/* Theme Name: Plain */", encoding="utf-8")
    (theme / "index.php").write_text("<?php while ( have_posts() ) { the_post(); the_content(); }", encoding="utf-8")


@contextmanager
def _run_database(folder: Path) -> Iterator[Path]:
    """The socket of an empty MariaDB that listens nowhere else."""
    data, socket = folder / "data", folder / "sql"
    as_root = ["--user=root"] if os.geteuid() == 0 else []
    plain = ["--no-defaults", f"--datadir={data}", *as_root]
    install = ["mariadb-install-db", *plain, "--auth-root-authentication-method=normal", "--skip-test-db"]
    subprocess.run(install, check=True, capture_output=True, timeout=300)
    server = shutil.which("mariadbd") or "/usr/sbin/mariadbd"
    spared = ["--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M", "--performance-schema=0"]
    command = [server, *plain, f"--socket={socket}", f"--pid-file={folder}/pid", "--skip-networking", *spared]
    with (folder / "mariadb.log").open("wb") as log, _running(command, log, dict(os.environ)) as process:
        ends = time.monotonic() + 120
        while not socket.exists() and process.poll() is None and time.monotonic() < ends:
            time.sleep(0.05)
        assert socket.exists(), (folder / "mariadb.log").read_text(encoding="utf-8")
        yield socket


@contextmanager
def _running(command: list[str], log: Any, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is stopped afterwards, with all that it began."""
    process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment, start_new_session=True)
    try:
        yield process
    finally:
        os.killpg(process.pid, 15)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait(10)


def _wait_until_answering(site: Site) -> None:
    ends = time.monotonic() + 120
    while time.monotonic() < ends:
        try:
            if site.ask("/").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("WordPress does not answer.")


def _run_php(script: Path, environment: dict[str, str]) -> Any:
    done = subprocess.run(
        [*_PHP, str(script)], env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)
