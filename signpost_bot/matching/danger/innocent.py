"""What only sounds like danger: stories, figures of speech, things denied, asked or long over."""

import re

from signpost_bot.matching.danger.blocks import compiled, one_of


def without_idioms(clause: str) -> str:
    """The clause without figures of speech, and without what a story is about."""
    return " ".join(_TOLD.sub(" ", _IDIOM.sub(" ", clause)).split())


def is_on_screen(clause: str) -> bool:
    """True for what happens in a film or a book, unless the speaker comes into it."""
    return _ON_SCREEN.search(clause) is not None and not _SPEAKER.search(clause)


def says(pattern: re.Pattern[str], clause: str) -> bool:
    """True where the pattern stands in the clause and is not denied."""
    return any(not is_denied(clause[: match.start()]) for match in pattern.finditer(clause))


def is_denied(before: str) -> bool:
    """True where "not", "never" or the like ends the words before a match."""
    return _DENIED.search(before[-60:]) is not None


_DENIED = re.compile(
    r"(?:\b(?:not|never|no longer|without|nobody|neither|nor|hardly ever|stopped|rather than)(?! "
    "(?:stop|only|just|even|sure|quit|cope|know|believe|trust|safe))(?: (?:ever|once|been|"
    "actually|currently|really|being|is|feeling|at all|a|the|any|having|going to|want to|"
    "trying to|wanting to|had|in|feel|physically|has|was|ever been|thinking of|thinking about|to|"
    "saying|i am|very|he|she|would|about|talking))*) $"
)
_SPEAKER = compiled("i", "me", "my")

# --- stories and figures of speech ------------------------------------------------------------

_STORY = (
    "(?:films?|movies?|novels?|documentar(?:y|ies)|dramas?|soaps?|eastenders|podcasts?|netflix|"
    "programmes?|articles?|corrie|emmerdale|football|karaoke|video ?games?|books?|"
    "call the midwife|the news|telly|tv)"
)
_TOLD = re.compile(rf"\b{_STORY} (?:about|with|where|in which|of|called|on|full of) .*")
_ON_SCREEN = re.compile(
    rf"\b(?:in|on) (?:a |an |the )?(?:[a-z]+ )?{_STORY}\b|\b{_STORY} (?:about|on|where)\b"
)
_IDIOM = compiled(
    "(?:killing|kills) (?:me|us)(?! and)", "dying (?:for|to know|to meet|to see|of embarrassment)",
    "(?:kill|murder) for",
    "(?:shot|shoot|shooting) (?:myself|himself|herself) in the foot",
    "hit (?:me|him|her|us) (?:hard|that|like|really|for six|how|when|with the|badly|"
        "financially)",
    "(?:it|this|that|reality|grief|guilt|bills?|costs?|prices?|cuts|rise|news) (?:really |"
        "just |has |finally |all |suddenly |also )?(?:hit|hits|hurts?|hitting|kills?) (?:me|us|"
        "him|her|them)",
    "hit by a bus", "bus (?:had )?hit (?:me|him|her)", "kicked out",
    "hit (?:by|with) (?:a|the|an) [a-z ]{0,20}?(?:fine|bill|charge|fee|tax|costs?|rise)",
    "hit (?:the|a) (?:roof|wall|brick wall|milestone|bottle|drum|ball|jackpot|road|shops)",
    "chok(?:ed|ing) (?:up|back)",
    "beat(?:en)? (?:by|the) (?:the )?(?:forms?|system|paperwork|clock|queue|rush|traffic)",
    "beat(?:ing)? (?:myself|himself|herself|yourself|ourselves) up",
    "kick(?:ing|ed|s)? (?:me|him|her|us|them) (?:out|off)",
    "(?:push|pushed|pushing|pushes) (?:me|him|her|us|them) (?:to (?:apply|ask|go|get|do|see|"
        "take)|around (?:in|the)|in (?:a|his|her|the)|into (?:doing|going|applying|asking)|up|for|"
        "out in|away)",
    "(?:hurts|hurt|hurting) (?:me|us|him|her)? ?(?:to (?:see|watch|hear|think|say)|(?:my|his|"
        "her) feelings)",
    "(?:rather|sooner) die than (?!live|go on|carry on|stay|face)",
    "die (?:my|his|her) (?:hair|beard|roots)",
    "(?:can not )?breathe through (?:his|her|my|the) nose", "cpap", "breathing machine",
    "(?:is |gets )?(?:violent |shouts |kicks |hits out )?in (?:his|her|my) sleep",
    "(?:system|council|dwp|policy|scheme|rules?) is (?:abusive|cruel|violent)",
    "neglected (?:garden|house|grave|roof|plants|health|hobbies)",
    "beats? (?:me|us|him|her) (?:at|to)", "punch drunk", "rob peter", "sick to death",
    "died of embarrassment", "dead on (?:my|our|his|her) feet",
    "(?:die|dies|died|dying) (?:at|in) (?:home|hospital|peace)",
    "fire (?:up|station|brigade|safety|alarm|service)", "end of life", "life line",
    "burn(?:t|ed|ing)? (?:me |us )?out",
    "cut (?:himself|herself|myself) (?:shaving|off|on|opening|chopping)",
    "starv(?:ed|ing) (?:me |us |him |her )?(?:of|for) (?:oxygen|funds?|funding|money|sleep|"
        "company|affection|attention)",
    "panic attacks?", "fits? of (?:the )?(?:giggles|laughter|rage|pique)", "assisted suicide",
    "bite(?:s)? (?:his|her|my|their) (?:nails|tongue|lip)", "abuse of the (?:system|scheme)",
    "(?:blue badge|badge|alcohol|drug|substance|system) (?:abuse|misuse)",
    "missing (?:out|link|paperwork|form|documents?|payments?|from (?:my|his|her) life)",
    "(?:is|am|are) missing (?:him|her|them|mum|dad|my|the|our|his|home|work|school)",
)  # fmt: skip

# --- questions, jokes, other times ------------------------------------------------------------

# A question about how things work.
ABOUT = compiled(
    "what (?:is|are) (?:a |an |the )?(?:domestic|safeguarding|child|adult|elder|financial|"
        "coercive|signs|symptoms|definition|law|policy|meaning|difference|risk)",
    "how (?:does|do|is|are) [a-z ]{0,40}?(?:work|works|done|measured|defined)",
    one_of(
        "training course courses policy policies leaflet leaflets poster prevention awareness "
        "statistics essay dissertation webinar workshop conference quiz volunteer volunteering "
        "lesson research definition poster study module campaign fundraiser fundraising charity "
        "qualification certificate"
    ),
    "what does [a-z ]{0,40}?mean", "in case of", "insurance", "prevent(?:s|ing)?",
    "risk assessment", "first aid", "learn about",
)  # fmt: skip
# What the law allows, or a plan that is already there: hard, but no danger.
RULES = compiled(
    "what age", "is it (?:legal|allowed|illegal|ok)", "can (?:i|you|we) leave", "legally",
    "protection plan", "deprivation", "dols?", "needles?", "at school because",
)  # fmt: skip
JOKING = compiled("lol", "haha[ha]*", "lmao", "joking")
LONG_OVER = compiled(
    "(?:years?|decades|months|ages) ago", "years back",
    "as a (?:child|kid|boy|girl|teenager|young)",
    "when (?:i|he|she|we|they) (?:was|were) (?:a |very |much |about |only )?(?:little|young|"
        r"younger|small|child|kid|teenager|growing|at school|\d+)",
    "growing up", r"in (?:the )?(?:19|20)\d\ds?", "in the past", "used to", "back in",
    "in the (?:sixties|seventies|eighties|nineties)", "childhood",
)  # fmt: skip
# And what shows that it is not over at all.
REALLY_NOW = compiled(
    "now (?:he|she|mum|dad|his|her|is)", "still(?! (?:waiting|need|recovering))", "today", "just",
    "this (?:morning|evening|afternoon)", "tonight", "minutes?|mins", "again", "is having",
    "i think", "got worse",
)  # fmt: skip
