"""Thoughts, words, plans or acts of ending a life or of harming oneself."""

from signpost_bot.matching.danger.blocks import PILLS, compiled, some
from signpost_bot.matching.danger.innocent import (
    ABOUT,
    JOKING,
    LONG_OVER,
    REALLY_NOW,
    is_denied,
    says,
)


def is_suicide(clause: str) -> bool:
    """Thoughts, words, plans or acts of ending a life or of harming oneself."""
    if _BEREAVED.search(clause) and not _TRIED.search(clause):
        return False
    if "way out" in clause and _OF_DEBT.search(clause):
        return False
    if LONG_OVER.search(clause) and not REALLY_NOW.search(clause):
        return False
    if JOKING.search(clause) and ABOUT.search(clause):
        return False
    if _wants_death(clause):
        return True
    if ABOUT.search(clause):
        return False
    return says(_HARMS_SELF, clause) or says(_SUICIDE_WORD, clause) or _ends_life(clause)


def _wants_death(clause: str) -> bool:
    return any(
        _NO_POINT.search(match.group()) or not is_denied(clause[: match.start()])
        for match in _WANTS_DEATH.finditer(clause)
    )


def _ends_life(clause: str) -> bool:
    """An act that ends a life, after a word that says somebody means it."""
    return any(
        not is_denied(clause[: match.start()]) and _INTENT.search(clause[: match.end()])
        for match in _ENDS_LIFE.finditer(clause)
    )


# --- the wish ---------------------------------------------------------------------------------

_WISH = (
    "(?:want|wants|wanted|wanting|wish|wishes|wished|wishing|hope|hopes|hoping|rather|prefer|"
    "feel like|feels like|ready|deserve|praying|pray|begging|beg|like|love)"
)
_LIVE = (
    "(?:live|be here|be alive|exist|wake up|be around|be on this earth|go on living|"
    "carry on living|carry on with life|see tomorrow)"
)
_ELSEWHERE = (
    "(?! (?:with|in|at|there|alone|on|near|by|for|under|together|independently|closer|to (?:see|"
    "visit)|when|while|during|hospital|(?:any more )?(?:in|at|with|near|on)))"
)
_LIVING = (
    "(?:living|being here|being alive|life|being around|existing|going on|carrying on living|"
    "staying alive|waking up)"
)
_ENOUGH = "(?:had enough|tired|sick|fed up|weary|done|finished)"
_WANTS_DEATH = compiled(
    f"not{some(4)}stay alive",
    f"(?:kinder|better|best|wish){some(6)}(?:did not|never|not) wake(?: up)?",
    "(?:give|giving|given) up on (?:life|living|everything)",
    "(?:lost|losing|no) (?:the |my |his |her )?will to live(?! (?:with|filling|trying|"
        "on hold))",
    "(?:not|no|not see a|without a|not see any) future(?: for me)?(?= ,|$)",
    f"(?:world|everyone|they|family|kids|you){some(4)}(?:without me|rid of me)(?= |$)(?! "
        "(?:there|at|on|in|for))",
    "(?:i was|if i was|i were|she was|he was|be) (?:dead|six feet under)(?! (?:on|tired|"
        "certain|sure|good|serious|set|wrong))",
    "(?:just|to) (?:be gone|cease to exist|be no more)(?= |$)(?! (?:by|for|all day|from|on))",
    f"(?:easier|better|cope better|happier){some(3)}(?:if|when) i (?:was|were|am) (?:not "
        "(?:here|around|alive)|dead|gone)",
    f"(?:see|find|any|no|a|much) (?:reason|point|purpose){some(3)}(?:keep living|go on living|"
        "stay alive|carry on living|to live|to be here)",
    f"{_WISH}{some(4)}(?:to die|die|were dead|was dead|be dead|to be dead|am dead|dead|"
        "to be gone|death)(?! (?:at|in|with dignity|naturally|of|peacefully at))",
    "better off (?:dead|if i (?:was|were) (?:dead|gone|not here)|gone|in the ground|without "
        "(?:me|us)(?! (?:there|at|on)))",
    f"(?:easier|better|simpler|happier){some(4)}(?:if i (?:was|were|am)(?: just)? (?:not here|"
        "not around|dead|gone)|without me(?: (?:around|here))?$|i was dead|if i died)",
    "(?:not|never|no longer) (?:[a-z]+ )?(?:want|wants|wanting|wanted|wish|wishes|care)"
        f"(?: [a-z]+)? to {_LIVE}{_ELSEWHERE}",
    f"(?:not|no) (?:want|longer want|any longer want){some(2)}life any ?more",
    "can not (?:[a-z]+ )?go on(?: (?:living|like this|any more|any longer|much longer|"
        "with life|with my life|alone|without (?:him|her|them)))?(?= ,|$| and| but| so)",
    "can not go on (?:living|like this|any more|any longer|much longer|with life|another)",
    "can not (?:carry on|keep) (?:living|with life|being alive)",
    "can not (?:live|face living|face life|bear living|bear to live|do life)(?: (?:like this|"
        "this way|any more|any longer))(?! (?:with|on|in))",
    f"(?:no|any|what is the|see the|see a|not any|the|what) (?:point|reason|purpose){some(4)}"
        f"{_LIVING}",
    f"no (?:reason|point){some(2)}(?:to live|go on|be here|to go on)",
    "(?:nothing|anything)(?: left)? to live for", "(?:not|is) (?:not )?worth living",
    f"{_ENOUGH}{some(2)}(?:of|with) (?:this |my |his |her )?(?:{_LIVING})(?! (?:with|in|on|"
        "out))",
    f"(?:never|not){some(3)}(?:wake|waking) up(?: (?:again|in the morning|tomorrow|at all))?"
        "(?= ,|$| and| again| in the| tomorrow)",
    f"(?:nobody|no one|none of them|they would not){some(2)}(?:miss|notice|care if){some(2)}"
        "(?:me|us|i|gone|dead)",
    "(?:nobody|no one) would (?:even )?(?:miss|notice)(?= ,|$)",
    "(?:no|a|any|only|one) (?:other )?way out(?: (?:is|except|but|of this life|of living))?"
        "(?: [a-z]+){0,2}?(?: (?:dying|death|to die)|(?= ,|$))",
    f"(?:want|wish|need|longing|long|just want|wanting){some(2)}(?:it|this|everything|life|"
        "it all)(?: all)? (?:to )?(?:end|be over|stop forever|over)(?= ,|$| and| now| so| for)",
    f"sleep{some(3)}(?:forever|for good)", "disappear (?:forever|for good|and never)",
    "i (?:did|do) not (?:exist|want to exist)", "stop existing", "like (?:to )?not (?:to )?exist",
    "(?:be |is )?better dead", "better (?:off )?with the insurance", "want(?:s|ed)? it all to stop",
    "not feel like being alive",
    "not be(?:ing)? here (?:by|at|for) (?:christmas|next|the summer|easter)",
    "if it was not for(?: [a-z]+){1,4} i would not be here",
    "join (?:him|her|them|my (?:husband|wife|mum|dad)) in heaven",
    "be where (?:he|she) is", "never been born",
    f"(?:fantasis|dream|think|thought|thinking)[a-z]*{some(2)}(?:of|about) (?:death|dying|"
        "being dead|not being (?:here|alive)|ending)",
    "(?:dark|darkest|intrusive|bad) thoughts",
    f"(?:life|world){some(3)}(?:is|would be) better without me",
)  # fmt: skip
# "not" belongs to these: "no point", "not worth living".
_NO_POINT = compiled("point", "reason", "purpose", "worth", "future")

# --- the act ----------------------------------------------------------------------------------

_SELF = "(?:myself|himself|herself|themselves|themself|ourselves|yourself)"
_OWN = "(?:my|his|her|their|our)"
_ENDS_LIFE = compiled(
    f"(?:step|stepping|walk|walking|throw|throwing|lie|lying|jump|jumping){some(3)}"
        f"(?:in front|out|off|under|onto){some(3)}(?:trains?|tracks?|line|traffic|bus|lorry|"
        "bridge|platform|cliff)",
    f"(?:trains?|tracks?|train line|bridge|cliff|river|platform|motorway){some(6)}(?:step|"
        "stepping|jump|jumping|walking|throwing)(?: [a-z]+)? (?:out|off|in)",
    f"(?:crash|crashing|smash|drive|driving|swerve|swerving){some(2)}(?:the |my )?(?:car|van|"
        "into)(?: [a-z]+){0,3}?(?: (?:with (?:him|her|us|both|mum|dad)|on purpose|tree|wall|"
        "lorry)|$)",
    "(?:finish|do away with|do for|get rid of|dispose of) (?:myself|himself|herself|it all)",
    "(?:kill|killing|hang|hanging|shoot|drown|drowning|gas|harm|harming|top|do|off) (?:"
        f"{_SELF})(?: in)?",
    f"(?:end|ending|take|taking) (?:{_OWN} |both |both our )?(?:own )?(?:life|lives)",
    "(?:end|ending) (?:it|it all|everything|things|this all|both|the pain|us|our)(?! (?:with|"
        "contract|tenancy|relationship|marriage|job|call|care|at|in the|early|soon))",
    f"drive (?:us |the car |my car |him |her )?(?:off|into){some(2)}(?:road|bridge|cliff|tree|"
        "wall|sea|river|pier|lorry|canal|motorway|edge)",
    "driving (?:us |the car |my car |him |her |it |straight )?(?:off|into)(?! work| town| the "
        "(?:town|city|car park|garage))",
    "drive off(?= ,|$| and end| with both| somewhere and)",
    f"jump(?:ing)?{some(2)}(?:off|from|in front|out of|under){some(3)}(?:bridge|train|window|"
        "building|roof|balcony|cliff|car park|flats|bus|lorry|platform|car)",
    f"(?:take|taking|swallow|swallowing|neck){some(2)}(?:all|whole|lot|overdose|everything|"
        f"handful)(?: [a-z]+){{0,4}}?(?: {PILLS}|(?= ,|$))",
    "(?:take|taking|end it for|finish|finishing|end) (?:mum|dad|him|her|them|us|the kids|both|"
        "both of us|us both)(?: [a-z]+)? (?:with me|with us|both|off)",
    "put (?:him|her|us|mum|dad|me|myself|both of us)(?: both)? out of (?:his|her|our|their|my|"
        "its) misery",
    "(?:pillow|cushion) over", "smother (?:him|her|mum|dad|them|us)",
    "(?:slit|slitting|cut|cutting) (?:my|his|her|their) wrists?", "overdose",
    "walk(?:ing)? (?:out )?(?:into the (?:sea|river)|in front of)",
    "die together", "step(?:ping)? (?:out )?in front of",
)  # fmt: skip
_INTENDS = (
    "(?:thinking|think|thought|thoughts|want|wants|wanted|going|plan|plans|planning|considering|"
    "considered|consider|could|might|may|will|would|threatens?|threatened|threatening|tried|"
    "trying|try|tempted|ready|attempted|attempting|talks?|talking|talked|says?|said|saying|keeps?|"
    "feel like|feels like|feeling like|about|urge|urges|decided|ways?|how|dream|dreaming|"
    "fantasise|hinted|wanting|imagine|imagining|just|if i|should|easiest|nearly|almost)"
)
_INTENT = compiled(
    _INTENDS, "kill(?:ing)? myself", "end(?:ing)? it all", "ending my life", "i took an overdose",
    "an overdose",
)  # fmt: skip
_HARMS_SELF = compiled(
    f"(?:blade|razor|scissors|knife|lighter){some(3)}(?:his|her|my|their) (?:arms?|legs?|"
        "wrists?|skin|thighs?)",
    f"(?:say|said|saying|ring|rang|text|texted){some(3)}goodbye{some(9)}(?:low|phone|answer|"
        "worried|depressed|find)",
    f"(?:look[a-z]*|googl[a-z]*|search[a-z]*|read[a-z]*|ask[a-z]*){some(3)}(?:how|ways|"
        f"methods|painless){some(2)}(?:die|dying|kill|end|overdose)",
    "not (?:sure |think |know |feel )?(?:i can |if i can |able to |he can |she can )*(?:keep|"
        "trust) (?:myself|himself|herself)(?: safe| alone| tonight| not to)",
    "keep (?:myself|himself|herself) (?:safe|alive)",
    "help (?:him|her|me|them) (?:to )?(?:die|end)(?! at| well| peacefully| with| on)",
    "self ?harm(?:s|ed|ing|er)?",
    f"(?:cut|cuts|cutting|burning|burns|harming|harms|hurting|starving|scratching) {_SELF}"
        "(?: again)?",
    "(?:cut|cuts|cutting)(?: up)? (?:her|his|my|their) (?:arms?|legs?|wrists?|thighs?|skin)",
    "(?:want|going|wants|urge|plan|need|threatens|threatening|might|try|tries|trying|tried|"
        "will|about|feel like|thoughts? of|thinking of|thinking about)(?: to)? (?:hurt|harm|cut|"
        f"hurting|harming|cutting|stab|injure) {_SELF}",
    f"(?:hurt|harm|harmed|cut) {_SELF} on purpose",
    "(?:tried|attempted|nearly|tries|almost) (?:to )?(?:hang|hung|hanged|kill|killed|drown|"
        f"end|ended|take|took|jump) (?:{_SELF}|{_OWN} (?:own )?life)",
    "(?:been|started|started to|keeps?|am|is|go back to|back to) cutting(?= again| ,|$|"
        " because| when)",
    "(?:hurt|hurting|cut|burn) (?:myself|himself|herself) (?:to cope|to feel|when i am "
        "(?:upset|low|sad|angry|stressed)|because i (?:feel|hate|deserve)|so i)",
    "(?:bought|got|hidden|has|tied)(?: [a-z]+)? (?:rope|noose)",
    "(?:stand|standing|stood|go|going|sit|sitting) (?:[a-z]+ ){0,4}?(?:multi ?stor[a-z]+|"
        f"car park roof|bridge|cliff|train tracks|railway){some(4)}(?:wonder|think|thinking|"
        "wondering|wanting|jump)",
    "(?:going to|might|will) do something(?= ,|$)",
    "(?:going to|might|will) do something (?:stupid|silly|to (?:himself|herself|myself))",
    f"(?:text|message|note|letter){some(4)}(?:sorry|goodbye){some(16)}(?:something|do it|"
        "worried|find)",
    "goodbye (?:message|text|note|letter)s?", "texting goodbye", "said (?:his|her) goodbyes",
    "what i (?:might|could|will) do (?:tonight|to myself|if i)",
    "worked out how (?:he|she|i|to) (?:would )?(?:do|end)",
    "(?:after|following|since) (?:an|a|the|his|her|my) (?:suicide )?attempt(?= ,|$| and| last)",
    "cuts on (?:her|his|their|my) (?:arms?|wrists?|legs?|thighs?)",
    "kill(?:ed)? myself",
    f"(?:got|have|got all|lined up)(?: the| my| his| her| all| enough)* {PILLS}(?: all)? "
        "(?:ready|lined up|in front of me|in my hand|saved)(?! for)",
    f"(?:written|wrote|writing|found|left|leaving){some(2)}(?:goodbye|suicide|final) "
        "(?:letters?|notes?|messages?|texts?)",
    "(?:written|wrote|writing) (?:the|my|a|goodbye|his|her) (?:letters|note|will and)",
    "(?:saving|saved|stockpil[a-z]+|hoarding|hoarded|collecting|storing|stashing)(?: up)?"
        f"{some(3)}{PILLS}(?= so| to (?:take|end|die)| and|$| ,| for when| in case)",
    "ways to die",
    f"how many (?:tablets|paracetamol){some(4)}(?:kill|die|dead|fatal)",
)  # fmt: skip
_SUICIDE_WORD = compiled("suicid[a-z]*")

# --- grief for somebody else, and money ---------------------------------------------------------

_BEREAVED = compiled(
    f"(?:died|dead|death|lost){some(5)}overdose", "bereave[a-z]*",
    f"(?:died|dies|die|dead|lost|loss|losing|death|grief|grieving){some(4)}(?:by|to|from|"
        "through|after|following) (?:a )?suicide",
    "survivors? of suicide", "after (?:a|his|her|my [a-z]+s?) suicide",
    "hang(?:ed|s)? (?:up|out|around)", "anniversary",
    "(?:husbands?|wifes?|sons?|dads?|mums?|brothers?|sisters?|friends?|daughters?) suicide",
)  # fmt: skip
# Grief in which somebody may be in danger all the same.
_TRIED = compiled(
    "tried", "nearly", "almost", "attempted", "attempts", "(?:he|she) wants", "i want",
    "threaten[a-z]*", "going to", "i feel", "might", "join (?:him|her)", "i am", "now i",
)  # fmt: skip
_OF_DEBT = compiled("debt", "credit", "loans?", "contract", "pay", "bills")
