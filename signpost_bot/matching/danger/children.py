"""What is harm because it happens to a child, and what only a child would say of home."""

from signpost_bot.matching.danger.blocks import CHILD, LITTLE, compiled, some, some_or_numbers
from signpost_bot.matching.danger.innocent import RULES, says


def is_child_hurt(clause: str) -> bool:
    return says(_HURT, clause) and not RULES.search(clause)


def is_child_alone(clause: str) -> bool:
    """A home without food, warmth or anybody sober, where a child tells of it."""
    return says(_ALONE, clause)


_HURT = compiled(
    f"(?:{CHILD}|{LITTLE}|girl|boy){some(6)}(?:at risk(?! of)|in danger|not safe|unsafe|"
        "abused|neglected|hurt|bruis[a-z]+|black eye|starving|hungry|screaming|not (?:being )?fed|"
        "no food|left alone|home alone|on their own|alone all|shaken|groomed|crying all)(?! "
        "(?:on a|at nursery))",
    "(?:frightened|scared|afraid|terrified) (?:of|to) (?:go home|her (?:dad|mum|stepdad)|his "
        "(?:dad|mum|stepdad)|(?:their|my) (?:dad|mum|stepdad))",
    "child (?:abuse|neglect|cruelty|sexual exploitation)", "paedophile",
    "(?:shak|hurt|harm|hitt|smack|slapp|beat|starv|touch|abus|(?<!i )neglect|groom)(?:e|ing|"
        f"ed|s)? (?:[a-z]+ ){{0,2}}?(?:{CHILD}|{LITTLE}|boys?|girls?)",
    f"shake (?:the |my )?(?:{CHILD})",
    f"(?:leaves?|leaving|left) (?:[a-z]+ ){{0,3}}?(?:{CHILD}){some(3)}(?:alone|on (?:his|her|"
        "their) own)(?: all| every| at night| while she| while he|$)",
    "(?:naked|nude|sexual|rude|explicit|topless|intimate|sexy) (?:pictures?|photos?|pics?|"
        "messages?|images?|videos?|selfies?|texts?)",
    "nudes",
    f"(?:asking|asks|asked|sends?|sending|sent|wants?){some_or_numbers(5)}(?:{CHILD}|daughter|"
        f"son|her|him|me){some(3)}(?:for )?(?:pictures|photos|pics|nudes)",
    f"(?:worried|concerned|concern) about (?:the |a |some |my neighbours )?(?:{CHILD}|{LITTLE}"
        f"|boy|girl){some(3)}(?:next door|upstairs|neighbours?|in my street|on my street|"
        "on our street|in (?:my|her|his) [a-z]+ class)",
    "comes into my room", "(?:belt|hand|slap) ?(?:marks?|print)", "county lines", "fgm",
    f"(?:taking|taken|sending|sent){some(8)}to be cut",
    f"(?:{CHILD}){some(4)}(?:always |so |often )?(?:hungry|unfed|dirty and)",
    f"(?:grown|older|strange) man{some(2)}(?:messaging|texting|contacting|talking to)",
    "private parts",
    "touch(?:es|ed|ing) (?:me|her|him|them|my (?:daughter|son|granddaughter|grandson|niece|"
        "nephew|child))(?= |$)(?! (?:up|base))",
    "(?:do|does|did|doing) (?:stuff|things|bad things|something) to (?:me|her|him)",
    "groom(?:ed|ing) (?:her|him|my|online)", "sexual(?:ly)? (?:abus|assault|touch)[a-z]*",
)  # fmt: skip
_ALONE = compiled(
    "(?:no|not any|hardly any|never any|without) (?:food|dinner|tea|heating|clean clothes)",
    "(?:nobody|no one)(?: [a-z]+)? (?:looks after|feeds|cares about|takes care of|is here)",
    "(?:never|not) (?:comes?|come|been|came) home",
    "(?:drunk|drinks|drinking|on drugs|heroin|high|passes out|crack)",
    "locks? me", "left (?:me|us) (?:alone|on (?:my|our) own)",
    "(?:hate|scared of) (?:going|being at|being) home",
    "(?:scared|frightened|afraid)(?: to go home| at home| of (?:him|her|my (?:dad|mum|brother|"
        "uncle|stepdad)))",
)  # fmt: skip
