"""Details of every kind are typed into the running program; then all that it wrote is searched.

Everything is looked at: the database and the log beside it as they lie after a SIGKILL, what went
to the terminal, the cache, the exports. Each detail is looked for in every spelling that it was
typed in or could have been written in.
"""

import base64
import html
import json
import re
import signal
import socket
import sqlite3
import subprocess
import time
import unicodedata
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from programs import Run, command, started

# kind -> what is typed, and what of it must be found nowhere
DETAILS: dict[str, list[tuple[str, str]]] = {
    "name": [
        ("my son Thelonius has no one", "Thelonius"),
        ("its quintavia here", "quintavia"),
        ("called Mrs Oyelaran-Pemberton", "Oyelaran-Pemberton"),
        ("his name is SIÔNED ap Gruffudd", "Gruffudd"),
        ("for our Zebedee’s party", "Zebedee"),
    ],
    "email": [
        ("write to Ottoline.Vane+x@Example-Mail.org", "Ottoline.Vane+x@Example-Mail.org"),
        ("mail me: ottoline at example-mail dot org", "ottoline at example-mail dot org"),
    ],
    "phone": [
        ("ring 07700 900461", "07700 900461"),
        ("ring +44 (0)7700 900 573", "7700 900 573"),
        ("text 07700-900-682 please", "07700-900-682"),
        ("landline (0113) 496 0791", "(0113) 496 0791"),
        ("ring ０７７００ ９００８１４", "07700900814"),
    ],
    "postcode": [("i live at SE6 4TZ", "4TZ"), ("postcode ls9 7qq", "7qq")],
    "nhs": [("nhs number 943 476 5919", "943 476 5919"), ("NHS No: 401-023-2137", "401-023-2137")],
    "nino": [("NI number AB 12 34 56 C", "AB 12 34 56 C"), ("nino jg103759a", "jg103759a")],
    "card": [("card 4000 0566 5566 5556", "4000 0566 5566 5556")],
    "account": [
        ("sort code 20-45-87 account 63849271", "63849271"),
        ("sort code is 309871", "309871"),
        ("IBAN GB33 BUKB 2020 1555 5555 55", "GB33 BUKB 2020 1555 5555 55"),
    ],
    "born": [
        ("born 17/09/1938", "17/09/1938"),
        ("date of birth 23rd February 1941", "23rd February 1941"),
        ("dob 4.11.52", "4.11.52"),
    ],
    "address": [
        ("at 47 Quennevais Avenue", "Quennevais"),
        ("Flat 3b, 112 Ormondroyd Street", "Ormondroyd"),
    ],
    "web": [("see www.my-dads-page.example/zq77", "my-dads-page.example")],
    "handle": [("i am @ottoline_vane99", "ottoline_vane99")],
    "reference": [("case ref LBX/4471/QZ", "4471/QZ"), ("my car is KX19 ZQP", "KX19 ZQP")],
}
UNKNOWN = "who tunes a church organ for us, "  # we have no answer to that
IN_DANGER = "my husband Balthazar hits me with the euphonium"
BROWSER = "Gramophone/17.3"


@pytest.fixture(scope="module")
def written(
    environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """All that the program wrote while people typed these things, by where it stands."""
    folder = tmp_path_factory.mktemp("seeded")
    (folder / "cache").symlink_to(environment["XDG_CACHE_HOME"])  # to learn takes a minute
    learned = _cached(folder / "cache")
    env = environment | {
        "SIGNPOST_PORT": str(_free_port()),
        "PYTHONUNBUFFERED": "1",
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    with started(["run"], env, folder) as child:
        root = _ready(child, env["SIGNPOST_PORT"])
        for text, _ in _all():
            question = UNKNOWN + text
            _post(f"{root}/", urllib.parse.urlencode({"question": question}).encode())
            _post(f"{root}/api/ask", json.dumps({"question": question}).encode())
            feedback = {"question": f"blue badge {text}", "reason": "out-of-date"}
            assert _post(f"{root}/api/unhelpful", json.dumps(feedback).encode())["passed_on"]
            missing = {"name": "Tea at the hall", "what": f"Tea. {text}"}
            assert _post(f"{root}/api/suggest", json.dumps(missing).encode())["passed_on"]
        assert _post(f"{root}/api/ask", json.dumps({"question": IN_DANGER}).encode())["urgent"]
        _wait_for(folder / "data" / "signpost.db", 4 * sum(1 for _ in _all()))
        child.send_signal(signal.SIGKILL)
        out, err = child.communicate()
    found = {"standard output": out, "standard error": err}
    for path in (folder / "data").rglob("*"):
        found[path.name] = path.read_bytes()
    assert found.keys() >= {"signpost.db", "signpost.db-wal"}
    assert _cached(folder / "cache") == learned  # nothing was written there
    for name, args in {
        "review": ["review", "--most", "999"],
        "CSV": ["review", "export"],
        "JSON": ["review", "export", "--format", "json"],
    }.items():
        done = subprocess.run(
            command(*args), capture_output=True, cwd=folder, env=env, check=True, timeout=120
        )
        found[name] = done.stdout + done.stderr
    return {where: content.lower() for where, content in found.items()}


@pytest.mark.parametrize("kind", DETAILS)
def test_no_detail_is_found_in_any_spelling(kind: str, written: dict[str, bytes]) -> None:
    for _, detail in DETAILS[kind]:
        for spelling in _spellings(detail):
            held = [where for where, content in written.items() if spelling in content]
            assert not held, f"{spelling!r} stands in {held}"


def test_nothing_of_danger_or_of_who_asked_is_found(written: dict[str, bytes]) -> None:
    for word in ("Balthazar", "euphonium", BROWSER):
        for spelling in _spellings(word):
            assert not [where for where, content in written.items() if spelling in content]


def test_what_was_no_detail_is_there(written: dict[str, bytes]) -> None:
    """Or a search that finds nothing would prove nothing."""
    for where in ("signpost.db-wal", "review", "CSV", "JSON"):
        for word in (b"church organ", b"[name]", b"[email]", b"se6"):
            assert word in written[where], (where, word)


def test_the_terminal_keeps_as_little(run: Run, tmp_path: Path) -> None:
    run("ask", stdin="\n".join(UNKNOWN + text for text, _ in _all()))
    content = b"".join(path.read_bytes().lower() for path in (tmp_path / "data").iterdir())
    assert b"church organ" in content
    for _, detail in _all():
        for spelling in _spellings(detail):
            assert spelling not in content, spelling


def _all() -> Iterator[tuple[str, str]]:
    for details in DETAILS.values():
        yield from details


def _spellings(detail: str) -> set[bytes]:
    """A detail in all the ways a program might write it down."""
    plain = unicodedata.normalize("NFKD", detail)
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    forms = {detail, unicodedata.normalize("NFC", detail), plain, bare}
    squeezed = re.sub(r"[^\w@]", "", bare)
    if len(squeezed) > 4:  # "4TZ" alone may stand anywhere
        forms |= {squeezed, " ".join(squeezed), squeezed[::-1]}
        forms |= {re.sub(r"[\s().+-]+", mark, bare).strip(mark or None) for mark in "-. _/"}
    forms |= {json.dumps(form)[1:-1] for form in forms} | {html.escape(form) for form in forms}
    forms |= {urllib.parse.quote(form) for form in forms}
    forms |= {urllib.parse.quote_plus(form) for form in forms}
    found = {form.encode(code) for form in forms for code in ("utf-8", "utf-16-le")}
    found |= {base64.b64encode(form.encode()).rstrip(b"=")[:-1] for form in (detail, squeezed)}
    found |= {form.encode().hex().encode() for form in (detail, squeezed)}
    return {form.lower() for form in found if len(form) > 2}  # small letters: as in `written`


def _ready(child: "subprocess.Popen[bytes]", port: str) -> str:
    root = f"http://127.0.0.1:{port}"
    for _ in range(600):
        assert child.poll() is None, child.communicate()
        try:
            with urllib.request.urlopen(f"{root}/readyz", timeout=5):
                return root
        except OSError:
            time.sleep(0.1)
    raise AssertionError("it never was ready")


def _post(address: str, body: bytes) -> dict[str, object]:
    request = urllib.request.Request(address, body, {"User-Agent": BROWSER})
    with urllib.request.urlopen(request, timeout=30) as response:
        text = response.read()
    return json.loads(text) if text.startswith(b"{") else {}  # type: ignore[no-any-return]


def _wait_for(database: Path, records: int) -> None:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        for _ in range(200):
            if db.execute("SELECT count(*) FROM waiting").fetchone() == (records,):
                return
            time.sleep(0.05)
        raise AssertionError(db.execute("SELECT count(*) FROM waiting").fetchone())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _cached(folder: Path) -> list[tuple[str, int, int]]:
    files = [(path, path.stat()) for path in sorted(folder.glob("signpost-bot/**/*"))]
    return [(str(path), stat.st_size, stat.st_mtime_ns) for path, stat in files if path.is_file()]
