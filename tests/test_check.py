"""Everything that `check` tells: where it is, what it is, and how to mend it."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signpost_bot.cli import main
from signpost_bot.curation.check import check
from signpost_bot.knowledge import NATIONAL_PACK, try_knowledge
from signpost_bot.knowledge.packs import Problem
from signpost_bot.matching import Matcher

TODAY = date(2026, 11, 22)

SERVICE = """\
id: dog-friends
name: Dog Friends
organisation: Dog Friends
what: A volunteer walks the dog.
who_for: Anyone who looks after someone
url: https://dogfriends.example.org/
phone: 0808 808 7777
hours: Every day, 9am to 5pm
nations: [england]
topics: [carer-breaks]
status: open
seen: 2026-10
checked: 2026-11-01
asks:
- dog friends number please
- somebody to walk our labrador while i am at the hospital with dad
- who takes the dog when i go into hospital
"""

TOPIC = """\
topics:
- id: dog-walking
  group: care
  title: Somebody to walk the dog
  covers: Help with a dog when you cannot leave the house.
  none_in: Nobody does this anywhere but here.
  asks:
  - who can walk our labrador on tuesdays
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    (tmp_path / "mine" / "services").mkdir(parents=True)
    return tmp_path / "mine"


def write(pack: Path, service: str = SERVICE, file: str = "services/dog.yaml") -> None:
    (pack / file).write_text(service, "utf-8")


def told(pack: Path, matcher: Matcher | None = None) -> list[Problem]:
    """What is wrong in a pack laid over the national one, that of the national one aside."""
    problems, _, _ = check([NATIONAL_PACK, pack], TODAY, matcher)
    return [problem for problem in problems if problem.pack == pack.name]


def run(*words: str | Path) -> Result:
    """The command itself; trying asks on the matcher has tests of its own."""
    return CliRunner().invoke(
        main, ["check", *map(str, words)], env={"SIGNPOST_MEANING": "off"}
    )


# --- what ships -------------------------------------------------------------------------


def test_what_ships_has_no_error() -> None:
    result = run()
    errors = [line for line in result.output.splitlines() if line.startswith("error:")]
    assert errors == []
    assert result.exit_code == 0


def test_no_ask_of_what_ships_stands_under_two_topics() -> None:
    problems, _, _ = check([NATIONAL_PACK], date.today())
    assert [str(problem) for problem in problems if problem.rule == "ask-twice"] == []


def test_what_is_right_is_not_told(pack: Path) -> None:
    write(pack)
    write(pack, TOPIC, "topics.yaml")
    assert told(pack) == []


# --- every kind of error ----------------------------------------------------------------

LONG = " ".join(["You can ring and somebody will talk to you about the dog and the cat"] * 2)
SIXTEEN = "You can ring them on any day and they will find somebody to walk your dog."

ERRORS = [
    # the change, the line where it is told, the rule, what the sentence holds
    (("name: Dog", "name: The: Dog"), 2, "yaml", "wants quotation marks around it"),
    (("phone: 0808", "telephone: 0808"), 7, "unknown-field", "Did you mean 'textphone'?"),
    (("what: A volunteer walks the dog.\n", ""), 1, "missing-field", "Add a line 'what: ...'"),
    (("[carer-breaks]", "[carer-break]"), 10, "unknown-topic", "Did you mean 'carer-breaks'?"),
    (("[england]", "[englnd]"), 9, "unknown-value", "unknown nation 'englnd'. Did you mean 'eng"),
    (("status: open", "status: opened"), 11, "unknown-value", "Did you mean 'open'?"),
    (("status: open", "areas: [leads]"), 11, "unknown-area", "Did you mean 'leeds'?"),
    (("status: open", "areas: [yorkshire]"), 11, "unknown-area", "All areas are listed in areas/"),
    (("0808 808 7777", "0808 808 77"), 7, "phone", "Write one number as people print it, such as"),
    (("0808 808 7777", "ring the office"), 7, "phone", "cannot be dialled in the UK"),
    (("0808 808 7777", "+353 1 234 5678"), 7, "phone", "cannot be dialled in the UK"),
    (("0808 808 7777", "0808 808 7777 or 999"), 7, "phone", "words about it go into 'hours'"),
    (("0808 808 7777", "٠٨٠٨ ٨٠٨ ٧٧٧٧"), 7, "phone", "as people print it"),
    (("0808 808 7777", "998"), 7, "phone", "cannot be dialled"),
    (("phone: 0808 808 7777", "sms: 0777"), 7, "phone", "'0777' in 'sms' cannot be dialled"),
    (("phone: 0808 808 7777", "textphone: 18001 0808 1"), 7, "phone", "'textphone' cannot be"),
    (("https://dog", "http://dog"), 6, "address", "Try it with https:// in front"),
    (("https://dogfriends.example.org/", "dogfriends.org"), 6, "address", "starts with https://"),
    (("https://dogfriends.example.org/", "https://[dog"), 6, "address", "starts with https://"),
    (("https://dogfriends.example.org/", "https://a b.org"), 6, "address", "is no web address"),
    (("https://dogfriends.example.org/", "javascript:alert(1)"), 6, "address", "no web address"),
    (("status: open", "webchat: http://a.org"), 11, "address", "is not https"),
    (("status: open", "sources: [their site]"), 11, "address", "is no web address"),
    (("A volunteer walks the dog.", f"{LONG}. Ring. Ask. Go."), 4, "long-sentence", "Split it: 25"),
    (("seen: 2026-10", "seen: 2026-12"), 12, "future", "'seen' is 2026-12, which is still to"),
    (("seen: 2026-10", "seen: 2027"), 12, "future", "'seen' is 2027, which is still to come"),
    (("checked: 2026-11-01", "checked: 2026-11-23"), 13, "future", "still to come. Write the day"),
    (("A volunteer walks", "We facilitate"), 4, "avoided-word", "'facilitate' is hard to read."),
    (("A volunteer walks", "The MDT walks"), 4, "jargon", "'MDT' is not explained. Say it in"),
    (("A volunteer walks the", "Reablement for a"), 4, "jargon", "with 'Reablement' in brackets"),
    (("A volunteer walks the dog.", "|\n  Ring.\n  The ZQX."), 4, "jargon", "'ZQX' is not"),
    (("status: open", "status: closed"), 11, "no-successor", "Name it under 'successor:', or say"),
    (("status: open", "status: merged"), 11, "no-successor", "why there is none"),
    (("status: open", "status: renamed"), 11, "no-successor", "where people go now"),
    (("- who takes the dog when i go into hospital\n", ""), 14, "few-asks", "Give three or more"),
    (("id: dog-friends", "id: Dog-Friends"), 1, "id", "such as 'dog-friends'"),
    (("status: open", "hide: false"), 11, "value", "'hide' can only be true"),
    (("topics: [carer-breaks]", "topics: breaks"), 10, "value", "must be a list"),
]


@pytest.mark.parametrize(("change", "line", "rule", "says"), ERRORS)
def test_an_error_names_its_place_and_the_mend(
    change: tuple[str, str], line: int, rule: str, says: str, pack: Path
) -> None:
    assert change[0] in SERVICE
    write(pack, SERVICE.replace(*change))

    (problem,) = [problem for problem in told(pack) if problem.severity == "error"]

    assert (problem.rule, problem.line) == (rule, line)
    assert problem.file == "services/dog.yaml"
    assert problem.entry.lower() == ("" if rule == "yaml" else "dog-friends")
    assert says in problem.message
    assert str(problem).startswith(f"mine/services/dog.yaml:{line}: ")
    assert str(problem).isprintable()


def test_sentences_are_measured_over_the_whole_entry(pack: Path) -> None:
    """Many middling sentences are hard to read too; one of them is not."""
    long = SERVICE.replace("A volunteer walks the dog.", f"{SIXTEEN} {SIXTEEN} {SIXTEEN}")
    write(pack, long.replace("who_for: Anyone who", f"who_for: {SIXTEEN[:-1]} who"))

    (problem,) = told(pack)

    assert (problem.severity, problem.rule, problem.line) == ("error", "long-average", 1)
    assert problem.message == (
        "its sentences have 17.0 words on average. Shorten them: 15 at most."
    )


def test_an_ask_stands_under_one_topic(pack: Path) -> None:
    write(pack, TOPIC.replace("labrador on tuesdays", "labrador at noon"), "topics.yaml")
    twice = SERVICE.replace("somebody to walk our labrador while i am at the hospital with dad",
                            "Who can walk our labrador, at noon?!")
    write(pack, twice)

    (problem,) = told(pack)

    assert (problem.severity, problem.rule, problem.line) == ("error", "ask-twice", 16)
    assert problem.message == (
        "'Who can walk our labrador, at noon?!' is an ask of 'dog-walking' too (topics.yaml:8). "
        "Keep it under one."
    )


def test_one_topic_may_have_an_ask_twice(pack: Path) -> None:
    write(pack)
    write(pack, SERVICE.replace("id: dog-friends", "id: second"), "services/second.yaml")
    assert told(pack) == []


def test_asks_without_words_are_not_alike(pack: Path) -> None:
    write(pack, TOPIC.replace("who can walk our labrador on tuesdays", "'😭'"), "topics.yaml")
    write(pack, SERVICE.replace("dog friends number please", "'🐶'"))
    assert told(pack) == []


@pytest.mark.parametrize(
    "number",
    ["0808 808 7777", "08088087777", "+44 20 7946 0018", "(020) 7946 0018", "01534 712345", "999",
     "112", "101", "105", "111", "119", "159", "116 123", "116000", "18000", "0800 1111"],
)  # fmt: skip
def test_what_people_dial_is_right(number: str, pack: Path) -> None:
    write(pack, SERVICE.replace("0808 808 7777", f'"{number}"'))
    assert told(pack) == []


@pytest.mark.parametrize(
    "line",
    ["sms: Text SHOUT to 85258", "sms: '7726'", "sms: 116 000", "sms: 07860 077333 (children)",
     "sms: 999, after registering", "textphone: 18001 then 0808 808 7777", "textphone: '18000'",
     "textphone: 18001 then the number", "textphone: 0800 731 0469; Relay UK 18001 then 999"],
)  # fmt: skip
def test_words_may_stand_around_text_numbers(line: str, pack: Path) -> None:
    write(pack, f"{SERVICE}{line}\n")
    assert told(pack) == []


@pytest.mark.parametrize(
    "change",
    [
        ("https://dogfriends.example.org/", "http://www.bwdcarers.org.uk/"),  # has no https
        ("https://dogfriends.example.org/", "HTTPS://dogfriends.example.org"),
        ("status: open", "sources: [http://old.example.org/evidence]"),
        ("status: open", "status: closed\nno_successor: Nobody else does it."),
        ("status: open", "status: closed\nsuccessor: [carers-uk-helpline]"),
        ("status: open", "status: merged\nsuccessor: [{name: Cats, url: 'https://cats.org'}]"),
        ("status: open", "status: renamed\nsuccessor: [carers-uk-helpline]"),
    ],
)
def test_exceptions_are_right(change: tuple[str, str], pack: Path) -> None:
    write(pack, SERVICE.replace(*change))
    assert told(pack) == []


def test_a_closed_service_keeps_the_address_it_had(pack: Path) -> None:
    closed = SERVICE.replace("https://", "http://").replace("status: open", "status: closed")
    write(pack, f"{closed}no_successor: Nobody else does it.\n")
    assert told(pack) == []


def test_the_address_of_a_successor_is_checked(pack: Path) -> None:
    gone = SERVICE.replace("status: open", "status: closed")
    write(pack, f"{gone}successor:\n- name: Cats\n  url: cats\n")
    (problem,) = told(pack)
    assert (problem.rule, problem.line) == ("address", 20)


# --- every kind of warning --------------------------------------------------------------

WARNINGS = [
    (("hours: Every day, 9am to 5pm\n", ""), 7, "no-hours", "Add 'hours:' when you know them"),
    (("checked: 2026-11-01", "checked: null"), 13, "never-checked", "Check it in review"),
    (("seen: 2026-10\nchecked: 2026-11-01\n", ""), 1, "never-checked", "no source was seen"),
    (("2026-10\nchecked: 2026-11-01", "2024-10"), 12, "old", "last seen in 2024, over two years"),
    (("2026-10\nchecked: 2026-11-01", "2023"), 12, "old", "Check it in review"),
    (("checked: 2026-11-01", "checked: 2024-11-21"), 13, "old", "last checked in 2024"),
]


@pytest.mark.parametrize(("change", "line", "rule", "says"), WARNINGS)
def test_a_warning_names_its_place_and_the_mend(
    change: tuple[str, str], line: int, rule: str, says: str, pack: Path
) -> None:
    assert change[0] in SERVICE
    write(pack, SERVICE.replace(*change))

    (problem,) = told(pack)

    assert (problem.severity, problem.rule, problem.line) == ("warning", rule, line)
    assert (problem.file, problem.entry) == ("services/dog.yaml", "dog-friends")
    assert says in problem.message


def test_warnings_alone_are_no_failure(pack: Path) -> None:
    write(pack, SERVICE.replace("checked: 2026-11-01", "checked: null"))
    assert run(pack).exit_code == 0


@pytest.mark.parametrize("seen", ["2024-11", "2024", "2026-11", "2026"])
def test_two_years_are_not_over_two_years(seen: str, pack: Path) -> None:
    write(pack, SERVICE.replace("2026-10\nchecked: 2026-11-01", seen))
    assert [problem.rule for problem in told(pack)] == ["never-checked"]


def test_a_closed_service_need_not_be_checked(pack: Path) -> None:
    closed = SERVICE.replace("2026-10\nchecked: 2026-11-01", "2019")
    write(pack, closed.replace("status: open", "status: closed\nno_successor: Nobody does."))
    assert told(pack) == []


def test_a_topic_wants_an_open_service_in_every_nation(pack: Path) -> None:
    write(pack, TOPIC.replace("  none_in: ", "  # "), "topics.yaml")
    write(pack, SERVICE.replace("carer-breaks", "dog-walking"))
    local = SERVICE.replace("carer-breaks", "dog-walking").replace("dog-friends", "local")
    write(pack, local.replace("england", "wales") + "areas: [cardiff]\n", "services/local.yaml")
    shut = SERVICE.replace("carer-breaks", "dog-walking").replace("dog-friends", "shut")
    shut = shut.replace("england", "scotland").replace("open", "closed")
    write(pack, f"{shut}no_successor: Nobody does.\n", "services/shut.yaml")

    found = told(pack)

    # England has one; Wales only a local one, Scotland a closed one, Northern Ireland none
    assert [(p.severity, p.rule, p.entry, p.line) for p in found] == [
        ("warning", "uncovered", "dog-walking", 2)
    ] * 3
    assert [p.message for p in found] == [
        f"no open service for it in {nation}. Add one, or say why under 'none_in:'."
        for nation in ("Scotland", "Wales", "Northern Ireland")
    ]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    """Taught by a few asks, with words alone."""
    return Matcher.from_examples(
        {
            "carer-breaks": [
                "somebody to take over so i can rest",
                "a week away from caring",
                "dog friends number please",
                "somebody to walk our labrador while i am at the hospital with dad",
                "who takes the dog when i go into hospital",
            ],
            "blue-badge": ["how do i get a blue badge", "parking badge renewal form", "badge lost"],
        },
        outside=["how to bake bread", "football scores tonight"],
        encoder=None,
    )


def test_an_ask_that_finds_another_topic_is_told(pack: Path, matcher: Matcher) -> None:
    write(pack, SERVICE.replace("dog friends number please", "how do i get a blue badge"))

    strays = [problem for problem in told(pack, matcher) if problem.rule == "stray"]

    assert [(p.severity, p.line, p.entry) for p in strays] == [("warning", 15, "dog-friends")]
    assert strays[0].message == (
        "'how do i get a blue badge' finds 'blue-badge', not 'carer-breaks'. "
        "Reword it, or add asks like it."
    )


def test_asks_that_were_not_tried_are_counted(pack: Path, matcher: Matcher) -> None:
    new = SERVICE.replace("dog friends number please", "parking badge renewal")
    write(pack, new)
    found = [check([NATIONAL_PACK, pack], TODAY, matcher, most_asks=most) for most in (0, 100_000)]
    assert found[0].untried > found[1].untried
    assert not any(p.rule == "stray" and p.pack == "mine" for p in found[0].problems)
    assert any(p.rule == "stray" and p.pack == "mine" for p in found[1].problems)


# --- all of it in one run ---------------------------------------------------------------


def plant_everything(pack: Path) -> None:
    """One service for each kind of error and warning, and a topic."""
    for i, (change, _, _, _) in enumerate([*ERRORS, *WARNINGS]):
        service = SERVICE.replace(*change).replace("id: dog-friends", f"id: dog-{i}")
        write(pack, service, f"services/dog-{i}.yaml")
    write(pack, SERVICE.replace("id: dog-friends", "id: dog-0"), "services/again.yaml")
    write(pack, SERVICE.replace("id: dog-friends", "id: dog-1"), "services/zz-again.yaml")
    write(pack, f"{LONG}: [\n", "jargon.yaml")
    many = f"{SIXTEEN} {SIXTEEN} {SIXTEEN}"
    average = SERVICE.replace("A volunteer walks the dog.", many).replace("dog-friends", "average")
    write(pack, average.replace("Anyone", SIXTEEN[:-1]), "services/average.yaml")
    twice = TOPIC.replace("on tuesdays", "while i am at the hospital with dad")
    twice = twice.replace("who can", "somebody to").replace("  none_in: ", "  # ")
    write(pack, twice, "topics.yaml")


def test_all_kinds_are_told_in_one_run_errors_first(pack: Path) -> None:
    plant_everything(pack)

    result = run(pack)

    assert result.exit_code == 1
    lines = [line for line in result.stdout.splitlines() if "mine/" in line]
    severities = [line.split(":")[0] for line in lines]
    assert severities == sorted(severities)  # "error" before "warning"
    rules = {problem.rule for problem in told(pack)}
    assert rules >= {rule for _, _, rule, _ in [*ERRORS, *WARNINGS]} - {"hides-nothing"}
    assert rules >= {"duplicate-id", "ask-twice", "uncovered", "long-average"}
    for i, (_, line, rule, _) in enumerate([*ERRORS, *WARNINGS]):
        place = f"mine/services/dog-{i}.yaml:{line}: "
        assert any(place in told_line for told_line in lines), (rule, place)
    assert result.stdout.splitlines()[-1].startswith(f"{check_entries(pack)} entries: ")
    assert "Traceback" not in result.output


def check_entries(pack: Path) -> int:
    return len(try_knowledge([NATIONAL_PACK, pack])[2].entries)


def test_errors_of_one_entry_are_all_told(pack: Path) -> None:
    bad = SERVICE
    for change in (
        ("carer-breaks", "nothing-like-it"),
        ("0808 808 7777", "nobody"),
        ("https://", "http://"),
        ("seen: 2026-10", "seen: 2030"),
        ("walks the dog", "facilitates walks"),
    ):
        bad = bad.replace(*change)
    write(pack, bad)
    assert {problem.rule for problem in told(pack)} == {
        "unknown-topic", "phone", "address", "future", "avoided-word"
    }  # fmt: skip


def test_the_command_prints_one_line_a_problem(pack: Path) -> None:
    write(pack, SERVICE.replace("0808 808 7777", "nobody"))

    result = run(pack)

    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == (
        "error: mine/services/dog.yaml:7: dog-friends: 'nobody' cannot be dialled in the UK. "
        "Write one number as people print it, such as 0808 808 7777; words about it go into "
        "'hours' or 'what'."
    )
    assert all(line.startswith("warning: ") for line in lines[1:-1])
    assert lines[-1].endswith(f" entries: 1 errors, {len(lines) - 2} warnings.")


def test_the_command_prints_json(pack: Path) -> None:
    write(pack, SERVICE.replace("0808 808 7777", "nobody"))

    result = run(pack, "--json")

    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found["errors"] == 1
    assert found["problems"][0] == {
        "severity": "error",
        "rule": "phone",
        "pack": "mine",
        "file": "services/dog.yaml",
        "line": 7,
        "entry": "dog-friends",
        "message": found["problems"][0]["message"],
    }


def test_packs_of_the_settings_are_checked(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(pack, SERVICE.replace("0808 808 7777", "nobody"))
    monkeypatch.setenv("SIGNPOST_PACKS", str(pack))
    assert run().exit_code == 1


def test_a_missing_pack_is_one_sentence(tmp_path: Path) -> None:
    result = run(tmp_path / "nowhere")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "there is no such folder. Name the folder that holds your knowledge" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_broken_pack_is_no_traceback(pack: Path) -> None:
    (pack / "services" / "dog.yaml").write_bytes(b"\xff\x00: [" * 1_000)
    (pack / "topics.yaml").write_text("[" * 100_000)
    result = run(pack)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert result.stdout.count("\nerror: mine/") + result.stdout.startswith("error: mine/") == 2


# --- anything at all --------------------------------------------------------------------

_WORDS = st.sampled_from(
    ["", "x", "no", "0808 808 7777", "https://[", "http://a.b", "2026", "2099-01", "0", "[a]",
     "{a: b}", "[[a], {b: c}, null, '']", "- a", "'😭'", '"\\0\\n"', "wales", "[wales]",
     "[england, uk]", "closed", "dog-walking", "[dog-walking]", "[dog-friends]", "true",
     "MDT (a team)", "~"]
)  # fmt: skip
_FIELDS = [line.split(":")[0] for line in SERVICE.splitlines() if not line.startswith("- ")]
_FIELDS += ["successor", "areas", "sms", "sources", "also"]


def _as_yaml(fields: Iterable[tuple[str, str]]) -> str:
    return "".join(f"{name}: {value}\n" for name, value in dict(fields).items())


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fields=st.lists(st.tuples(st.sampled_from(_FIELDS), _WORDS)))
def test_no_entry_breaks_the_check(fields: list[tuple[str, str]], pack: Path) -> None:
    """Over a small pack, so that each try is quick."""
    topics = TOPIC.replace("group: care", "group: pets")
    write(pack, f"{topics}groups: {{pets: Pets}}\n", "topics.yaml")
    write(pack, _as_yaml([("id", "dog-friends"), *fields]))
    problems, _, _ = check([pack], TODAY)
    assert problems
    for problem in problems:
        assert str(problem).isprintable()
