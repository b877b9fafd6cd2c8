"""Which words are names: lists made by ``scripts/build_names.py``, read once, when first needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

_LISTS = Path(__file__).parent / "lists"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONGEST_SLIP = 20  # letters: no word that people misspell is longer
_LONGEST = 40  # letters of a name or a word; what is longer is noise

# Words on no list that are no names: "empagliflozin", "desensitisation", "presenteeism".
_LEARNED = re.compile(
    "(?:gliflozin|gliptin|statin|zepam|zolam|mab|olol|sartan|apine|idone|oxetine|cycline|mycin|cillin"
    "|profen|parin|xaban|triptan|barbital|caine|dopa|giline|capone|prazole|thiazide|semide|sterone"
    "|solone|sone|zine|azole|tadine|dipine|codone|morphine|ticagrelor|isation|ization|ation|ations"
    "|ism|isms|ology|ologist|itis|osis|oses|ectomy|oscopy|graphy|pathy|aemia|emia|algia|plasty"
    "|ostomy|phobia|therapy|ness|ment|ments|ability|ality|ivity|ically|fully|lessly|gram|uria"
    "|rrhoea|plegic|plegia|paretic)$"
)
_BEGINNING = re.compile(
    "(?:over|under|out|un|re|mis|dis|non|pre|anti|inter|super|multi|semi|self|peri|post|hyper|hypo"
    "|neuro|micro|bio|tele|sub|fore|mid|up|down)(?=....)"
)

# Names that one need not list.
_GIVEN = re.compile(
    "(?:oluwa|chukwu|abdul|abdel|abdu|mohamm|muhamm|mehm)[a-z]{2,}"
    "|[a-z]{3,}(?:inder|preet|deep|jeet|ullah)"
)
_FAMILY = re.compile(
    r"(?:mc|mac(?=[dfgklnp])|o')[a-z]{3,}|ogun[a-z]{2,}"
    r"|[a-z]{3,}(?:wski|wska|nski|nska|icki|icka|ecki|ecka|dzki|dzka|wicz|czyk|czak|iuk|chuk|enko"
    r"|escu|eanu|ovic|evic|ovich|evich|opoulos|opoulou|akis|idis|auskas|auskaite|auskiene|evicius"
    r"|iene|shvili|adze|oglu|zadeh|lingam|nathan|murthy|eswaran|asamy|ratnam|uddin|zai)"
)

# What a word is when nothing else is known of it:
#   name    a name and nothing else (Priya)
#   either  a given name and a word; with a capital amid a sentence a person (Rose)
#   place   a place, and perhaps a name (Barry)
#   word    an ordinary word, and perhaps a name (Young)
#   new     on no list
Kind = Literal["name", "either", "place", "word", "new"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words lower case and folded."""

    first: frozenset[str]  # given names
    last: frozenset[str]  # surnames that are not given names, too
    known: frozenset[str]  # given names that are told in small letters, too
    either: frozenset[str]
    places: frozenset[str]
    words: frozenset[str]
    phrases: frozenset[str]  # of several words, none of them a person
    lengths: dict[str, tuple[int, ...]]  # first word of a phrase -> how many it may have

    def kind(self, word: str) -> Kind:
        """What one word is; with hyphens, what its parts make it together."""
        if len(word) > _LONGEST:
            return "word"
        if "-" in word and word not in self.words:
            if word.replace("-", " ") in self.phrases:
                return "place"
            return self._together([part for part in word.split("-") if part])
        if word in self.either:
            return "either"
        if word in self.places:
            return "place"
        if word in self.words:
            return "word"
        if word in self.first or word in self.last or is_shaped_like_a_name(word):
            return "name"
        if any(stem in self.words for stem in stems(word)) or _LEARNED.search(word):
            return "word"
        if self._is_compound(word):
            return "word"
        return "new"

    def is_listed(self, word: str) -> bool:
        """True for words, places and their forms, but not for two words in one."""
        if word in self.words or word in self.either or word in self.places:
            return True
        named = word in self.first or word in self.last
        return not named and any(stem in self.words for stem in stems(word))

    def _is_compound(self, word: str) -> bool:
        """ "overshares", "childminder": two words in one."""
        if begins := _BEGINNING.match(word):
            rest = word[begins.end() :]
            if rest in self.words or any(stem in self.words for stem in stems(rest)):
                return True
        for cut in range(4, len(word) - 2):
            end = word[cut:]
            if word[:cut] in self.words and (
                end in self.words or any(stem in self.words for stem in stems(end))
            ):
                return True
        return False

    def _together(self, parts: list[str]) -> Kind:
        kinds = [self.kind(part) for part in parts]
        pairs = zip(parts, kinds, strict=True)
        named = all(self.is_name(part) or kind == "new" for part, kind in pairs)
        if named and ("name" in kinds or set(kinds) == {"either"}):
            return "name"
        return "new" if set(kinds) == {"new"} else "word"

    def is_plain_first(self, word: str) -> bool:
        """True for a given name that is told in small letters, too."""
        if word in self.known:
            return True
        plain = len(word) > 4 and self.is_first(word) and self.kind(word) == "name"
        return plain and not self.is_slip(word)

    def is_first(self, word: str) -> bool:
        return word in self.first or word in self.either or _GIVEN.fullmatch(word) is not None

    def is_name(self, word: str) -> bool:
        """True for all names, words or not."""
        listed = word in self.first or word in self.last or word in self.either
        return listed or is_shaped_like_a_name(word)

    def is_slip(self, word: str) -> bool:
        """True for what is one typing error away from a word: "demntia", "brething"."""
        if len(word) > _LONGEST_SLIP:
            return False
        return any(near in self.words for form in (word, *stems(word)) for near in slips(form))


@cache
def lexicon() -> Lexicon:
    """The lists, read in some 10 ms."""
    phrases = _lines("phrases")
    lengths: dict[str, set[int]] = {}
    for phrase in phrases:
        words = phrase.split(" ")
        for start in {words[0], words[0].removesuffix("s"), words[0].removesuffix("'s")}:
            lengths.setdefault(start, set()).add(len(words))
    return Lexicon(
        first=frozenset(_lines("first")),
        last=frozenset(_lines("last")),
        known=frozenset(_lines("known")),
        either=frozenset(_lines("either")),
        places=frozenset(_lines("places")),
        words=frozenset(_lines("words")),
        phrases=frozenset(phrases),
        lengths={word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()},
    )


_SPELLINGS = (("is", "iz"), ("our", "or"), ("ys", "yz"), ("ll", "l"), ("tre", "ter"))


def is_shaped_like_a_name(word: str) -> bool:
    """ "mcallister", "wojciechowska", "oluwaseun"."""
    return (_GIVEN.fullmatch(word) or _FAMILY.fullmatch(word)) is not None


def stems(word: str) -> Iterator[str]:
    """What a word may be a form of: "forgeting" of "forget". The list leaves such forms out."""
    for ending in ("s", "'s", "es", "d", "ed", "r", "er", "ing", "ly", "y", "n't", "nt"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield word.removesuffix(ending)
    for ending, instead in (("ies", "y"), ("ied", "y"), ("ing", "e"), ("ier", "y"), ("ily", "y")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield word.removesuffix(ending) + instead
    for british, american in _SPELLINGS:
        if british in word[2:]:
            yield word[:2] + word[2:].replace(british, american, 1)


def slips(word: str) -> Iterator[str]:
    """Every word one typing error away, most of them nonsense; nobody errs in the first letter."""
    yield word[1:2] + word[:1] + word[2:]
    for i in range(1, len(word) + 1):
        start, end = word[:i], word[i:]
        if end:
            yield start + end[1:]
        if len(end) > 1:
            yield start + end[1] + end[0] + end[2:]
        for letter in _LETTERS:
            yield start + letter + end
            if end:
                yield start + letter + end[1:]


def _lines(which: str) -> list[str]:
    return (_LISTS / f"{which}.txt").read_text("utf-8").splitlines()
