"""Makes the word lists that names are told by: signpost_bot/questions/redaction/lists/.

    python scripts/build_names.py

They come from Faker's lists of names in many languages, from the hand-written ones in
``scripts/names/`` and from the national pack, whose services and places are never taken for
people. Run it after a service or a place was added; ``tests/test_redact.py`` says when.
"""

import importlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from spellchecker import SpellChecker

from signpost_bot.knowledge import Knowledge, load_knowledge
from signpost_bot.questions.redaction.folding import fold
from signpost_bot.questions.redaction.lexicon import is_shaped_like_a_name, slips, stems

BY_HAND = Path(__file__).parent / "names"
LISTS = Path(__file__).parent.parent / "signpost_bot" / "questions" / "redaction" / "lists"

# Where the families of people in the UK come from, as far as Faker goes in Latin letters.
EVERYWHERE = "en_GB en_IE en_IN en_PK en_NG yo_NG ig_NG tw_GH".split()
GIVEN = [
    *EVERYWHERE, "pl_PL", "ga_IE", "en_US", "en_NZ", "en", "en_KE", "ha_NG", "zu_ZA", "sw", "ro_RO",
    "lt_LT", "lv_LV", "tr_TR", "pt_PT", "pt_BR", "it_IT", "fr_FR", "fr_DZ", "vi_VN",
    "zh_CN", "zh_TW",
]  # fmt: skip
FAMILY = [
    *EVERYWHERE, "en_US", "en_NZ", "ro_RO", "lt_LT", "lv_LV", "tr_TR", "pt_PT", "it_IT",
    "fr_DZ", "vi_VN", "zh_CN", "zh_TW",
]  # fmt: skip
FAMILIAR = ["en_GB", "en_IE"]  # told in small letters, too

ROADS = frozenset("road street lane court row close grove gardens cottage sir".split())
MOST_COMMON = 1_000  # words: a name of four letters may be a slip of one of these
LEAST_SPOKEN = 2  # times: what stands once in our own texts may be a slip
LEAST_FREQUENCY = 580  # of a dictionary's words: rarer ones hardly ever stand in a question


def main() -> None:
    knowledge = load_knowledge()
    english = dict(SpellChecker(language="en").word_frequency.dictionary)
    british = {*given(FAMILIAR), *by_hand("first-britain")}
    first = {*given(GIVEN), *british, *by_hand("first-world")}
    last = {*family(FAMILY), *by_hand("last")} - first
    names = {name for name in first | last if not is_shaped_like_a_name(name)}
    either, also_words = set(by_hand("either")), set(by_hand("also-words"))
    called = [*titles(knowledge), *lines("phrases")]
    alone = {word for title in called if " " not in (word := phrase(title)) and word}
    ordinary = {word for word, n in english.items() if n >= LEAST_FREQUENCY} | {*spoken(knowledge)}
    ordinary |= {word for title in called for word in phrase(title).split(" ")}
    words = (ordinary - names - either) | (also_words - either) | {*by_hand("words")} | alone
    # "alzheimer's" stays whole; "mark's" is a mark's, or Mark's
    words = {w for w in words if "'" not in w} | alone | {*by_hand("words")}
    words = {word for word in words if re.fullmatch(r"[a-z][a-z'-]+", word)}
    words -= {*by_hand("plain")}
    towns = {phrase(town) for town in knowledge.areas.names}
    parts = {word for town in towns for word in town.split(" ") if " " in town and word[3:]}
    places = {town for town in towns if " " not in town} | (parts - names - either - words)
    places |= either & {*by_hand("words")}  # "from Georgia"
    phrases = {title for line in (*called, *towns) if " " in (title := phrase(line))}
    write("first", first & names)
    write("last", last & names)
    common = set(sorted(ordinary - names, key=lambda word: -english.get(word, 0))[:MOST_COMMON])
    world = {name for name in by_hand("first-world") if name[4:] or not common & {*slips(name)}}
    familiar = british | world | {*by_hand("short")}
    write("known", {name for name in familiar - words - either - also_words - places if name[2:]})
    write("either", either)
    write("words", roots(words, names))
    write("places", places)
    telling = names | either | ROADS
    telling |= {name + ending for name in telling for ending in ("s", "'s")}
    plain = (words | places) - telling
    write("phrases", {p for p in phrases if not plain.issuperset(p.split(" "))})


# --- names ------------------------------------------------------------------------------


def given(locales: Iterable[str]) -> Iterator[str]:
    yield from _names(locales, re.compile(r"first_(romanized_)?names|middle_names"))


def family(locales: Iterable[str]) -> Iterator[str]:
    yield from _names(locales, re.compile(r"(\w+_)?last_(romanized_)?names"))


def _names(locales: Iterable[str], which: re.Pattern[str]) -> Iterator[str]:
    for locale in locales:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for kind in dir(provider):
            if which.match(kind):
                for name in getattr(provider, kind):
                    yield from parts(name)


def parts(name: str) -> Iterator[str]:
    """The words of a name, folded: "Lilly-Mae" are two."""
    for part in re.split(r"[\s.\-]+", fold(name).text.lower()):
        if re.fullmatch(r"[a-z][a-z']+", part):
            yield part


def by_hand(which: str) -> Iterator[str]:
    for line in lines(which):
        for word in line.split():
            yield fold(word).text.lower()


def lines(which: str) -> Iterator[str]:
    for line in (BY_HAND / f"{which}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


# --- what the national pack names -------------------------------------------------------


def titles(knowledge: Knowledge) -> Iterator[str]:
    """The names of services and care words."""
    for service in knowledge.services.values():
        for title in (service.name, service.organisation, *service.also):
            yield from re.split(r"\s+[-/]\s+|\s*[()]\s*|,\s+|: ", title)
    for term in knowledge.terms:
        yield from (term.term, *term.also)


def spoken(knowledge: Knowledge) -> Iterator[str]:
    """Words that people ask with, and that services are described with, in small letters."""
    texts = [
        *(ask for topic in knowledge.topics.values() for ask in topic.asks),
        *(text for s in knowledge.services.values() for text in (s.what, s.who_for or "", *s.asks)),
        *knowledge.outside,
    ]
    found = Counter(word for text in texts for word in re.findall(r"(?<!\w)[a-z]{3,}(?!\w)", text))
    return (word for word, n in found.items() if n >= LEAST_SPOKEN)


def phrase(title: str) -> str:
    """As a reader of questions sees it: small, without marks."""
    return " ".join(re.findall(r"[a-z]+(?:['-][a-z]+)*|[0-9]+", fold(title).text.lower()))


# --- the lists --------------------------------------------------------------------------


def roots(words: set[str], names: set[str]) -> set[str]:
    """Without those that the reader of the list derives from others: see lexicon.py."""
    kept: set[str] = set()
    for word in sorted(words, key=lambda word: (len(word), word)):  # shorter ones first
        if word in names or not any(stem in kept for stem in stems(word)):
            kept.add(word)
    return kept


def write(which: str, words: Iterable[str]) -> None:
    found = sorted(set(words))
    LISTS.mkdir(exist_ok=True)
    path = LISTS / f"{which}.txt"
    path.write_text("\n".join(found) + "\n", "utf-8")
    print(f"{which:8} {len(found):6} words {path.stat().st_size:7,} bytes")


if __name__ == "__main__":
    main()
