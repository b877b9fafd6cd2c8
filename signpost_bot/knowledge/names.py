"""Services and care words that people ask for by name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from signpost_bot.model import Service, Term

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc]")
_LONGEST_NAME = 12  # words
_SHORT_QUESTION = 9  # words: a name in a longer message is most often only mentioned
_MOST_SLIPS = 2
_MISSPELT_FROM = 6  # letters: shorter names are too near to other words
_MISSPELT_WORD = 4  # letters of one word among several

# Words around a name that ask for the thing itself.
_AROUND = frozenset({
    "a", "an", "the", "is", "are", "was", "what", "whats", "who", "whos", "where", "wheres", "how",
    "do", "does", "did", "i", "we", "you", "can", "could", "please", "of", "for", "to", "in", "on",
    "at", "with", "and", "or", "still", "going", "open", "there", "any", "it", "its", "my", "me",
    "uk", "phone", "telephone", "number", "helpline", "line", "website", "web", "site", "page",
    "address", "contact", "details", "email", "ring", "call", "find", "get", "tell", "about",
    "know", "want", "need", "charity", "service", "online", "happened", "mean", "means", "meaning",
    "stand", "stands", "explain", "define", "definition", "word", "hi", "hello",
})

# Before or after a name of one word, these make it a word like any other: "my mind is going".
_NO_NAME_AFTER = frozenset({"a", "an", "i", "it", "its", "me", "my", "to", "we", "you"})
_NO_NAME_BEFORE = frozenset({"i", "it", "me", "my", "to", "we", "you"})

_ASKS_MEANING = re.compile(
    r"\b(?:(?:what|wat|wot) ?(?:s|is|are|was|were)|what do(?:es)?\b.*\bmean|explain|define"
    r"|definition|meaning|meant by|means?(?=\W*$)|stands? for|know what)\b"
)
_MOST_WORDS_BESIDE = 3  # a longer question about a word wants more than its meaning


class ServiceNames:
    """Finds services by the names they bear or bore."""

    def __init__(self, services: Iterable[Service]) -> None:
        self._by_name: dict[str, list[Service]] = defaultdict(list)
        for service in services:
            for name in (service.name, *service.also):
                key = _key(name)
                if service not in self._by_name[key]:
                    self._by_name[key].append(service)
        self._long = _by_length(self._by_name)

    def asked_for(self, text: str) -> Sequence[Service]:
        """The services a short message asks for by name; none where it only mentions one.

        A message asks for a service where its name and a few words around it ("number for",
        "is ... still going") are all there is, or nearly so. Of several names in a message the
        longest counts.
        """
        words = _words(text)
        if not words or len(words) > _SHORT_QUESTION + _LONGEST_NAME:
            return ()
        for size in range(min(len(words), _LONGEST_NAME), 0, -1):
            for start in range(len(words) - size + 1):
                before, after = words[:start], words[start + size :]
                if (
                    all(word in _AROUND for word in before + after)
                    and (size > 1 or not _is_a_word(before, after))
                    and (found := self._called(" ".join(words[start : start + size])))
                ):
                    return found
        return ()

    def _called(self, name: str) -> Sequence[Service]:
        if name in self._by_name:
            return self._by_name[name]
        near = _misspelt(name, self._long)
        return self._by_name[near] if near else ()


class Glossary:
    """Finds the words of the care system that somebody asks the meaning of."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._forms: dict[str, list[Term]] = defaultdict(list)
        self._acronyms: set[str] = set()
        for term in terms:
            for form in (term.term, *term.also):
                key = _key(form)
                if term not in self._forms[key]:
                    self._forms[key].append(term)
                if form.isupper() or re.fullmatch(r"[A-Z]+[a-z]?[A-Z]+", form):
                    self._acronyms.add(key)
        self._long = _by_length(self._forms)

    def asked_about(self, text: str) -> Sequence[Term]:
        """Every meaning of the word in "what is CHC", "whats a dols", or just "CHC?".

        Empty where nothing is asked about a word, or the question wants more than its meaning.
        """
        words = _words(text)
        if len(words) == 1 and words[0] in self._acronyms:
            return self._forms[words[0]]
        if not words or len(words) > _SHORT_QUESTION + _LONGEST_NAME:
            return ()
        if not _ASKS_MEANING.search(_APOSTROPHES.sub("", text.lower())):
            return ()
        for size in range(min(len(words), _LONGEST_NAME), 0, -1):
            for start in range(len(words) - size + 1):
                rest = [w for w in words[:start] + words[start + size :] if w not in _AROUND]
                if len(rest) <= (_MOST_WORDS_BESIDE if size > 1 else 1) and (
                    found := self._called(" ".join(words[start : start + size]))
                ):
                    return found
        return ()

    def _called(self, form: str) -> Sequence[Term]:
        for known in (form, form.removesuffix("s")):
            if known in self._forms:
                return self._forms[known]
        near = _misspelt(form, self._long)
        return self._forms[near] if near else ()


def _is_a_word(before: Sequence[str], after: Sequence[str]) -> bool:
    if list(before[-2:]) == ["happened", "to"]:
        return False
    return bool(_NO_NAME_AFTER.intersection(before[-1:]) or _NO_NAME_BEFORE.intersection(after[:1]))


def _by_length(names: Iterable[str]) -> Mapping[int, Sequence[str]]:
    """The names that a misspelt one of each length may mean: of very many, only a few."""
    found = defaultdict(list)
    for name in names:
        if len(name) >= _MISSPELT_FROM:
            for length in range(len(name) - _MOST_SLIPS, len(name) + _MOST_SLIPS + 1):
                found[length].append(name)
    return found


def _misspelt(words: str, long: Mapping[int, Sequence[str]]) -> str | None:
    """The known words that somebody most likely meant: a slip or two, never in a short word.

    "dst meeting" is no "mdt meeting", and people get a first letter right.
    """
    if len(words) < _MISSPELT_FROM:
        return None
    known = long.get(len(words), ())
    slips = 1 if len(words) < 10 else _MOST_SLIPS
    near = process.extract(words, known, scorer=OSA.distance, score_cutoff=slips, limit=5)
    return next((name for name, _, _ in near if _alike(words.split(), name.split())), None)


def _alike(some: Sequence[str], others: Sequence[str]) -> bool:
    if some[0][0] != others[0][0]:
        return False
    if len(some) != len(others):
        return "".join(some) == "".join(others)
    return all(
        one == other or min(len(one), len(other)) >= _MISSPELT_WORD
        for one, other in zip(some, others, strict=True)
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(_APOSTROPHES.sub("", text.lower()))


def _key(name: str) -> str:
    return " ".join(_words(name))
