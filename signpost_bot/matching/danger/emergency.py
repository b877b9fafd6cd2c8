"""Life or limb at risk now: a body that fails, an overdose, a person gone, fire or a weapon."""

import re

from signpost_bot.matching.danger.blocks import (
    CHILD,
    ELDER,
    KIN,
    LITTLE,
    PARTNER,
    PILLS,
    compiled,
    one_of,
    some,
    some_or_numbers,
)
from signpost_bot.matching.danger.innocent import ABOUT, LONG_OVER, REALLY_NOW, is_denied
from signpost_bot.matching.danger.suicide import is_suicide


def is_emergency(clause: str) -> bool:
    """Life or limb at risk now: one sure sign, or two that are weak alone."""
    clause = clause.replace(" ,", "")
    if _ALARM_SOUNDS.search(clause):
        return True
    if _NOT_YET.search(clause):
        return False
    if not _CERTAIN.search(clause) and (ABOUT.search(clause) or _AIDS.search(clause)):
        return False
    over = _OVER.search(clause) or LONG_OVER.search(clause)
    if over and not REALLY_NOW.search(clause):
        return False
    if _OVERDOSE.search(clause):
        return not (_THINKING.search(clause) or over or "chocolate" in clause)
    if sum(sign.search(clause) is not None for sign in _UNWELL) >= 2:
        return True
    if _ILL_BEFORE.search(clause) and not REALLY_NOW.search(clause):
        return False
    return any(_is_sure(pattern, clause) for pattern in (_COLLAPSED, _FAILING, _GONE, _DISASTER))


def _is_sure(pattern: re.Pattern[str], clause: str) -> bool:
    for match in pattern.finditer(clause):
        asleep = "wak" in match.group() and is_suicide(clause)  # a wish, not a state
        if not (asleep or is_denied(clause[: match.start()])):
            return True
    return False


# --- what makes it no emergency ---------------------------------------------------------------

# What may happen, what happens at times, and what helps against it.
_NOT_YET = compiled(
    "(?:what|in case|just in case|even) if", "if (?:he|she|they|i|mum|dad|it|my|someone|there)",
    "in case", "stop (?:him|her|mum|dad|them|my|nan|someone) [a-z]+ing", "risk of", "at risk",
    "(?:keeps?|always|often|sometimes|regularly) (?:on )?(?:falling|wandering|choking|"
        "going missing|having|getting lost|disappearing|passing|slipping|coughing)",
    "support groups?",
    f"(?:worried|worry|worries|scared|afraid|frightened|fear){some(4)}(?:that )?(?:he|she|of|"
        "about|mum|dad|they|will)",
    "may have", "protocol", "who (?:has|have) (?:seizures|fits|epilepsy)",
    "every (?:day|night|week|month)", "blanket", "when (?:he|she|they) (?:has|have|falls|chokes)",
    "would i", "do i do when",
)  # fmt: skip
# A state that holds now: no course, nurse or alarm in the same breath makes it harmless.
_CERTAIN = compiled(
    f"(?:is|has|are|am|have|can|will|can not|i think|now|help){some(4)}(?:not breathe|"
        "not breathing|stopped breathing|unconscious|unresponsive|wake|collapsed|on the floor|"
        "choking on|swallowed|turning blue|on fire|a stroke|a heart attack|get up)",
    "(?:not|stopped) breathing", "unconscious", "unresponsive",
)  # fmt: skip
# What such words are about when nothing is happening.
_AIDS = compiled(
    one_of(
        "clinic clinics specialist specialists therapist physio nurse club classes detector "
        "helmet equipment grant service rehab exercises pendant alarm alarms mat sensor tracker "
        "tag"
    ),
)  # fmt: skip
_MONTH = one_of(
    "january february march april may june july august september october november december"
)
# For an emergency, a week ago is long over.
_OVER = compiled(
    f"last (?:week|month|year|summer|winter|spring|autumn|christmas|easter|time|{_MONTH})",
    "(?:days?|weeks?) ago", "yesterday", "recently", "previously", "history of", "recover[a-z]*",
    f"in {_MONTH}",
    "(?:since|after|following) (?:a|his|her|my|the|having|their|mums|dads) (?:[a-z]+ ){0,2}?"
        "(?:stroke|fall|seizure|heart|attack|fit|overdose|fire)",
    "before(?= ,|$| and)", "discharged?", "came out of hospital",
    "comes? (?:out of|home from) hospital",
)  # fmt: skip
_ILL_BEFORE = re.compile(
    r"\b(?:he|she|mum|dad|who|husband|wife|i|has|nan|gran) (?:has |have |just |already )?had (?:a|"
    "an|another) "
)

# --- the body ---------------------------------------------------------------------------------

_CAN_NOT = "(?:can not|could not|unable to|not able to|is not|struggling to|trying to|will not)"
_COLLAPSED = compiled(
    f"(?:fell|fallen|falls|slipped|collapsed|fall|down){some_or_numbers(12)}(?:and |, )*(?:i |"
        f"we |he |she |they )?{_CAN_NOT}{some(2)}(?:up|lift|move|pick|stand|shift|moving)",
    f"(?:is|lying|laid|lies|stuck|been|still|he is|she is|{ELDER}|{PARTNER}|fell|fallen|"
        "collapsed)(?: (?:still|just|lying|stuck|now|down|here|there|fallen|unconscious))* on "
        "(?:the |a )?(?!(?:top|first|second|third|same|dance|shop) )(?:[a-z]+ )?(?:floor|ground|"
        "pavement|lino|stairs)(?! (?:of|plan|mat))",
    "(?:fell|fallen|slipped|collapsed|gone (?:down|over)|fall|toppled|tumbled|went (?:down|"
        f"over)){some(12)}(?:no way of|nobody to|no one to|too heavy|not strong enough|stuck|bent|"
        "broken|snapped|twisted)",
    f"(?:leg|arm|hip|ankle|wrist|bone|foot){some(2)}(?:bent|sticking out|wrong way|snapped)",
    "(?:fell|fallen|falls|tumbled) (?:down|off) (?:the |a )?(?:stairs|steps|ladder|roof)",
    "(?:in and out of|losing|lost|loses) consciousness", "drifting in and out",
    f"(?:lying|laid|stuck|sat){some(4)}(?:hallway|hall|bathroom|shower|bath|garden|kitchen|"
        f"stairs|landing){some(5)}(?:strong enough|move|lift|shift|get up|get (?:him|her) up)",
    "eyes (?:have )?rolled", "not moving", "no pulse", "(?:not|no) find a pulse", "unconscious",
    "unresponsive", "(?:not|stopped) (?:responding|responsive|answering me)", "passed out",
    "blacked out",
    f"(?:he|she|i|{ELDER}|{PARTNER}|{KIN}|{CHILD}) (?:has |have |just )*collapsed",
    "(?:gone )?out cold", "not (?:open|opening) (?:his|her) eyes", "open (?:his|her) eyes and",
    "gone (?:limp|floppy|stiff and)", "lifeless",
    "(?<!i )(?<!sleep and )(?<!sleep and just )(?:can not|could not|will not|not|unable to) "
        "(?:wake|rouse|waking)(?! the)(?: (?:him|her|mum|dad|them|my [a-z]+|nan))?(?: up)?",
)  # fmt: skip
_FAILING = compiled(
    "not (?:[a-z]+ )?(?:breathe|breathing)",
    "(?:can|could) (?:not|hardly|barely) (?:breathe|get (?:her|his|my) breathe|catch (?:her|"
        "his|my) breathe)",
    "(?:hardly|barely|stopped|stops) breath(?:e|ing)",
    "(?:struggling|fighting|gasping|struggles) (?:to breathe|for (?:breathe|air))",
    "gasping", "no breath(?:e|ing)", f"(?:lips|face|fingers|hands|skin){some(3)}(?:blue|grey)",
    "(?:turn(?:ed|ing)|gone|going|went) (?:blue|grey)",
    f"(?:is|are|started|starts|keeps|been|{ELDER}|{PARTNER}|baby) choking(?! me| her| him| us)",
    f"(?:chest|crushing|tight){some(4)}(?:pains?|chest|tightness)",
    f"pains?{some(4)}(?:chest|left arm)",
    f"(?:face|mouth|side){some(5)}(?:droop[a-z]*|dropped|drop|sagging|slipped|lopsided|fallen)",
    f"(?:speech|talking|words?|speaking){some(4)}(?:slur[a-z]*|jumbled|gibberish)",
    "slurr(?:ed|ing)",
    f"(?:having|be|(?:think|thinks|may|might|could|just){some(3)}had) (?:a|an|another) "
        "(?:[a-z]+ )?(?:stroke|heart attack|seizure|fit|hypo|asthma attack|allergic reaction|"
        "mini stroke|cardiac arrest)",
    f"(?:numb|weak|paralysed|move){some(3)}(?:down|on) (?:one|his|her|my|the) (?:side|left|"
        "right|left side)",
    f"(?:fitting|seizing|convulsing|seizure|fit|seizures){some(8)}(?:minutes|mins|not stop"
        "(?:ping|ped)?|now|will not stop)",
    "(?:is|been|started|are) (?:fitting|convulsing|seizing)(?! (?:a|the|in|new|it|rails|grab))",
    f"ble(?:ed|eding|d){some(5)}(?:heavily|badly|a lot|lots|everywhere|stop(?:ping)?|head|"
        "severely|profusely)",
    f"blood{some(3)}(?:everywhere|pouring|gushing|spurting|all over)",
    "(?:pool|loads|lots) of blood",
    "bleeding (?:from|out of) (?:his|her|my|the) (?:bottom|ear|ears|mouth|head|back passage|"
        "rectum|stomach|neck|eye|eyes)",
    f"stuck{some(2)}throat",
    "(?:cough|vomit|throw|sick|being sick|bringing)[a-z]*(?: [a-z]+)?(?: up)? blood",
    f"pouring{some(4)}(?:leg|arm|head|wound|nose)",
    f"(?:hit|banged|bumped|cracked|smashed){some(2)}head(?: [a-z,]+){{0,9}}? (?:sick|drowsy|"
        "confused|vomiting|sleepy|bleeding|vision|blood)",
    f"(?:throat|tongue|face|lips){some(3)}(?:swelling|swollen|swelled|closing)",
    "anaphyla[a-z]+", "(?:badly|severely) (?:burnt|burned|scalded)", "scalded", "electrocuted",
    "drowning", "sepsis",
    "(?<!they )(?:need|send|sent for|call|ring|get me) (?:an |for an |the )?ambulance(?! by|"
        " if| service| when)",
    "(?:ring|call|dial|phone) 999", "life threatening",
    f"(?:jerking|twitching|shaking|convulsing){some(2)}(?:all over|uncontrollabl[a-z]+|badly)",
    "frothing", "foaming at", "(?:gone|went) stiff",
    f"(?:mouth|face){some(4)}(?:twisted|crooked|one side|lopsided)",
    "(?:clutch|hold|grab|grip)[a-z]*(?: (?:his|her|my|at))* chest",
    f"(?:tablet|food|something|bit|bone|sandwich|meat|sweet|grape){some(4)}stuck in (?:his|"
        "her|my|mums|dads) (?:throat|windpipe)",
    f"rash{some(6)}(?:not (?:fade|go)|glass)",
    f"(?:blood )?sugars?{some(4)}(?:through the floor|very low|really low|dropped|sky high|"
        "crashed)",
    "(?:lost|losing) (?:a lot of|lots of|so much) blood", "heart(?: [a-z]+)? stopped",
    "(?:face|lips|skin|colour)(?: [a-z]+)? funny colour",
    "(?:turned|gone|going) (?:a )?(?:funny|grey|blue|purple|strange|horrible)(?: colour)?",
    "cpr", "(?:screaming|crying|howling) (?:in|with) (?:pain|agony)",
    "need (?:the )?police(?! check)", "blue (?:a?round|at) (?:the|his|her) (?:mouth|lips)",
)  # fmt: skip
# No one of these alarms alone; two together do.
_UNWELL = tuple(
    compiled(sign)
    for sign in (
        "slumped|flopped|keeled over|gone down",
        "wheez[a-z]+|rasping|rattling",
        "clammy|sweating|cold sweat",
        "drowsy|(?:very|really) sleepy|hard to wake",
        "(?:can not|not able to|unable to|struggling to|will not) "
        "(?:talk|speak|smile|answer|swallow)|not (?:answering|talking)",
        "(?:arms?|legs?|side)(?: (?:has|have|is|are|just|suddenly))* "
        "(?:will not (?:lift|move|work)|not (?:lifting|moving|working)|"
        "gone (?:weak|numb|dead|heavy)|weak|numb)",
        "pale|grey|white as a sheet|blue",
        "inhaler|oxygen|nebuliser|epipen",
        "not working|machine has stopped",
        "struggling|fighting|panting|out of breathe",
        "vomiting|(?:being|been) sick|throwing up",
        "there is blood|blood in|bloody|passing blood",
        "suddenly|all of a sudden|just now|came on fast",
        "confused|not making sense|delirious|does not know (?:me|who)",
        "shaking|shivering|trembling",
        "(?:bad|worst) headache|splitting head",
        "burning (?:hot|up)|boiling hot|high fever",
        "fainted|swaying",
        "freezing cold|ice cold|mottled",
        "nonsense|what day it is",
        "breathing (?:is|fast|funny|noisy|heavy)",
        "blood thinners",
        "(?:hit|banged) (?:his|her|my) head",
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

# --- swallowed --------------------------------------------------------------------------------

_TAKEN = (
    "(?:took|taken|swallowed|swallows|had|given|gave|drunk|drank|eaten|ate|injected|necked|downed|"
    "overdosed)"
)
_TOO_MUCH = (
    "(?:all|too many|too much|whole|loads?|handful|lots?|overdose|double|bottles?|box|packets?|"
    "pack|twice|two|strips?|extra|wrong|everything|bunch|ton)"
)
_POISON = (
    "(?:bleach|batter(?:y|ies)|antifreeze|detergent|washing (?:tablet|capsule|liquid)|"
    "cleaning fluid|cleaner|poison|white spirit|weed ?killer|magnets?|dettol|disinfectant|"
    "rat poison)"
)
_OVERDOSE = compiled(
    f"{_TAKEN}{some(2)}{_TOO_MUCH}{some(4)}{PILLS}",
    f"{_TAKEN}{some(2)}{PILLS}{some(3)}(?:at once|in one go|all together|by mistake|twice|"
        "overdose)",
    rf"{_TAKEN}{some(3)}{PILLS} (?:two|three|four|several|\d) times",
    "(?:took|taken|has had) (?:an |a massive |another )?overdose",
    "overdos(?:ed|ing)", "overdose (?:what|help|now)",
    f"{_POISON}{some(4)}(?:drank|drunk|swallowed|ate|eaten)", "has overdose",
    f"{_TAKEN}{some_or_numbers(3)}{_POISON}",
    rf"{_TAKEN} (?:\d\d|a hundred|thirty|twenty|forty|fifty){some(4)}{PILLS}",
    f"{_TAKEN} (?:somebody elses|someone elses|the wrong|his wifes|her husbands|the dogs)"
        f"(?: [a-z]+)? {PILLS}(?= |$)(?! (?:late|early|as normal))",
    f"(?:drank|drunk|swallowed){some(3)}(?:under the sink|cleaning|bathroom|toilet)",
)  # fmt: skip
_THINKING = compiled(
    "(?:thinking|thought|thoughts|think|want|wanting|urge|plan|planning|going|might|tempted|"
        f"could|would|like|feel like){some(3)}(?:taking|take|of|to|it all|overdose|overdosing)",
)  # fmt: skip

# --- gone missing -----------------------------------------------------------------------------

_MISSING_ONE = f"(?:he|she|him|her|who|{ELDER}|{PARTNER}|{KIN}|{CHILD}|{LITTLE})"
_GONE = compiled(
    f"{_MISSING_ONE}{some(9)}(?:is|has|gone|went|been|been reported) (?:gone |now |still |"
        "been )?missing",
    f"{_MISSING_ONE} (?:has |is |have |just )*(?:wandered off|wandered out|disappeared|"
        "vanished|run away|escaped)",
    f"{_MISSING_ONE}{some(12)}(?:has|have|is|did|had) not (?:come|returned|got|been)"
        "(?: [a-z]+)? (?:back|home|seen)",
    "(?:not|nobody) seen (?:him|her) since",
    f"(?:can not|unable to|could not) find (?:my |our |the )?(?:him|her|{ELDER}|{PARTNER}|"
        f"{KIN}|{CHILD})(?: anywhere|$| (?:and|she|he|anywhere|in the|, ))",
    "(?:nobody|no one|not|none of us) (?:knows?|know) where (?:he|she|mum|dad|nan) (?:is|has|"
        "went)",
    "no sign of (?:him|her|mum|dad|nan)",
    f"{_MISSING_ONE} (?:has |is |just )*(?:went|gone|left|walked|got)(?: [a-z0-9]+){{0,6}}?"
        f"(?: and| ,)* (?:not|nobody|no one){some(3)}(?:back|home|seen|where)",
    "(?:police|police are|out) looking for (?:him|her|mum|dad)",
    r"been gone (?:since|for|\d|two|three|four|hours|all)",
    "no idea where (?:he|she|mum|dad) (?:is|has|went)",
    "lost (?:him|her|mum|dad|nan) in (?:town|the shop|tesco|asda|the)",
)  # fmt: skip

# --- fire, gas, weapons -----------------------------------------------------------------------

_ALARM_SOUNDS = compiled(
    f"(?:monoxide|smoke|fire) (?:alarm|detector){some(2)}(?:going off|gone off|beeping|"
        "sounding|ringing)(?! (?:every|for no|low))",
)  # fmt: skip
_DISASTER = compiled(
    "(?<!nerve )(?<!skin )(?<!his skin is )(?:house|flat|kitchen|car|bed|cooker|oven|pan|it|"
        "is|are|caught) (?:is |has caught |caught |on )?(?:on )?fire(?! door| exit| engine)",
    "full of smoke", "(?:broken|breaking|broke) in(?= |$)(?! (?:the|two|half))", "shotgun",
    "gas smell", "(?:caught|gone up|set) (?:alight|light)", "up in flames", "there is a fire",
    "smoke (?:coming|everywhere|filling|is|pouring)", "flames (?:coming|everywhere)",
    f"smell(?:s|ing|ed)?{some(3)}gas", "gas (?:leak|leaking)", "stinks of gas",
    "(?:got|has|with|holding|waving|pulled|grabbed|have|picked up|wielding) (?:a |the |out a |"
        "his |my )?(?:big |kitchen )?(?:knife|gun|hammer|axe|machete|weapon)",
    "smashing (?:up|the|everything|my|things|our|it|his|her)",
    f"(?:break|breaking|broke|kicking|kick|smash|bash|bashing|banging){some(2)}(?:down|in) "
        "(?:the |my |our )?(?:front )?(?:door|window)",
    f"(?:kick|kicking|smash|smashing|bang|banging|break|breaking|bash|bashing){some(2)}"
        "(?:door|window)(?: (?:in|down))",
    "(?:is|are) (?:attacking|strangling|beating|hitting|punching|kicking|stabbing|hurting) "
        f"(?:me|us|him|her|mum|dad|each other){some(4)}(?:now|right now|as i)",
    "(?:been|got|was) stabbed", "trying to kill (?:me|us|her|him)",
    "about to (?:kill|stab|attack|hit|hurt) (?:me|us|him|her)",
)  # fmt: skip
