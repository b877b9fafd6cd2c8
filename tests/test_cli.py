"""The commands as people and programs use them: real processes, real pipes, real signals."""

import json
import os
import pty
import re
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from programs import Ran, Run, command, started

from signpost_bot.curation.evaluate import Share

PACKAGE = Path(__file__).resolve().parent.parent / "signpost_bot"
COMMANDS = ["run", "ask", "chat", "check", "evaluate", "review", "forget"]
OUTCOMES = {"answer", "choose", "where", "urgent", "unanswered", "smalltalk", "jargon"}


def objects(ran: Ran) -> list[dict[str, Any]]:
    assert ran.stderr == ""
    assert ran.returncode == 0
    return [json.loads(line) for line in ran.stdout.splitlines()]


def one(ran: Ran) -> dict[str, Any]:
    (found,) = objects(ran)
    return found


def sentence(ran: Ran) -> str:
    """The sentence on standard error of a command that could not do its job."""
    assert ran.returncode == 1
    assert ran.stderr.startswith("Error: ")
    assert ran.stderr.rstrip().endswith(".")
    return ran.stderr


# --- help and usage ---------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", *COMMANDS])
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_has_help(run: Run, name: str, flag: str) -> None:
    ran = run(*filter(None, [name]), flag)

    assert ran.returncode == 0
    assert ran.stderr == ""
    assert ran.stdout.startswith("Usage: ")
    assert len(ran.stdout.splitlines()) > 4


def test_help_names_every_command(run: Run) -> None:
    listed = re.findall(r"^  (\w+)  ", run("--help").stdout.split("Commands:")[1], re.MULTILINE)

    assert sorted(listed) == sorted(COMMANDS)


@pytest.mark.parametrize(
    "args",
    [["nosuch"], ["ask", "--nosuch"], ["evaluate"], ["ask", "--area"], ["run", "extra"]],
    ids=" ".join,
)
def test_wrong_usage_exits_2(run: Run, args: Sequence[str]) -> None:
    ran = run(*args)

    assert ran.returncode == 2
    assert ran.stdout == ""
    assert re.match(r"Usage: |Error: Option '--area' requires an argument", ran.stderr)


def test_the_version_is_told(run: Run) -> None:
    assert re.search(r"\d+\.\d+", run("--version").stdout)


# --- ask --------------------------------------------------------------------------------


def test_one_question(run: Run) -> None:
    ran = run("ask", "how do i get a blue badge")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("Blue Badge parking\n\n1. Blue Badge")
    assert ran.stdout.endswith("\n\n")


def test_several_words_are_one_question(run: Run) -> None:
    found = one(run("ask", "--json", "how", "do", "i", "get", "a", "blue", "badge"))

    assert found["question"] == "how do i get a blue badge"
    assert found["topics"][0]["id"] == "blue-badge"


def test_each_line_read_is_answered_an_empty_one_too(run: Run) -> None:
    lines = ["blue badge", "", "   ", "hello", "i want to kill myself", "newport", "what is CSP"]
    found = objects(run("ask", "--json", stdin="\n".join(lines)))

    assert [o["question"] for o in found] == lines
    assert [o["outcome"] for o in found] == [
        "answer", "unanswered", "unanswered", "smalltalk", "urgent", "where", "jargon",
    ]  # fmt: skip


def test_lines_may_end_as_on_windows(run: Run) -> None:
    found = objects(run("ask", "--json", stdin="blue badge\r\nhello\r\n"))

    assert [o["question"] for o in found] == ["blue badge", "hello"]


def test_no_lines_no_answers(run: Run) -> None:
    assert objects(run("ask", "--json")) == []


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        ("how do i get a blue badge", "answer"),
        ("help for carers in newport", "where"),
        ("i want to kill myself", "urgent"),
        ("car insurance quote", "unanswered"),
        ("thanks", "smalltalk"),
        ("what does CHC mean", "jargon"),
        ("cheap days out with a wheelchair user or some aids", None),
    ],
)
def test_the_json_is_as_promised(run: Run, asked: str, outcome: str | None) -> None:
    found = one(run("ask", "--json", asked))

    assert list(found) == [
        "question", "outcome", "urgent", "topics", "services", "choices", "text", "ms",
    ]  # fmt: skip
    assert found["question"] == asked
    assert found["outcome"] in OUTCOMES
    assert outcome in (None, found["outcome"])
    assert found["urgent"] == ("suicide" if outcome == "urgent" else None)
    assert isinstance(found["text"], str)
    assert found["text"]
    assert 0 < found["ms"] < 60_000
    scores = [topic["score"] for topic in found["topics"]]
    assert len(scores) <= 5
    assert all(0 <= score <= 1 for score in scores)
    assert all(list(topic) == ["id", "score"] for topic in found["topics"])
    assert len(found["services"]) <= 3
    for service in found["services"]:
        assert list(service) == [
            "id", "name", "url", "phone", "topics", "areas", "seen", "checked",
        ]  # fmt: skip
        assert isinstance(service["topics"], list)
        assert isinstance(service["areas"], list)
        assert service["checked"] is None or re.fullmatch(r"\d{4}-\d\d-\d\d", service["checked"])
    for choice in found["choices"]:
        assert list(choice) == ["title", "question", "topic", "area"]
    if found["outcome"] == "choose":
        assert [c["topic"] for c in found["choices"]] == [t["id"] for t in found["topics"]]
    assert (found["outcome"] in ("choose", "where")) == bool(found["choices"])


def tell(child: subprocess.Popen[bytes], line: bytes) -> None:
    assert child.stdin
    child.stdin.write(line + b"\n")
    child.stdin.flush()


def hear(child: subprocess.Popen[bytes], seconds: float = 60) -> bytes:
    assert child.stdout
    ready, _, _ = select.select([child.stdout], [], [], seconds)
    assert ready, "nothing came"
    return child.stdout.readline()


def test_each_answer_comes_before_the_next_line_is_read(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with started(["ask", "--json"], environment, tmp_path) as child:
        for asked in ("blue badge", "hello", "", "mum keeps falling"):
            tell(child, asked.encode())
            assert json.loads(hear(child))["question"] == asked
        assert child.stdin
        child.stdin.close()
        child.stdin = None
        assert child.wait(10) == 0


def test_a_known_area_is_used(run: Run) -> None:
    found = one(run("ask", "--json", "--area", "SE6", "car insurance quote"))

    assert "https://www.gov.uk/find-local-council/lewisham" in found["text"]
    assert found["services"][0]["areas"] == ["lewisham"]


@pytest.mark.parametrize(
    ("area", "says"),
    [
        ("nowhereville", "I do not know the place 'nowhereville'. Try a postcode, a town"),
        ("newport", "There is more than one 'newport'. Say which one: Newport, Wales; "),
        ("\x1b[31m", "I do not know the place '\\x1b[31m'."),
    ],
)
def test_an_area_that_is_not_one_place_stops_with_a_sentence(
    run: Run, area: str, says: str
) -> None:
    ran = run("ask", "--area", area, "blue badge")

    assert sentence(ran).startswith(f"Error: {says}")
    assert ran.stdout == ""
    assert len(ran.stderr.splitlines()) == 1


def test_why_shows_what_decided(run: Run) -> None:
    text = run("ask", "--why", "blue badge for my wife").stdout.split("\nWhy:\n")[1]

    assert re.search(r"^  blue-badge [01]\.\d{3}$", text, re.MULTILINE)
    assert re.search(r"^    0\.\d\d  .*blue badge.*\[.*blue, badge.*\]$", text, re.MULTILINE)
    found = one(run("ask", "--why", "--json", "blue badge for my wife"))
    assert set(found["topics"][0]["because"][0]) == {"example", "likeness", "words"}


# --- odd input --------------------------------------------------------------------------

ODD = {
    "empty": b"",
    "spaces": b"   \t ",
    "emoji": "👩‍🦽🙏🏽 ❤️".encode(),
    "a hundred thousand": b"my mum keeps falling " * 5_000,
    "one long word": b"a" * 100_000,
    "arabic": "أحتاج إلى مساعدة في رعاية أمي".encode(),
    "chinese": "我需要休息一下".encode(),
    "welsh": b"mae angen seibiant arnaf rhag gofalu",
    "combining": ("help" + "\u0301" * 5_000).encode(),
    "right to left": "\u202eegdab eulb\u202c".encode(),
    "control": bytes(b for b in range(1, 32) if b not in (10, 13)),
    "colours": b"\x1b[31mblue badge\x1b[0m \x07",
    "NUL": b"blue\0badge\0",
    "no UTF-8": b"\xff\xfe blue badge \x80",
    "half a character": "é".encode()[:1] + b" blue badge",
    "surrogates": "blue badge \udcff\ud83d".encode("utf-8", "surrogatepass"),
    "markup": b"<script>alert(1)</script> [bold]blue badge[/bold] {{7*7}} %s %n ${HOME}",
    "quotes": b"\"'; DROP TABLE questions; --",
    "an option": b"--json",
    "backslashes": b"blue badge \\n \\u0000 \\",
    "five million": b"respite " * 640_000,
}


def test_every_line_gets_one_object_however_odd(run: Run) -> None:
    stdin = b"\n".join(ODD.values()) + b"\nblue badge\n"
    found = objects(run("ask", "--json", stdin=stdin))

    assert len(found) == len(ODD) + 1
    assert found[-1]["topics"][0]["id"] == "blue-badge"
    asked = dict(zip(ODD, found, strict=False))
    assert asked["no UTF-8"]["question"] == "\ufffd\ufffd blue badge \ufffd"
    assert asked["NUL"]["question"] == "blue\0badge\0"
    assert asked["a hundred thousand"]["topics"][0]["id"] == "falls"
    assert len(asked["five million"]["question"]) <= 1 << 20
    for name in ("no UTF-8", "colours", "markup", "half a character", "backslashes", "surrogates"):
        assert asked[name]["topics"][0]["id"] == "blue-badge", name
    for name in ("empty", "spaces", "emoji", "control"):
        assert asked[name]["topics"] == [], name
    assert max(o["ms"] for o in found) < 5_000


@pytest.mark.parametrize("name", [n for n in ODD if n not in ("NUL", "an option", "five million")])
def test_an_argument_may_be_as_odd(run: Run, name: str) -> None:
    ran = run("ask", "--", ODD[name])

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.strip()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", ran.stdout)


def test_bytes_that_are_no_text_stay_out_of_the_json(run: Run) -> None:
    found = one(run("ask", "--json", b"\xff\xfe blue badge"))

    assert found["question"] == "\ufffd\ufffd blue badge"
    assert found["topics"][0]["id"] == "blue-badge"


def test_thousands_of_lines_take_no_more_memory(
    environment: dict[str, str], tmp_path: Path
) -> None:
    asked = ["blue badge {}", "mum keeps falling, {} times", "hello {}", "how do i {}", "in {}"]
    with started(["ask", "--json"], environment, tmp_path) as child:
        seen = []
        for i in range(3_000):
            tell(child, asked[i % len(asked)].format(i).encode())
            assert hear(child)
            if i in (500, 2_999):
                status = Path(f"/proc/{child.pid}/status").read_text()
                seen.append(int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) // 1024)
    early, late = seen

    assert late - early < 20  # MB


# --- pipes and signals ------------------------------------------------------------------


@pytest.mark.parametrize("args", [["ask"], ["ask", "--json"]], ids=" ".join)
def test_who_stops_reading_gets_no_trace(
    environment: dict[str, str], tmp_path: Path, args: list[str]
) -> None:
    with started(args, environment, tmp_path) as child:
        tell(child, b"blue badge")
        assert hear(child)
        assert child.stdout
        child.stdout.close()
        child.stdout = None
        tell(child, b"blue badge")
        tell(child, b"blue badge")
        assert child.wait(20) == 0
        assert child.stderr
        assert child.stderr.read() == b""


def test_help_into_a_pipe_that_nobody_reads(environment: dict[str, str]) -> None:
    line = f"{sys.executable} -m signpost_bot ask --help | true; echo ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", line], env=environment, capture_output=True, text=True)

    assert (ran.stdout, ran.stderr) == ("0\n", "")


@pytest.mark.parametrize("args", [["ask"], ["ask", "--json"], ["chat"]], ids=" ".join)
def test_ctrl_c_leaves_no_trace(
    environment: dict[str, str], tmp_path: Path, args: list[str]
) -> None:
    with started(args, environment, tmp_path) as child:
        tell(child, b"blue badge")
        assert hear(child)
        time.sleep(0.5)
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=10)

    assert b"Traceback" not in errors
    assert child.returncode == (0 if args == ["chat"] else 1)


def test_an_old_terminal_shows_what_it_can(run: Run) -> None:
    ran = run("ask", "how much is a blue badge", env={"PYTHONIOENCODING": "ascii"})

    assert (ran.returncode, ran.stderr) == (0, "")
    assert "?10" in ran.stdout


# --- settings and broken parts ----------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "env", "says"),
    [
        (["run"], {"SIGNPOST_PORT": "abc"}, "The setting SIGNPOST_PORT cannot be 'abc'"),
        (["run"], {"SIGNPOST_PORT": "70000"}, "The setting SIGNPOST_PORT cannot be '70000'"),
        (["ask", "x"], {"SIGNPOST_PORT": "abc"}, "The setting SIGNPOST_PORT cannot be 'abc'"),
        (["ask", "x"], {"SIGNPOST_PACKS": "missing"}, "missing: there is no such folder."),
        (["ask", "x"], {"SIGNPOST_MEANING": "maybe"}, "The setting SIGNPOST_MEANING cannot be"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    run: Run, args: list[str], env: dict[str, str], says: str
) -> None:
    ran = run(*args, env=env)

    assert sentence(ran).startswith(f"Error: {says}")
    assert len(ran.stderr.splitlines()) == 1


def test_a_broken_pack_is_named_with_file_and_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pack" / "services").mkdir(parents=True)
    (tmp_path / "pack" / "services" / "mine.yaml").write_text("id: mine\nname: [\n")
    ran = run("ask", "x", env={"SIGNPOST_PACKS": "pack"})

    assert "pack/services/mine.yaml:" in sentence(ran)
    assert "signpost-bot check" in ran.stderr


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_danger_is_answered_when_the_knowledge_is_broken(
    form: list[str], run: Run, tmp_path: Path
) -> None:
    (tmp_path / "pack" / "services").mkdir(parents=True)
    (tmp_path / "pack" / "services" / "mine.yaml").write_text("id: mine\nname: [\n")
    for said, stdin in (([IN_DANGER], ""), ([], f"blue badge\n{IN_DANGER}\n")):
        ran = run("ask", *form, *said, stdin=stdin, env={"SIGNPOST_PACKS": "pack"})
        assert "Ring 999" in ran.stdout or "ring 999" in ran.stdout
        assert "pack/services/mine.yaml:" in ran.stderr
        assert ran.returncode == 1


def test_a_pack_of_ones_own_is_answered_from(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data" / "pack" / "services").mkdir(parents=True)
    (tmp_path / "data" / "pack" / "services" / "blue-badge-scotland.yaml").write_text(
        "id: blue-badge-scotland\nhide: true\n"
    )
    args = ["ask", "--json", "--area", "Scotland", "blue badge"]
    shown = json.loads(run(*args, env={"SIGNPOST_DATA": "x"}).stdout)
    hidden = json.loads(run(*args).stdout)  # what changes is learned first, and that is told

    assert "blue-badge-scotland" in [s["id"] for s in shown["services"]]
    assert "blue-badge-scotland" not in [s["id"] for s in hidden["services"]]


def test_without_the_model_words_alone_will_do(run: Run) -> None:
    ran = run("ask", "--json", "how do i get a bleu badge", env={"SIGNPOST_MEANING": "off"})
    found = json.loads(ran.stdout)

    assert ran.returncode == 0
    assert found["topics"][0]["id"] == "blue-badge"


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program whose model is cut off."""
    folder = tmp_path_factory.mktemp("damaged")
    shutil.copytree(PACKAGE, folder / "signpost_bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PACKAGE.parent / "knowledge", folder / "knowledge")
    with (folder / "signpost_bot" / "meaning" / "minilm" / "model.onnx").open("r+b") as file:
        file.truncate(1_000_000)
    return folder


def test_a_damaged_model_is_told_with_the_way_out(run: Run, damaged: Path) -> None:
    ran = run("ask", "blue badge", env={"PYTHONPATH": str(damaged)})

    assert sentence(ran).startswith("Error: The sentence model is damaged: ")
    assert str(damaged) in ran.stderr
    assert "SIGNPOST_MEANING=off" in ran.stderr
    found = run("ask", "--json", "blue badge", env={
        "PYTHONPATH": str(damaged), "SIGNPOST_MEANING": "off",
    })  # fmt: skip
    assert json.loads(found.stdout)["topics"][0]["id"] == "blue-badge"


def test_a_damaged_model_leaves_the_words_for_danger(run: Run, damaged: Path) -> None:
    ran = run("ask", IN_DANGER, env={"PYTHONPATH": str(damaged)})
    assert "999" in ran.stdout
    assert ran.returncode == 1


def test_nothing_is_told_to_anybody_about_who_runs_it(
    run: Run, tmp_path: Path, caches: Path
) -> None:
    """The library that runs the model would write an identity for the machine, and report."""
    cache = tmp_path / "cache"
    shutil.copytree(caches / "signpost-bot", cache / "signpost-bot")
    run("ask", "blue badge", env={"XDG_CACHE_HOME": str(cache), "HOME": str(tmp_path)})

    assert [path.name for path in cache.iterdir()] == ["signpost-bot"]
    kept = tmp_path / "data"
    assert sorted(tmp_path.iterdir()) == [cache, kept]
    assert [path.name for path in kept.iterdir()] == ["signpost.db"]


# --- run --------------------------------------------------------------------------------


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_port_that_is_taken_is_told_with_the_way_out(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        ran = run("run", env={"SIGNPOST_PORT": str(number)})

    assert f"cannot listen on 127.0.0.1:{number}" in sentence(ran)
    assert "Set SIGNPOST_PORT to a free port" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_an_address_that_is_not_ours_is_told(run: Run) -> None:
    ran = run("run", env={"SIGNPOST_HOST": "192.0.2.1"})

    assert "cannot listen on 192.0.2.1:8080" in sentence(ran)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_stopped(
    environment: dict[str, str], tmp_path: Path, port: int, stop: signal.Signals
) -> None:
    env = {**environment, "SIGNPOST_PORT": str(port)}
    with started(["run"], env, tmp_path) as child:
        assert child.stderr
        assert child.stderr.readline().decode().startswith(f"Ready: http://127.0.0.1:{port}/")
        root = f"http://127.0.0.1:{port}"
        wait_for(lambda: fetch(f"{root}/healthz"))
        assert fetch(f"{root}/healthz") == b"ok"
        assert b"What is going on?" in fetch(f"{root}/")
        found = json.loads(fetch(f"{root}/api/ask", {"question": "blue badge", "area": "Wales"}))
        assert found["topics"][0]["id"] == "blue-badge"
        assert found["outcome"] == "answer"
        hanging = socket.create_connection(("127.0.0.1", port))  # who never says what they want
        fetch(f"{root}/healthz")  # who came later was let in, so they were, too
        asked = time.monotonic()
        child.send_signal(stop)
        output, errors = child.communicate(timeout=10)
        hanging.close()

    assert time.monotonic() - asked < 5
    assert child.returncode == 0
    assert (output, errors) == (b"", b"")


def fetch(url: str, body: object = None) -> bytes:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(url, data, timeout=10) as response:
        found: bytes = response.read()
        return found


def wait_for(ready: Callable[[], object], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            ready()
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.05)
        else:
            return


# --- evaluate ---------------------------------------------------------------------------

BADGE = "how do i get a blue badge"
DYING = "i want to kill myself"
ROWS: list[dict[str, object]] = [
    {"text": BADGE, "topics": ["falls", "blue-badge"], "answerable": True, "urgent": None},
    {"text": BADGE, "topics": ["falls"], "answerable": True, "urgent": None},
    {"text": "hello", "topics": ["falls"], "answerable": True, "urgent": None},
    {"text": "car insurance quote", "topics": [], "answerable": False, "urgent": None},
    {"text": "thanks", "topics": [], "answerable": False, "urgent": None},
    {"text": BADGE, "topics": [], "answerable": False, "urgent": None, "near_urgent": True},
    {"text": DYING, "topics": ["suicide"], "answerable": True, "urgent": "suicide"},
    {"text": DYING, "topics": ["council-tax"], "answerable": True, "urgent": "emergency"},
    {"text": BADGE, "topics": ["blue-badge"], "answerable": True, "urgent": "emergency"},
    {"text": DYING, "topics": ["suicide"], "answerable": True, "urgent": None, "borderline": True},
    {"text": DYING, "topics": ["suicide"], "answerable": True, "urgent": None, "near_urgent": True},
]
BY_HAND = {  # count, of
    "at 1": (5, 8),
    "at 3": (5, 8),
    "served": (7, 8),
    "refused": (2, 3),
    "danger found": (2, 3),
    "kind right": (1, 3),
    "false alarms": (1, 7),
    "near false alarms": (1, 2),
    "suicide: found": (1, 1),
    "suicide: kind right": (1, 1),
    "emergency: found": (1, 2),
    "emergency: kind right": (0, 2),
}


@pytest.fixture
def labelled(tmp_path: Path) -> str:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)) + "\n\n")
    return path.name


def test_figures_are_as_counted_by_hand(run: Run, labelled: str) -> None:
    report = one_object(run("evaluate", "--json", labelled))

    assert {n: (s["count"], s["of"]) for n, s in report["shares"].items()} == BY_HAND
    assert report["shares"]["at 1"]["value"] == 5 / 8
    assert sum(report["outcomes"].values()) == len(ROWS)
    assert report["outcomes"] == {"answer": 4, "smalltalk": 2, "unanswered": 1, "urgent": 4}
    assert 0 < report["ms"]["p50"] <= report["ms"]["p99"]


def one_object(ran: Ran) -> dict[str, Any]:
    assert (ran.returncode, ran.stderr) == (0, "")
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_figures_are_shown_to_people_with_counts_and_intervals(run: Run, labelled: str) -> None:
    ran = run("evaluate", labelled, "--why")

    assert ran.returncode == 0
    for name, (count, of) in BY_HAND.items():
        shown = rf"^{name} +{count / of:.3f}  \({count} of {of}; 0\.\d{{3}}-[01]\.\d{{3}}\)$"
        assert re.search(shown, ran.stdout, re.MULTILINE)
    assert "at p50" in ran.stdout
    assert re.findall(r"^(not [\w ]+|danger): ", ran.stdout, re.MULTILINE) == [
        "not at 3", "not served", "not refused", "not at 3", "danger", "danger", "danger",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(5, 10, 0.2366, 0.7634), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1), (81, 100, 0.7222, 0.8749)],
)
def test_intervals_are_wilson_s(count: int, of: int, low: float, high: float) -> None:
    """Values from the formula in Brown, Cai and DasGupta, 2001."""
    assert Share("x", count, of).interval == pytest.approx((low, high), abs=5e-5)


def test_a_share_of_nothing_is_told_as_such(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text(json.dumps(ROWS[0]))
    ran = run("evaluate", "one.jsonl")

    assert re.search(r"^refused +no such questions$", ran.stdout, re.MULTILINE)
    assert one_object(run("evaluate", "--json", "one.jsonl"))["shares"]["refused"]["value"] is None


def test_several_files_are_one_measure(run: Run, labelled: str) -> None:
    shares = one_object(run("evaluate", "--json", labelled, labelled))["shares"]

    assert (shares["at 1"]["count"], shares["at 1"]["of"]) == (10, 16)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("nonsense", "this line is not JSON"),
        ("[" * 100_000, "this line is not JSON"),
        ("[1]", "this line cannot be used"),
        ("{}", "'text' cannot be used"),
        ('{"text": 1, "topics": [], "answerable": true, "urgent": null}', "'text' cannot be used"),
        ('{"text": "", "topics": "a", "answerable": true, "urgent": null}', "'topics' cannot be"),
        ('{"text": "", "topics": [], "answerable": true, "urgent": "x"}', "'urgent' cannot be"),
    ],
    ids=["words", "too deep", "a list", "nothing", "a number", "a word", "no such danger"],
)
def test_a_line_that_cannot_be_used_is_named(
    run: Run, tmp_path: Path, line: str, says: str
) -> None:
    (tmp_path / "bad.jsonl").write_text(json.dumps(ROWS[0]) + "\n\n" + line + "\n")
    ran = run("evaluate", "bad.jsonl")

    assert sentence(ran).startswith(f"Error: bad.jsonl:3: {says}")
    assert len(ran.stderr) < 400
    assert ran.stdout == ""


@pytest.mark.parametrize("content", [None, b"", b"\n\n", b"\xff\xfe"])
def test_a_file_that_cannot_be_used_is_named(
    run: Run, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "bad.jsonl").write_bytes(content)

    assert sentence(run("evaluate", "bad.jsonl")).startswith("Error: bad.jsonl")


# --- chat -------------------------------------------------------------------------------


def test_a_conversation(run: Run) -> None:
    ran = run("chat", stdin="hello\nhow do i get a blue badge\nSE6\n\nnever read\n")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("Hello. I can tell you where to turn")
    assert ran.stdout.count("Blue Badge parking") == 2  # the place leads to the question again
    assert "I looked for help in SE6 (Lewisham)." in ran.stdout
    assert ran.stdout.rstrip().endswith("Take care of yourself too. Goodbye.")


def test_a_number_picks_a_choice(run: Run) -> None:
    ran = run("chat", stdin="help for carers in newport\n2\n\n")

    assert ran.returncode == 0
    assert "  1. Newport, Wales\n  2. Newport, Essex\n" in ran.stdout
    assert ran.stdout.count("Type the number, or say it another way.") == 1
    assert "I looked for help in Newport, Essex" in ran.stdout


def test_a_place_of_several_meanings_is_asked_for_and_keeps_the_question(run: Run) -> None:
    ran = run("chat", stdin="how do i get a blue badge\nnewport\n1.\n")

    assert "There is more than one place with that name." in ran.stdout
    assert ran.stdout.count("Blue Badge parking") == 2
    assert "I looked for help in Newport, Wales" in ran.stdout


def test_a_place_stays_for_the_next_question(run: Run) -> None:
    ran = run("chat", stdin="i need a break from caring in Leeds\nhow do i get a blue badge\n")

    assert ran.stdout.count("I looked for help in Leeds.") == 2


def test_another_place_asks_the_last_question_again(run: Run) -> None:
    ran = run("chat", stdin="i need a break from caring in Leeds\nim in cardiff\n")

    assert ran.stdout.count("Getting a break") == 2
    assert "I looked for help in Cardiff." in ran.stdout


def test_a_number_that_is_no_choice_is_a_question(run: Run) -> None:
    assert run("chat", stdin="7\n" + "9" * 5_000 + "\n\n").returncode == 0


def test_a_place_may_be_given_at_the_start(run: Run) -> None:
    ran = run("chat", "--area", "Cardiff", stdin="i need a break from caring\n")

    assert "I looked for help in Cardiff." in ran.stdout


def test_what_is_said_is_never_markup(run: Run) -> None:
    typed = b"[bold red]blue badge[/]\n[/nope]\n\xff\xfe\n\x1b[31m\n\n"
    ran = run("chat", stdin=typed, env={"PYTHONIOENCODING": "utf-8:strict"})

    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Goodbye" in ran.stdout


def test_danger_comes_first_in_a_conversation(run: Run) -> None:
    said = run("chat", stdin=f"{DYING}\n\n").stdout.split("You:")[1]

    assert re.search(r"\d{3}", said.strip().split("\n\n")[0])


def test_in_a_real_terminal(environment: dict[str, str], tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        command("chat"), stdin=theirs, stdout=theirs, stderr=theirs, cwd=tmp_path,
        env={**environment, "TERM": "xterm-256color"}, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    try:
        until(ours, "You:")
        os.write(ours, b"how do i get a blue badge\n")
        shown = until(ours, "You:")
        assert "\x1b[1m" in shown  # bold
        assert "Blue Badge parking" in shown
        os.write(ours, b"\n")
        until(ours, "Goodbye.")
        assert child.wait(10) == 0
    finally:
        child.kill()
        child.wait()
        os.close(ours)


def until(terminal: int, word: str, seconds: float = 60) -> str:
    """What the terminal shows up to a word."""
    shown, end = "", time.monotonic() + seconds
    while word not in shown:
        ready, _, _ = select.select([terminal], [], [], max(0, end - time.monotonic()))
        assert ready, shown
        shown += os.read(terminal, 65_536).decode("utf-8", "replace")
    return shown


# --- what is kept -----------------------------------------------------------------------

IN_DANGER = "my husband hits me"
UNANSWERED = "who tunes a church organ for my friend Alfie Bloggs of 12 Acacia Avenue"


def database(tmp_path: Path) -> bytes:
    return b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())


def test_a_question_without_an_answer_waits_for_a_maintainer(run: Run, tmp_path: Path) -> None:
    ran = run("ask", UNANSWERED)
    assert ran.stdout.rstrip().endswith("Passed on, without your name, to the people who look "
                                        "after this list.")  # fmt: skip
    run("ask", "--json", stdin="who tunes a church organ near me\nblue badge\n")
    shown = run("review")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert re.search(r"^   2 .*church organ", shown.stdout, re.MULTILINE)
    assert "1 needs in 2 questions" in shown.stdout
    assert b"Alfie" not in database(tmp_path)
    assert b"Acacia" not in database(tmp_path)


def test_nothing_is_said_to_be_passed_on_when_it_was_not(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    ran = run("ask", UNANSWERED)
    assert ran.returncode == 0
    assert "I am sorry, I do not know about that." in ran.stdout
    assert "Passed on" not in ran.stdout
    assert "cannot be kept" in ran.stderr
    assert "church" not in ran.stderr


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_what_somebody_in_danger_wrote_is_not_kept(
    form: list[str], run: Run, tmp_path: Path
) -> None:
    run("ask", *form, IN_DANGER + " with the xylophone")
    assert b"xylophone" not in database(tmp_path)
    assert run("review").stdout == "Nothing waits.\n"


def test_many_lines_are_all_kept(run: Run) -> None:
    asked = "\n".join(f"who tunes church organ number {n}" for n in range(300))
    assert len(run("ask", "--json", stdin=asked).stdout.splitlines()) == 300
    rows = run("review", "export").stdout.splitlines()
    assert len(rows) == 301


def test_export_writes_a_file_whole(run: Run, tmp_path: Path) -> None:
    run("ask", UNANSWERED)
    ran = run("review", "export", "--format", "json", "--to", "waiting.json")
    assert ran.stderr == "1 written to waiting.json.\n"
    found = json.loads((tmp_path / "waiting.json").read_text("utf-8"))
    assert found["needs"][0]["asked"] == 1
    assert (tmp_path / "waiting.json").stat().st_mode & 0o777 == 0o600
    missing = run("review", "export", "--to", "nowhere/waiting.csv")
    assert sentence(missing).startswith("Error: nowhere/waiting.csv cannot be written")


def test_forget_says_what_it_deleted(run: Run, tmp_path: Path) -> None:
    run("ask", UNANSWERED)
    assert run("forget").stdout == "Deleted 0 records older than 365 days, for good.\n"
    old = (datetime.now(UTC) - timedelta(days=400)).date().isoformat()
    with closing(sqlite3.connect(tmp_path / "data" / "signpost.db")) as db, db:
        db.execute("UPDATE waiting SET day = ?", (old,))
    assert run("forget").stdout == "Deleted 1 record older than 365 days, for good.\n"
    assert b"church" not in database(tmp_path)


def test_one_record_is_deleted_by_its_id(run: Run, tmp_path: Path) -> None:
    run("ask", UNANSWERED)
    run("ask", "how do I bake sourdough bread with xylophone music")
    needs = json.loads(run("review", "export", "--format", "json").stdout)["needs"]
    (id,) = (one["id"] for n in needs for one in n["waiting"] if "church" in one["text"])
    assert run("forget", "--id", id).stdout == "Deleted it, for good.\n"
    assert b"church" not in database(tmp_path)
    assert b"xylophone" in database(tmp_path)
    again = sentence(run("forget", "--id", id))
    assert again.startswith(f"Error: Nothing waits under the id '{id}'")


def test_a_database_that_cannot_be_used_is_told_without_its_password(run: Run) -> None:
    ran = run("review", env={"SIGNPOST_DATABASE_URL": "postgresql://me:hushhush@127.0.0.1:9/db"})
    assert sentence(ran).startswith("Error: ")
    assert "hushhush" not in ran.stderr
    other = run("review", env={"SIGNPOST_DATABASE_URL": "oracle://me:hushhush@localhost/db"})
    assert sentence(other).startswith("Error: ")
    assert "hushhush" not in other.stderr


def test_what_did_not_help_is_told_in_a_conversation(run: Run) -> None:
    ran = run("chat", stdin="how do i get a blue badge\nno help\n3\n\n")
    assert "3. It is out of date" in ran.stdout
    assert "Thank you. Passed on" in ran.stdout
    assert "why: out-of-date 1" in run("review").stdout


def test_a_service_is_suggested_in_a_conversation(run: Run) -> None:
    said = "suggest\nTea at the Hall\nTea for carers\n020 7946 0000\n\n\nSE6 4TW\n\n"
    ran = run("chat", stdin=said)
    assert "Thank you. Passed on" in ran.stdout
    shown = run("review").stdout
    assert "name: Tea at the Hall" in shown
    assert "phone: 020 7946 0000" in shown
    assert re.search(r"^ *where: SE6 *$", shown, re.MULTILINE)


def test_what_people_typed_cannot_touch_a_maintainers_terminal(run: Run, tmp_path: Path) -> None:
    run("ask", "who tunes a church organ \x1b[31m[bold]red[/bold] \u202e backwards\nNothing waits.")
    shown = run("review").stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[bold]red[/bold]" in shown
    assert not re.search(r"^Nothing waits", shown, re.MULTILINE)
