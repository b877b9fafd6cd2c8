"""Services and care words that people ask for by name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from signpost_bot.model import Service, Term

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc]")
_LONGEST_NAME = 12  # words
_SHORT_QUESTION = 9  # words: a name in a longer message is most often only mentioned
_MISSPELT_FROM = 6  # letters: shorter names are too near to other words

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

_ASKS_MEANING = re.compile(
    r"\b(?:what(?:'?s| is| are| was| does| do| s)?|wh?ats|wots?|explain|define|meaning of|meant by"
    r"|definition of|mean(?:s|ing)?|stands? for|know what)\b"
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
        self._long = [name for name in self._by_name if len(name) >= _MISSPELT_FROM]

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
                rest = words[:start] + words[start + size :]
                if all(word in _AROUND for word in rest) and (
                    found := self._called(" ".join(words[start : start + size]))
                ):
                    return found
        return ()

    def _called(self, name: str) -> Sequence[Service]:
        if name in self._by_name:
            return self._by_name[name]
        if len(name) < _MISSPELT_FROM:
            return ()
        slips = 1 if len(name) < 10 else 2
        near = process.extractOne(name, self._long, scorer=OSA.distance, score_cutoff=slips)
        return self._by_name[near[0]] if near else ()


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
        self._long = [form for form in self._forms if len(form) >= _MISSPELT_FROM]

    def asked_about(self, text: str) -> Sequence[Term]:
        """Every meaning of the word in "what is CHC", "whats a dols", or just "CHC?".

        Empty where nothing is asked about a word, or the question wants more than its meaning.
        """
        words = _words(text)
        if len(words) == 1 and words[0] in self._acronyms:
            return self._forms[words[0]]
        if not words or not _ASKS_MEANING.search(_APOSTROPHES.sub("", text.lower())):
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
        if len(form) < _MISSPELT_FROM:
            return ()
        slips = 1 if len(form) < 10 else 2
        near = process.extractOne(form, self._long, scorer=OSA.distance, score_cutoff=slips)
        return self._forms[near[0]] if near else ()


def _words(text: str) -> list[str]:
    return _WORD.findall(_APOSTROPHES.sub("", text.lower()))


def _key(name: str) -> str:
    return " ".join(_words(name))
