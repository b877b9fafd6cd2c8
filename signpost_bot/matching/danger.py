"""Hearing danger in what somebody typed, before anything else is looked at.

Nothing but the standard library is used, so this works when all the rest is broken. A text is
made plain (one spelling, no apostrophes), cut into clauses, and each clause is held against
patterns built from small blocks: who does what to whom. Words that only sound like danger (a
film, a course, a figure of speech, something denied or long over) silence the clause they
stand in.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from signpost_bot.model import Alarm, Danger

# Where several fit, the first of these is answered.
_FIRST: tuple[Danger, ...] = (
    "emergency",
    "suicide",
    "child-protection",
    "domestic-abuse",
    "adult-safeguarding",
)


def find_danger(text: str) -> Alarm | None:
    """The gravest danger in a text, or None. Takes any text, and never raises."""
    plain = _plain(text)
    clauses = dict.fromkeys(c.strip() for c in _CLAUSE_END.split(plain) if c.strip())
    kinds = {kind for clause in clauses for kind in _dangers(clause, plain)}
    for kind in _FIRST:
        if kind in kinds:
            by_child = kind != "emergency" and _child_speaks(plain)
            return Alarm(kind, _strength(kind, plain), by_child)
    return None


def _dangers(clause: str, text: str) -> Iterator[Danger]:
    """Every kind of danger in one clause; the whole text tells who is meant."""
    clause = " ".join(_TOLD.sub(" ", _IDIOM.sub(" ", clause)).split())
    if _ON_SCREEN.search(clause) and not re.search(r"\b(?:i|me|my)\b", clause):
        return
    if _emergency(clause):
        yield "emergency"
    if _suicide(clause):
        yield "suicide"
    yield from _harm(clause, text)


def _strength(kind: Danger, text: str) -> Literal["now", "worried"]:
    return "now" if kind == "emergency" or _NOW.search(text) else "worried"


# --- making a text plain ------------------------------------------------------------------

_FROM_START, _FROM_END = 4_100, 1_900  # characters that are read of a very long text
_APOSTROPHES = dict.fromkeys(map(ord, "'\u2019\u2018\u201b\u02bc`\u00b4\uff07"))
_I_WILL = re.compile(
    r"\bill (?=(?:just |only |end up )?(?:hurt|kill|do|end|snap|hit|shake|take|harm|lose))"
)  # fmt: skip
_NOT_WORD = re.compile(r"[^a-z0-9.!?;,]+")
_THRICE = re.compile(r"([a-z])\1{2,}")
_WORD = re.compile(r"[a-z]+")
_CLAUSE_END = re.compile(r"[.!?;]+| but | however | although ")

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
    "sh": "self harm", "od": "overdose", "odd": "odd", "meds": "tablets", "pills": "tablets",
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
    "neglet": "neglect", "brused": "bruised", "bruses": "bruises", "raped": "raped",
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


def _plain(text: str) -> str:
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
    word = _SHORT.get(word) or _MISSPELT.get(word) or word
    return _slips().get(word, word) if len(word) < 8 else _near(word)


def _squeezed(word: str) -> str:
    """ "pleeease" and "killlled" with the letters they have in any dictionary."""
    double = _THRICE.sub(r"\1\1", word)
    known = ("kill", "hitt", "fall", "feel", "need", "soon", "beat", "choo", "blood", "bleed")
    return double if double.startswith(known) else _THRICE.sub(r"\1", word)


def _near(word: str) -> str:
    """The long word this one misses by a single letter, else itself."""
    slips = _slips()
    if word in slips:
        return slips[word]
    if word in _LONG_WORDS or word in _NO_SLIP:
        return word
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


# --- blocks ---------------------------------------------------------------------------------


def _any(*choices: str) -> str:
    return "(?:" + "|".join(part for choice in choices for part in choice.split(" | ")) + ")"


def _of(words: str) -> str:
    """One of these single words."""
    return "(?:" + "|".join(words.split()) + ")"


def _gap(most: int) -> str:
    """Up to so many words in between, in the same breath."""
    return rf"(?: [a-z0-9]+){{0,{most}}}? "


def _compiled(*choices: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(choices) + r")\b")


_PARTNER_WORDS = (
    "husband husbands wife wifes partner partners boyfriend boyfriends girlfriend girlfriends "
    "fiance fiancee ex exs exes spouse missus bloke fella"
)
_ELDER_WORDS = (
    "mum mums mummy mother mothers dad dads daddy father fathers parent parents nan nans nana "
    "nanna nanny gran grans granny grandma grandmas grandmother grandad grandads granddad grandpa "
    "grandfather grandparents uncle uncles aunt aunts aunty auntie aunties neighbour neighbours "
    "lady gentleman"
)
_KIN_WORDS = (
    "brother brothers sister sisters son sons daughter daughters cousin cousins sibling siblings "
    "twin stepdad stepmum stepson stepfather stepmother stepdaughter stepbrother relative "
    "relatives family friend friends mate mates flatmate lad inlaws lodger landlord"
)
_CHILD_WORDS = (
    "child childs children childrens kid kids baby babys babies toddler toddlers infant grandson "
    "grandsons granddaughter granddaughters grandaughter grandchild grandchildren grandkids niece "
    "nephew nieces nephews pupil teenager teen schoolgirl schoolboy newborn stepchild stepchildren"
)
_PARTNER, _ELDER, _KIN, _CHILD = map(_of, (_PARTNER_WORDS, _ELDER_WORDS, _KIN_WORDS, _CHILD_WORDS))
_LITTLE = (
    r"(?:little|young|small|year old|yr old) (?:boy|girl|one|ones|brother|sister|"
    r"lad|son|daughter)"
)
_PAID = (
    r"(?:carers?|care (?:worker|workers|staff|assistant|agency|home|homes)|"
    r"support workers?|staff|"
    r"nurses?|pa|pas|personal assistant|agency|nursing home|the home|the ward|"
    r"hospital|workers?|"
    r"cleaner|manager|day centre|supported living|taxi driver|driver|escort|"
    r"teacher|teachers|coach)"
)
_SELF = r"(?:myself|himself|herself|themselves|themself|ourselves|yourself)"
_OWN = r"(?:my|his|her|their|our)"
_PILLS = (
    r"(?:tablets?|medication|medicines?|morphine|insulin|paracetamol|painkillers|"
    r"pills|drugs|dose|doses|ibuprofen|sleepers|warfarin|codeine|patches|"
    r"antidepressants|methadone|sleeping tablets)"
)

# --- what silences a clause -------------------------------------------------------------------

_STORY = (
    r"(?:films?|movies?|novels?|documentar(?:y|ies)|dramas?|soaps?|storylines?|eastenders|"
    r"podcasts?|netflix|corrie|emmerdale|football|karaoke|lyrics|video ?games?|tv programmes?|"
    r"books?|"
    r"the archers|call the midwife|the news|the telly|the tv|telly|tv)"
)
_TOLD = re.compile(rf"\b{_STORY} (?:about|with|where|in which|of|called|on|full of) .*")
_ON_SCREEN = re.compile(rf"\b(?:in|on) (?:a |an |the )?(?:[a-z]+ )?{_STORY}\b")
_ABOUT = _compiled(  # a question about how things work
    "what (?:is|are) (?:a |an |the )?(?:domestic|safeguarding|child|adult|elder|"
    "financial|coercive|signs|symptoms|definition|law|policy|meaning|difference|risk)",
    "how (?:does|do|is|are) [a-z ]{0,40}?(?:work|works|done|measured|defined)", _of(
    "training course courses policy policies leaflet leaflets poster prevention awareness "
    "statistics essay dissertation webinar workshop conference quiz volunteer volunteering "
    "lesson research definition poster study module campaign fundraiser fundraising charity "
    "qualification certificate" ), "what does [a-z ]{0,40}?mean", "in case of", "insurance",
    "prevent", "prevents", "preventing", "conspiracy", "risk assessment", "first aid",
    "learn about",
)  # fmt: skip
_IDIOM = _compiled(
    r"(?:killing|kills) (?:me|us)(?! and)",
    r"dying (?:for|to know|to meet|to see|of embarrassment)", r"(?:kill|murder) for",
    r"(?:shot|shoot|shooting) (?:myself|himself|herself) in the foot",
    r"hit (?:me|him|her|us) (?:hard|that|like|really|for six|how|when|with the|badly|financially)",
    r"(?:it|this|that|reality|grief|guilt|bills?|costs?|prices?|cuts|rise|news)"
    r" (?:really |just |has |"
    r"finally |all |suddenly |also )?(?:hit|hits|hurts?|hitting|kills?) (?:me|us|him|her|them)",
    r"hit by a bus|bus (?:had )?hit (?:me|him|her)|whole wardrobe|kicked out",
    r"hit (?:by|with) (?:a|the|an) [a-z ]{0,20}?(?:fine|bill|charge|fee|tax|costs?|rise)",
    r"hit (?:the|a) (?:roof|wall|brick wall|milestone|bottle|drum|ball|jackpot|road|shops)",
    r"chok(?:ed|ing) (?:up|back)", r"hit it off", r"beat (?:me|us|him|her) (?:to it|at)",
    r"beat(?:en)? (?:by|the) (?:the )?(?:forms?|system|paperwork|clock|queue|rush|traffic)",
    r"beat(?:ing)? (?:myself|himself|herself|yourself|ourselves) up",
    r"kick(?:ing|ed|s)? (?:myself|himself|herself)",
    r"kick(?:ing|ed|s)? (?:me|him|her|us|them) (?:out|off)",
    r"(?:push|pushed|pushing|pushes) (?:me|him|her|us|them) (?:to (?:apply|ask|go|"
    r"get|do|see|take)|"
    r"around (?:in|the)|in (?:a|his|her|the)|into (?:doing|going|applying|asking)|"
    r"up|for|out in|away)",
    r"(?:hurts|hurt|hurting) (?:me|us|him|her)? ?(?:to (?:see|watch|hear|think|"
    r"say)|(?:my|his|her) feelings)",
    r"(?:rather|sooner) die than (?!live|go on|carry on|stay|face)",
    r"die (?:my|his|her) (?:hair|beard|roots)",
    r"(?:can not )?breathe through (?:his|her|my|the) nose", "cpap", "breathing machine",
    r"(?:is |gets )?(?:violent |shouts |kicks |hits out )?in (?:his|her|my) sleep",
    r"(?:system|council|dwp|policy|scheme|rules?) is (?:abusive|cruel|violent)",
    r"neglected (?:garden|house|grave|roof|plants|health|hobbies)",
    r"beats? (?:me|us|him|her) (?:at|to)", r"punch drunk", r"rob peter", r"bored? to death",
    r"sick to death", r"scared? to death of (?:the|losing|filling)", r"worried to death",
    r"died of embarrassment", r"death by paperwork", r"to die for",
    r"dead on (?:my|our|his|her) feet", r"over my dead body", r"(?:die|dying) laughing",
    r"(?:die|dies|died|dying) (?:at|in) (?:home|hospital|peace)",
    r"fire (?:up|station|brigade|safety|alarm|service)", r"end of life", r"life line",
    r"burn(?:t|ed|ing)? (?:me |us )?out",
    r"cut (?:himself|herself|myself) (?:shaving|off|on|opening|chopping)",
    r"starv(?:ed|ing) (?:me |us |him |her )?(?:of|for) (?:oxygen|funds?|funding|"
    r"money|sleep|company|affection|attention)", r"robbed of", r"steals? (?:the show|my heart)",
    r"what (?:a )?steal", r"stealing my (?:thunder|time|life)", r"panic attacks?",
    r"fits? of (?:the )?(?:giggles|laughter|rage|pique)", r"assisted suicide", r"suicide squad",
    r"bite(?:s)? (?:his|her|my|their) (?:nails|tongue|lip)", r"abuse of the (?:system|scheme)",
    r"(?:blue badge|badge|alcohol|drug|substance|system) (?:abuse|misuse)",
    r"missing (?:out|link|paperwork|form|documents?|payments?|from (?:my|his|her) life)",
    r"(?:is|am|are) missing (?:him|her|them|mum|dad|my|the|our|his|home|work|school)",
)  # fmt: skip
_DENIED = re.compile(
    r"(?:\b(?:not|never|no longer|without|nobody|neither|nor|hardly ever|stopped|rather than)"
    r"(?! (?:stop|only|just|even|sure|quit|cope|know|believe|trust|safe))"
    r"(?: (?:ever|once|been|actually|currently|really|being|is|feeling|at all|a|the|any|having|"
    r"going to|want to|trying to|wanting to|had|in|feel|physically|has|was|ever been|thinking of|"
    r"thinking about|to|saying|i am|very|he|she|would|about|talking))*) $"
)  # fmt: skip
_LONG_OVER = _compiled(
    r"(?:years?|decades|months|ages) ago", r"years back",
    r"as a (?:child|kid|boy|girl|teenager|young)",
    r"when (?:i|he|she|we|they) (?:was|were) (?:a |very |much |about |only )?"
    r"(?:little|young|younger|small|child|kid|teenager|growing|at school|\d+)", "growing up",
    "in my (?:childhood|teens|twenties|youth)", r"in (?:the )?(?:19|20)\d\ds?", "in the past",
    "used to", "back in", r"in the (?:sixties|seventies|eighties|nineties)", "previous marriage",
    "childhood", "historic", "historical",
)  # fmt: skip
_OVER = _compiled(  # for an emergency, a week ago is long over
    r"last (?:week|month|year|summer|winter|spring|autumn|christmas|easter|january|february|march|"
    r"april|may|june|july|august|september|october|november|december|time)",
    r"(?:days?|weeks?) ago", "yesterday", "recently", "previously", "history of", "recover[a-z]*",
    "survivor", r"in (?:january|february|march|april|may|june|july|august|september|october|"
    r"november|december)", r"(?:since|after|following) (?:a|his|her|my|the|having|their|mums|dads)"
    r" (?:[a-z]+ ){0,2}?(?:stroke|fall|seizure|heart|attack|fit|overdose|fire)",
    r"before(?= ,|$| and)", "discharged?", "came out of hospital",
    r"comes? (?:out of|home from) hospital", "rehab",
)  # fmt: skip
_NOT_YET = _compiled(  # what may happen, what happens at times, and what helps against it
    r"(?:what|in case|just in case|even) if", r"if (?:he|she|they|i|mum|dad|it|my|someone|there)",
    "in case", r"stop (?:him|her|mum|dad|them|my|nan|someone) [a-z]+ing", "risk of", "at risk",
    r"(?:keeps?|always|often|sometimes|regularly) (?:on )?(?:falling|wandering|"
    r"choking|going missing|having|getting lost|disappearing|passing|slipping|coughing)",
    r"support groups?", r"(?:worried|worry|worries|scared|afraid|frightened|"
    r"fear)(?: [a-z]+){0,4}? (?:that )?(?:he|she|of|about|mum|dad|they|will)", "may have",
    "protocol", "extinguisher", "who (?:has|have) (?:seizures|fits|epilepsy)",
    "every (?:day|night|week|month)", "prone to", "blanket", "escape plan",
    "when (?:he|she|they) (?:has|have|falls|chokes)", "would i", "do i do when",
)  # fmt: skip
_AIDS = _compiled(
    _of(
        "clinic clinics specialist specialists therapist physio nurse club classes detector helmet "
        "equipment grant service rehab exercises pendant alarm alarms mat sensor tracker tag"
    )
)
# A state that holds now: no course, nurse or alarm in the same breath makes it harmless.
_CERTAIN = _compiled(
    r"(?:is|has|are|am|have|can|will|can not|i think|now|help)(?: [a-z]+){0,4}? "
    r"(?:not breathe|not breathing|stopped breathing|unconscious|unresponsive|wake|collapsed|"
    r"on the floor|choking on|swallowed|turning blue|on fire|a stroke|a heart attack|get up)",
    "(?:not|stopped) breathing", "unconscious", "unresponsive",
)  # fmt: skip
_NOW = _compiled(
    "now", "right now", "tonight", "today", "this (?:morning|evening|afternoon|minute)", "just",
    "at the moment", "still", "currently", "again", "about to", "immediately", "help me", "urgent",
    "urgently", "minutes?", "hours", "going to do it", "(?:a|my) plan", "written", "letters",
    "note", "knife", "gun", "strangl[a-z]+", "throat", "rap(?:e|ed|es|ing)", "will kill",
    "going to kill", "saving up", "stockpil[a-z]+", "pillow",
)  # fmt: skip


def _denied(clause: str, match: re.Match[str], group: int | str = 0) -> bool:
    """True where "not", "never" or the like stands right before what was matched."""
    return _DENIED.search(clause[max(0, match.start(group) - 60) : match.start(group)]) is not None


# --- emergency --------------------------------------------------------------------------------

_MISSING_ONE = _any("he", "she", _ELDER, _PARTNER, _KIN, _CHILD, _LITTLE, "him", "her", "who")
_CAN_NOT = r"(?:can not|could not|unable to|not able to|is not|struggling to|trying to|will not)"
_COLLAPSED = _compiled(
    rf"(?:fell|fallen|falls|slipped|collapsed|fall|down){_gap(12)}(?:and |"
    rf", )*(?:i |we |he |she |they )?{_CAN_NOT}"
    r"(?: [a-z]+){0,2}? (?:up|lift|move|pick|stand|shift|moving)",
    rf"(?:is|lying|laid|lies|stuck|been|still|he is|she is|{_ELDER}|{_PARTNER}|"
    rf"fell|fallen|collapsed)" r"(?: (?:still|just|lying|stuck|now|down|here|there|fallen|"
    r"unconscious))* on (?:the |a )?(?!(?:top|first|second|third|same|dance|shop)"
    r" )(?:[a-z]+ )?(?:floor|ground|pavement|lino|stairs)(?! (?:of|plan|mat))",
    r"(?:fell|fallen|slipped|collapsed|gone (?:down|over)|fall|toppled|tumbled|"
    r"went (?:down|over))(?: [a-z]+){0,12}? (?:no way of|nobody to|no one to|"
    r"too heavy|not strong enough|stuck|bent|broken|snapped|twisted)",
    r"(?:leg|arm|hip|ankle|wrist|bone|foot)(?: [a-z]+){0,2}? (?:bent|sticking out|"
    r"wrong way|snapped)",
    r"(?:fell|fallen|falls|tumbled) (?:down|off) (?:the |a )?(?:stairs|steps|ladder|roof)",
    "knocked out cold", "(?:in and out of|losing|lost|loses) consciousness",
    r"drifting in and out",
    r"(?:lying|laid|stuck|sat)(?: [a-z]+){0,4}? (?:hallway|hall|bathroom|shower|"
    r"bath|garden|kitchen|stairs|landing)(?: [a-z]+){0,5}? (?:strong enough|move|"
    r"lift|shift|get up|get (?:him|her) up)", "eyes (?:have )?rolled", "not moving", "no pulse",
    "(?:not|no) find a pulse", "gone limp", "unconscious", "unresponsive",
    "(?:not|stopped) (?:responding|responsive|answering me)", "passed out", "blacked out",
    rf"(?:he|she|i|{_ELDER}|{_PARTNER}|{_KIN}|{_CHILD}) (?:has |have |just )*collapsed",
    "(?:gone )?out cold", "not (?:open|opening) (?:his|her) eyes", "open (?:his|her) eyes and",
    "gone (?:limp|floppy|stiff and)", "lifeless", "no pulse",
    r"(?<!i )(?<!sleep and )(?<!sleep and just )(?:can not|could not|will not|not|"
    r"unable to) (?:wake|rouse|waking)(?! the)(?: (?:him|her|mum|dad|them|"
    r"my [a-z]+|nan))?(?: up)?",
)  # fmt: skip
_ALARMING_BODY = _compiled(
    r"not (?:[a-z]+ )?(?:breathe|breathing)",
    r"(?:can|could) (?:not|hardly|barely) (?:breathe|get (?:her|his|my) breathe|"
    r"catch (?:her|his|my) breathe)", r"(?:hardly|barely|stopped|stops) breath(?:e|ing)",
    r"(?:struggling|fighting|gasping|struggles) (?:to breathe|for (?:breathe|air))", "gasping",
    "no breathe", r"(?:lips|face|fingers|hands|skin)(?: [a-z]+){0,3}? (?:blue|grey)",
    r"(?:turn(?:ed|ing)|gone|going|went) (?:blue|grey)",
    rf"(?:is|are|started|starts|keeps|been|{_ELDER}|{_PARTNER}|baby) choking(?! me| her| him| us)",
    r"(?:chest|crushing|tight)(?: [a-z]+){0,4}? (?:pains?|chest|tightness)",
    r"pains?(?: [a-z]+){0,4}? (?:chest|left arm)",
    r"(?:face|mouth|side)(?: [a-z]+){0,5}? (?:droop[a-z]*|dropped|drop|sagging|"
    r"slipped|lopsided|fallen)",
    r"(?:speech|talking|words?|speaking)(?: [a-z]+){0,4}? (?:slur[a-z]*|jumbled|gibberish)",
    "slurring", "slurred",
    r"(?:having|be|(?:think|thinks|may|might|could|just)(?: [a-z]+){0,3}? had)"
    r" (?:a|an|another) (?:[a-z]+ )?(?:stroke|heart attack|seizure|fit|hypo|"
    r"asthma attack|allergic reaction|mini stroke|cardiac arrest)",
    r"(?:numb|weak|paralysed|move)(?: [a-z]+){0,3}? (?:down|on) (?:one|his|her|my|"
    r"the) (?:side|left|right|left side)", r"(?:fitting|seizing|convulsing|seizure|fit|"
    r"seizures)(?: [a-z]+){0,8}? (?:minutes|mins|not stop(?:ping|ped)?|now|will not stop)",
    r"(?:is|been|started|are) (?:fitting|convulsing|seizing)(?! (?:a|the|in|new|it|rails|grab))",
    r"ble(?:ed|eding|d)(?: [a-z]+){0,5}? (?:heavily|badly|a lot|lots|everywhere|"
    r"stop(?:ping)?|head|severely|profusely)",
    r"blood(?: [a-z]+){0,3}? (?:everywhere|pouring|gushing|spurting|all over)",
    "(?:pool|loads|lots) of blood",
    r"bleeding (?:from|out of) (?:his|her|my|the) (?:bottom|ear|ears|mouth|head|"
    r"back passage|rectum|stomach|neck|eye|eyes)", r"stuck(?: [a-z]+){0,2}? throat",
    r"(?:cough|vomit|throw|sick|being sick|bringing)[a-z]*(?: [a-z]+)?(?: up)? blood",
    "pouring(?: [a-z]+){0,4}? (?:leg|arm|head|wound|nose)", r"(?:hit|banged|bumped|cracked|"
    r"smashed)(?: [a-z]+){0,2}? head(?: [a-z,]+){0,9}? (?:sick|drowsy|confused|"
    r"vomiting|sleepy|bleeding|vision|blood)",
    r"(?:throat|tongue|face|lips)(?: [a-z]+){0,3}? (?:swelling|swollen|swelled|closing)",
    "anaphyla[a-z]+", r"(?:badly|severely) (?:burnt|burned|scalded)", "scalded", "electrocuted",
    "drowning", "sepsis", "heart has stopped",
    r"(?<!they )(?:need|send|sent for|call|ring|get me) (?:an |for an |"
    r"the )?ambulance(?! by| if| service| when)", "(?:ring|call|dial|phone) 999",
    "life threatening", r"(?:jerking|twitching|shaking|convulsing)(?: [a-z]+){0,2}? (?:all over|"
    r"uncontrollabl[a-z]+|badly)", "frothing", "foaming at", r"gone stiff|went stiff",
    r"(?:mouth|face)(?: [a-z]+){0,4}? (?:twisted|crooked|one side|lopsided)",
    r"(?:clutch|hold|grab|grip)[a-z]*(?: (?:his|her|my|at))* chest",
    r"(?:tablet|food|something|bit|bone|sandwich|meat|sweet|"
    r"grape)(?: [a-z]+){0,4}? stuck in (?:his|her|my|mums|dads) (?:throat|windpipe)",
    r"rash(?: [a-z]+){0,6}? (?:not (?:fade|go)|glass)", r"suddenly (?:[a-z]+ )?confused",
    r"(?:blood )?sugars?(?: [a-z]+){0,4}? (?:through the floor|very low|really low|"
    r"dropped|sky high|crashed)", r"(?:lost|losing) (?:a lot of|lots of|so much) blood",
    "heart(?: [a-z]+)? stopped",
    r"(?:face|lips|skin|colour)(?: [a-z]+)? funny colour|(?:turned|gone|going)"
    r" (?:a )?(?:funny|grey|blue|purple|strange|horrible)(?: colour)?",
    r"(?:water|waters)(?: have| has)? broken? and", "cpr", "no breathing",
    r"(?:screaming|crying|howling) (?:in|with) (?:pain|agony)", "need (?:the )?police(?! check)",
    r"blue (?:a?round|at) (?:the|his|her) (?:mouth|lips)",
)  # fmt: skip
_UNWELL = tuple(  # no one of these alarms alone; two together do
    re.compile(rf"\b(?:{sign})\b")
    for sign in (
        "slumped|flopped|keeled over|gone down",
        "wheez[a-z]+|rasping|rattling",
        "clammy|sweating|cold sweat",
        "drowsy|very sleepy|really sleepy|hard to wake",
        r"(?:can not|not able to|unable to|struggling to|will not) (?:talk|speak|smile|"
        r"answer|swallow)|not answering|not talking",
        r"(?:arms?|legs?|side)(?: (?:has|have|is|are|just|"
        r"suddenly))* (?:will not (?:lift|move|work)|not (?:lifting|moving|working)|"
        r"gone (?:weak|numb|dead|heavy)|weak|numb)",
        "pale|grey|white as a sheet|blue",
        "inhaler|oxygen|nebuliser|epipen",
        "not working|machine has stopped",
        "struggling|fighting|panting|out of breathe",
        "vomiting|being sick|been sick|throwing up",
        "there is blood|blood in|bloody|passing blood",
        "suddenly|all of a sudden|just now|came on fast",
        "confused|not making sense|delirious|does not know (?:me|who)",
        "shaking|shivering|trembling",
        "bad headache|worst headache|splitting head",
        "burning hot|burning up|boiling hot|high fever",
        "fainted|swaying",
        "freezing cold|ice cold|mottled",
        "nonsense|what day it is",
        r"breathing (?:is|fast|funny|noisy|heavy)",
        "blood thinners",
        r"(?:hit|banged) (?:his|her|my) head",
        "pupils?",
        "snoring|gurgling",
        "soaking wet",
        "peanuts?|nuts|sting|stung|bee",
        "blown up|swelling",
        "insulin|diabetic",
        "boiler|monoxide",
        "headaches?",
    )
)
_TAKEN = (
    r"(?:took|taken|swallowed|swallows|had|given|gave|drunk|drank|eaten|ate|"
    r"injected|necked|downed|overdosed)"
)
_TOO_MUCH = (
    r"(?:all|too many|too much|whole|loads?|handful|lots?|overdose|double|bottles?|"
    r"box|packets?|pack|twice|two|strips?|extra|wrong|everything|bunch|ton)"
)
_POISON = (
    r"(?:bleach|batter(?:y|ies)|antifreeze|detergent|washing (?:tablet|capsule|"
    r"liquid)|cleaning fluid|cleaner|poison|white spirit|weed ?killer|magnets?|"
    r"dettol|disinfectant|rat poison)"
)
_OVERDOSE = _compiled(
    rf"{_TAKEN}(?: [a-z]+){{0,2}}? {_TOO_MUCH}(?: [a-z]+){{0,4}}? {_PILLS}",
    rf"{_TAKEN}(?: [a-z]+){{0,2}}? {_PILLS}(?: [a-z]+){{0,3}}? (?:at once|"
    rf"in one go|all together|by mistake|twice|overdose)",
    rf"{_TAKEN}(?: [a-z]+){{0,3}}? {_PILLS} (?:two|three|four|several|\\d) times",
    r"(?:took|taken|has had) (?:an |a massive |another )?overdose", "overdosed", "overdosing",
    "overdose (?:what|help|now)",
    rf"{_POISON}(?: [a-z]+){{0,4}}? (?:drank|drunk|swallowed|ate|eaten)", "has overdose",
    rf"{_TAKEN}(?: [a-z0-9]+){{0,3}}? {_POISON}",
    rf"{_TAKEN} (?:\d\d|a hundred|thirty|twenty|forty|fifty)(?: [a-z]+){{0,4}}? {_PILLS}",
    rf"{_TAKEN} (?:somebody elses|someone elses|the wrong|his wifes|her husbands|"
    rf"the dogs)(?: [a-z]+)? {_PILLS}(?= |$)(?! (?:late|early|as normal))",
    r"(?:drank|drunk|swallowed)(?: [a-z]+){0,3}? (?:under the sink|cleaning|" r"bathroom|toilet)",
)  # fmt: skip
_GONE = _compiled(
    rf"{_MISSING_ONE}(?: [a-z]+){{0,9}}? (?:is|has|gone|went|been|been reported)"
    rf" (?:gone |now |still |been )?missing",
    rf"{_MISSING_ONE} (?:has |is |have |just )*(?:wandered off|wandered out|"
    rf"disappeared|vanished|run away|escaped)",
    rf"{_MISSING_ONE}(?: [a-z]+){{0,12}}? (?:has|have|is|did|had) not (?:come|"
    rf"returned|got|been)(?: [a-z]+)? (?:back|home|seen)", "(?:not|nobody) seen (?:him|her) since",
    rf"(?:can not|cannot|unable to|could not) find (?:my |our |the )?(?:him|her|"
    rf"{_ELDER}|{_PARTNER}|{_KIN}|{_CHILD})(?: anywhere|$| (?:and|she|he|anywhere|in the|, ))",
    r"(?:nobody|no one|not|none of us) (?:knows?|know) where (?:he|she|mum|dad|nan)"
    r" (?:is|has|went)", r"no sign of (?:him|her|mum|dad|nan)",
    rf"{_MISSING_ONE} (?:has |is |just )*(?:went|gone|left|walked|"
    rf"got)(?: [a-z0-9]+){{0,6}}?(?: and| ,)* (?:not|nobody|"
    rf"no one)(?: [a-z]+){{0,3}}? (?:back|home|seen|where)",
    r"police (?:are )?looking for (?:him|her|mum|dad)", r"out looking for (?:him|her|mum|dad)",
    r"been gone (?:since|for|\d|two|three|four|hours|all)",
    r"no idea where (?:he|she|mum|dad) (?:is|has|went)",
    r"lost (?:him|her|mum|dad|nan) in (?:town|the shop|tesco|asda|the)",
)  # fmt: skip
_DISASTER = _compiled(
    "(?<!nerve )(?<!skin )(?<!his skin is )(?:house|flat|kitchen|car|bed|cooker|"
    "oven|pan|it|is|are|caught) (?:is |has caught |caught |"
    "on )?(?:on )?fire(?! door| exit| engine)", "full of smoke",
    "(?:broken|breaking|broke) in(?= |$)(?! (?:the|two|half))", "shotgun", "gas smell",
    "(?:caught|gone up|set) (?:alight|light)", "up in flames", "house fire", "there is a fire",
    "smoke (?:coming|everywhere|filling|is|pouring)", "flames (?:coming|everywhere)",
    r"smell(?:s|ing|ed)?(?: [a-z]+){0,3}? gas", "gas (?:leak|leaking)", "stinks of gas",
    "(?:monoxide|smoke) alarm(?: [a-z]+){0,2}? (?:off|beeping|sounding)",
    r"(?:got|has|with|holding|waving|pulled|grabbed|have|picked up|wielding) (?:a |"
    r"the |out a |his |my )?(?:big |kitchen )?(?:knife|gun|hammer|axe|machete|weapon)",
    r"smashing (?:up|the|everything|my|things|our|it|his|her)",
    "(?:break|breaking|broke|kicking|kick|smash|bash|bashing|"
    "banging)(?: [a-z]+){0,2}? (?:down|in) (?:the |my |our )?(?:front )?(?:door|window)",
    r"(?:kick|kicking|smash|smashing|bang|banging|break|breaking|bash|"
    r"bashing)(?: [a-z]+){0,2}? (?:door|window)(?: (?:in|down))",
    r"(?:is|are) (?:attacking|strangling|beating|hitting|punching|kicking|"
    r"stabbing|hurting) (?:me|us|him|her|mum|dad|"
    r"each other)(?: [a-z]+){0,4}? (?:now|right now|as i)", r"(?:been|got|was) stabbed",
    "trying to kill (?:me|us|her|him)", "about to (?:kill|stab|attack|hit|hurt) (?:me|us|him|her)",
)  # fmt: skip
_ALARM_SOUNDS = _compiled(
    r"(?:monoxide|smoke|fire) (?:alarm|detector)(?: [a-z]+){0,2}? (?:going off|"
    r"gone off|beeping|sounding|ringing)(?! (?:every|for no|low))"
)  # fmt: skip
_THINKING = _compiled(
    r"(?:thinking|thought|thoughts|think|want|wanting|urge|plan|planning|going|"
    r"might|tempted|could|would|like|feel like)(?: [a-z]+){0,3}? (?:taking|take|of|"
    r"to|it all|overdose|overdosing)"
)  # fmt: skip
_REALLY_NOW = _compiled(
    "right now", "now (?:he|she|mum|dad|his|her|is)", "(?:he|she|and) is now",
    "still(?! (?:waiting|need|recovering))", "today", "just", "this (?:morning|evening|afternoon)",
    "tonight", "minutes?", "mins", "again", "is having", "i think", "got worse",
)  # fmt: skip
_ILL_BEFORE = re.compile(
    r"\b(?:he|she|mum|dad|who|husband|wife|i|has|nan|gran) (?:has |have |just |"
    r"already )?had (?:a|an|another) "
)  # fmt: skip


def _emergency(clause: str) -> bool:
    """Life or limb at risk now: one sure sign, or two that are weak alone."""
    clause = clause.replace(" ,", "")
    if _ALARM_SOUNDS.search(clause):
        return True
    if _NOT_YET.search(clause):
        return False
    if not _CERTAIN.search(clause) and (_ABOUT.search(clause) or _AIDS.search(clause)):
        return False
    over = _OVER.search(clause) or _LONG_OVER.search(clause)
    if over and not _REALLY_NOW.search(clause):
        return False
    if _OVERDOSE.search(clause):
        return not (_THINKING.search(clause) or over or "chocolate" in clause)
    if sum(sign.search(clause) is not None for sign in _UNWELL) >= 2:
        return True
    for pattern in (_COLLAPSED, _ALARMING_BODY, _GONE, _DISASTER):
        for match in pattern.finditer(clause):
            had = _ILL_BEFORE.search(clause) and not _REALLY_NOW.search(clause)
            asleep = "wak" in match.group() and _suicide(clause)  # a wish, not a state
            if not (had or asleep or _denied(clause, match)):
                return True
    return False


# --- suicide and self-harm --------------------------------------------------------------------

_WISH = (
    r"(?:want|wants|wanted|wanting|wish|wishes|wished|wishing|hope|hopes|hoping|"
    r"rather|prefer|feel like|feels like|ready|deserve|praying|pray|begging|beg|"
    r"like|love)"
)
_LIVE = (
    r"(?:live|be here|be alive|exist|wake up|be around|be on this earth|"
    r"go on living|carry on living|carry on with life|see tomorrow)"
)
_ELSEWHERE = (
    r"(?! (?:with|in|at|there|alone|on|near|by|for|under|together|independently|"
    r"closer|to (?:see|visit)|when|while|during|hospital|(?:any more )?(?:in|at|"
    r"with|near|on)))"
)
_LIVING = (
    r"(?:living|being here|being alive|life|being around|existing|going on|"
    r"carrying on living|staying alive|waking up)"
)
_ENOUGH = r"(?:had enough|tired|sick|fed up|weary|done|finished)"
_WANTS_DEATH = _compiled(
    r"not(?: [a-z]+){0,4}? stay alive",
    r"(?:kinder|better|best|wish)(?: [a-z]+){0,6}? (?:did not|never|not) wake(?: up)?",
    r"(?:give|giving|given) up on (?:life|living|everything)",
    r"(?:lost|losing|no) (?:the |my |his |her )?will to live(?! (?:with|filling|trying|on hold))",
    r"(?:not|no|not see a|without a|not see any) future(?: for me)?(?= ,|$)",
    r"(?:world|everyone|they|family|kids|you)(?: [a-z]+){0,4}? (?:without me|"
    r"rid of me)(?= |$)(?! (?:there|at|on|in|for))",
    r"(?:i was|if i was|i were|she was|he was|be) (?:dead|six feet under)(?! (?:on|"
    r"tired|certain|sure|good|serious|set|wrong))",
    r"(?:just|to) (?:be gone|cease to exist|be no more)(?= |$)(?! (?:by|for|" r"all day|from|on))",
    r"(?:easier|better|cope better|happier)(?: [a-z]+){0,3}? (?:if|when) i (?:was|"
    r"were|am) (?:not (?:here|around|alive)|dead|gone)",
    r"(?:see|find|any|no|a|much) (?:reason|point|"
    r"purpose)(?: [a-z]+){0,3}? (?:keep living|go on living|stay alive|"
    r"carry on living|to live|to be here)",
    rf"{_WISH}(?: [a-z]+){{0,4}}? (?:to die|die|were dead|was dead|be dead|"
    rf"to be dead|am dead|dead|to be gone|death)(?! (?:at|in|with dignity|"
    rf"naturally|of|peacefully at))",
    r"better off (?:dead|if i (?:was|were) (?:dead|gone|not here)|gone|"
    r"in the ground|without (?:me|us)(?! (?:there|at|on)))",
    r"(?:easier|better|simpler|happier)(?: [a-z]+){0,4}? (?:if i (?:was|were|"
    r"am)(?: just)? (?:not here|not around|dead|gone)|without me(?: (?:around|"
    r"here))?$|i was dead|if i died)",
    rf"(?:not|never|no longer) (?:[a-z]+ )?(?:want|wants|wanting|wanna|wanted|wish|"
    rf"wishes|care)(?: [a-z]+)? to {_LIVE}{_ELSEWHERE}",
    r"(?:not|no) (?:want|longer want|any longer want)(?: [a-z]+){0,2}? life any ?more",
    r"can not (?:[a-z]+ )?go on(?: (?:living|like this|any more|any longer|"
    r"much longer|with life|with my life|alone|without (?:him|her|them)))?(?= ,|$| and| but| so)",
    r"can not go on (?:living|like this|any more|any longer|much longer|with life|another)",
    r"can not (?:carry on|keep) (?:living|with life|being alive)",
    r"can not (?:live|face living|face life|bear living|bear to live|"
    r"do life)(?: (?:like this|this way|any more|any longer))(?! (?:with|on|in))",
    rf"(?:no|any|what is the|see the|see a|not any|the|what) (?:point|reason|"
    rf"purpose)(?: [a-z]+){{0,4}}? {_LIVING}",
    r"no (?:reason|point)(?: [a-z]+){0,2}? (?:to live|go on|be here|to go on)",
    r"(?:nothing|anything)(?: left)? to live for", r"(?:not|is) (?:not )?worth living",
    rf"{_ENOUGH}(?: [a-z]+){{0,2}}? (?:of|with) (?:this |my |his |"
    rf"her )?(?:{_LIVING})(?! (?:with|in|on|out))",
    r"(?:never|not)(?: [a-z]+){0,3}? (?:wake|waking) up(?: (?:again|in the morning|"
    r"tomorrow|at all))?(?= ,|$| and| again| in the| tomorrow)",
    r"(?:nobody|no one|none of them|they would not)(?: [a-z]+){0,2}? (?:miss|"
    r"notice|care if)(?: [a-z]+){0,2}? (?:me|us|i|gone|dead)",
    "(?:nobody|no one) would (?:even )?(?:miss|notice)(?= ,|$)",
    r"(?:no|a|any|only|one) (?:other )?way out(?: (?:is|except|but|of this life|"
    r"of living))?(?: [a-z]+){0,2}?(?: (?:dying|death|to die)|(?= ,|$))",
    r"(?:want|wish|need|longing|long|just want|wanting)(?: [a-z]+){0,2}? (?:it|"
    r"this|everything|life|it all)(?: all)? (?:to )?(?:end|be over|stop forever|"
    r"over)(?= ,|$| and| now| so| for)", r"sleep(?: [a-z]+){0,3}? (?:forever|for good)",
    "disappear (?:forever|for good|and never)", r"i (?:did|do) not (?:exist|want to exist)",
    r"stop existing", r"like (?:to )?not (?:to )?exist", r"(?:be |hed be |is )?better dead",
    r"better (?:off )?with the insurance", r"want(?:s|ed)? it all to stop",
    r"not feel like being alive",
    r"not be(?:ing)? here (?:by|at|for) (?:christmas|next|the summer|easter)",
    r"if it was not for(?: [a-z]+){1,4} i would not be here",
    r"join (?:him|her|them|my (?:husband|wife|mum|dad)) in heaven", r"be where (?:he|she) is",
    "never been born",
    r"(?:fantasis|dream|think|thought|thinking)[a-z]*(?: [a-z]+){0,2}? (?:of|about)"
    r" (?:death|dying|being dead|not being (?:here|alive)|ending)",
    "(?:dark|darkest|intrusive|bad) thoughts",
    r"(?:life|world)(?: [a-z]+){0,3}? (?:is|would be) better without me",
)  # fmt: skip
_NO_POINT = re.compile(r"\b(?:point|reason|purpose|worth|future)\b")  # "not" belongs to these
_INTENDS = (
    r"(?:thinking|think|thought|thoughts|want|wants|wanted|going|plan|plans|"
    r"planning|considering|considered|consider|could|might|may|will|would|"
    r"threatens?|threatened|threatening|tried|trying|try|tempted|ready|attempted|"
    r"attempting|talks?|talking|talked|says?|said|saying|keeps?|feel like|"
    r"feels like|feeling like|about|urge|urges|decided|ways?|how|dream|dreaming|"
    r"fantasise|hinted|wanting|imagine|imagining|just|if i|should|easiest|nearly|"
    r"almost)"
)
_LIVES = r"(?:life|lives)"
_ENDS_LIFE = _compiled(
    r"(?:step|stepping|walk|walking|throw|throwing|lie|lying|jump|"
    r"jumping)(?: [a-z]+){0,3}? (?:in front|out|off|under|"
    r"onto)(?: [a-z]+){0,3}? (?:trains?|tracks?|line|traffic|bus|lorry|bridge|platform|cliff)",
    r"(?:trains?|tracks?|train line|bridge|cliff|river|platform|"
    r"motorway)(?: [a-z]+){0,6}? (?:step|stepping|jump|jumping|walking|"
    r"throwing)(?: [a-z]+)? (?:out|off|in)", r"(?:crash|crashing|smash|drive|driving|swerve|"
    r"swerving)(?: [a-z]+){0,2}? (?:the |my )?(?:car|van|"
    r"into)(?: [a-z]+){0,3}?(?: (?:with (?:him|her|us|both|mum|dad)|on purpose|"
    r"tree|wall|lorry)|$)",
    r"(?:finish|do away with|do for|get rid of|dispose of) (?:myself|himself|" r"herself|it all)",
    rf"(?:kill|killing|hang|hanging|shoot|drown|drowning|gas|harm|harming|top|do|"
    rf"off) (?:{_SELF})(?: in)?",
    rf"(?:end|ending|take|taking) (?:{_OWN} |both |both our )?(?:own )?{_LIVES}",
    r"(?:end|ending) (?:it|it all|everything|things|this all|both|the pain|us|"
    r"our)(?! (?:with|contract|tenancy|relationship|marriage|job|call|care|at|in the|early|soon))",
    r"drive (?:us |the car |my car |him |her )?(?:off|"
    r"into)(?: [a-z]+){0,2}? (?:road|bridge|cliff|tree|wall|sea|river|pier|lorry|"
    r"canal|motorway|edge)", r"driving (?:us |the car |my car |him |her |it |straight )?(?:off|"
    r"into)(?! work| town| the (?:town|city|car park|garage))",
    r"drive off(?= ,|$| and end| with both| somewhere and)",
    r"jump(?:ing)?(?: [a-z]+){0,2}? (?:off|from|in front|out of|"
    r"under)(?: [a-z]+){0,3}? (?:bridge|train|window|building|roof|balcony|cliff|"
    r"car park|flats|bus|lorry|platform|car)",
    rf"(?:take|taking|swallow|swallowing|neck)(?: [a-z]+){{0,2}}? (?:all|whole|lot|"
    rf"overdose|everything|handful)(?: [a-z]+){{0,4}}?(?: {_PILLS}|(?= ,|$))",
    "taking an overdose", "take an overdose",
    r"(?:take|taking|end it for|finish|finishing|end) (?:mum|dad|him|her|them|us|"
    r"the kids|both|both of us|us both)(?: [a-z]+)? (?:with me|with us|both|off)",
    r"end it for (?:both|us|him|her|mum|dad)",
    r"put (?:him|her|us|mum|dad|me|myself|both of us)(?: both)? out of (?:his|her|"
    r"our|their|my|its) misery", r"(?:pillow|cushion) over", "smother (?:him|her|mum|dad|them|us)",
    "both (?:be )?better off (?:dead|gone)",
    r"(?:slit|slitting|cut|cutting) (?:my|his|her|their) wrists?", "overdose",
    "walk(?:ing)? (?:out )?(?:into the (?:sea|river)|in front of)", "die together",
    "step(?:ping)? (?:out )?in front of",
)  # fmt: skip
_HARMS_SELF = _compiled(
    r"(?:blade|razor|scissors|knife|lighter)(?: [a-z]+){0,3}? (?:his|her|my|their)"
    r" (?:arms?|legs?|wrists?|skin|thighs?)", r"(?:say|said|saying|ring|rang|text|"
    r"texted)(?: [a-z]+){0,3}? goodbye(?: [a-z]+){0,9}? (?:low|phone|answer|"
    r"worried|depressed|find)", r"(?:look[a-z]*|googl[a-z]*|search[a-z]*|read[a-z]*|"
    r"ask[a-z]*)(?: [a-z]+){0,3}? (?:how|ways|methods|"
    r"painless)(?: [a-z]+){0,2}? (?:die|dying|kill|end|overdose)",
    r"not (?:sure |think |know |feel )?(?:i can |if i can |able to |he can |"
    r"she can )*(?:keep|trust) (?:myself|himself|herself)(?: safe| alone| tonight| not to)",
    r"keep (?:myself|himself|herself) (?:safe|alive)",
    r"help (?:him|her|me|them) (?:to )?(?:die|end)(?! at| well| peacefully| with| on)",
    r"self ?harm(?:s|ed|ing|er)?",
    rf"(?:cut|cuts|cutting|burning|burns|harming|harms|hurting|starving|scratching)"
    rf" {_SELF}(?: again)?",
    r"(?:cut|cuts|cutting)(?: up)? (?:her|his|my|their) (?:arms?|legs?|wrists?|" r"thighs?|skin)",
    rf"(?:want|going|wants|urge|plan|need|threatens|threatening|might|try|tries|"
    rf"trying|tried|will|about|feel like|thoughts? of|thinking of|"
    rf"thinking about)(?: to)? (?:hurt|harm|cut|hurting|harming|cutting|stab|injure) {_SELF}",
    rf"(?:hurt|harm|harmed|cut) {_SELF} on purpose",
    rf"(?:tried|attempted|nearly|tries|almost) (?:to )?(?:hang|hung|hanged|kill|"
    rf"killed|drown|end|ended|take|took|jump) (?:{_SELF}|{_OWN} (?:own )?life)",
    r"(?:been|started|started to|keeps?|am|is|go back to|back to) cutting(?= again|"
    r" ,|$| because| when)",
    r"(?:hurt|hurting|cut|burn) (?:myself|himself|herself) (?:to cope|to feel|"
    r"when i am (?:upset|low|sad|angry|stressed)|because i (?:feel|hate|deserve)|so i)",
    r"(?:bought|got|hidden|has|tied)(?: [a-z]+)? (?:rope|noose)",
    r"(?:stand|standing|stood|go|going|sit|sitting)"
    r" (?:[a-z]+ ){0,4}?(?:multi ?stor[a-z]+|car park roof|bridge|cliff|"
    r"train tracks|railway)(?: [a-z]+){0,4}? (?:wonder|think|thinking|wondering|wanting|jump)",
    r"(?:going to|might|will) do something(?= ,|$)",
    r"(?:going to|might|will) do something (?:stupid|silly|to (?:himself|herself|myself))",
    r"(?:text|message|note|letter)(?: [a-z]+){0,4}? (?:sorry|"
    r"goodbye)(?: [a-z]+){0,16}? (?:something|do it|worried|find)",
    r"goodbye (?:message|text|note|letter)s?|texting goodbye|said (?:his|her) goodbyes",
    r"what i (?:might|could|will) do (?:tonight|to myself|if i)",
    r"worked out how (?:he|she|i|to) (?:would )?(?:do|end)",
    r"(?:after|following|since) (?:an|a|the|his|her|my) (?:suicide )?attempt(?= ,|$| and| last)",
    r"cuts on (?:her|his|their|my) (?:arms?|wrists?|legs?|thighs?)", "kill(?:ed)? myself",
    rf"(?:got|have|got all|lined up)(?: the| my| his| her| all|"
    rf" enough)* {_PILLS}(?: all)? (?:ready|lined up|in front of me|in my hand|saved)(?! for)",
    r"(?:written|wrote|writing|found|left|leaving)(?: [a-z]+){0,2}? (?:goodbye|"
    r"suicide|final) (?:letters?|notes?|messages?|texts?)",
    r"(?:written|wrote|writing) (?:the|my|a|goodbye|his|her) (?:letters|note|will and)",
    r"(?:saving|saved|stockpil[a-z]+|hoarding|hoarded|collecting|storing|"
    r"stashing)(?: up)?(?: [a-z]+){0,3}? " + _PILLS
    + r"(?= so| to (?:take|end|die)| and|$| ,| for when| in case)",
    r"looked up (?:ways|how) to (?:die|kill|end)", "ways to die",
    "how many (?:tablets|paracetamol)(?: [a-z]+){0,4}? (?:kill|die|dead|fatal)",
)  # fmt: skip
_SUICIDE_WORD = _compiled("suicid[a-z]*")
_BEREAVED = _compiled(
    r"(?:died|dead|death|lost)(?: [a-z]+){0,5}? overdose", r"bereave[a-z]*", "bereft",
    r"(?:died|dies|die|dead|lost|loss|losing|death|grief|"
    r"grieving)(?: [a-z]+){0,4}? (?:by|to|from|through|after|following) (?:a )?suicide",
    r"(?:took|taken|ended|takes) (?:his|her|their) (?:own )?lives?(?! (?:and|so))",
    r"(?:killed|hanged|hung|shot|drowned) (?:himself|herself|themselves)", "survivors? of suicide",
    "after (?:a|his|her|my [a-z]+s?) suicide", "inquest", "hang(?:ed|s)? (?:up|out|around)",
    "anniversary",
    r"(?:husbands?|wifes?|sons?|dads?|mums?|brothers?|sisters?|friends?|daughters?) suicide",
)  # fmt: skip
_TRIED = _compiled(
    "tried", "nearly", "almost", "attempted", "attempts", "(?:he|she) wants", "i want",
    "threaten[a-z]*", "going to", "i feel", "might", "join (?:him|her)", "i am", "now i",
)  # fmt: skip
_JOKING = _compiled("lol", "haha[ha]*", "lmao", "joking", "only kidding", "figure of speech")


def _suicide(clause: str) -> bool:
    """Thoughts, words, plans or acts of ending a life or of harming oneself."""
    if _BEREAVED.search(clause) and not _TRIED.search(clause):
        return False
    if "way out" in clause and re.search(r"\b(?:debt|credit|loans?|contract|pay|bills)\b", clause):
        return False
    old = _LONG_OVER.search(clause) and not _REALLY_NOW.search(clause)
    if old or (_JOKING.search(clause) and _ABOUT.search(clause)):
        return False
    if any(
        _NO_POINT.search(m.group()) or not _denied(clause, m) for m in _WANTS_DEATH.finditer(clause)
    ):
        return True
    if _ABOUT.search(clause):
        return False
    for pattern in (_HARMS_SELF, _SUICIDE_WORD):
        if any(not _denied(clause, m) for m in pattern.finditer(clause)):
            return True
    return any(
        not _denied(clause, m) and _INTENT.search(clause[: m.start()] + m.group())
        for m in _ENDS_LIFE.finditer(clause)
    )


_INTENT = _compiled(
    _INTENDS, r"kill(?:ing)? myself", r"end(?:ing)? it all", r"ending my life",
    "i took an overdose", "an overdose",
)  # fmt: skip

# --- harm: who does what to whom ----------------------------------------------------------------

Person = Literal["speaker", "other", "partner", "elder", "kin", "child", "paid"]


@dataclass(frozen=True, slots=True)
class _Deed:
    """One thing that hurts: a verb, or a phrase that says as much."""

    act: str
    who: str = ""  # the word for the one who does it, where there is one
    whom: str = ""  # and for the one it is done to


_WHO: tuple[tuple[Person, str], ...] = (
    ("speaker", "i me us myself we"),
    ("other", "he she they him her them who someone somebody anyone man woman lodger landlord"),
    ("partner", _PARTNER_WORDS),
    ("elder", _ELDER_WORDS + " resident residents patient patients elder adult adults"),
    ("kin", _KIN_WORDS),
    ("child", _CHILD_WORDS),
    (
        "paid",
        "carer carers staff nurse nurses pa pas agency ward hospital worker workers cleaner "
        "manager driver escort teacher teachers coach tutor",
    ),
)
_PERSONS: dict[str, Person] = {word: kind for kind, words in _WHO for word in words.split()}


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
_BLOWS = _forms(
    "hit+ punch slap+ kick beat smack thump batter headbutt bash whack strangle throttle stab+ "
    "rape molest assault attack abuse choke terrorise terrorize bully blackmail mistreat groom "
    "exploit intimidate torment clout degrade humiliate manhandle stalk harass wallop brutalise "
    "torture victimise coerce cuckoo grope"
) | {"beaten"}
_ROUGH = _forms(
    "push shove grab+ hurt harm shake scratch pinch drag+ pin+ burn threaten hurl injure thrash "
    "scald corner overpower belittle"
) | {"shook", "shaken", "bit", "bite", "bites", "biting", "bitten", "hurting", "burnt"}
_GRAVE = _forms(  # everyday words that are harm only from some hands, or in some company
    "shout scream yell swear lock shut+ strap+ restrain drug+ dope neglect starve touch kill mock "
    "ignore"
) | {"tied", "ties", "tying", "swore", "sworn"}
_ACTS = _BLOWS | _ROUGH | _GRAVE
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

_SAME_AS = tuple(  # phrases that say what one plain word says
    (re.compile(rf"\b(?:{phrase})\b"), plain)
    for phrase, plain in (
        (
            r"(?:care|nursing|residential) homes?|(?:the|his|her|a) home(?= (?:staff|has|"
            r"have|tied|is|left|are|keeps?))|day centre|respite (?:home|centre)|"
            r"supported living",
            "staff",
        ),
        (
            r"(?:care|support|night|agency|key|ward|day|home) (?:workers?|staff|"
            r"assistants?|nurses?)|staff member|personal assistant|live in carer|"
            r"the night staff|care agency|taxi driver",
            "staff",
        ),
        (
            r"(?:little|small) (?:boys?|girls?|ones?|lads?|brothers?|sisters?)|\d+ (?:year|"
            r"yr)s? old|young (?:boy|girl)|foster (?:son|daughter|child)|step (?:child|"
            r"children)",
            "child",
        ),
        (
            r"(?:old|elderly|vulnerable|disabled) (?:man|woman|lady|gentleman|person|"
            r"people|adults?|relatives?)|vulnerable adults?",
            "elder",
        ),
        (r"(?:father|mother|brother|sister|son|daughter) in laws?", "relative"),
        (r"other half|old man", "partner"),
        (
            r"(?:goes|going|went|go|gone|comes|coming|came|flies|flew|launches|launched)"
            r" (?:for|at)(?= (?:me|us|him|her|my|mum|dad|the staff))",
            "attacks",
        ),
        (
            r"(?:lash|lashes|lashed|lashing|hits?|hitting|kicks?|kicking) out (?:at|on)?|"
            r"(?:lays?|laid|laying) (?:into|hands on|a hand on|a finger on)",
            "hits",
        ),
        (
            r"(?:raises?|raised|raising) (?:his|her|a|their) (?:hands?|fists?)(?: (?:to|at))?",
            "hits",
        ),
        (
            r"(?:knock|knocks|knocked|knocking|rough|roughs|roughed|slap|slaps|push|pushes|"
            r"pushed) (me|us|him|her|them|mum|dad) (?:about|around|up)",
            r"beats \1",
        ),
        (
            r"(?:throws?|threw|throwing|chucks?|chucked|chucking|lobs?) (?:[a-z]+ ){1,3}?at",
            "attacks",
        ),
        (r"(?:spits?|spat|spitting) (?:at|on|in)", "attacks"),
        (
            r"(?:pulls?|pulled|pulling|twists?|twisted|twisting|breaks?|broke|broken|"
            r"squeezes?|squeezed) (my|her|his) (?:hair|arms?|wrists?|fingers?|jaw|nose|"
            r"ribs)",
            r"hurts \1 hair",
        ),
        (
            r"(?:shout|shouts|shouted|shouting|scream|screams|screamed|screaming|yell|"
            r"yells|swear|swears|swore|mocks?|laugh|laughs|laughed|laughing) (?:at|in|"
            r"and)(?: (?:my|his|her) face)?",
            "shouts",
        ),
        (
            r"(?:puts?|got|had|has|with) (?:his|her|their) hands? (?:a?round|on|over) (my|"
            r"her|his) (?:neck|throat|mouth|face)",
            r"strangled \1 throat",
        ),
        (
            r"takes? (?:his|her) (?:anger|temper|moods?) out on|(?:gives?|gave) (me|him|"
            r"her) a (?:slap|beating|smack|kicking|dig|hiding|black eye)",
            r"hits \1",
        ),
        (
            r"tak(?:en|ing|es?) advantage of|preyed on|preying on|ill treat(?:s|ed|ing)?|"
            r"treat(?:s|ed|ing)? (?:him|her|mum|dad|them|me) (?:like (?:dirt|an animal|"
            r"a dog|a slave|rubbish|a prisoner)|badly|terribly|roughly|cruelly)",
            "abused",
        ),
    )
)


def _deeds(clause: str) -> Iterator[_Deed]:
    """Each verb that hurts, with the persons nearest before and after it."""
    words = clause.split()
    for at, act in enumerate(words):
        if act not in _ACTS or _is_denied(words[max(0, at - 8) : at]):
            continue
        if act in _NOUNS and _is_noun(words, at):
            continue
        if act.startswith("threat") and "to" in words[at + 1 : at + 2]:
            continue  # what is threatened is heard in _CONTROL
        who, whom = _before(words, at), _after(words, at)
        passive = (
            _PARTICIPLE.search(act)
            and words[at - 1] != "to"
            and _BEING & set(words[max(0, at - 3) : at])
        )
        if passive and not (whom and words[at + 1] != "by" and words[at - 1] == "got"):
            whom_near = _before(words, at, 4 if act in _GRAVE else 7)
            by = "by" in words[at + 1 : at + 4] or "from" in words[at + 1 : at + 3]
            who, whom = (_after(words, at, 6) if by else ""), whom_near
            whom = "me" if whom == "i" else whom
        yield _Deed(act, who, whom)


_NOBODY = frozenset(", himself herself themselves myself when because if wheelchair chair".split())


def _is_noun(words: list[str], at: int) -> bool:
    """True for "a bit of" or "grab rails", where the word is no deed at all."""
    following = words[at + 1] if at + 1 < len(words) else ""
    if words[max(0, at - 1)] in _BEFORE_NOUN:
        return True
    has_object = following in _TAKES_OBJECT or following in _PERSONS
    return not has_object and not _BEING & set(words[max(0, at - 2) : at])


def _before(words: list[str], at: int, most: int = 6) -> str:
    """The nearest person before a verb. In "my mum she hits me" that is "she"."""
    for i in range(at - 1, max(-1, at - 1 - most), -1):
        word, object_only = words[i], words[i] in ("us", "me", "him", "them", "myself")
        if word in _PERSONS and not object_only and (word != "her" or i == at - 1):
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
            and following in _PERSONS
            and following not in ("i", "he", "she", "they", "who", "when")
        ):
            continue
        if word in _PERSONS and word not in ("i", "he", "she", "they", "who", "myself", "we"):
            return word
        if word in _NOBODY:
            return ""
    return ""


def _is_denied(words: list[str]) -> bool:
    return _DENIED.search(" ".join(words) + " ") is not None


# Phrases that say as much as a verb. Who and whom are looked for around them.

_VIOLENT = _compiled(
    r"(?:is|am|get|gets|got|getting|becomes?|became|becoming|turns?|turned|turning|"
    r"been|being|was|can be|and|so|very|quite|really|both|physically) (?:violent|"
    r"abusive|coercive|controlling|abuser|handy with his fists)",
    r"physical(?:ly)? (?:with|towards) (?:me|us|him|her)|physically (?:aggressive|"
    r"abusive|violent)", r"aggressive (?:to|towards|with) (?:me|us)",
    "violence (?:towards|against|from)",
    r"(?:his|her) (?:temper|rages?|fists)(?: [a-z]+){0,3}? (?:terrif[a-z]+|"
    r"frighten[a-z]*|scare[a-z]*)|terrif[a-z]+ of his|temper (?:terrif[a-z]+|"
    r"frighten[a-z]*|scares?)",
    r"(?:trash|trashes|trashed|trashing|wreck|wrecks|wrecked|smash|smashes|smashed|"
    r"smashing)(?: up)? (?:the|my|our|up) (?:place|house|home|room|flat|things|"
    r"furniture|phone|stuff)",
    r"(?:goes|going|went|gets|go) (?:mental|ballistic|mad|nuts|crazy|berserk|"
    r"off on one|psycho)(?: [a-z]+){0,8}?(?: ,)?(?: [a-z]+){0,4}? (?:terrified|"
    r"scared|frightened|afraid)",
    r"(?:flies|flew|gets|goes) into (?:a |these |terrible |awful )*(?:rages?|temper)",
    r"punche[sd] (?:the )?(?:walls?|doors?|holes)",
    r"(?:made|make|makes) my life (?:hell|a misery|miserable)",
)  # fmt: skip
_ABUSE_NAMED = _compiled(
    r"(?:abusive|violent|controlling|coercive) (?:[a-z]+ )?(?:relationship|"
    r"marriage|husband|wife|partner|home|boyfriend|girlfriend|man|ex|son|dad|"
    r"father|mother|mum|daughter|behaviour|parents)", "domestic (?:abuse|violence)",
    "coercive control",
    "(?:emotional|physical|sexual|honour based|honour|verbal) (?:abuse|violence)",
    "gaslight(?:s|ing|ed)?", "eggshells", "suffering abuse", "victim of abuse",
    "is (?:it|this|that) abuse", "(?:womens|a|in a) refuge", "forced marriage", "knocks? me about",
)  # fmt: skip
_AFRAID = (
    r"(?:scared|afraid|frightened|terrified|petrified|scares?|frightens?|terrifies|"
    r"fearful|in fear|living in fear|fear)(?: (?:stiff|for my life|half to death|"
    r"to death|so much|a lot))?"
)
_HIM = (
    rf"(?:my |our |the |own |his |her |a |this |that )*(?:him|her|{_PARTNER}|"
    rf"{_ELDER}|{_KIN}|{_PAID}|men)"
)
_DOING = (
    r"(?: (?:falling|dying|death|getting|going|being|having|future|health|illness|"
    r"choking|wandering|losing|moving|catching|condition|diagnosis|driving|"
    r"forgetting|falls|left|not|will|is|needs|operation|memory|end|pain|passing|"
    r"finding))"
)
_FEAR = _compiled(
    rf"{_AFRAID} (?:of|around|by|to be around|to be with|with) {_HIM}(?!{_DOING})",
    rf"{_AFRAID} (?:of )?(?:what|how) (?:he|she|they) (?:[a-z]+ )?(?:do|be capable|"
    rf"react|might|will)",
    rf"{_AFRAID} to (?:go home|be alone with|leave (?:him|her|my (?:husband|wife|"
    rf"partner|boyfriend|girlfriend)|the relationship|home)(?! (?:alone|on|in|with|"
    rf"at|for|by|overnight|to))|say no|be in the (?:house|same)|tell anyone|"
    rf"tell (?:him|her)|stand up to|be at home|speak up|go to sleep|upset|stay (?:at|in))",
    rf"{_AFRAID} (?:that )?(?:he|she|they) (?:will|might|is going to|are going to|"
    rf"would) (?:hurt|hit|kill|attack|find me|harm|snap)",
    rf"{_AFRAID} (?:in|at) (?:my own |our own |my )?home",
    r"(?:he|she|dad|mum|husband|wife|son|brother|boyfriend|partner|uncle|who|"
    r"stepdad) (?:really |always |just )?(?:scares|frightens|terrifies) (?:me|us|the kids|my)",
    rf"{_AFRAID} (?:when|if) (?:he|she|they|dad|mum)(?: [a-z]+){{0,3}}? (?:angry|"
    rf"drinks?|drunk|drinking|shouts?|temper|mad|home|kicks? off|moods?)",
    r"(?:drunk|drinks?|drinking|high|angry)(?: [a-z]+){0,3}?(?: ,)? (?:and |"
    r"so )?i (?:am |get |feel )(?:so |really )?(?:scared|frightened|afraid)",
    r"not (?:feel )?safe (?:at home|here|with (?:him|her|them)|in my own|in our|"
    r"around)|(?:feel )?unsafe (?:at home|with|around)|nowhere safe",
)  # fmt: skip
_NOT_LET = (
    r"(?:(?:will not|does not|do not|never|not|would not|refuses to|hardly|rarely)"
    r" (?:ever )?(?:let|lets|allow|allows|letting|allowing))"
)
_MINE = (
    r"(?:phones?|mobile|texts?|messages|money|wages|bank ?card|cards?|benefits?|"
    r"carers allowance|pip|passport|keys|emails?|tablets|wheelchair|"
    r"walking (?:stick|frame)|crutches|hearing aids?|location|papers|documents|"
    r"inhaler|laptop|pension|pay|account|whereabouts)"
)
_CONTROL = _compiled(
    rf"{_NOT_LET} (?:me|us|her) (?:to )?(?:have|see (?:my|any|people|friends|"
    rf"family|anyone|a doctor)|go|leave|use|out|work|talk|speak|phone|ring|eat|"
    rf"wear|meet|drive|get a job|contact|spend|any|sleep|make)|{_NOT_LET} (?:me|us|her) out",
    r"(?:controls?|controlling|controlled|dictates|decides|monitors?|monitoring|"
    r"polices) (?:me|us|everything|all|our money|what i|who i|where i|when i|how i|"
    r"what she (?:wears|spends|eats|does)|every|my every|the money|her money)",
    rf"(?:checks?|tracks?|tracking|reads?|hacks?|hacked|goes through|took|takes|"
    rf"taken|taking|hides|hid|smashed|smashes|broke|monitors?|controls?|controlled|"
    rf"keeps|keeping|confiscate[sd]?|withholds?|demands?) (?:all |of |"
    rf"through )*(?:my|our) {_MINE}",
    r"(?:locks?|locked|locking|traps?|trapped) me (?:in|up|inside)|keeps me (?:in|"
    r"prisoner|locked|trapped)|(?:stalks|isolates|isolated|spies on|tracks) me|"
    r"puts me down|demands? (?:money|sex|cash)", r"cuts? me off from|cutting me off from",
    r"forc(?:es|ed|ing) (?:himself|herself) on me",
    r"(?:holds?|holding|held) back my (?:[a-z]+ )?(?:tablets|insulin|medication|money)",
    r"had me (?:up )?against (?:a|the) wall", r"every penny i spend", "non molestation",
    "clares law",
    r"(?:threatens?|threatened|threatening|says|said|saying|(?<!i am )going|(?<!i )will|"
    r"would|going to)(?: [a-z]+){0,7}? (?:to )?(?:kill (?:me|us|her|him|the|my)|"
    r"take (?:the|my|our|away the) (?:kids|children|baby)|burn (?:the|my|our|it) |"
    r"throw me out|have me deported|get me deported|me to immigration|stab|"
    r"have me (?:killed|put away|sectioned))",
    r"(?:threatens?|threatening|threatened)(?: (?:and|or) [a-z]+)?(?: (?:me|us|"
    r"my [a-z]+|mum|dad|her|him))?(?! (?:us |me )?(?:with (?:eviction|court|legal|"
    r"bailiffs|a fine|sanctions)|(?:to )?(?:stop|cut|evict|close|sanction|"
    r"withdraw|leave|cancel|discharge|take|end|my|our|the|kill (?:my|him)self)))",
    r"calls? me (?:names|stupid|worthless|fat|useless|mental|a [a-z]+)|"
    r"i am not allowed (?:to (?:see|go|have|leave|use|talk|speak)|out|friends|"
    r"money|my|any|a phone)", r"not allowed (?:any )?(?:friends|money of my own|my own)",
    r"(?:make|makes|made|making|force[sd]?|forcing|pressures?|pressured|pressuring)"
    r" (?:me|her|him)(?: (?:to|into))? (?:sleep with|have sex|do things|strip|beg|"
    r"sex|having sex|account for|touch)", r"(?:kick|kicks|kicking) off with me",
    r"ask(?:ing)? (?:him|her|my [a-z]+) (?:for (?:every penny|money|permission)|permission)",
    r"(?:show|account|explain)(?: [a-z]+){0,3}? (?:receipts|every penny)",
    r"(?:plann?ing|arrang[a-z]+|booked) my wedding", "accuses me of (?:cheating|affairs|having)",
)  # fmt: skip
_FORCED = _compiled(
    r"(?:forc[a-z]+|made|make|making|pressur[a-z]+|trick[a-z]+|sent|send|sending|"
    r"taken|taking)(?: [a-z]+){0,5}? (?:marry|married|marriage|wedding)",
    r"sex(?: [a-z]+){0,4}? (?:not want|against|i said no)|"
    r"not want (?:to )?(?:have )?sex|sex when i|had sex with me when",
    r"(?:escape|get away|leave|leaving|flee|get out|run away|"
    r"hide)(?: [a-z]+){0,4}? (?:abusive|violent|hurting|abuse|hits|beats)|"
    r"(?:too )?(?:scared|afraid|frightened) to leave(?= ,|$| and| because|"
    r" the relationship| the marriage)|(?:get|getting) away from (?:my )?(?:him|"
    r"husband|wife|partner|boyfriend)(?! for a)|flee(?:ing)? from",
)  # fmt: skip
_AT_HOME = (_VIOLENT, _ABUSE_NAMED, _FEAR, _CONTROL, _FORCED)

_HARMING = (
    r"(?:hurt|hit|slap|smack|harm|lash out|shake|push|strangle|smother|throttle|"
    r"kick|punch|snap|do something (?:bad|terrible|awful|stupid|to (?:him|her))|"
    r"lose it (?:with|and)|hitting|slapping|harming|lashing out|shaking|pushing|"
    r"smacking|snapping)"
)
_CARER_AFRAID = _compiled(
    r"(?:scared|afraid|frightened|worried|terrified)(?: that)? i (?:[a-z]+ ){1,4}?kill(?! my)",
    rf"(?:scared|afraid|frightened|worried|terrified|fear|feel like|want to|"
    rf"wanted to|nearly|almost|close to|came close to|urge to|"
    rf"going to end up)(?: [a-z]+){{0,4}}? {_HARMING}(?! (?:myself|his|my|"
    rf"her (?:hip|head|back)|me|us))"
)  # fmt: skip
_FILTH = (
    r"(?:pads?|wee|urine|mess|poo|faeces|nappy|nappies|soiled|wet|dirty|filth|"
    r"excrement|sick|sheets|muck)"
)
_BODIES = (
    r"(?:him|her|them|mum|dad|nan|gran|grandma|grandad|mother|father|brother|"
    r"sister|son|daughter|residents?|elder|people|aunt|uncle)"
)
_LEFT = _compiled(
    rf"(?:left|leave|leaves|leaving|sat|sitting|lying|found|laid|lay|"
    rf"kept)(?: [a-z]+){{0,6}}? (?:in|with)(?: [a-z]+){{0,4}}? {_FILTH}",
    r"(?:left|leave|leaves|leaving) (?:[a-z]+ ){1,3}?(?:on the (?:toilet|commode|"
    r"floor)|without|alone all|hungry|thirsty|with no)",
    r"(?:without|no|not (?:being )?(?:given|giving|getting|had|give)|denied|"
    r"denying|refus(?:e|ed|ing) to give)(?: [a-z]+){0,3}? (?:food|water|drinks?|"
    r"fluids|meals?|pain relief|painkillers)(?! (?:bank|parcels?|shop|delivery))",
    rf"(?:not|never|nobody|no one|none|hardly|stopped)(?: [a-z]+){{0,4}}? (?:fed|"
    rf"feed|feeds|feeding|washed|wash|washes|turned|turn|turns|changed|change|"
    rf"changes) {_BODIES}|not (?:being )?(?:fed|washed|turned|changed)|"
    rf"not (?:being )?(?:looked after|cared for)|unfed|dehydrated|starving|filthy|malnourished",
    r"(?:bed|pressure) ?sores?(?: [a-z]+){0,6}? (?:never|not|ignored|infected|"
    r"neglect)|ignor(?:e|ed|ing) (?:her|his|the) (?:call|bell|buzzer|calls|cries)|cruel|cruelty",
)  # fmt: skip
_MARKS = _compiled(
    r"bruis(?:es|ing|ed|e)(?! easily)", r"(?:finger|hand|grip|burn|bite|belt|rope|red)(?: |)marks",
    r"(?:left|leaving) (?:a )?marks?", "black eyes?",
    r"marks on (?:his|her|their|mums|dads|my [a-z]+)(?: [a-z]+)? (?:arms?|wrists?|"
    r"neck|legs?|body|back)", "(?:cigarette|unexplained) (?:burns|injur[a-z]+)",
)  # fmt: skip
_HELD = _compiled(
    rf"(?:over|overly|heavily|too) ?(?:medicat(?:ed|ing)|sedat(?:ed|ing)|drugged)|"
    rf"(?:so|all|been|being|keep(?:s|ing)? {_BODIES}|kept|"
    rf"got {_BODIES}(?: [a-z]+)?) (?:drugged|sedated|doped|locked|tied|strapped|"
    rf"zonked)(?: up| in)?|drugged up|doped up",
    rf"(?:lock|locks|locked|locking|shut|shuts|shutting|tie|tied|ties|tying|strap|"
    rf"straps|strapped|strapping) (?:my |the )?{_BODIES} (?:in|to|up|into|down|inside)(?= |$)",
    rf"(?:he|she|{_BODIES}) (?:is|was|has been|gets|being|been) (?:being |"
    rf"getting )?(?:locked|shut|tied|strapped) (?:in|to|up|into|down)(?= |$)",
    r"(?:flinch[a-z]*|cower[a-z]*|recoil[a-z]*|scared of|frightened of|"
    r"afraid of)(?: [a-z]+){0,5}? (?:staff|carers?)", r"skin and bones?", r"black and blue",
    r"(?:keeps? (?:us|everyone|people) (?:all )?away|"
    r"nobody(?: is)? allowed in)(?: to see (?:him|her))?",
    r"lost (?:a|two|three|four|half a) stone in the (?:home|hospital)",
    r"whistle ?blow(?:ing|er)?|blow the whistle", "self neglect", "cuckoo(?:ing|ed)",
    r"safeguarding (?:team|referral)",
    r"so called (?:friends|mates|pals)(?: [a-z]+){0,4}? (?:moved|living|eating|taken|using)",
    "handprint",
    r"(?:keep|keeps|keeping) (?:him|her|them|mum|dad|everyone) (?:quiet|docile|sleepy|asleep)",
    r"(?:rough|vicious|nasty|aggressive|heavy handed) (?:with|to|towards|"
    r"when (?:they|moving|washing|changing|dressing))(?: [a-z]+)?|roughly|"
    r"rough handling|dragged|manhandled",
    rf"(?:gets?|got|getting|climb[a-z]*) (?:in|into) (?:bed with )?(?:her|his|mums|"
    rf"their)(?: bed|$| at night)|touch(?:es|ed|ing) (?:{_BODIES} )?up|touch(?:es|"
    rf"ed|ing) {_BODIES}(?: [a-z]+)? (?:sexually|inappropriately|down there|"
    rf"private|where)|inappropriate touching|sexually",
    r"(?:raise|report|make|flag|log)(?: [a-z]+)? safeguarding (?:concern|alert|"
    r"referral|issue)s?(?! work)",
    r"(?:abuse|neglect|mistreatment|exploitation|cuckoo(?:ed|ing)) (?:of|by|at|in|"
    r"to) (?!system|scheme|the system)|(?:report|suspect|suspected|tell|"
    r"worried about|concerned about|concern about|think it is|its|"
    r"it is)(?: [a-z]+){0,3}? (?:abuse|neglect|abused|neglected|"
    r"safeguarding concern)|elder abuse|financial abuse|financially abus[a-z]+|"
    r"neglect(?:ed|ing|s)?",
)  # fmt: skip
_STEAL = _compiled(
    "steal(?:s|ing)?", "stole", "stolen", "nick(?:s|ed|ing)", "robb(?:ed|ing)", "robs", "rob",
    "fleec(?:ed|ing)", "pinch(?:ed|ing|es)", "helping (?:himself|herself|themselves)",
    "drain(?:s|ed|ing)", "empt(?:ied|ying|ies)", "conned", "clear(?:ed|ing) out",
)  # fmt: skip
_TAKE = _compiled(
    r"(?:taking|takes|took|taken|take|using|uses|used|spending|spends|spent|"
    r"withdrawing|withdrawn|withdrew|keeping|keeps|kept|controls|controlling|"
    r"missing|disappearing|disappeared|vanished|signing|sign|signed|changing|change)"
)  # fmt: skip
_GOODS = (
    r"(?:money|cash|savings|bank|card|cards|pension|jewellery|jewelry|purse|wallet|"
    r"accounts?|benefits?|rings?|valuables|inheritance|belongings|house|will|"
    r"property|deeds|pip)"
)
_THEIRS = re.compile(
    rf"\b(?:his|her|their|mums?|dads?|nans?|grans?|grandmas?|grandads?|aunts?|"
    rf"uncles?|mothers|fathers|brothers|sisters|sons|daughters|cousins?|residents?|"
    rf"from (?:him|her)) (?:[a-z]+ )?{_GOODS}\b|\b{_GOODS} (?:[a-z]+ )?(?:out of|"
    rf"from|off) (?:[a-z]+ )?(?:{_BODIES}|mums|dads|nans|grans|his|elder)\b|"
    rf"\b{_GOODS} (?:over|to (?:her|him|them))\b|\b{_GOODS}(?: [a-z]+){{0,4}}? missing"
)  # fmt: skip
_HELPS_SELF = re.compile(
    rf"\b(?:{_KIN}|niece|nephew|grandson|granddaughter|he|she|they) (?:is |are |"
    rf"has been |keeps )?(?:takes?|taking|took|keeps|keeping)"
    rf" (?:all )?(?:of )?(?:his|her|their|mums|dads|nans|grans) {_GOODS}\b(?! (?:to|for|out))"
)  # fmt: skip
_ROBBED = re.compile(
    rf"\b(?:from|off) (?:[a-z]+ ){{0,2}}?(?:{_BODIES}|cousin|friend|neighbour)\b|"
    rf"\b(?:his|her|their|mums?|dads?|nans?|grans?|grandmas?|grandads?|aunts?|"
    rf"aunties?|uncles?|brothers|sisters|residents?) (?:[a-z]+ )?{_GOODS}\b|"
    rf"\b(?:staff|carers?|pa|cleaner|neighbour)\b"
)  # fmt: skip
_AGAINST = _compiled(
    "making", "made", "got (?:him|her|them) to", "forc[a-z]+", "pressur[a-z]+", "bully[a-z]*",
    "all (?:of )?(?:her|his|their|mums|dads)", "behind (?:her|his|my)",
    "without (?:asking|permission|telling|(?:her|his) [a-z]+)", "out of",
    "on (?:himself|herself|themselves)", "missing", "disappear[a-z]*", "staff", "carers?", "pa",
    "trick[a-z]*", "suspicious", "from (?:mums?|dads?|nans?)", "worker", "cleaner",
)  # fmt: skip
_INNOCENT_MONEY = _compiled(
    "scam[a-z]*", "builder", "roofer", "plumber", "fraud", "online", "internet", "advert",
    "con ?man", "bike", "car", "laptop", "bin", "burgl[a-z]*", "shop", "council", "dwp",
    "government", "hmrc", "lpa", "attorney", "accuses?", "accusing", "accused", "thinks?",
    "convinced", "deputy", "appointee", "i take", "i took", "i use", "do i", "can i", "fees?",
    "identity",
)  # fmt: skip

_CHILD_HURT = _compiled(
    rf"(?:{_CHILD}|{_LITTLE}|girl|boy)(?: [a-z]+){{0,6}}? (?:at risk(?! of)|"
    rf"in danger|not safe|unsafe|abused|neglected|hurt|bruis[a-z]+|black eye|"
    rf"starving|hungry|screaming|not (?:being )?fed|no food|left alone|home alone|"
    rf"on their own|alone all|shaken|groomed|crying all)(?! (?:on a|at nursery))",
    r"(?:frightened|scared|afraid|terrified) (?:of|to) (?:go home|her (?:dad|mum|"
    r"stepdad)|his (?:dad|mum|stepdad)|(?:their|my) (?:dad|mum|stepdad))",
    "child (?:abuse|neglect|cruelty|sexual exploitation)", "paedophile",
    rf"(?:shak|hurt|harm|hitt|smack|slapp|beat|starv|touch|abus|(?<!i )neglect|"
    rf"groom)(?:e|ing|ed|s)? (?:[a-z]+ ){{0,2}}?(?:{_CHILD}|{_LITTLE}|boys?|girls?)",
    rf"shake (?:the |my )?(?:{_CHILD})", rf"(?:leaves?|leaving|left)"
    rf" (?:[a-z]+ ){{0,3}}?(?:{_CHILD})(?: [a-z]+){{0,3}}? (?:alone|on (?:his|her|"
    rf"their) own)(?: all| every| at night| while she| while he|$)",
    r"(?:naked|nude|sexual|rude|explicit|topless|intimate|sexy) (?:pictures?|"
    r"photos?|pics?|messages?|images?|videos?|selfies?|texts?)|nudes",
    rf"(?:asking|asks|asked|sends?|sending|sent|"
    rf"wants?)(?: [a-z0-9]+){{0,5}}? (?:{_CHILD}|daughter|son|her|him|"
    rf"me)(?: [a-z]+){{0,3}}? (?:for )?(?:pictures|photos|pics|nudes)",
    rf"(?:worried|concerned|concern) about (?:the |a |some |"
    rf"my neighbours )?(?:{_CHILD}|{_LITTLE}|boy|"
    rf"girl)(?: [a-z]+){{0,3}}? (?:next door|upstairs|neighbours?|in my street|"
    rf"on my street|on our street|in (?:my|her|his) [a-z]+ class)", r"comes into my room",
    r"(?:belt|hand|slap) ?(?:marks?|print)", "county lines", "fgm",
    r"(?:taking|taken|sending|sent)(?: [a-z]+){0,8}? to be cut",
    rf"(?:{_CHILD})(?: [a-z]+){{0,4}}? (?:always |so |often )?(?:hungry|unfed|dirty and)",
    r"(?:grown|older|strange) man(?: [a-z]+){0,2}? (?:messaging|texting|contacting|" r"talking to)",
    r"private parts", r"touch(?:es|ed|ing) (?:me|her|him|them|my (?:daughter|son|granddaughter|"
    r"grandson|niece|nephew|child))(?= |$)(?! (?:up|base))",
    r"(?:do|does|did|doing) (?:stuff|things|bad things|something) to (?:me|her|him)",
    r"groom(?:ed|ing) (?:her|him|my|online)", r"sexual(?:ly)? (?:abus|assault|touch)[a-z]*",
)  # fmt: skip
_CHILD_ALONE = _compiled(
    r"(?:no|not any|hardly any|never any|without) (?:food|dinner|tea|heating|clean clothes)",
    r"(?:nobody|no one)(?: [a-z]+)? (?:looks after|feeds|cares about|takes care of|is here)",
    r"(?:never|not) (?:comes?|come|been|came) home",
    r"(?:drunk|drinks|drinking|on drugs|heroin|high|passes out|crack)", r"locks? me",
    r"left (?:me|us) (?:alone|on (?:my|our) own)",
    r"(?:hate|scared of) (?:going|being at|being) home",
    r"(?:scared|frightened|afraid)(?: to go home| at home| of (?:him|her|my (?:dad|"
    r"mum|brother|uncle|stepdad)))",
)  # fmt: skip


def _harm(clause: str, text: str) -> Iterator[Danger]:
    """One person hurting another, as the kind of danger that it is."""
    if _ABOUT.search(clause) and not re.search(r"\b(?:me|my)\b", clause):
        return
    if _LONG_OVER.search(clause) and not _STILL.search(clause):
        return
    for phrase, word in _SAME_AS:
        clause = phrase.sub(word, clause)
    for deed in dict.fromkeys(_deeds(clause)):
        if _hurts(deed, clause, text):
            yield _kind_of(deed, text)
    joking = _JOKING.search(text) is not None
    if not (joking or _is_rule(clause)) and _about_people(clause) and _speaks(_AT_HOME, clause):
        yield _kind_of(_Deed("", _partner_or_kin(clause), _whom_at_home(clause)), text)
    if not joking and not _RULES.search(clause) and _speaks((_CARER_AFRAID,), clause):
        yield "child-protection" if _about_child(text) else "adult-safeguarding"
    if _bad_care(clause, text):
        yield _kind_of(_Deed("neglect", "staff" if _is_paid(text) else "", ""), text)
    if _theft(clause):
        yield "adult-safeguarding"
    if _speaks((_CHILD_HURT,), clause) and not _RULES.search(clause):
        young = _about_child(text) or _child_speaks(text) or "child" in clause or "paed" in clause
        yield "child-protection" if young else "adult-safeguarding"
    if _child_speaks(text) and _speaks((_CHILD_ALONE,), clause):
        yield "child-protection"


def _speaks(patterns: tuple[re.Pattern[str], ...], clause: str) -> bool:
    return any(not _denied(clause, m) for p in patterns for m in p.finditer(clause))


_STILL = _compiled(
    "still", "again", "now", "today", "keeps?", "every day", "lives? with", "moved back"
)  # fmt: skip
_RULES = _compiled(
    "what age", "is it (?:legal|allowed|illegal|ok)", "can (?:i|you|we) leave", "legally",
    "protection plan", "deprivation", "dols?", "needles?", "at school because",
)  # fmt: skip
_UNKIND_OFFICES = _compiled(
    "boss", "work will", "employer", "manager", "council", "dwp", "jobcentre", "job centre",
    "school", "bank", "doctors? receptionist", "gp", "social (?:services|worker)", "government",
    "hospital (?:will|would|does) not", "staff (?:will|would|does|do) not let",
    "(?:sister|brother|family|daughter|son)s? (?:will|would) not let me see", "landlord",
)  # fmt: skip


def _is_rule(clause: str) -> bool:
    """An office that says no, or what the law allows: hard, but no danger."""
    if _FEAR.search(clause) or _ABUSE_NAMED.search(clause) or _VIOLENT.search(clause):
        return False
    return bool(_RULES.search(clause) or _UNKIND_OFFICES.search(clause))


def _hurts(deed: _Deed, clause: str, text: str) -> bool:
    """Whether the deed hurts a person, as far as the words around it tell."""
    who, whom = _PERSONS.get(deed.who), _PERSONS.get(deed.whom)
    if deed.act == "shouts" and who == "paid":
        return "deaf" not in text
    if whom is None and not (
        deed.who
        and re.search(r"\b(?:being|been|gets?|is|was|are|were)\b", clause)
        and "by" in clause
    ):
        return False
    if _JOKING.search(text) and deed.act not in ("hits", "hit"):
        return False
    if (
        re.search(
            r"\b(?:accident|accidentally|by mistake|hoisting|lifting|dog|cat|car|van|bus|"
            r"lorry|train|labrador|kicked out|virus|bug|infection|cold|eviction|wheelchair|"
            r"swing|needles?|bullied at school)\b",
            clause,
        )
        and "home" not in clause
    ):
        return False
    if re.search(r"\bi (?:could|can) (?:honestly |just |happily |cheerfully )?" + deed.act, clause):
        return False
    if deed.who == "it" or (who == "speaker" and whom == "speaker"):
        return False
    if deed.act in _GRAVE:
        return _is_grave(deed, clause, text)
    if (
        deed.who == "i"
        and deed.act in _BLOWS
        and deed.act.startswith(("bull", "harass", "attack", "exploit", "isolat"))
    ):
        return False
    if deed.act in _ROUGH:
        if whom is None:
            return False
        harmless = (
            r"\b(?:me|him|her|us|them) (?:to|into|around in|round|for|up the|in (?:a|his|"
            r"her|the)|feelings|when i (?:lift|bend|walk)|out (?:in|for))\b"
        )
        return (
            bool(who or clause.split()[0] == deed.act)
            and not re.search(deed.act + " " + harmless, clause)
            and not (
                deed.act == "hurt"
                and re.search(r"\bi (?:got|am|was|get) hurt\b", clause)
                and "by" not in clause
            )
        )
    return not (who == "other" and deed.who == "they" and deed.whom == "them")


def _is_grave(deed: _Deed, clause: str, text: str) -> bool:
    """Shouting, locking or neglect: harm from a paid worker, or where somebody is afraid."""
    by_paid = _PERSONS.get(deed.who) == "paid" or bool(re.search(r"\b(?:staff|carers?)\b", clause))
    if deed.act.startswith("touch"):
        return False  # heard with what follows it
    if deed.act.startswith("kill"):
        return bool(
            re.search(r"going to|will|threat|wants? to|trying|tried|said", clause)
        ) and deed.whom in ("me", "us")
    if deed.act.startswith(("neglect", "starv")):
        return deed.who != "i" or deed.whom == "me"
    if deed.act.startswith(("lock", "shut", "strap", "tie", "tying", "restrain", "drug", "dope")):
        return deed.who != "i" and not re.search(
            r"\b(?:out|safe|safely|safety|keys?|wander[a-z]*|allowed|legal|seat ?belt|"
            r"herself|himself|doors?|accounts?|keep them|up (?:so|out))\b",
            clause,
        )
    if deed.act != "shouts" and re.match(
        "shout|scream|swear|swore|sworn|yell|ignor|mock", deed.act
    ):
        return False
    afraid = re.search(r"scared|afraid|frighten|all the time|every day|constantly", text)
    return (
        deed.who != "i"
        and (by_paid or (deed.whom == "me" and _child_speaks(text)) or bool(afraid))
        and "deaf" not in text
    )


def _bad_care(clause: str, text: str) -> bool:
    if re.search(
        r"\bi (?:feel |am |have |think )*(?:i )?(?:am |"
        r"have )?(?:been )?(?:[a-z]+ )?neglect|neglect(?:ing|ed)? my",
        clause,
    ):
        return False
    if _RULES.search(clause) or re.search(
        r"\b(?:easily|warfarin|thinners|pain relief (?:clinic|options)|refus(?:es|ing)|"
        r"will not (?:eat|drink|wash))\b",
        text,
    ):
        return False
    elsewhere = re.search(
        r"\b(?:wander[a-z]*|safe|safely|keys?|safety|herself out|himself out|"
        r"locked out|house by|at my house)\b",
        clause,
    )
    if _speaks((_HELD,), clause):
        return not elsewhere
    someone = _about_someone(text)
    if _speaks((_MARKS,), clause):
        return someone and not re.search(r"\b(?:fell|fall|cream|out)\b", clause)
    watched = _is_paid(text) or re.search(
        r"\b(?:they|hours|days|all (?:day|night)|neighbours?|family)\b", text
    )
    starved = re.search(r"\bwithout (?:food|water|a drink|anything to (?:eat|drink))\b", clause)
    return _speaks((_LEFT,), clause) and someone and bool(watched or starved)


def _theft(clause: str) -> bool:
    if _INNOCENT_MONEY.search(clause):
        return False
    if _STEAL.search(clause) and _ROBBED.search(clause):
        return not re.search(r"\bme\b|\bmy (?:bike|car|phone|bag|time)\b", clause)
    if _HELPS_SELF.search(clause):
        return True
    return bool(_TAKE.search(clause) and _THEIRS.search(clause) and _AGAINST.search(clause))


# --- who is meant -----------------------------------------------------------------------------

_YOUNG = (
    r"(?:[1-9]|1[0-7]|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen)"
)
_NOT_YEARS = (
    r"(?! ?(?:hours?|weeks?|months?|days?|minutes?|miles?|stone|times|percent|am|pm|st|kg))"
)
_CHILD_SPEAKING = _compiled(
    rf"(?:i am|am|aged?) (?:only |just |a )?{_YOUNG}\b{_NOT_YEARS}", r"i am a (?:child|kid)",
    "my teacher", "in year (?:[1-9]|1[0-3])", "mummy", "daddy",
    "my foster (?:mum|dad|carers?|parents|family)",
    r"(?:my )?(?:mum|dad)s? (?:new )?(?:boyfriend|girlfriend)",
    "my step ?(?:dad|mum|father|mother)", "my (?:class|homework)", r"after school(?= ,|$)",
)  # fmt: skip
_FAMILY_HARM = re.compile(
    r"\bmy (?:real )?(?:mum|dad|uncle|grandad|nan|parents)\b|\b(?:mum|dad)" r" (?:[a-z]+ )*?me\b"
)  # fmt: skip
_NOT_A_CHILD = _compiled(
    r"my (?:husband|wife|kids|children|child|niece|nephew|grandson|granddaughter|"
    r"ex|neighbours?|foster (?:child|son|daughter)|daughter|son|stepdaughter|stepson)", "i foster",
    "her", "his (?:dad|mum)", "next door",
)  # fmt: skip
_GROWN_UP = _compiled(
    "dementia", "alzheimers", "parkinsons", "stroke", "bipolar", "cares? for", "caring", "carers?",
    "look(?:ing)? after", "wash(?:ing)?", "elderly", "my (?:job|work)", "pads?",
    "marr(?:y|ied|iage)", "wedding", r"(?:[2-9]\d|1[89]) ?(?:years?|yrs?|yo)?",
    "change (?:him|her)", "bath(?:ing)?", "bed ?bound", "care home", "adult", "grown up", "staff",
    "ward", "hospital", "home",
)  # fmt: skip
_CHILD_AGE = _compiled(
    rf"(?:is|aged?|only|turned|was) {_YOUNG}\b{_NOT_YEARS}",
    rf"{_YOUNG} ?(?:year|yr|yo|yrs|years|month|months)(?: ?old)?\b(?! (?:ago|of))",
    "at (?:primary|nursery|school)", "school (?:taxi|bus|trip|transport|staff)",
    "teaching assistant", "nursery", "childminder", "(?:her|his) (?:stepdad|stepmum|teacher)",
)  # fmt: skip
_ADULT_AGE = _compiled(
    r"(?:is|aged?|only|turned) (?:1[89]|[2-9]\d)\b",
    r"(?:1[89]|[2-9]\d) ?(?:year|yr|yo|yrs|years)(?: old)?", "adult", "grown up",
    "supported living", "care home", "nursing home", "in law", "residential", "day centre",
    "learning disabilit(?:y|ies)", "resident", "flat", "his wife", "her husband", "her boyfriend",
    "her partner",
)  # fmt: skip
_CHILD_WORD = re.compile(rf"\b(?:{_CHILD}|{_LITTLE})\b")
_BY_WHOM = re.compile(rf"\bby (?:my |her |his |their |the )?(?:own )?(?:{_KIN}|{_CHILD})\b")
_OFFSPRING = re.compile(r"\b(?:sons?|daughters?|stepson|stepdaughter)\b")
_PAID_WORD = re.compile(rf"\b(?:{_PAID}|home staff|at the home|respite)\b")
_SOMEONE = _compiled(
    _ELDER, _KIN, "staff", "carers?", "he", "she", "him", "her", "them", "resident", "man",
    "woman", _CHILD,
)  # fmt: skip


def _child_speaks(text: str) -> bool:
    if not re.search(r"\b(?:i|me|my|us)\b", text) or _NOT_A_CHILD.search(text):
        return False
    if _CHILD_SPEAKING.search(text):
        return True
    return _FAMILY_HARM.search(text) is not None and not _GROWN_UP.search(text)


def _about_child(text: str) -> bool:
    """True where the one who is hurt is a child: by the word for it, or by age."""
    text = _BY_WHOM.sub(" ", text)
    if _CHILD_WORD.search(text):
        return True
    return bool(_OFFSPRING.search(text) or _CHILD_AGE.search(text)) and not _ADULT_AGE.search(text)


def _about_someone(text: str) -> bool:
    return _SOMEONE.search(text) is not None


def _about_people(clause: str) -> bool:
    return (
        _about_someone(clause)
        or re.search(
            rf"\b(?:i|me|my|us|we|they|{_PARTNER})\b|abuse|violence|refuge|marriage", clause
        )
        is not None
    )


def _is_paid(text: str) -> bool:
    return _PAID_WORD.search(text) is not None


def _partner_or_kin(clause: str) -> str:
    found = re.search(rf"\b(?:{_PARTNER}|{_ELDER}|{_KIN})\b", clause)
    return found.group() if found else ""


def _whom_at_home(clause: str) -> str:
    """The speaker, unless the words are all about somebody else."""
    told_by_speaker = re.search(
        r"\b(?:i|me|us|my (?:partner|husband|wife|boyfriend|girlfriend))\b", clause
    )
    about_another = re.search(rf"\b(?:{_ELDER}|{_KIN}|{_CHILD})\b", clause)
    return "me" if told_by_speaker or not about_another else ""


def _kind_of(deed: _Deed, text: str) -> Danger:
    """Whose case a deed is: the child's, the partner's, or the grown-up's who is cared for."""
    who, whom = _PERSONS.get(deed.who), _PERSONS.get(deed.whom)
    if _CHILD_SPEAKING.search(text) and _child_speaks(text):
        return "child-protection"
    if whom == "speaker":
        if _child_speaks(text):
            return "child-protection"
        if who == "paid" and not re.search(r"\bi am (?:a|his|her|the) carer\b", text):
            return "adult-safeguarding"
        if re.search(
            r"\b(?:niece|nephew|grandson|granddaughter|child)\b.* (?:is|she|he)"
            r" .*(?:frightened|scared|afraid)",
            text,
        ):
            return "child-protection"
        return "domestic-abuse"
    rest = (
        re.sub(rf"\b{re.escape(deed.who)}\b", " ", text)
        if who not in (None, "other", "speaker")
        else text
    )
    if whom == "child" or (whom not in ("elder", "partner") and _about_child(rest)):
        return "child-protection"
    if who in ("paid", "speaker") or _is_paid(text) or (whom == "elder" and who != "partner"):
        return "adult-safeguarding"
    if re.search(rf"\b{_PARTNER}\b", text) or re.search(
        r"\bdaughter in law|my (?:sister|daughter|friend|mate)\b", text
    ):
        return "domestic-abuse"
    return "adult-safeguarding"
