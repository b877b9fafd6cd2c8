"""A text as words that may name people: what each is, what stands beside it, what it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from signpost_bot.questions.redaction.lexicon import Kind, Lexicon
from signpost_bot.questions.redaction.showing import (
    ARTICLES,
    CALENDAR,
    DATED,
    DISEASES,
    FOLLOW,
    FUNCTION,
    HELD,
    HOSPITALS,
    KIN,
    NEVER,
    ORGANISATIONS,
    POSSESSORS,
    STATIONS,
    SURELY_FOLLOW,
    TITLES,
)
from signpost_bot.questions.redaction.spans import FOUND, KEPT, NAME

_LETTER = "(?:[^\\W\\d_]|[\u064b-\u065f\u0900-\u0dff])"
_TOKEN = re.compile(
    # the vowel signs of Arabic and of the scripts of South Asia are no letters to Python
    rf"(?P<word>{_LETTER}+(?:['-]{_LETTER}+)*)|(?P<name>{NAME}+)|(?P<other>[{FOUND}{KEPT}]+|\d+)"
)
_ENDS_SENTENCE = re.compile(r"[.!?\n;:\u2026]|[^\w\s,'\"()&/@+*<>=%-]")  # emoji, too
_CONTRACTED = re.compile("'(?:d|ll|ve|re)$")
# Written as only firms and apps are: "MyChart", "GPs", "iPad"; but McLeod is somebody.
_BRANDED = re.compile(
    "(?!Mc|Mac|De|Di|La|Le|Van|Fitz|O'|D'|Al)[A-Z]+[a-z]+[A-Z]|[A-Z]{2,}[a-z]+$|[a-z]+[A-Z]"
)
_ABBREVIATED = frozenset("mr mrs ms mx dr prof rev fr st".split())  # a dot after them ends nothing
_LONGEST_NAME = 4  # words before "Hospital" that may be its name


@dataclass(slots=True)
class Token:
    """A word, a number or a mark. One that is no word has no letters in ``low``."""

    start: int
    end: int  # without the 's of a possessive
    before: str  # what stands between it and the token before
    low: str = ""  # in small letters, without the 's
    whole: str = ""  # in small letters, as it is written; of a number its digits
    kind: Kind = "word"
    capital: bool = False  # starts with a capital that says something in this text
    shouted: bool = False  # all in capitals, in a text that is not
    branded: bool = False
    possessive: bool = False
    starts: bool = False  # a sentence
    safe: bool = False  # in the name of a service, a place, a thing
    named: bool = False  # found to be a name

    @property
    def is_open(self) -> bool:
        """Nothing is said of it yet that rules a name out."""
        return bool(self.low) and not self.safe and not self.named and self.low not in NEVER

    @property
    def is_detail(self) -> bool:
        """A phone number, an address or such, found already."""
        return self.whole.startswith(FOUND)


_NOTHING = Token(0, 0, "", safe=True)  # stands before the first word and after the last


class Reading:
    """One text, word by word."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._misspelt: dict[str, bool] = {}  # for this text only: no word outlives it
        self.tokens: list[Token] = []
        end = 0
        for found in _TOKEN.finditer(text):
            self.tokens.append(_token(found, text[end : found.start()], lexicon))
            end = found.end()
        self.tail = text[end:]
        words = [token for token in self.tokens if token.low]
        latin = sum(token.low.isascii() for token in words)
        self.is_in_latin_letters = latin >= 3 and latin >= 0.7 * len(words)
        for i, token in enumerate(self.tokens):
            ended = _ENDS_SENTENCE.search(token.before) is not None and not self.touches(i)
            token.starts = i == 0 or ended
            self._settle_owner(i)
        _settle_capitals(self.tokens)
        self.in_small_letters = {t.low for t in self.tokens if not t.capital and not t.shouted}
        for i in range(len(self.tokens)):
            self._keep_safe(i)

    def at(self, i: int) -> Token:
        return self.tokens[i] if 0 <= i < len(self.tokens) else _NOTHING

    def low(self, i: int) -> str:
        return self.at(i).low

    def gap(self, i: int) -> str:
        """What stands before token i; for one past the last, what follows the last."""
        return self.tokens[i].before if i < len(self.tokens) else self.tail

    def touches(self, i: int) -> bool:
        """True where only spaces, a hyphen or the dot of "Mr." or "J." part it from the last."""
        if not 0 < i < len(self.tokens):
            return False
        gap = self.gap(i)
        if re.fullmatch(" {1,3}|-", gap):
            return True
        before = self.low(i - 1)
        return re.fullmatch(r"\. {0,3}", gap) is not None and (
            len(before) == 1 or before in _ABBREVIATED
        )

    def before(self, i: int) -> str:
        """The word that touches token i from the left."""
        return self.low(i - 1) if self.touches(i) else ""

    def after(self, i: int) -> str:
        """The word that touches token i from the right."""
        return self.low(i + 1) if self.touches(i + 1) else ""

    def closes(self, i: int) -> bool:
        """True where token i is the last of its clause."""
        return re.fullmatch(" +|-", self.gap(i + 1)) is None or i + 1 >= len(self.tokens)

    def goes_on_as_after_a_person(self, i: int) -> bool:
        """ "X keeps", "X, 34,", "X (my brother)", or nothing more."""
        if i + 1 >= len(self.tokens):
            return True
        if self.touches(i + 1):
            return self.low(i + 1) in FOLLOW
        gap = self.gap(i + 1)
        return gap[:1] in (",", ".", "(", ";", "!", "?", "\n") or gap.startswith(" (")

    def surely_goes_on_so(self, i: int) -> bool:
        """The same, for names that may be verbs: "my son will is", not "my son will only"."""
        if self.touches(i + 1):
            return self.low(i + 1) in SURELY_FOLLOW
        gap = self.gap(i + 1)
        return gap[:1] in (",", ".", "(") or gap.startswith(" (")

    def is_lively(self, i: int) -> bool:
        """The next word is one that people do, or the thing is somebody's."""
        if self.at(i).possessive:
            return self.low(i + 1) not in DISEASES
        return self.after(i) in FOLLOW

    def follows_article(self, i: int) -> bool:
        """ "the Christie", "the Royal Victoria"."""
        for _ in range(_LONGEST_NAME):
            if self.touches(i) and self.at(i - 1).capital and not self.at(i - 1).starts:
                i -= 1
        return self.before(i) in ARTICLES and not self.is_initial(i - 1)

    def is_heading(self, i: int) -> bool:
        """A word with a capital that goes on from the last: "Grace Period"; "I" is none."""
        token = self.at(i)
        plain = token.kind in ("word", "place") and token.low not in FUNCTION
        return self.touches(i) and token.capital and not token.named and plain

    def is_initial(self, i: int) -> bool:
        """ "J", "A." """
        token = self.at(i)
        single = len(token.low) == 1 and token.capital
        return single and (token.low not in ("i", "a", "x") or self.gap(i + 1)[:1] == ".")

    def is_misspelt(self, word: str) -> bool:
        """See :meth:`Lexicon.is_slip`, which takes its time."""
        if word not in self._misspelt:
            self._misspelt[word] = self.lexicon.is_slip(word)
        return self._misspelt[word]

    def is_slip(self, i: int) -> bool:
        """A word misspelt, where a name would fit, too; short ones with a capital are believed."""
        token = self.at(i)
        return (len(token.low) > 5 or not token.capital) and self.is_misspelt(token.low)

    def is_owned(self, i: int) -> bool:
        """A "my", "our" or "her" stands before it, with a few words between at most."""
        for j in range(i - 1, max(-1, i - 6), -1):
            if self.low(j) in POSSESSORS or self.at(j).possessive:
                return True
            if not self.touches(j + 1) and not set(self.gap(j + 1)) & set(",-"):
                return False
            if self.low(j) in FOLLOW or self.low(j) in ARTICLES:
                return False
        return False

    def _settle_owner(self, i: int) -> None:
        """ "Maggie's" is a charity, but "Maggie's wheelchair" is a person's."""
        token = self.tokens[i]
        stem = token.low.removesuffix("s")
        bare = token.low != stem and not token.possessive and token.capital
        after = self.low(i + 1)
        owns = after in KIN or (after in HELD and not token.starts)
        if bare and stem in self.lexicon.either and owns:
            token.low, token.kind, token.possessive = stem, "either", True  # "Marks carer"
        whose = token.low.endswith("'s") and token.low[:-2] in self.lexicon.known
        if whose and self.low(i + 1) in HELD | KIN:
            token.low, token.kind, token.possessive = token.low[:-2], "name", True
            token.end -= 2

    # --- what is no person --------------------------------------------------------------

    def _keep_safe(self, i: int) -> None:
        """Services, places and things that hold a person's name: "Marie Curie", "St Helens"."""
        token = self.tokens[i]
        for inside in self._phrase(i):
            inside.safe = True
        if token.low in ("st", "saint", "ss") and self.touches(i + 1):
            self.at(i + 1).safe = True
        if token.low in CALENDAR and self.before(i) in DATED:
            token.safe = True  # "in May, my own money stopped"
        if token.low in DISEASES and self.touches(i):
            self.at(i - 1).safe = True  # "williams syndrome"
        if token.starts:
            return
        station = token.low in STATIONS and not self.at(i - 1).possessive
        firm = token.low in ORGANISATIONS and token.capital
        if station or firm or token.low in DISEASES | HOSPITALS:
            for inside in self._run_before(i):
                inside.safe = True

    def _phrase(self, i: int) -> list[Token]:
        """The longest phrase of the list that starts here."""
        for length in self.lexicon.lengths.get(self.tokens[i].low, ()):
            tokens = self.tokens[i : i + length]
            written = " ".join(token.whole for token in tokens)
            bare = written.replace("'", ""), written.replace("'s", "")
            if {written, *bare} & self.lexicon.phrases:
                return tokens
        return []

    def _run_before(self, i: int) -> list[Token]:
        """The words with capitals before "Hospital", unless a title or a kin owns them."""
        j = i - 1
        while j >= 0 and self.tokens[j].capital and self.touches(j + 1) and i - j < _LONGEST_NAME:
            j -= 1
        first = self.at(j + 1)
        somebodys = first.possessive and first.kind == "name" and not self.tokens[i].capital
        if self.low(j) in TITLES | KIN or somebodys:
            return []
        return self.tokens[j + 1 : i]


def _token(found: re.Match[str], before: str, lexicon: Lexicon) -> Token:
    token = Token(found.start(), found.end(), before, named=found["name"] is not None)
    written = found[0]
    token.whole = written.lower()
    if not found["word"]:
        return token
    token.low = token.whole
    token.capital = written[0].isupper()
    bare = written.removesuffix("'s")
    token.shouted = len(bare) > 1 and bare.isupper()
    token.branded = _BRANDED.match(written) is not None
    token.possessive = token.low.endswith("'s")
    ending = 2 if token.possessive else 0
    if (contracted := _CONTRACTED.search(token.low)) and token.low not in FUNCTION:
        ending = len(contracted[0])
    if ending and token.low not in lexicon.words:
        token.low, token.end = token.low[:-ending], token.end - ending
    token.kind = "word" if token.low in FUNCTION else lexicon.kind(token.low)
    plural = token.kind == "new" and not ending and token.low.endswith("s")
    if plural and lexicon.is_plain_first(token.low[:-1]):
        # "Margarets dementia": as people type it, and the whole word is the name
        token.low, token.kind, token.possessive = token.low[:-1], "name", True
    return token


_WORDS_OF_A_STYLE = 4  # ordinary words, from which a text has one


def _settle_capitals(tokens: list[Token]) -> None:
    """Where all is in capitals, or Every Word Has One, they say nothing."""
    long = [token for token in tokens if len(token.low) > 1]
    shouting = len(long) > 1 and sum(t.shouted for t in long) >= 0.7 * len(long)
    plain = [token for token in long if not token.starts and token.kind == "word"]
    headline = len(plain) >= _WORDS_OF_A_STYLE and (
        sum(token.capital for token in plain) >= 0.6 * len(plain)
    )
    for token in tokens:
        token.capital = token.capital and not (shouting or headline or token.shouted)
        token.shouted = token.shouted and not shouting


def spans_of_names(reading: Reading) -> Iterator[tuple[int, int]]:
    """Runs of names on one line, parted by no more than spaces, hyphens, dots of initials."""
    run: list[Token] = []
    for i, token in enumerate(reading.tokens):
        parted = run and (run[-1].possessive or (token.before and not reading.touches(i)))
        if run and (parted or not token.named):
            yield run[0].start, run[-1].end
            run = []
        if token.named:
            run.append(token)
    if run:
        yield run[0].start, run[-1].end

