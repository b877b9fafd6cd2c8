"""Packs as people write them: laid over each other, and with every slip that YAML invites."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signpost_bot.errors import KnowledgeError
from signpost_bot.knowledge import NATIONAL_PACK, Knowledge, load_knowledge, try_knowledge
from signpost_bot.knowledge.packs import Layers, Problem, parse, read_packs

TOPICS = """\
groups:
  pets: Animals
topics:
- id: blue-badge
  group: pets
  title: Blue Badge
  covers: Parking closer when walking is hard.
  asks:
  - how do i get a blue badge
- id: dog-walking
  group: pets
  title: Somebody to walk the dog
  covers: Help with a dog when you cannot leave the house.
  confused_with: [blue-badge]
  asks:
  - who can walk the dog while i look after dad
"""

SERVICE = """\
id: dog-friends
name: Dog Friends
organisation: Dog Friends
what: A volunteer walks the dog.
who_for: Anyone who looks after someone
phone: 0808 808 7777
nations: [wales]
topics: [dog-walking]
asks:
- dog friends number
- somebody to walk the dog
- no time for the dog
"""


def write(folder: Path, **files: str | bytes) -> Path:
    """A pack; ``services__x`` becomes ``services/x.yaml``."""
    for name, content in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    folder.mkdir(exist_ok=True)
    return folder


def read(*packs: Path) -> tuple[Knowledge, list[Problem], Layers]:
    return try_knowledge(list(packs))


@pytest.fixture
def low(tmp_path: Path) -> Path:
    return write(tmp_path / "low", topics=TOPICS, services__dog_friends=SERVICE)


# --- layers -----------------------------------------------------------------------------


def test_an_upper_entry_takes_the_place_of_a_lower_one(low: Path, tmp_path: Path) -> None:
    mended = SERVICE.replace("0808 808 7777", "0808 808 0000")
    high = write(tmp_path / "high", services__other_name=mended)

    knowledge, problems, _ = read(low, high)

    assert problems == []
    assert knowledge.services["dog-friends"].phone == "0808 808 0000"
    assert len(knowledge.services) == 1
    assert set(knowledge.topics) == {"blue-badge", "dog-walking"}


def test_a_hidden_entry_goes_and_its_neighbours_stay(low: Path, tmp_path: Path) -> None:
    write(low, services__second=SERVICE.replace("dog-friends", "second"))
    high = write(tmp_path / "high", services__x="id: dog-friends\nhide: true\n")

    knowledge, problems, _ = read(low, high)

    assert problems == []
    assert set(knowledge.services) == {"second"}
    assert set(knowledge.topics) == {"blue-badge", "dog-walking"}


def test_the_same_words_hide_in_capitals(low: Path, tmp_path: Path) -> None:
    high = write(tmp_path / "high", services__x="id: dog-friends\nhide: True\n")
    assert not read(low, high)[0].services


def test_what_one_pack_hides_a_higher_one_may_bring_back(low: Path, tmp_path: Path) -> None:
    middle = write(tmp_path / "middle", services__x="id: dog-friends\nhide: true\n")
    high = write(tmp_path / "high", services__x=SERVICE)

    knowledge, problems, layers = read(low, middle, high)

    assert problems == []
    assert set(knowledge.services) == {"dog-friends"}
    assert layers.hidden == set()


def test_the_uppermost_of_three_counts(low: Path, tmp_path: Path) -> None:
    packs = [
        write(tmp_path / name, services__x=SERVICE.replace("volunteer", name))
        for name in ("second", "third")
    ]
    assert read(low, *packs)[0].services["dog-friends"].what == "A third walks the dog."
    assert read(low, *packs[::-1])[0].services["dog-friends"].what == "A second walks the dog."


def test_a_pack_adds_a_topic_and_a_group(low: Path, tmp_path: Path) -> None:
    more = """\
    groups: {garden: In the garden}
    topics:
    - {id: weeds, group: garden, title: Weeds, covers: Help with weeds., asks: [too many weeds]}
    """
    knowledge, problems, _ = read(low, write(tmp_path / "high", topics=more))

    assert problems == []
    assert list(knowledge.topics) == ["blue-badge", "dog-walking", "weeds"]
    assert knowledge.groups == {"pets": "Animals", "garden": "In the garden"}


def test_asks_that_are_not_for_us_add_up(low: Path, tmp_path: Path) -> None:
    write(low, outside='- "cheap flights"\n')
    high = write(tmp_path / "high", outside='- "who won the match"\n')
    assert read(low, high)[0].outside == ("cheap flights", "who won the match")


def test_whoever_hides_a_need_need_not_mend_what_names_it(low: Path, tmp_path: Path) -> None:
    both = SERVICE.replace("[dog-walking]", "[dog-walking, blue-badge]")
    write(low, services__both=both.replace("dog-friends", "both"))
    write(low, jargon="- {id: lead, term: Lead, plain: A rope., topics: [dog-walking]}\n")
    high = write(tmp_path / "high", topics="topics:\n- id: dog-walking\n  hide: true\n")

    knowledge, problems, _ = read(low, high)

    assert problems == []
    assert set(knowledge.topics) == {"blue-badge"}
    # no other need: gone; another: it stays, without words that would teach the wrong need
    assert set(knowledge.services) == {"both"}
    assert knowledge.services["both"].topics == ("blue-badge",)
    assert knowledge.services["both"].asks == ()
    assert knowledge.terms[0].topics == ()


def test_a_hidden_service_is_nobodys_successor(low: Path, tmp_path: Path) -> None:
    closed = SERVICE.replace("dog-friends", "closed") + "status: closed\nsuccessor: [dog-friends]\n"
    write(low, services__closed=closed)
    high = write(tmp_path / "high", services__x="id: dog-friends\nhide: true\n")

    knowledge, problems, _ = read(low, high)

    assert problems == []
    assert knowledge.services["closed"].successor == ()


def test_what_hides_nothing_is_told_and_stops_nobody(low: Path, tmp_path: Path) -> None:
    high = write(tmp_path / "high", services__x="id: dog-friend\nhide: true\n")

    _, (problem,), _ = read(low, high)

    assert problem.severity == "warning"
    assert str(problem) == (
        "high/services/x.yaml:1: dog-friend: it hides an entry that no pack below has."
        " Did you mean 'dog-friends'?"
    )


@pytest.mark.parametrize("given", ["no", "yes", "please", "[true]", ""])
def test_hide_is_true_or_not_there(given: str, low: Path, tmp_path: Path) -> None:
    high = write(tmp_path / "high", services__x=f"id: dog-friends\nhide: {given}\n")

    knowledge, (problem,), _ = read(low, high)

    assert problem.severity == "error"
    assert "'hide' can only be true" in problem.message
    assert "dog-friends" in knowledge.services


def test_an_empty_pack_changes_nothing(low: Path, tmp_path: Path) -> None:
    empty = write(tmp_path / "empty")
    knowledge, problems, _ = read(low, empty)
    assert problems == []
    assert set(knowledge.services) == {"dog-friends"}


@pytest.mark.parametrize("is_file", [True, False])
def test_a_missing_folder_is_named_with_the_way_out(is_file: bool, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere"
    if is_file:
        missing.write_text("id: x\n")
    with pytest.raises(KnowledgeError, match=r"nowhere: there is no such folder.*SIGNPOST_PACKS"):
        read_packs([missing])


def test_every_change_of_a_file_changes_the_fingerprint(low: Path) -> None:
    before = read_packs([low]).fingerprint
    assert read_packs([low]).fingerprint == before
    (low / "services" / "dog_friends.yaml").rename(low / "services" / "renamed.yaml")
    renamed = read_packs([low]).fingerprint
    write(low, services__renamed=SERVICE + "\n")
    assert len({before, renamed, read_packs([low]).fingerprint}) == 3


def test_a_checkout_of_git_is_a_pack(low: Path) -> None:
    """Its own folders, and those of editors, are nobody's knowledge."""
    write(low / ".github" / "workflows", ci="on: push\n")
    write(low / ".git", config="a: b\n")
    (low / "README.md").write_text("Our pack")
    (low / "services" / ".dog.yaml").write_text("id: [\n")
    assert read(low)[1] == []


def test_a_pack_is_called_after_its_folder(
    low: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(low, broken="a: b\n")
    monkeypatch.chdir(low)
    assert read(Path())[1][0].pack == "low"

    other = write(tmp_path / "other" / "low", broken="a: b\n")
    assert {problem.pack for problem in read(low, other)[1]} == {str(low), str(other)}


def test_areas_come_from_the_uppermost_pack_that_has_them(low: Path, tmp_path: Path) -> None:
    assert len(read(low)[0].areas.areas) == 218  # the national ones

    areas = tmp_path / "high" / "areas"
    areas.mkdir(parents=True)
    for path in (NATIONAL_PACK / "areas").glob("*.csv"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        (areas / path.name).write_text("".join(lines[:1]), "utf-8")
    (areas / "councils.csv").write_text(
        "area_id,name,official_name,gss_code,nation,region,gov_uk_slug,aliases\n"
        "mars,Mars,Mars Council,X1,Wales,Wales,mars,\n"
    )
    knowledge, problems, _ = read(low, tmp_path / "high")
    assert problems == []
    assert set(knowledge.areas.areas) == {"mars"}


def test_areas_that_cannot_be_used_are_one_problem_of_many(low: Path, tmp_path: Path) -> None:
    areas = tmp_path / "high" / "areas"
    areas.mkdir(parents=True)
    (areas / "councils.csv").write_text("area_id,name\n")
    write(tmp_path / "high", broken="a: b\n")

    knowledge, problems, _ = read(low, tmp_path / "high")

    assert len(knowledge.areas.areas) == 218
    assert [problem.file for problem in problems] == ["broken.yaml", "areas/councils.csv"]
    assert str(problems[1]).startswith("high/areas/councils.csv:1: the columns must be area_id,")


def test_knowledge_with_an_error_is_not_loaded(tmp_path: Path) -> None:
    write(tmp_path / "mine", **{f"broken{i}": "a: b\n" for i in range(5)})
    with pytest.raises(KnowledgeError) as wrong:
        load_knowledge([tmp_path / "mine"])
    lines = str(wrong.value).splitlines()
    assert lines[0].startswith("mine/broken0.yaml:1: this file is not read.")
    assert lines[3:] == ["... and 2 more.", "'signpost-bot check' shows everything that is wrong."]


def test_a_warning_keeps_nobody_from_answers(tmp_path: Path) -> None:
    mine = write(tmp_path / "mine", services__x="id: gone-since-the-last-version\nhide: true\n")
    assert load_knowledge([mine]).services


# --- what people write in YAML ----------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("phone: 0808 808 7777", "phone", "0808 808 7777"),
        ("phone: 08088087777", "phone", "08088087777"),
        ("phone: 0777", "phone", "0777"),  # base eight, to YAML
        ("phone: 999", "phone", "999"),
        ("phone: 1_000", "phone", "1_000"),
        ("phone: 10:30", "phone", "10:30"),  # base sixty
        ("phone: +44 20 7946 0018", "phone", "+44 20 7946 0018"),
        ("phone:", "phone", None),
        ("phone: ~", "phone", None),
        ("phone: ''", "phone", None),
        ("phone: '  '", "phone", None),
        ('phone: "null"', "phone", "null"),
        ("hours: on", "hours", "on"),
        ("cost: 1e3", "cost", "1e3"),
        ("seen: 2026-10", "seen", "2026-10"),
        ("seen: 2026", "seen", "2026"),
        ("also: [no, yes, 2026-11-21, 1.50]", "also", ("no", "yes", "2026-11-21", "1.50")),
        ("also:\n- no\n- 0808", "also", ("no", "0808")),
        ("hours: |\n  Monday\n  Tuesday", "hours", "Monday\nTuesday"),
        ("hours: >\n  Monday to\n  Friday", "hours", "Monday to Friday"),
        ("cost: 'Free: always'", "cost", "Free: always"),
        ("cost: Free # to call", "cost", "Free"),
        ("cost: !!python/object:os.system free", "cost", "free"),  # a tag makes nothing
    ],
)
def test_people_mean_what_they_write(
    line: str, field: str, value: object, low: Path
) -> None:
    service = "".join(
        kept for kept in SERVICE.splitlines(keepends=True) if not kept.startswith("phone")
    )
    write(low, services__dog_friends=f"{service}{line}\n")

    knowledge, problems, _ = read(low)

    assert problems == []
    assert getattr(knowledge.services["dog-friends"], field) == value


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + SERVICE.encode(),  # a byte order mark, as Windows writes it
        SERVICE.replace("\n", "\r\n").encode(),
        b"---\n" + SERVICE.encode() + b"...\n",
        b"# a comment\n\n" + SERVICE.encode(),
        SERVICE.encode().rstrip(),
    ],
    ids=["bom", "crlf", "document", "comment", "no-last-line-end"],
)
def test_however_it_is_saved(content: bytes, low: Path) -> None:
    write(low, services__dog_friends=content)
    knowledge, problems, _ = read(low)
    assert problems == []
    assert knowledge.services["dog-friends"].phone == "0808 808 7777"


LAUGHS = "a: &a [lol, lol]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n"
    for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("id: x\nname: The: one\n", 2, "a text with a colon or a # in it wants quotation marks"),
        ("id: x\nwhat: 'It''s\nname: x\n", 2, "wants quotation marks"),
        ("id: x\nasks:\n\t- a\n", 3, "the line begins with a tab. Use spaces"),
        ("id: x\n  name: y\n", 2, "not indented like its neighbours"),
        ("id: x\nname: y\nname: z\n", 3, "'name' is given twice. Keep one of them."),
        ("a:\n  b: c\n  b: d\n", 3, "'b' is given twice"),
        ("id: &x y\nname: *x\n", 2, "an alias (*) is used. Write the text out again"),
        ("id: &x [*x]\n", 1, "an alias (*) is used"),
        ("id: &x {a: b}\nname:\n  <<: *x\n", 3, "an alias (*) is used"),
        ("asks:\n- *important\n", 2, "an alias (*) is used"),
        (LAUGHS, 2, "an alias (*) is used"),
        ("[" * 100_000, 1, "far too deep"),
        ("- " * 50_000, 1, "far too deep"),
        ("? " * 50_000, 1, "a word must stand before the colon"),
        ("{a: " * 30_000, 1, "far too deep"),
        ("? [a, b]\n: c\n", 1, "a word must stand before the colon"),
        ("id: x\n---\nid: y\n", 2, "a line '---' begins a second document"),
        ("%YAML 9.9\n---\nid: x\n", 1, "this is not YAML"),
        ("id: x\nname: a\0b\n", 2, "a character that cannot be seen"),
        ("id: x\nname: `a`\n", 2, "wants quotation marks"),
        (b"id: x\nname: caf\xe9\n", 2, "not UTF-8 text. Save it again as UTF-8."),
        ("id: x\n".encode("utf-16"), 1, "not UTF-8 text"),
        ("", 1, "the file is empty. Fill it in, or remove it."),
        ("# nothing yet\n", 1, "the file is empty"),
        ("null\n", 1, "the file is empty"),
        ("- id: x\n", 1, "Give each service a file of its own."),
        ("just words\n", 1, "an entry needs an id"),
        ("x" * 1_000_000, 1, "an entry needs an id"),
        ("%@`~" * 250_000, 1, "this is not YAML"),
        (bytes(range(256)) * 4_000, 2, "not UTF-8"),
        ("name: x\n", 1, "an entry needs an id"),
        ("id: [x]\n", 1, "an entry needs an id"),
        ("id:\n", 1, "an entry needs an id"),
    ],
    ids=lambda value: str(value)[:24] if isinstance(value, str) else None,
)
def test_what_is_no_entry_is_told_in_one_line(
    content: str | bytes, line: int, says: str, low: Path
) -> None:
    write(low, services__dog_friends=content)

    knowledge, (problem,), _ = read(low)

    assert (problem.severity, problem.pack, problem.line) == ("error", "low", line)
    assert problem.file == "services/dog_friends.yaml"
    assert says in problem.message
    assert str(problem).count("\n") == 0
    assert len(str(problem)) < 400
    assert knowledge.topics


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("what: A volunteer walks the dog.", "what:\n- A volunteer"), 4, "must be one text"),
        (("what: A volunteer", "what:\n  A volunteer: she"), 4, "Put quotation marks around it"),
        (("[dog-walking]", "dog-walking"), 8, "'topics' must be a list: one line for each"),
        (("[wales]", "wales"), 7, "'nations' must be a list"),
        (("[wales]", "[]"), 7, "'nations' is empty. Name at least one."),
        (("[dog-walking]", "[]"), 8, "'topics' is empty. Name at least one."),
        (("topics: [dog-walking]\n", ""), 1, "'topics' is missing. Add a line 'topics: ...'"),
        (("topics: [dog-walking]", "topics:"), 8, "'topics' is missing"),
        (("name: Dog Friends", "name: ''"), 2, "'name' is missing"),
        (("- no time", "- no: time"), 12, "'asks' must be text. Put quotation marks"),
        (("- no time for the dog", "-"), 12, "a line of the list is empty"),
        (("- no time for the dog", "- ' '"), 12, "a line of the list is empty"),
        (("id: dog-friends", "id: Dog_Friends"), 1, "such as 'dog-friends'"),
        (("id: dog-friends", "id: ''"), 1, "an entry needs an id: lower-case words"),
        (("phone: 0808", "fone: 0808"), 6, "unknown field 'fone'. Did you mean 'phone'?"),
        (("phone: 0808", "qqqq: 0808"), 6, "unknown field 'qqqq'. Remove it."),
        (("[wales]", "[wale]"), 7, "unknown nation 'wale'. Did you mean 'wales'?"),
        (("[dog-walking]", "[dog-walkin]"), 8, "Did you mean 'dog-walking'?"),
    ],
)
def test_a_slip_in_an_entry_is_told_once(
    change: tuple[str, str], line: int, says: str, low: Path
) -> None:
    assert change[0] in SERVICE
    write(low, services__dog_friends=SERVICE.replace(*change))

    _, (problem,), _ = read(low)

    assert problem.entry.lower().replace("_", "-") in ("dog-friends", "")
    assert problem.line == line
    assert says in problem.message
    assert str(problem).count("\n") == 0


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("checked: 2026-13-01", "'checked' must be a date such as 2026-11-21"),
        ("checked: 21/11/2026", "'checked' must be a date"),
        ("checked: last week", "'checked' must be a date"),
        ("checked: 0", "'checked' must be a date"),  # pydantic: the first second of 1970
        ("seen: 2026-10-05", "'seen' must be a year or a year and month, such as 2026-10"),
        ("seen: October 2026", "'seen' must be a year"),
        ("seen: 26", "'seen' must be a year"),
        ("seen: 2026-13", "'seen' must be a year"),
        ("status: shut", "unknown status 'shut'. Known: open, closed, renamed, merged, unknown."),
        ("areas: [leeeds]", "unknown area 'leeeds'. Did you mean 'leeds'?"),
        ("successor: [dog-friend]", "is no entry. Did you mean 'dog-friends'?"),
        ("successor:\n- name: Cat Friends", "'url' is missing. Add a line 'url: ...'."),
        ("successor:\n- {name: a, url: b, site: c}", "unknown field 'site'. Remove it."),
        ("successor: dog-friends", "'successor' must be a list"),
        ("successor: [[a]]", "must be one text, not a list"),
        ("successor: [null]", "a line of the list is empty"),
    ],
)
def test_a_line_too_many_is_told_once(line: str, says: str, low: Path) -> None:
    write(low, services__dog_friends=f"{SERVICE}{line}\n")
    _, (problem,), _ = read(low)
    assert says in problem.message
    assert problem.line >= 13


@pytest.mark.parametrize(
    ("topics", "line", "says"),
    [
        ("[]\n", 1, "expected 'groups:' and 'topics:' at the left margin"),
        ("topic: []\n", 1, "unknown part 'topic'. Known are 'groups' and 'topics'."),
        ("groups: [a]\n", 1, "such as 'money: Money and benefits'"),
        ("groups: {pets: [a]}\n", 1, "such as 'money: Money and benefits'"),
        ("topics: words\n", 1, "expected a list of entries, each starting with '- id:'"),
        ("topics:\n- words\n", 2, "an entry needs an id"),
        (f"{TOPICS}- id: blue-badge\n", 17, "the id is taken by topics.yaml:4. Give one of them"),
        (TOPICS.replace("group: pets", "group: pet", 1), 5, "Did you mean 'pets'?"),
        (TOPICS.replace("[blue-badge]", "[blue-badges]"), 14, "Did you mean 'blue-badge'?"),
        (TOPICS.replace("Blue Badge", "B" * 31), 6, "31 characters, but a button holds 30"),
        (TOPICS.replace("group: pets", "sensitive: perhaps\n  group: pets", 1), 5, "true or false"),
    ],
)
def test_a_slip_among_the_topics_is_told(
    topics: str, line: int, says: str, tmp_path: Path
) -> None:
    _, (problem, *_), _ = read(write(tmp_path / "low", topics=topics))
    assert (problem.file, problem.line) == ("topics.yaml", line)
    assert says in problem.message


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("dog.yaml", "Put a service into services/, or use the names topics.yaml"),
        ("topics.yml", "use the names topics.yaml"),
        ("service/dog.yaml", "Put a service into services/"),
        ("areas/dog.yaml", "this file is not read"),
    ],
)
def test_a_file_in_the_wrong_place_is_told(path: str, says: str, low: Path) -> None:
    (low / path).parent.mkdir(exist_ok=True)
    (low / path).write_text(SERVICE)
    problem = next(problem for problem in read(low)[1] if problem.file == path)
    assert says in problem.message


@pytest.mark.parametrize("name", ["dog.yml", "dog.YAML", "a/b/c/dog.yaml", "dög.yaml"])
def test_a_service_may_lie_anywhere_below_services(name: str, low: Path) -> None:
    path = low / "services" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SERVICE.replace("dog-friends", "another"))
    knowledge, problems, _ = read(low)
    assert problems == []
    assert "another" in knowledge.services


def test_a_file_that_cannot_be_opened_is_told(low: Path) -> None:
    (low / "services" / "gone.yaml").symlink_to(low / "nowhere")
    (low / "services" / "folder.yaml").mkdir()
    _, (problem,), _ = read(low)
    assert problem.file == "services/gone.yaml"
    assert "cannot be opened (No such file or directory). Put it there again" in problem.message


@pytest.mark.parametrize(
    "name", [b"caf\xe9.yaml", b"line\nend.yaml", b"bell\x07.yaml", "naïve\u2028.yaml".encode()]
)
def test_any_file_name_is_told_in_one_line(name: bytes, low: Path) -> None:
    Path(os.fsdecode(bytes(low / "services") + b"/" + name)).write_text("name: x\n")
    _, (problem,), _ = read(low)
    assert str(problem).isprintable()
    str(problem).encode()


def test_an_id_of_any_length_and_signs_is_told_in_one_line(low: Path) -> None:
    write(low, services__dog_friends='id: "a\\nb\\e[31m' + "c" * 100_000 + '"\n')
    for problem in read(low)[1]:
        assert str(problem).isprintable()
        assert len(str(problem)) < 400


def test_two_entries_of_one_id_in_a_pack_are_told(low: Path) -> None:
    write(low, services__z=SERVICE)
    _, (problem,), _ = read(low)
    assert str(problem) == (
        "low/services/z.yaml:1: dog-friends: the id is taken by services/dog_friends.yaml:1. "
        "Give one of them another."
    )


def test_a_topic_and_a_service_may_have_one_id(low: Path) -> None:
    write(low, services__z=SERVICE.replace("dog-friends", "blue-badge"))
    assert read(low)[1] == []


@pytest.mark.parametrize("other", ["outside", "jargon", "smalltalk"])
@pytest.mark.parametrize("content", ["a: b\n", "- [a]\n", "- \n", "words\n"])
def test_the_other_lists_are_told_too(other: str, content: str, low: Path) -> None:
    write(low, **{other: content})
    problems = read(low)[1]
    assert problems
    assert all(problem.file == f"{other}.yaml" for problem in problems)


# --- anything at all --------------------------------------------------------------------

_NAMES = ["id", "name", "what", "topics", "groups", "asks", "nations", "hide", "successor", "seen"]
_SCALARS = st.sampled_from(
    ["x", "0808 808 7777", "no", "~", "''", '"a\\0b"', "*a", "&a b", "2026-10", "!t x", "- x", "[",
     "{a: b}", "[a, [b]]", "| \n  text", "a: b", "# c", "\t", "'", "dog-walking", "<<", "\ufeff"]
)  # fmt: skip
_LINES = st.builds(
    lambda indent, dash, name, colon, value: f"{' ' * indent}{dash}{name}{colon}{value}",
    st.integers(0, 4),
    st.sampled_from(["", "- ", "? "]),
    st.sampled_from([*_NAMES, ""]),
    st.sampled_from([": ", ":", " "]),
    _SCALARS,
)
_FILES = st.one_of(
    st.lists(_LINES, max_size=12).map("\n".join), st.text(max_size=80), st.binary(max_size=80)
)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=_FILES,
    name=st.sampled_from(["topics", "jargon", "smalltalk", "outside", "services/x", "odd"]),
)
def test_no_file_breaks_the_reader(content: str | bytes, name: str, tmp_path: Path) -> None:
    folder = tmp_path / "any"
    (folder / "services").mkdir(parents=True, exist_ok=True)
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    path = folder / f"{name}.yaml"
    path.write_bytes(data)
    try:
        for problem in read(folder)[1]:
            assert str(problem).isprintable()
            assert problem.line >= 1
            assert len(str(problem)) < 500
    finally:
        path.unlink()


def test_a_long_list_is_read_as_written() -> None:
    value, lines = parse(b"".join(b"- ask %d\n" % i for i in range(2_000)))
    assert value[1_999] == "ask 1999"
    assert lines[(1_999,)] == 2_000
