"""Harm at home that is no single blow: violence, fear, control, force."""

from signpost_bot.matching.danger.blocks import ELDER, KIN, PAID, PARTNER, compiled, some
from signpost_bot.matching.danger.innocent import RULES, says
from signpost_bot.matching.danger.persons import is_about_people


def is_abuse_at_home(clause: str) -> bool:
    """Phrases that say as much as a verb, of people rather than of an office or a law."""
    return (
        not _is_rule(clause)
        and is_about_people(clause)
        and any(says(p, clause) for p in (_VIOLENT, _ABUSE_NAMED, _FEAR, _CONTROL, _FORCED))
    )


def _is_rule(clause: str) -> bool:
    """An office that says no, or what the law allows: hard, but no danger."""
    if _FEAR.search(clause) or _ABUSE_NAMED.search(clause) or _VIOLENT.search(clause):
        return False
    return bool(RULES.search(clause) or _UNKIND_OFFICES.search(clause))


_UNKIND_OFFICES = compiled(
    "boss", "work will", "employer", "manager", "council", "dwp", "job ?centre", "school", "bank",
    "doctors? receptionist", "gp", "social (?:services|worker)", "government",
    "hospital (?:will|would|does) not", "staff (?:will|would|does|do) not let",
    "(?:sister|brother|family|daughter|son)s? (?:will|would) not let me see",
    "landlord",
)  # fmt: skip

# --- violence ---------------------------------------------------------------------------------

_VIOLENT = compiled(
    "(?:is|am|get|gets|got|getting|becomes?|became|becoming|turns?|turned|turning|been|being|"
        "was|can be|and|so|very|quite|really|both|physically) (?:violent|abusive|coercive|"
        "controlling|abuser|handy with his fists)",
    "physical(?:ly)? (?:with|towards) (?:me|us|him|her)",
    "physically (?:aggressive|abusive|violent)", "aggressive (?:to|towards|with) (?:me|us)",
    "violence (?:towards|against|from)",
    f"(?:his|her) (?:temper|rages?|fists){some(3)}(?:terrif[a-z]+|frighten[a-z]*|scare[a-z]*)",
    "terrif[a-z]+ of his", "temper (?:terrif[a-z]+|frighten[a-z]*|scares?)",
    "(?:trash|trashes|trashed|trashing|wreck|wrecks|wrecked|smash|smashes|smashed|smashing)"
        "(?: up)? (?:the|my|our|up) (?:place|house|home|room|flat|things|furniture|phone|stuff)",
    "(?:goes|going|went|gets|go) (?:mental|ballistic|mad|nuts|crazy|berserk|off on one|psycho)"
        f"(?: [a-z]+){{0,8}}?(?: ,)?{some(4)}(?:terrified|scared|frightened|afraid)",
    "(?:flies|flew|gets|goes) into (?:a |these |terrible |awful )*(?:rages?|temper)",
    "punche[sd] (?:the )?(?:walls?|doors?|holes)",
    "(?:made|make|makes) my life (?:hell|a misery|miserable)",
)  # fmt: skip
_ABUSE_NAMED = compiled(
    "(?:abusive|violent|controlling|coercive) (?:[a-z]+ )?(?:relationship|marriage|husband|"
        "wife|partner|home|boyfriend|girlfriend|man|ex|son|dad|father|mother|mum|daughter|"
        "behaviour|parents)",
    "domestic (?:abuse|violence)", "coercive control",
    "(?:emotional|physical|sexual|honour based|honour|verbal) (?:abuse|violence)",
    "gaslight(?:s|ing|ed)?", "eggshells", "(?:suffering|victim of) abuse",
    "is (?:it|this|that) abuse", "(?:womens|a|in a) refuge", "forced marriage",
)  # fmt: skip

# --- fear -------------------------------------------------------------------------------------

_AFRAID = (
    "(?:scared|afraid|frightened|terrified|petrified|scares?|frightens?|terrifies|fearful|in fear|"
    "living in fear|fear)(?: (?:stiff|for my life|half to death|to death|so much|a lot))?"
)
_HIM = (
    f"(?:my |our |the |own |his |her |a |this |that )*(?:him|her|{PARTNER}|{ELDER}|{KIN}|{PAID}"
    "|men)"
)
_DOING = (
    "(?: (?:falling|dying|death|getting|going|being|having|future|health|illness|choking|"
    "wandering|losing|moving|catching|condition|diagnosis|driving|forgetting|falls|left|not|will|"
    "is|needs|operation|memory|end|pain|passing|finding))"
)
_FEAR = compiled(
    f"{_AFRAID} (?:of|around|by|to be around|to be with|with) {_HIM}(?!{_DOING})",
    f"{_AFRAID} (?:of )?(?:what|how) (?:he|she|they) (?:[a-z]+ )?(?:do|be capable|react|might|"
        "will)",
    f"{_AFRAID} to (?:go home|be alone with|leave (?:him|her|my (?:husband|wife|partner|"
        "boyfriend|girlfriend)|the relationship|home)(?! (?:alone|on|in|with|at|for|by|overnight|"
        "to))|say no|be in the (?:house|same)|tell anyone|tell (?:him|her)|stand up to|be at home|"
        "speak up|go to sleep|upset|stay (?:at|in))",
    f"{_AFRAID} (?:that )?(?:he|she|they) (?:will|might|is going to|are going to|would) "
        "(?:hurt|hit|kill|attack|find me|harm|snap)",
    f"{_AFRAID} (?:in|at) (?:my own |our own |my )?home",
    "(?:he|she|dad|mum|husband|wife|son|brother|boyfriend|partner|uncle|who|stepdad) "
        "(?:really |always |just )?(?:scares|frightens|terrifies) (?:me|us|the kids|my)",
    f"{_AFRAID} (?:when|if) (?:he|she|they|dad|mum){some(3)}(?:angry|drinks?|drunk|drinking|"
        "shouts?|temper|mad|home|kicks? off|moods?)",
    "(?:drunk|drinks?|drinking|high|angry)(?: [a-z]+){0,3}?(?: ,)? (?:and |so )?i (?:am |get |"
        "feel )(?:so |really )?(?:scared|frightened|afraid)",
    "not (?:feel )?safe (?:at home|here|with (?:him|her|them)|in my own|in our|around)",
    "(?:feel )?unsafe (?:at home|with|around)", "nowhere safe",
)  # fmt: skip

# --- control and force --------------------------------------------------------------------------

_NOT_LET = (
    "(?:(?:will not|does not|do not|never|not|would not|refuses to|hardly|rarely) (?:ever )?"
    "(?:let|lets|allow|allows|letting|allowing))"
)
_MINE = (
    "(?:phones?|mobile|texts?|messages|money|wages|bank ?card|cards?|benefits?|carers allowance|"
    "pip|passport|keys|emails?|tablets|wheelchair|walking (?:stick|frame)|crutches|hearing aids?|"
    "location|papers|documents|inhaler|laptop|pension|pay|account|whereabouts)"
)
_CONTROL = compiled(
    f"{_NOT_LET} (?:me|us|her) (?:to )?(?:have|see (?:my|any|people|friends|family|anyone|"
        "a doctor)|go|leave|use|out|work|talk|speak|phone|ring|eat|wear|meet|drive|get a job|"
        "contact|spend|any|sleep|make)",
    f"{_NOT_LET} (?:me|us|her) out",
    "(?:controls?|controlling|controlled|dictates|decides|monitors?|monitoring|polices) (?:me|"
        "us|everything|all|our money|what i|who i|where i|when i|how i|what she (?:wears|spends|"
        "eats|does)|every|my every|the money|her money)",
    "(?:checks?|tracks?|tracking|reads?|hacks?|hacked|goes through|took|takes|taken|taking|"
        "hides|hid|smashed|smashes|broke|monitors?|controls?|controlled|keeps|keeping|"
        f"confiscate[sd]?|withholds?|demands?) (?:all |of |through )*(?:my|our) {_MINE}",
    "(?:locks?|locked|locking|traps?|trapped) me (?:in|up|inside)",
    "keeps me (?:in|prisoner|locked|trapped)", "(?:stalks|isolates|isolated|spies on|tracks) me",
    "puts me down", "demands? (?:money|sex|cash)", "cut(?:s|ting)? me off from",
    "forc(?:es|ed|ing) (?:himself|herself) on me",
    "(?:holds?|holding|held) back my (?:[a-z]+ )?(?:tablets|insulin|medication|money)",
    "had me (?:up )?against (?:a|the) wall", "every penny i spend", "non molestation", "clares law",
    "(?:threatens?|threatened|threatening|says|said|saying|(?<!i am )going|(?<!i )will|would|"
        f"going to){some(7)}(?:to )?(?:kill (?:me|us|her|him|the|my)|take (?:the|my|our|away the) "
        "(?:kids|children|baby)|burn (?:the|my|our|it) |throw me out|have me deported|"
        "get me deported|me to immigration|stab|have me (?:killed|put away|sectioned))",
    "(?:threatens?|threatening|threatened)(?: (?:and|or) [a-z]+)?(?: (?:me|us|my [a-z]+|mum|"
        "dad|her|him))?(?! (?:us |me )?(?:with (?:eviction|court|legal|bailiffs|a fine|sanctions)|"
        "(?:to )?(?:stop|cut|evict|close|sanction|withdraw|leave|cancel|discharge|take|end|my|our|"
        "the|kill (?:my|him)self)))",
    "calls? me (?:names|stupid|worthless|fat|useless|mental|a [a-z]+)",
    "i am not allowed (?:to (?:see|go|have|leave|use|talk|speak)|out|friends|money|my|any|"
        "a phone)",
    "not allowed (?:any )?(?:friends|money of my own|my own)",
    "(?:make|makes|made|making|force[sd]?|forcing|pressures?|pressured|pressuring) (?:me|her|"
        "him)(?: (?:to|into))? (?:sleep with|have sex|do things|strip|beg|sex|having sex|"
        "account for|touch)",
    "(?:kick|kicks|kicking) off with me",
    "ask(?:ing)? (?:him|her|my [a-z]+) (?:for (?:every penny|money|permission)|permission)",
    f"(?:show|account|explain){some(3)}(?:receipts|every penny)",
    "(?:plann?ing|arrang[a-z]+|booked) my wedding", "accuses me of (?:cheating|affairs|having)",
)  # fmt: skip
_FORCED = compiled(
    "(?:forc[a-z]+|made|make|making|pressur[a-z]+|trick[a-z]+|sent|send|sending|taken|taking)"
        f"{some(5)}(?:marry|married|marriage|wedding)",
    f"sex{some(4)}(?:not want|against|i said no)", "not want (?:to )?(?:have )?sex", "sex when i",
    "had sex with me when",
    f"(?:escape|get away|leave|leaving|flee|get out|run away|hide){some(4)}(?:abusive|violent|"
        "hurting|abuse|hits|beats)",
    "(?:too )?(?:scared|afraid|frightened) to leave(?= ,|$| and| because| the relationship|"
        " the marriage)",
    "(?:get|getting) away from (?:my )?(?:him|husband|wife|partner|boyfriend)(?! for a)",
    "flee(?:ing)? from",
)  # fmt: skip
