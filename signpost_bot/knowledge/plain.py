"""Plain language, measured: short sentences, everyday words, no jargon left unexplained.

The bounds are those of readabilityguidelines.co.uk (15 words a sentence on average, 25 at
most); the words to avoid follow GOV.UK's content guide. No reading-age score is valid for a
text this short, so none is used here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

LONGEST_SENTENCE = 25  # words
AVERAGE_SENTENCE = 15  # words, over all the sentences of one entry

# What to write instead. The list is GOV.UK's, with the words that care adds to it.
AVOIDED = {
    "accommodation needs": "housing",
    "advise that": "say",
    "approximately": "about",
    "ascertain": "find out",
    "beneficiaries": "people",
    "beneficiary": "person",
    "client group": "people",
    "collaborate": "work with",
    "commence": "start",
    "committed suicide": "died by suicide",
    "dialogue": "talk",
    "disseminate": "share",
    "empower": "help",
    "empowering": "helping",
    "empowers": "helps",
    "enquire": "ask",
    "enquiries": "questions",
    "facilitate": "help",
    "facilitates": "helps",
    "facilitating": "helping",
    "going forward": "from now on",
    "holistic": "whole",
    "in accordance with": "by",
    "in order to": "to",
    "in relation to": "about",
    "individuals": "people",
    "leverage": "use",
    "multi-disciplinary": "joint",
    "multidisciplinary": "joint",
    "obtain": "get",
    "pathway": "steps",
    "person-centred": "fitted to the person",
    "prior to": "before",
    "provision": "help",
    "purchase": "buy",
    "regarding": "about",
    "robust": "strong",
    "service user": "person",
    "service users": "people",
    "signposting": "telling you where to go",
    "stakeholder": "person",
    "stakeholders": "people",
    "statutory": "by law",
    "streamline": "make simpler",
    "subsequently": "later",
    "sufficient": "enough",
    "suffers from": "has",
    "utilise": "use",
    "utilises": "uses",
    "via": "through",
    "vulnerable people": "people at risk",
    "wheelchair bound": "uses a wheelchair",
}

# Acronyms that need no explaining to people in the UK.
EVERYDAY_ACRONYMS = frozenset({
    "999", "AM", "BBC", "BT", "CD", "CV", "DVD", "DVLA", "GOV", "GP", "GPS", "HM", "HMRC", "ID",
    "IT", "ITV", "MP", "NHS", "PC", "PDF", "PIN", "PM", "PO", "TV", "UK", "US", "USA", "USB",
})

_AVOIDED = re.compile(r"\b(" + "|".join(map(re.escape, AVOIDED)) + r")\b", re.IGNORECASE)
_SENTENCE_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)"
    r"(?!(?:(?<=\b[ap]\.m)|(?<=\betc))\.\s+[a-z])"  # "9 a.m. to noon", but "at 9 a.m. Then"
    r"[.!?]+(?=[\s)\]\"'’”]|$)|\n+"
)
_WORD = re.compile(r"[^\W_][\w'’.,:/@£&?=#%+-]*")
_ACRONYM = re.compile(r"\b(?:[A-Z][A-Z0-9]+|[A-Z]o[A-Z][A-Z]?)s?\b")
# "CHC or PIP" explains neither; "CHC or NHS care" does.
_OTHER_ACRONYM = rf"(?-i:(?!(?:{'|'.join(sorted(EVERYDAY_ACRONYMS))})\b)[A-Z]{{2}})"
_ADDRESS = re.compile(r"https?://\S+|\b[\w.-]+@[\w.-]+|\b[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b")


@dataclass(frozen=True, slots=True)
class PlainFault:
    """One thing in a text that people would stumble over."""

    rule: str  # long-sentence | long-average | avoided-word | jargon
    message: str
    text: int | None = None  # which of the texts, from 0; None: all of them together


def plain_faults(
    texts: Sequence[str], jargon: Iterable[str] = (), named: str = ""
) -> list[PlainFault]:
    """What stands between these texts and an easy read.

    Args:
        texts: everything a person reads of one entry, field by field.
        jargon: words that need explaining, as they are written ("CHC", "Reablement").
        named: names the entry bears; a word in its own name explains itself.

    Returns:
        The faults in the order of the text; empty where it reads well.
    """
    return [
        *_long_sentences(texts),
        *_avoided_words(texts),
        *_unexplained(texts, jargon, named),
    ]


def sentences(text: str) -> Iterator[list[str]]:
    """The words of each sentence; brackets and quotation marks fall away."""
    for part in _SENTENCE_END.split(text):
        if words := _WORD.findall(part):
            yield words


def _long_sentences(texts: Sequence[str]) -> Iterator[PlainFault]:
    found = [(i, words) for i, text in enumerate(texts) for words in sentences(text)]
    for i, words in found:
        if len(words) > LONGEST_SENTENCE:
            start = " ".join(words[:6])
            yield PlainFault(
                "long-sentence",
                f"the sentence that starts {start!r} has {len(words)} words. "
                f"Split it: {LONGEST_SENTENCE} words at most.",
                i,
            )
    total = sum(len(words) for _, words in found)
    if found and total > AVERAGE_SENTENCE * len(found):
        yield PlainFault(
            "long-average",
            f"its sentences have {total / len(found):.1f} words on average. "
            f"Shorten them: {AVERAGE_SENTENCE} at most.",
        )


def _avoided_words(texts: Sequence[str]) -> Iterator[PlainFault]:
    for i, text in enumerate(texts):
        for found in _AVOIDED.finditer(text):
            word = found.group()
            yield PlainFault(
                "avoided-word", f"{word!r} is hard to read. Try {AVOIDED[word.lower()]!r}.", i
            )


def _unexplained(
    texts: Sequence[str], jargon: Iterable[str], named: str
) -> Iterator[PlainFault]:
    whole = "\n".join(texts)
    for word in sorted({*_present(whole, jargon), *_acronyms(whole)}):
        if not _mentions(named, word) and not _explained(whole, word):
            yield PlainFault(
                "jargon",
                f"{word!r} is not explained. Say it in plain words, "
                f"with {word!r} in brackets after them.",
                next((i for i, text in enumerate(texts) if _mentions(text, word)), 0),
            )


def _present(text: str, jargon: Iterable[str]) -> Iterator[str]:
    lower = text.lower()
    return (word for word in jargon if _lower(word) in lower and _mentions(text, word))


_lower = cache(str.lower)  # each word is looked for in every text


def _acronyms(text: str) -> Iterator[str]:
    for found in _ACRONYM.findall(_ADDRESS.sub(" ", text)):
        bare = found.removesuffix("s")
        if bare not in EVERYDAY_ACRONYMS:
            yield bare


def _mentions(text: str, word: str) -> bool:
    return _as_word(word).search(text) is not None


def _explained(text: str, word: str) -> bool:
    """True where brackets or a turn of phrase beside the word say what it means."""
    return _explanation(word).search(text) is not None


@cache
def _explanation(word: str) -> re.Pattern[str]:
    form = _as_word(word).pattern
    beside = (
        rf"\([^()]*{form}[^()]*\)|{form}\s*\(|{form}(?::|,? (?:which|means|meaning)\b)"
        rf"|{form},? or (?!{_OTHER_ACRONYM})|, or {form},|\b(?:called|known as) {form}"
    )
    return re.compile(beside, _as_word(word).flags)


@cache
def _as_word(word: str) -> re.Pattern[str]:
    """The word on its own, plural too; an acronym only in its own capitals."""
    flags = 0 if _ACRONYM.fullmatch(word) else re.IGNORECASE
    return re.compile(rf"(?<!\w){re.escape(word)}s?(?!\w)", flags)
