"""Harm by those who should look after someone: neglect, rough hands, locked doors, theft."""

import re

from signpost_bot.matching.danger.blocks import KIN, compiled, some
from signpost_bot.matching.danger.innocent import RULES, says
from signpost_bot.matching.danger.persons import is_about_someone, is_by_paid


def fears_own_hands(clause: str) -> bool:
    """The speaker is afraid of hurting the person they look after."""
    return not RULES.search(clause) and says(_FEARS_OWN_HANDS, clause)


def is_bad_care(clause: str, text: str) -> bool:
    """Somebody held, marked or left without, not by an accident, an illness or their own will."""
    if RULES.search(clause) or _NEGLECTS_OWN.search(clause) or _OWN_WILL.search(text):
        return False
    if says(_HELD, clause):
        return not _KEPT_SAFE.search(clause)
    if not is_about_someone(text):
        return False
    if says(_MARKS, clause):
        return not _A_FALL.search(clause)
    answerable = is_by_paid(text) or _FOR_HOURS.search(text) or _STARVED.search(clause)
    return bool(answerable) and says(_LEFT, clause)


def is_theft(clause: str) -> bool:
    """What belongs to the person who is looked after is taken by somebody near."""
    if _INNOCENT_MONEY.search(clause):
        return False
    if _STEAL.search(clause) and _ROBBED.search(clause):
        return not _FROM_ME.search(clause)
    if _HELPS_SELF.search(clause):
        return True
    return bool(_TAKE.search(clause) and _THEIRS.search(clause) and _AGAINST.search(clause))


# --- a carer's own hands ------------------------------------------------------------------------

_HARMING = (
    "(?:hurt|hit|slap|smack|harm|lash out|shake|push|strangle|smother|throttle|kick|punch|snap|"
    "do something (?:bad|terrible|awful|stupid|to (?:him|her))|lose it (?:with|and)|hitting|"
    "slapping|harming|lashing out|shaking|pushing|smacking|snapping)"
)
_FEARS_OWN_HANDS = compiled(
    "(?:scared|afraid|frightened|worried|terrified)(?: that)? i (?:[a-z]+ ){1,4}?kill(?! my)",
    "(?:scared|afraid|frightened|worried|terrified|fear|feel like|want to|wanted to|nearly|"
        f"almost|close to|came close to|urge to|going to end up){some(4)}{_HARMING}(?! (?:myself|"
        "his|my|her (?:hip|head|back)|me|us))",
)  # fmt: skip

# --- left, marked, held -------------------------------------------------------------------------

_FILTH = (
    "(?:pads?|urine|mess|poo|faeces|nappy|nappies|soiled|wet|dirty|filth|excrement|sick|sheets|"
    "muck)"
)
_BODIES = (
    "(?:him|her|them|mum|dad|nan|gran|grandma|grandad|mother|father|brother|sister|son|daughter|"
    "residents?|elder|people|aunt|uncle)"
)
_LEFT = compiled(
    f"(?:left|leave|leaves|leaving|sat|sitting|lying|found|laid|lay|kept){some(6)}(?:in|with)"
        f"{some(4)}{_FILTH}",
    "(?:left|leave|leaves|leaving) (?:[a-z]+ ){1,3}?(?:on the (?:toilet|commode|floor)|"
        "without|alone all|hungry|thirsty|with no)",
    "(?:without|no|not (?:being )?(?:given|giving|getting|had|give)|denied|denying|refus(?:e|"
        f"ed|ing) to give){some(3)}(?:food|water|drinks?|fluids|meals?|pain relief|painkillers)"
        "(?! (?:bank|parcels?|shop|delivery))",
    f"(?:not|never|nobody|no one|none|hardly|stopped){some(4)}(?:fed|feed|feeds|feeding|"
        f"washed|wash|washes|turned|turn|turns|changed|change|changes) {_BODIES}",
    "not (?:being )?(?:fed|washed|turned|changed)", "not (?:being )?(?:looked after|cared for)",
    "unfed", "dehydrated", "starving", "filthy", "malnourished",
    f"(?:bed|pressure) ?sores?{some(6)}(?:never|not|ignored|infected|neglect)",
    "ignor(?:e|ed|ing) (?:her|his|the) (?:call|bell|buzzer|calls|cries)",
    "cruel(?:ty)?",
)  # fmt: skip
_MARKS = compiled(
    "bruis(?:es|ing|ed|e)(?! easily)", "(?:finger|hand|grip|burn|bite|belt|rope|red)(?: |)marks",
    "(?:left|leaving) (?:a )?marks?", "black eyes?",
    "marks on (?:his|her|their|mums|dads|my [a-z]+)(?: [a-z]+)? (?:arms?|wrists?|neck|legs?|"
        "body|back)",
    "(?:cigarette|unexplained) (?:burns|injur[a-z]+)",
)  # fmt: skip
_HELD = compiled(
    "(?:over|overly|heavily|too) ?(?:medicat(?:ed|ing)|sedat(?:ed|ing)|drugged)",
    f"(?:so|all|been|being|keep(?:s|ing)? {_BODIES}|kept|got {_BODIES}(?: [a-z]+)?) "
        "(?:drugged|sedated|doped|locked|tied|strapped|zonked)(?: up| in)?",
    "(?:drugged|doped) up",
    "(?:lock|locks|locked|locking|shut|shuts|shutting|tie|tied|ties|tying|strap|straps|"
        f"strapped|strapping) (?:my |the )?{_BODIES} (?:in|to|up|into|down|inside)(?= |$)",
    f"(?:he|she|{_BODIES}) (?:is|was|has been|gets|being|been) (?:being |getting )?(?:locked|"
        "shut|tied|strapped) (?:in|to|up|into|down)(?= |$)",
    f"(?:flinch[a-z]*|cower[a-z]*|recoil[a-z]*|scared of|frightened of|afraid of){some(5)}"
        "(?:staff|carers?)",
    "skin and bones?", "black and blue",
    "(?:keeps? (?:us|everyone|people) (?:all )?away|nobody(?: is)? allowed in)(?: to see "
        "(?:him|her))?",
    "lost (?:a|two|three|four|half a) stone in the (?:home|hospital)",
    "whistle ?blow(?:ing|er)?", "blow the whistle", "cuckoo(?:ing|ed)",
    "safeguarding (?:team|referral)",
    f"so called (?:friends|mates|pals){some(4)}(?:moved|living|eating|taken|using)",
    "handprint",
    "(?:keep|keeps|keeping) (?:him|her|them|mum|dad|everyone) (?:quiet|docile|sleepy|asleep)",
    "(?:rough|vicious|nasty|aggressive|heavy handed) (?:with|to|towards|when (?:they|moving|"
        "washing|changing|dressing))(?: [a-z]+)?",
    "roughly", "rough handling", "dragged", "manhandled",
    "(?:gets?|got|getting|climb[a-z]*) (?:in|into) (?:bed with )?(?:her|his|mums|their)"
        "(?: bed|$| at night)",
    f"touch(?:es|ed|ing) (?:{_BODIES} )?up",
    f"touch(?:es|ed|ing) {_BODIES}(?: [a-z]+)? (?:sexually|inappropriately|down there|private|"
        "where)",
    "inappropriate touching", "sexually",
    "(?:raise|report|make|flag|log)(?: [a-z]+)? safeguarding (?:concern|alert|referral|"
        "issue)s?(?! work)",
    "(?:abuse|neglect|mistreatment|exploitation|cuckoo(?:ed|ing)) (?:of|by|at|in|to) "
        "(?!system|scheme|the system)",
    "(?:report|suspect|suspected|tell|worried about|concerned about|concern about|think it is|"
        f"it is){some(3)}(?:abuse|neglect|abused|neglected|safeguarding concern)",
    "elder abuse", "financial abuse", "financially abus[a-z]+", "neglect(?:ed|ing|s)?",
)  # fmt: skip

# --- what makes it no bad care ------------------------------------------------------------------

_NEGLECTS_OWN = re.compile(  # "I feel neglected", "I am neglecting my garden"
    r"\bi (?:feel |am |have |think )*(?:i )?(?:am |have )?(?:been )?(?:[a-z]+ )?neglect"
    "|neglect(?:ing|ed)? my"
)
_OWN_WILL = compiled(
    "easily", "warfarin", "thinners", "pain relief (?:clinic|options)", "refus(?:es|ing)",
    "will not (?:eat|drink|wash)",
)  # fmt: skip
_KEPT_SAFE = compiled(
    "wander[a-z]*", "safe", "safely", "keys?", "safety", "herself out", "himself out",
    "locked out", "house by", "at my house",
)  # fmt: skip
_A_FALL = compiled("fell", "fall", "cream", "out")
_FOR_HOURS = compiled("they", "hours", "days", "all (?:day|night)", "neighbours?", "family")
_STARVED = compiled("without (?:food|water|a drink|anything to (?:eat|drink))")

# --- money and goods ----------------------------------------------------------------------------

_GOODS = (
    "(?:money|cash|savings|bank|card|cards|pension|jewellery|jewelry|purse|wallet|accounts?|"
    "benefits?|rings?|valuables|inheritance|belongings|house|will|property|deeds|pip)"
)
_THEIR = (
    "(?:his|her|their|mums?|dads?|nans?|grans?|grandmas?|grandads?|aunts?|aunties?|uncles?|"
    "mothers|fathers|brothers|sisters|sons|daughters|cousins?|residents?)"
)
_STEAL = compiled(
    "steal(?:s|ing)?", "stole", "stolen", "nick(?:s|ed|ing)", "rob(?:s|bed|bing)?",
    "fleec(?:ed|ing)", "pinch(?:ed|ing|es)", "helping (?:himself|herself|themselves)",
    "drain(?:s|ed|ing)", "empt(?:ied|ying|ies)", "conned", "clear(?:ed|ing) out",
)  # fmt: skip
_ROBBED = compiled(
    rf"(?:from|off) (?:[a-z]+ ){{0,2}}?(?:{_BODIES}|cousin|friend|neighbour)",
    f"{_THEIR} (?:[a-z]+ )?{_GOODS}", "staff", "carers?", "pa", "cleaner", "neighbour",
)  # fmt: skip
_FROM_ME = compiled("me", "my (?:bike|car|phone|bag|time)")
_HELPS_SELF = compiled(
    f"(?:{KIN}|niece|nephew|grandson|granddaughter|he|she|they) (?:is |are |has been |keeps )?"
        "(?:takes?|taking|took|keeps|keeping) (?:all )?(?:of )?"
        rf"{_THEIR} {_GOODS}\b(?! (?:to|for|out))",
)  # fmt: skip
_TAKE = compiled(
    "(?:taking|takes|took|taken|take|using|uses|used|spending|spends|spent|withdrawing|"
        "withdrawn|withdrew|keeping|keeps|kept|controls|controlling|missing|disappearing|"
        "disappeared|vanished|signing|sign|signed|changing|change)",
)  # fmt: skip
_THEIRS = compiled(
    f"(?:{_THEIR}|from (?:him|her)) (?:[a-z]+ )?{_GOODS}",
    f"{_GOODS} (?:[a-z]+ )?(?:out of|from|off) (?:[a-z]+ )?"
        f"(?:{_BODIES}|mums|dads|nans|grans|his|elder)",
    f"{_GOODS} (?:over|to (?:her|him|them))", f"{_GOODS}{some(4)}missing",
)  # fmt: skip
_AGAINST = compiled(
    "making|made", "got (?:him|her|them) to", "(?:forc|pressur|bully|trick|disappear)[a-z]*",
    "all (?:of )?(?:her|his|their|mums|dads)", "behind (?:her|his|my)",
    "without (?:asking|permission|telling|(?:her|his) [a-z]+)", "out of",
    "on (?:himself|herself|themselves)", "missing", "staff", "carers?", "pa", "suspicious",
    "from (?:mums?|dads?|nans?)", "worker", "cleaner",
)  # fmt: skip
_INNOCENT_MONEY = compiled(
    "scam[a-z]*", "builder", "roofer", "plumber", "fraud", "online", "internet", "advert", "bike",
    "car", "laptop", "bin", "burgl[a-z]*", "shop", "council", "dwp", "government", "hmrc", "lpa",
    "attorney", "accus(?:es?|ed|ing)", "thinks?", "convinced", "deputy", "appointee", "i take",
    "i took", "i use", "do i", "can i", "fees?", "identity",
)  # fmt: skip
