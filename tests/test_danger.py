"""Danger is heard in people's own words, and what only sounds like it is left alone.

Here the patterns are tested, which need nothing else to work: on the wordings that they were
built with (``danger/patterns.jsonl``). What patterns and meaning hear together, and how much of
what nobody has tuned on, is in ``test_hearing.py``.
"""

import importlib.util
import json
import re
import subprocess
import sys
import time
from itertools import product
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signpost_bot.matching.danger import find_danger
from signpost_bot.model import Alarm

ROOT = Path(__file__).parent.parent


def _alone(path: str) -> ModuleType:
    """A module loaded without its package: the reply must go out when all else is broken."""
    name = "alone_" + path.removesuffix(".py").replace("/", "_")
    spec = importlib.util.spec_from_file_location(name, ROOT / "signpost_bot" / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


replies = _alone("replies/danger.py")
plain = _alone("knowledge/plain.py")

KINDS = ("emergency", "suicide", "domestic-abuse", "adult-safeguarding", "child-protection")
NATIONS = (None, "england", "scotland", "wales", "northern-ireland")


def _rows() -> list[dict[str, str | None]]:
    lines = (ROOT / "tests" / "danger" / "patterns.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _kind(text: str) -> str | None:
    found = find_danger(text)
    return found.kind if found else None


# --- alone ------------------------------------------------------------------------------------

NOT_THERE = (
    "numpy scipy onnxruntime tokenizers rapidfuzz spellchecker yaml pydantic pydantic_settings "
    "phonenumbers platformdirs starlette click rich jinja2"
).split()


def test_it_is_heard_when_the_rest_is_broken():
    """In a process of its own, where nothing but the standard library can be imported."""
    script = f"""
import sys
sys.modules.update(dict.fromkeys({NOT_THERE}))
from signpost_bot.matching.danger import find_danger
print(find_danger("mum is not breathing").kind)
ours = {{name for name in sys.modules if name.startswith("signpost_bot.")}}
print(*sorted(name for name in ours if not name.startswith("signpost_bot.matching.danger")))
try:
    from signpost_bot.matching import Matcher
except ImportError:
    print("no matcher")
"""
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert ran.stderr == ""
    assert ran.stdout.splitlines() == [
        "emergency",
        "signpost_bot.matching signpost_bot.model",
        "no matcher",
    ]


# --- many wordings ----------------------------------------------------------------------------


def test_danger_is_found_and_named():
    rows = [row for row in _rows() if row["urgent"]]
    heard = [(row, _kind(row["text"])) for row in rows]
    missed = [row["text"] for row, kind in heard if kind is None]
    wrong = [(row["text"], kind) for row, kind in heard if kind != row["urgent"]]
    assert len(rows) >= 100
    assert len(missed) <= 0.05 * len(rows), missed
    assert len(wrong) <= 0.15 * len(rows), wrong


def test_what_only_sounds_like_danger_does_not_alarm():
    rows = [row for row in _rows() if not row["urgent"]]
    false = [row["text"] for row in rows if _kind(row["text"])]
    assert len(rows) >= 100
    assert len(false) <= 0.06 * len(rows), false


# --- certainties ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("mum is not breathing", "emergency"),
        ("I've taken an overdose", "emergency"),
        ("mum isn't breathing and I've got no first aid training", "emergency"),
        ("the nurse hasn't come and dad has collapsed", "emergency"),
        ("I want to die", "suicide"),
        ("I can't go on living", "suicide"),
        ("i wish i wouldnt wake up", "suicide"),
        ("my husband hits me", "domestic-abuse"),
        ("he hit me while we watched a film", "domestic-abuse"),
        ("the carer hits my mum", "adult-safeguarding"),
        ("I slapped my mum", "adult-safeguarding"),
        ("my dad hits me", "child-protection"),
        ("I think a child next door is being hurt", "child-protection"),
        ("I can't do this any more", None),
        ("I can't cope, I'm at the end of my tether", None),
        ("he never hits me", None),
        ("I'm not suicidal", None),
        ("we watched a film about suicide", None),
        ("what is domestic abuse", None),
        ("he had a stroke in 2015", None),
        ("", None),
    ],
)
def test_the_plainest_words(said, kind):
    assert _kind(said) == kind


@pytest.mark.parametrize(
    "said",
    [
        "I can’t go on living",  # a curly apostrophe
        "I cant go on living",
        "I CAN'T GO ON LIVING!!!",
        "i caaaan't go on liiiving",
        "I can not go on living",
        "I  can't\tgo on living",
    ],
)
def test_writing_does_not_matter(said):
    assert _kind(said) == "suicide"


@pytest.mark.parametrize(
    "verb",
    [
        "hits",
        "hit",
        "has hit",
        "keeps hitting",
        "is hitting",
        "punched",
        "slapped",
        "kicks",
        "beats",
    ],
)
@pytest.mark.parametrize("who", ["he", "my husband", "My wife", "my partner", "my ex"])
def test_every_form_of_a_blow_is_heard(who, verb):
    assert _kind(f"{who} {verb} me") == "domestic-abuse"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("he hits me and I want to die", "suicide"),
        ("she told me he hits her and now she has taken all her tablets", "emergency"),
        ("my husband hits me and he hits my little girl", "child-protection"),
        ("my husband hits me and a carer shouts at mum", "domestic-abuse"),
    ],
)
def test_the_gravest_comes_first(said, kind):
    assert _kind(said) == kind


@pytest.mark.parametrize(
    ("said", "strength"),
    [
        ("mum has collapsed", "now"),
        ("I am going to kill myself tonight", "now"),
        ("he says he will kill me if I leave", "now"),
        ("my partner controls my money", "worried"),
        ("my wife says she doesn't want to live any more", "worried"),
    ],
)
def test_how_soon(said, strength):
    found = find_danger(said)
    assert found is not None
    assert found.strength == strength


@pytest.mark.parametrize(
    ("said", "by_child"),
    [
        ("im 12 and my dad hits me", True),
        ("my mummy hurts me", True),
        ("i'm fourteen and I cut my arms", True),
        ("my ex hits our kids", False),
        ("my niece is 9 and she's frightened to go home", False),
        ("my dad has dementia and he hits me when I wash him", False),
    ],
)
def test_a_child_is_known_by_its_words(said, by_child):
    found = find_danger(said)
    assert found is not None
    assert found.by_child is by_child


# --- any text ---------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_no_text_is_too_odd(text):
    found = find_danger(text)
    assert found is None or found.kind in KINDS


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            (
                "i me my he she mum carer child not never hits hurt by is been "
                "but , . the to tablets die kill want on floor and scared of taking money"
            ).split()
        )
    )
)
def test_no_order_of_words_is_too_odd(words):
    found = find_danger(" ".join(words))
    assert found is None or found.kind in KINDS


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "not " * 25_000,
        "my mum is " * 10_000,
        "he hits me and i want to die and mum is on the floor " * 2_000,
        "\n".join(["she has been left in bed with no food or drink"] * 2_000),
        "\ud800" * 100_000,
    ],
)
def test_a_very_long_text_is_read_at_once(text):
    started = time.thread_time()
    find_danger(text)
    assert time.thread_time() - started < 0.5  # some 0.04 s; a busy machine gets ten times that


def test_the_end_of_a_very_long_text_is_read():
    assert _kind("the weather is nice. " * 5_000 + "I want to die") == "suicide"


# --- the replies --------------------------------------------------------------------------------

ALL_REPLIES = list(product(KINDS, NATIONS, (False, True), ("now", "worried")))


def _reply(
    kind: str, nation: str | None, by_child: bool, strength: str = "worried"
) -> list[str]:
    alarm = Alarm(kind, strength, by_child)
    return [part.text for part in replies.danger_reply(alarm, nation)]


@pytest.mark.parametrize(("kind", "nation", "by_child", "strength"), ALL_REPLIES)
def test_a_reply_is_short_and_easy_to_read(kind, nation, by_child, strength):
    texts = _reply(kind, nation, by_child, strength)
    assert plain.plain_faults(texts) == []
    assert len("\n\n".join(texts)) < replies.LONGEST


@pytest.mark.parametrize(("kind", "nation", "by_child", "strength"), ALL_REPLIES)
def test_a_reply_has_a_phone_and_a_way_without_one(kind, nation, by_child, strength):
    text = "\n".join(_reply(kind, nation, by_child, strength))
    assert re.search(r"\b999\b", text)
    assert "18000" in text
    assert "999bsl.co.uk" in text


@pytest.mark.parametrize(("kind", "nation", "by_child", "strength"), ALL_REPLIES)
def test_what_to_do_now_comes_first(kind, nation, by_child, strength):
    first, *others = replies.danger_reply(Alarm(kind, strength, by_child), nation)
    assert first.tone == "urgent"
    assert "999" in first.text
    assert len(re.findall(r"[.!?](?= |$)", first.text)) == 2
    assert len(first.text.split()) <= 25
    assert {part.tone for part in others} == {"plain"}


@pytest.mark.parametrize(
    ("kind", "nation", "number"),
    [
        ("suicide", "wales", "0800 132 737"),
        ("suicide", "scotland", "0800 83 85 87"),
        ("suicide", "northern-ireland", "0808 808 8000"),
        ("domestic-abuse", "england", "0808 2000 247"),
        ("domestic-abuse", "wales", "0808 80 10 800"),
        ("adult-safeguarding", "northern-ireland", "028 9504 9999"),
        ("child-protection", "scotland", "08000 28 22 33"),
    ],
)
def test_each_nation_reads_its_own_number(kind, nation, number):
    assert number in "\n".join(_reply(kind, nation, False))
    assert number in "\n".join(_reply(kind, None, False)) or nation == "scotland"


@pytest.mark.parametrize("kind", KINDS)
def test_who_is_in_danger_now_reads_something_else_than_who_is_worried(kind):
    now, worried = (_reply(kind, None, False, strength)[0] for strength in ("now", "worried"))
    assert (now == worried) == (kind == "emergency")


@pytest.mark.parametrize("nation", NATIONS)
def test_who_can_do_no_more_reads_who_listens(nation):
    texts = [part.text for part in replies.weary_reply(nation)]
    assert {part.tone for part in replies.weary_reply(nation)} == {"plain"}
    assert plain.plain_faults(texts) == []
    assert "116 123" in texts[1]
    assert "999" not in "".join(texts)


def test_a_child_reads_about_childline_and_no_adult_lines():
    text = "\n".join(_reply("child-protection", None, True))
    assert "0800 1111" in text
    assert "NSPCC" not in text


def test_every_number_is_one_that_the_knowledge_holds():
    services = (ROOT / "knowledge" / "services").rglob("*.yaml")
    known = {n for path in services for n in _numbers(path.read_text(encoding="utf-8"))}
    said = {n for row in ALL_REPLIES for text in _reply(*row) for n in _numbers(text)}
    assert said - known == set()


def _numbers(text: str) -> set[str]:
    return {re.sub(r"\s", "", n) for n in re.findall(r"(?<!\d)\d(?: ?\d)+(?!\d)", text)}
