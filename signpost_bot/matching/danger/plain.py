"""Making a text plain: lower case, one spelling for all the ways to write a word."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

_FROM_START, _FROM_END = 4_100, 1_900  # characters that are read of a very long text
_APOSTROPHES = dict.fromkeys(map(ord, "'\u2019\u2018\u201b\u02bc`\u00b4\uff07"))
_I_WILL = re.compile(
    r"\bill (?=(?:just |only |end up )?(?:hurt|kill|do|end|snap|hit|shake|take|harm|lose))"
)  # fmt: skip
_NOT_WORD = re.compile(r"[^a-z0-9.!?;,]+")
_THRICE = re.compile(r"([a-z])\1{2,}")
_WORD = re.compile(r"[a-z]+")


def make_plain(text: str) -> str:
    """Lower case, one apostrophe-free spelling, commas and sentence ends kept."""
    if len(text) > _FROM_START + _FROM_END:
        text = f"{text[:_FROM_START]}\n{text[-_FROM_END:]}"
    text = unicodedata.normalize("NFKD", text).translate(_APOSTROPHES).lower()
    text = _I_WILL.sub("i will ", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = _NOT_WORD.sub(" ", text.replace("\n", ".")).replace(",", " , ")
    text = _WORD.sub(lambda found: _mended(found.group()), text)
    return " ".join(re.sub(r"([.!?;]+)", r" \1 ", text).split())


def _mended(word: str) -> str:
    if len(word) > 20:
        word = _THRICE.sub(r"\1", word)[:20]
    if _THRICE.search(word):
        word = _squeezed(word)
    return _near(_SHORT.get(word) or _MISSPELT.get(word) or word)


def _squeezed(word: str) -> str:
    """ "pleeease" and "killlled" with the letters they have in any dictionary."""
    double = _THRICE.sub(r"\1\1", word)
    known = ("kill", "hitt", "fall", "feel", "need", "soon", "beat", "choo", "blood", "bleed")
    return double if double.startswith(known) else _THRICE.sub(r"\1", word)


def _near(word: str) -> str:
    """The long word this one misses by a single letter, else itself."""
    slips = _slips()
    if word in slips or word in _NO_SLIP or len(word) < 8:
        return slips.get(word, word)
    for shorter in _one_left_out(word):
        if shorter in slips and slips[shorter][0] == word[0]:
            return slips[shorter]
    return word


@cache
def _slips() -> dict[str, str]:
    """Each long word under itself and under every form with one letter left out."""
    slips = {shorter: word for word in _LONG_WORDS for shorter in _one_left_out(word)}
    return {slip: word for slip, word in slips.items() if slip not in _NO_SLIP} | {
        word: word for word in _LONG_WORDS
    }


def _one_left_out(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(1, len(word)))


_SHORT = {  # how people write short, and the long form that all patterns use
    "im": "i am", "ive": "i have", "id": "i would", "hes": "he is", "shes": "she is",
    "theyre": "they are", "theyve": "they have", "theyd": "they would", "hed": "he would",
    "weve": "we have", "youre": "you are", "hell": "he will", "theyll": "they will",
    "whos": "who is", "whats": "what is", "theres": "there is", "thats": "that is", "its": "it is",
    "cant": "can not", "cannot": "can not", "carnt": "can not", "wont": "will not",
    "dont": "do not", "dnt": "do not", "doesnt": "does not", "didnt": "did not",
    "isnt": "is not", "arent": "are not", "aint": "is not", "wasnt": "was not",
    "werent": "were not", "hasnt": "has not", "havent": "have not", "hadnt": "had not",
    "couldnt": "could not", "wouldnt": "would not", "shouldnt": "should not",
    "gonna": "going to", "wanna": "want to", "gotta": "got to", "tryna": "trying to",
    "u": "you", "ur": "your", "r": "are", "cos": "because", "coz": "because", "n": "and",
    "hubby": "husband", "hubbie": "husband", "hubbys": "husbands", "oh": "husband",
    "bf": "boyfriend", "gf": "girlfriend", "mam": "mum", "mom": "mum", "ma": "mum", "da": "dad",
    "mammy": "mum", "maw": "mum", "wean": "child", "weans": "kids", "bairn": "child",
    "bairns": "kids", "wee": "little", "feart": "scared", "cannae": "can not", "didnae": "did not",
    "dinnae": "do not", "wouldnae": "would not", "willnae": "will not", "isnae": "is not",
    "kms": "kill myself", "anymore": "any more", "noone": "nobody", "alot": "a lot",
    "sh": "self harm", "od": "overdose", "meds": "tablets", "pills": "tablets",
}  # fmt: skip
_MISSPELT = {
    "sucide": "suicide", "suiside": "suicide", "suacide": "suicide", "sucidal": "suicidal",
    "suicidle": "suicidal", "suisidal": "suicidal", "suicial": "suicidal", "sucidle": "suicidal",
    "abuisve": "abusive", "abusve": "abusive", "abbused": "abused", "abuseing": "abusing",
    "breathin": "breathing", "breething": "breathing", "breath": "breathe", "breating": "breathing",
    "unconcious": "unconscious", "unconsious": "unconscious", "unconshus": "unconscious",
    "strok": "stroke", "siezure": "seizure", "seisure": "seizure", "choaking": "choking",
    "colapsed": "collapsed", "bleedin": "bleeding", "hittin": "hitting", "hiting": "hitting",
    "beatin": "beating", "killin": "killing", "dieing": "dying", "threatning": "threatening",
    "threatend": "threatened", "afriad": "afraid", "frightend": "frightened", "scard": "scared",
    "neglet": "neglect", "brused": "bruised", "bruses": "bruises",
    "agressive": "aggressive", "voilent": "violent", "vilent": "violent", "marrige": "marriage",
    "punchd": "punched", "slaped": "slapped", "husban": "husband", "alzhiemers": "alzheimers",
}  # fmt: skip
# Long words that a slip of the finger leaves recognisable.
_LONG_WORDS = (
    "suicidal overdose overdosed unconscious unresponsive breathing bleeding swallowed collapsed "
    "strangled strangling strangles paracetamol threatens threatened threatening controls "
    "controlling frightened terrified neglected neglecting assaulted attacking attacked "
    "boyfriend girlfriend dementia alzheimers violence abusive"
).split()
_NO_SLIP = frozenset("breeding control controlled attaching attached stranger strangers".split())
