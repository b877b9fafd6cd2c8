"""What docs/ says is what the program does: figures, fields, settings, numbers and links."""

import json
import re
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from scripts import figures
from signpost_bot.channels.web.forms import LONGEST as LONGEST_FIELDS
from signpost_bot.cli import main
from signpost_bot.curation.evaluate import Share
from signpost_bot.model import Alarm, Danger, Reason, Tally, Waiting
from signpost_bot.questions import conversations, keeper, records
from signpost_bot.replies.danger import danger_reply
from signpost_bot.settings import Settings
from signpost_bot.signposter import Signposter
from signpost_bot.store import schema

ROOT = Path(__file__).parent.parent
DANGER, PRIVACY = ROOT / "docs" / "danger.md", ROOT / "docs" / "privacy.md"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CODE = ROOT / "signpost_bot"

privacy = PRIVACY.read_text("utf-8")
danger = DANGER.read_text("utf-8")


# --- figures --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def run(signposter: Signposter) -> figures.Run:
    return figures.ask_ours(signposter)


EXAMPLES = ("misses", "false-alarms")
TOLERANCE = 2  # of each count: another processor may round otherwise


@pytest.mark.parametrize("page", figures.DOCS, ids=lambda page: page.name)
def test_the_figures_are_those_of_a_run(page: Path, run: figures.Run) -> None:
    told = figures.blocks_in(page.read_text("utf-8"))
    now = figures.all_blocks(run)
    assert told
    for name, body in told.items():
        if name not in (*EXAMPLES, figures.REAL):
            difference = _difference(body.strip(), (now[name] or "").strip())
            assert not difference, f"{page.name}, {name}: {difference}. {_AGAIN}"


_AGAIN = "Run: python scripts/figures.py"


def test_every_block_stands_on_one_page() -> None:
    told = [name for page in figures.DOCS for name in figures.blocks_in(page.read_text("utf-8"))]
    assert sorted(told) == sorted(set(told))
    assert len(told) == 14


@pytest.mark.parametrize("page", figures.DOCS, ids=lambda page: page.name)
def test_each_share_is_that_of_its_counts(page: Path) -> None:
    shares = list(re.finditer(r"[\d.]+ % \((\d+) of (\d+); [^)]*\)", page.read_text("utf-8")))
    assert len(shares) > 10
    for told in shares:
        assert told[0] == figures._told(Share("", int(told[1]), int(told[2])))


def test_the_examples_are_ours_and_from_the_run(run: figures.Run) -> None:
    held = {figures._plain(one.row["text"]): one for one in run.asked}
    told = figures.blocks_in(danger)
    for name, is_wrong in (
        ("misses", lambda one: one.wanted and not one.found),
        ("false-alarms", lambda one: one.found and not one.wanted),
    ):
        shown = re.findall(r"^- “(.*)” \(", told[name], re.MULTILINE)
        assert len(shown) == min(figures.SHOWN, sum(map(bool, map(is_wrong, run.asked))))
        assert set(shown) <= held.keys()
        assert sum(not is_wrong(held[text]) for text in shown) <= TOLERANCE, _AGAIN


def test_the_examples_come_after_a_warning() -> None:
    assert danger.index("**Take care.**") < danger.index("figures: misses")
    assert danger.index("**Take care.**") < danger.index("figures: false-alarms")


def test_other_counts_are_noticed() -> None:
    told = "| found | 80.5 % (314 of 390; 76.3 to 84.1) | yes |"
    assert not _difference(told, told)
    assert not _difference(told, "| found | 81.0 % (316 of 390; 76.8 to 84.6) | **no** |")
    assert _difference(told, "| found | 81.3 % (317 of 390; 77.1 to 84.8) | yes |")
    assert _difference(told, told + "\n| more | 1 |")
    assert _difference("by `ab12`", "by `ab13`")


def test_a_run_writes_what_it_measured() -> None:
    page = "a\n<!-- figures: one -->\nold\n<!-- end -->\nb\n<!-- figures: two -->\n<!-- end -->"
    assert figures.filled(page, {"one": "new", "two": None}) == page.replace("old", "new")
    with pytest.raises(KeyError):
        figures.filled(page, {"one": "new"})


REAL = (
    {"text": "zebras ate the begonias, who mends a hoist", "urgent": None},
    {"text": "my husband hits me with the zebra", "urgent": "domestic-abuse"},
)


def test_real_questions_leave_figures_and_no_word(run: figures.Run, tmp_path: Path) -> None:
    file = tmp_path / "real.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in REAL), "utf-8")
    block = figures.real_block(run, [file])
    assert block
    assert "over 2 real questions" in block
    assert "real questions | both together" in block
    assert "(1 of 1; " in block
    danger_found = next(share for share in run.report.shares if share.name == "danger found")
    assert f"({danger_found.count + 1} of {danger_found.of + 1}; " in block
    for word in ("zebra", "begonias", "hoist", "husband"):
        assert word not in block


def test_the_real_questions_stand_until_the_network_changes(
    run: figures.Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "danger.md"
    monkeypatch.setattr(figures, "DOCS", (page,))
    page.write_text(f"<!-- figures: real -->\nof the network `{run.network}`\n<!-- end -->")
    assert figures.real_block(run, []) is None
    page.write_text("<!-- figures: real -->\nof the network `another`\n<!-- end -->")
    assert "No real questions" in (figures.real_block(run, []) or "")


def test_the_real_questions_told_are_of_the_network_that_ships(run: figures.Run) -> None:
    assert f"`{run.network}`" in figures.blocks_in(danger)[figures.REAL], _AGAIN


def _difference(told: str, now: str) -> str | None:
    """Where two blocks differ by more than rounding does, if they do."""
    if _shape(told) != _shape(now):
        return "the words or the rows are others"
    for told_number, number in zip(_numbers(told), _numbers(now), strict=True):
        allowed = 1.0 if "." in told_number else TOLERANCE
        if "of" not in told_number and abs(_value(told_number) - _value(number)) > allowed:
            return f"{told_number}, now {number}"
    return None


# A share with its interval follows from its counts, which stand in the middle of it.
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SHARE = re.compile(r"[\d.]+ % \((\d+ of \d+); [\d.]+ to [\d.]+\)")


def _shape(block: str) -> str:
    words = re.sub(r"\| (?:yes|\*\*no\*\*) \|", "| yes or no |", _SHARE.sub(r"\1", block))
    parts = words.split("`")
    return "`".join(p if i % 2 else _NUMBER.sub("#", p) for i, p in enumerate(parts))


def _numbers(block: str) -> list[str]:
    outside = "".join(_SHARE.sub(r"\1", block).split("`")[::2])
    return _NUMBER.findall(outside)


def _value(number: str) -> float:
    return float(number.replace(",", ""))


# --- what is kept -----------------------------------------------------------------------------


def test_every_table_and_field_is_told_in_its_order() -> None:
    told = {
        table: re.findall(r"^\| `([a-z_]+)` \|", section, re.MULTILINE)
        for table, section in re.findall(
            r"^### `([a-z]+)`: [^\n]*\n(.*?)(?=^##)", privacy, re.MULTILINE | re.DOTALL
        )
    }
    there = {table.name: [c.name for c in table.columns] for table in schema.tables.sorted_tables}
    assert told == there


def test_every_value_that_a_field_can_have_is_told() -> None:
    sections = dict(re.findall(r"^### `([a-z]+)`.*?\n(.*?)(?=^##)", privacy, re.M | re.S))
    waiting, tallies = sections["waiting"], sections["tallies"]
    for value in (*get_args(get_type_hints(Waiting)["kind"]), *get_args(Reason)):
        assert f"`{value}`" in waiting, value
    for value in get_args(get_type_hints(Tally)["about"]):
        assert f"`{value}`" in tallies, value
    for kind in get_args(Danger):
        assert f"`{kind}`" in privacy, kind
        assert f'"{kind}"' in danger, kind


def test_the_numbers_are_those_of_the_program() -> None:
    flat = " ".join(privacy.split())
    assert f"at most {records.LONGEST:,} characters" in flat
    assert records.MOST_TOPICS == 3
    assert "our three best guesses" in flat
    assert f"up to {keeper.MOST_WAITING:,} records" in flat
    assert f"`SIGNPOST_RETENTION_DAYS`, {Settings.model_fields['retention_days'].default} " in flat
    assert f"{conversations.LASTS.total_seconds() / 60:g} minutes for a conversation" in flat
    assert set(LONGEST_FIELDS) == {"name", "what", "phone", "url", "email", "where"}


def test_only_telegram_remembers_chats_as_we_say() -> None:
    users = {
        path.parent.name
        for path in CODE.rglob("*.py")
        if "Conversations(" in path.read_text("utf-8") and path.name != "conversations.py"
    }
    assert "Only the bot in Telegram writes here." in privacy
    assert users <= {"telegram", "signpost_bot"}, users  # the latter: cli.py, which hands them on


def test_only_telegram_groups_fill_the_community_as_we_say() -> None:
    filled = {
        path.parent.name
        for path in (CODE / "channels").rglob("*.py")
        if re.search(r"\bcommunity=(?!None)", path.read_text("utf-8"))
    }
    assert "the name that a Telegram group gave itself in `/setup`" in privacy
    assert filled == {"telegram"}


def test_all_danger_replies_begin_with_999() -> None:
    """As docs/danger.md promises for a kind that is heard wrongly."""
    for kind in get_args(Danger):
        for strength in ("now", "worried"):
            for by_child in (False, True):
                first = danger_reply(Alarm(kind, strength, by_child))[0]  # type: ignore[arg-type]
                assert "999" in first.text


def test_the_assessment_has_its_seven_steps_and_room_to_fill_in() -> None:
    assessment = privacy.partition("# Data protection impact assessment\n")[2]
    steps = re.findall(r"^## Step (\d): ", assessment, re.MULTILINE)
    assert steps == list("1234567")
    for step in re.split(r"^## Step \d: ", assessment, flags=re.MULTILINE)[1:]:
        if not step.startswith("Identify the need"):
            assert "`____`" in step, step[:40]
    risks, measures = (
        re.findall(r"^\| (\d+) \|", step, re.MULTILINE)
        for step in re.split(r"^## Step [67]: ", assessment, flags=re.MULTILINE)[:2]
    )
    assert risks == measures
    assert len(risks) >= 15


# --- names and links --------------------------------------------------------------------------


@pytest.mark.parametrize("page", [DANGER, PRIVACY], ids=lambda page: page.name)
def test_every_setting_and_command_it_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    named = {name.lower() for name in re.findall(r"SIGNPOST_([A-Z_]+)", text)}
    assert named <= set(Settings.model_fields), named
    if page == PRIVACY:
        assert {"operator", "data", "database_url", "secret_key", "retention_days"} <= named
    for command in re.findall(r"signpost-bot ([a-z]+)", text):
        assert command in main.commands, command


@pytest.mark.parametrize("page", [DANGER, PRIVACY], ids=lambda page: page.name)
def test_every_file_it_names_is_there(page: Path) -> None:
    named = re.findall(
        r"(?:tests|scripts|signpost_bot|knowledge)/[\w./-]*\w", page.read_text("utf-8")
    )
    assert named
    for name in named:
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if target.startswith("https://"):
            continue
        name, _, place = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        assert file.exists(), target
        if place:
            assert place in _places(file.read_text("utf-8")), target


def _places(text: str) -> set[str]:
    """What a link may name after the #, as GitHub makes it of headings."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
