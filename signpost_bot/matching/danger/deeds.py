"""Who does what to whom: the verbs that hurt, each with the persons before and after it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from signpost_bot.matching.danger.blocks import compiled
from signpost_bot.matching.danger.innocent import is_denied
from signpost_bot.matching.danger.persons import PERSONS


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that hurts: a verb, or a phrase that says as much."""

    act: str
    who: str = ""  # the word for the one who does it, where there is one
    whom: str = ""  # and for the one it is done to


def deeds(clause: str) -> Iterator[Deed]:
    """Each verb that hurts, with the persons nearest before and after it."""
    words = clause.split()
    for at, act in enumerate(words):
        if act not in _ACTS or is_denied(" ".join(words[max(0, at - 8) : at]) + " "):
            continue
        if act in _NOUNS and _is_noun(words, at):
            continue
        if act.startswith("threat") and "to" in words[at + 1 : at + 2]:
            continue  # what is threatened is heard in home.py
        who, whom = _before(words, at), _after(words, at)
        passive = (
            _PARTICIPLE.search(act)
            and words[at - 1] != "to"
            and _BEING & set(words[max(0, at - 3) : at])
        )
        if passive and not (whom and words[at + 1] != "by" and words[at - 1] == "got"):
            whom_near = _before(words, at, 4 if act in GRAVE else 7)
            by = "by" in words[at + 1 : at + 4] or "from" in words[at + 1 : at + 3]
            who, whom = (_after(words, at, 6) if by else ""), whom_near
            whom = "me" if whom == "i" else whom
        yield Deed(act, who, whom)


def in_plain_words(clause: str) -> str:
    """The clause with its longer phrases put as one word that a verb or a person has."""
    for phrase, word in _SAME_AS:
        clause = phrase.sub(word, clause)
    return clause


def _is_noun(words: list[str], at: int) -> bool:
    """True for "a bit of" or "grab rails", where the word is no deed at all."""
    following = words[at + 1] if at + 1 < len(words) else ""
    if words[max(0, at - 1)] in _BEFORE_NOUN:
        return True
    has_object = following in _TAKES_OBJECT or following in PERSONS
    return not has_object and not _BEING & set(words[max(0, at - 2) : at])


def _before(words: list[str], at: int, most: int = 6) -> str:
    """The nearest person before a verb. In "my mum she hits me" that is "she"."""
    for i in range(at - 1, max(-1, at - 1 - most), -1):
        word, object_only = words[i], words[i] in ("us", "me", "him", "them", "myself")
        if word in PERSONS and not object_only and (word != "her" or i == at - 1):
            return word
        if word in ("it", "this", "that", "which") and i >= at - 2 and words[at - 1] != "and":
            return "it"
    return ""


def _after(words: list[str], at: int, most: int = 3) -> str:
    """The nearest person after a verb; "my arm" is the speaker, "his head" nobody."""
    for i in range(at + 1, min(len(words), at + 1 + most)):
        word, following = words[i], words[i + 1] if i + 1 < len(words) else ""
        if following in _BODY and word in _MY:
            return "me"
        if following in _BODY and word in ("his", "her", "their", "the"):
            return ""
        if (
            word == "her"
            and following in PERSONS
            and following not in ("i", "he", "she", "they", "who", "when")
        ):
            continue
        if word in PERSONS and word not in ("i", "he", "she", "they", "who", "myself", "we"):
            return word
        if word in _NOBODY:
            return ""
    return ""


# --- verbs ------------------------------------------------------------------------------------


def _forms(verbs: str) -> frozenset[str]:
    """Every form of regular verbs; "slap+" doubles its last letter."""
    forms: set[str] = set()
    for verb in verbs.split():
        base, doubled = verb.rstrip("+"), verb.rstrip("+") + verb.rstrip("+")[-1]
        if base.endswith("e"):
            forms |= {base, base + "s", base + "d", base[:-1] + "ing"}
        elif base.endswith("y"):
            forms |= {base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"}
        else:
            stem = doubled if verb.endswith("+") else base
            ending = "es" if base.endswith(("s", "sh", "ch", "x")) else "s"
            forms |= {base, base + ending, stem + "ed", stem + "ing"}
    return frozenset(forms)


# Blows count whoever gives them; rough acts need a person on both sides of the verb.
BLOWS = _forms(
    "hit+ punch slap+ kick beat smack thump batter headbutt bash whack strangle throttle stab+ "
    "rape molest assault attack abuse choke terrorise terrorize bully blackmail mistreat groom "
    "exploit intimidate torment clout degrade humiliate manhandle stalk harass wallop brutalise "
    "torture victimise coerce cuckoo grope"
) | {"beaten"}
ROUGH = _forms(
    "push shove grab+ hurt harm shake scratch pinch drag+ pin+ burn threaten hurl injure thrash "
    "scald corner overpower belittle"
) | {"shook", "shaken", "bit", "bite", "bites", "biting", "bitten", "burnt"}
GRAVE = _forms(  # everyday words that are harm only from some hands, or in some company
    "lock shut+ strap+ restrain drug+ dope neglect starve kill"
) | {"tied", "ties", "tying", "shouts"}
_ACTS = BLOWS | ROUGH | GRAVE

# --- words around a verb ------------------------------------------------------------------------

_PARTICIPLE = re.compile(r"(?:ed|en|hit|hurt|beat|shook|tied|sworn|shut|burnt)$")
_BEING = frozenset("is are was were been being be am get gets got getting".split())
_NOUNS = frozenset(  # deeds only where a person stands right before them
    "whack clout groom grooms corner pin pins strap straps lock locks drug drugs kick kicks punch "
    "attack attacks abuse shut shuts shutting beat harm burn bit bite bites scratch drag "
    "shake shaking grab locking locked push".split()
)
_TAKES_OBJECT = frozenset(
    "my our his her their the at on me us him them mum dad nan by in out".split()
)
_BEFORE_NOUN = frozenset("the a an of no any this that smart good heart panic chest asthma".split())
_MY = frozenset("my our".split())
_BODY = frozenset(
    "head arm arms leg legs hip knee back foot feet face elbow toe shin thumb finger fingers hand "
    "hands nails gums teeth mouth wrist wrists shoulder hair skin tongue lip neck ribs "
    "throat stomach eye jaw knees".split()
)
_NOBODY = frozenset(", himself herself themselves myself when because if wheelchair chair".split())

# --- phrases that say what one plain word says --------------------------------------------------

_SAME_AS = tuple(
    (compiled(phrase), word)
    for word, phrase in (
        (
            "staff",
            "(?:care|nursing|residential) homes?|(?:the|his|her|a) home(?= (?:staff|has|have|"
            "tied|is|left|are|keeps?))|day centre|respite (?:home|centre)|supported living",
        ),
        (
            "staff",
            "(?:care|support|night|agency|key|ward|day|home) (?:workers?|staff|assistants?|"
            "nurses?)|staff member|personal assistant|live in carer|the night staff|care agency|"
            "taxi driver",
        ),
        (
            "child",
            r"(?:little|small) (?:boys?|girls?|ones?|lads?|brothers?|sisters?)|\d+ (?:year|"
            "yr)s? old|young (?:boy|girl)|foster (?:son|daughter|child)|step (?:child|children)",
        ),
        (
            "elder",
            "(?:old|elderly|vulnerable|disabled) (?:man|woman|lady|gentleman|person|people|"
            "adults?|relatives?)|vulnerable adults?",
        ),
        ("relative", "(?:father|mother|brother|sister|son|daughter) in laws?"),
        ("partner", "other half|old man"),
        (
            "attacks",
            "(?:goes|going|went|go|gone|comes|coming|came|flies|flew|launches|launched) (?:for|"
            "at)(?= (?:me|us|him|her|my|mum|dad|the staff))",
        ),
        (
            "hits",
            "(?:lash|lashes|lashed|lashing|hits?|hitting|kicks?|kicking) out (?:at|on)?|(?:lays?|"
            "laid|laying) (?:into|hands on|a hand on|a finger on)|(?:raises?|raised|raising) "
            "(?:his|her|a|their) (?:hands?|fists?)(?: (?:to|at))?",
        ),
        (
            r"beats \1",
            "(?:knock|knocks|knocked|knocking|rough|roughs|roughed|slap|slaps|push|pushes|"
            "pushed) (me|us|him|her|them|mum|dad) (?:about|around|up)",
        ),
        (
            "attacks",
            "(?:throws?|threw|throwing|chucks?|chucked|chucking|lobs?) (?:[a-z]+ ){1,3}?at",
        ),
        ("attacks", "(?:spits?|spat|spitting) (?:at|on|in)"),
        (
            r"hurts \1 hair",
            "(?:pulls?|pulled|pulling|twists?|twisted|twisting|breaks?|broke|broken|squeezes?|"
            "squeezed) (my|her|his) (?:hair|arms?|wrists?|fingers?|jaw|nose|ribs)",
        ),
        (
            "shouts",
            "(?:shout|shouts|shouted|shouting|scream|screams|screamed|screaming|yell|yells|swear|"
            "swears|swore|mocks?|laugh|laughs|laughed|laughing) (?:at|in|and)(?: (?:my|his|"
            "her) face)?",
        ),
        (
            r"strangled \1 throat",
            "(?:puts?|got|had|has|with) (?:his|her|their) hands? (?:a?round|on|over) (my|her|"
            "his) (?:neck|throat|mouth|face)",
        ),
        (
            r"hits \1",
            "takes? (?:his|her) (?:anger|temper|moods?) out on|(?:gives?|gave) (me|him|her) a "
            "(?:slap|beating|smack|kicking|dig|hiding|black eye)",
        ),
        (
            "abused",
            "tak(?:en|ing|es?) advantage of|preyed on|preying on|ill treat(?:s|ed|ing)?|treat"
            "(?:s|ed|ing)? (?:him|her|mum|dad|them|me) (?:like (?:dirt|an animal|a dog|a slave|"
            "rubbish|a prisoner)|badly|terribly|roughly|cruelly)",
        ),
    )
)
