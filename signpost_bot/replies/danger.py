"""What a person in danger reads, before anything else.

The words are constants, so that they go out even when the knowledge cannot be read. Each reply
says what to do now, then where to ring, text and write, how to reach help without speaking, and
who else may help.
"""

from collections.abc import Mapping

from signpost_bot.model import Alarm, Danger, Nation, Paragraph

LONGEST = 1_100  # characters: what fits on the screen of a small phone with some scrolling


def danger_reply(alarm: Alarm, nation: Nation | None = None) -> tuple[Paragraph, ...]:
    """The paragraphs to show; the first one, in the tone "urgent", says what to do now.

    Args:
        alarm: what was heard.
        nation: where the person is, as far as we know. Without it, the numbers for the whole
            UK stand first, then one line for the nations that have their own.
    """
    first, *others = _for_child(alarm.kind) if alarm.by_child else _FOR_ADULTS[alarm.kind]
    now = alarm.strength == "now" and not alarm.by_child
    what_to_do = _NOW[alarm.kind] if now else _in_nation(first, nation)
    paragraphs = [_in_nation(part, nation) for part in others]
    return (
        Paragraph(what_to_do, tone="urgent"),
        *(Paragraph(text) for text in paragraphs if text),
    )


def weary_reply(nation: Nation | None = None) -> tuple[Paragraph, ...]:
    """For a carer at breaking point, who is in no danger: that they are heard, and who listens."""
    return tuple(Paragraph(_in_nation(part, nation)) for part in _WEARY)


Part = str | Mapping[Nation | None, str]


def _in_nation(part: Part, nation: Nation | None) -> str:
    return part if isinstance(part, str) else part[nation]


_DEAF_999 = (
    "If you are deaf or cannot speak, use the Relay UK app or a textphone: 18000. "
    "In sign language (BSL), go to 999bsl.co.uk."
)
_DEAF = f"{_DEAF_999} For other numbers, dial 18001 first."
_HIDE = (
    "Could someone see your screen? Close this page or delete this chat when you have read it. "
    "Only if that is safe."
)
_COUNCIL = "Find the council at gov.uk/find-local-council."
_BREATHING_SPACE = "Breathing Space: 0800 83 85 87, evenings, nights and weekends."
_CALL = "C.A.L.L. listening line: 0800 132 737, day and night."
_LIFELINE = "Lifeline: 0808 808 8000, free, day and night."

# What stands first where it is happening now, whoever speaks: two short sentences.
_NOW: dict[Danger, str] = {
    "emergency": "Ring 999 now. Say where you are and what has happened.",
    "suicide": "Ring 999 now if a life is at risk. Do not stay alone: be with someone, or ask "
    "someone to come.",
    "domestic-abuse": "Ring 999 now. On a mobile, if you cannot speak, listen and press 55 when "
    "asked.",
    "adult-safeguarding": "If someone is being hurt now, ring 999. Stay with them if that is safe "
    "for you.",
    "child-protection": "If a child is being hurt now, ring 999. Go somewhere safe if you can.",
}

_EMERGENCY: tuple[Part, ...] = (
    "Ring 999 now. Say where you are and what has happened.",
    "Stay on the line if you can. They tell you what to do until help comes. "
    "If someone took too many tablets or something harmful, ring even if they seem well.",
    {
        None: (
            "Smell gas? Get out, then ring the gas emergency line: 0800 111 999. "
            "In Northern Ireland, ring 999.\n"
            "Not sure, and no life at risk? In England, Scotland and Wales ring NHS 111."
        ),
        "england": (
            "Smell gas? Get out, then ring the gas emergency line: 0800 111 999.\n"
            "Not sure, and no life at risk? Ring NHS 111."
        ),
        "scotland": (
            "Smell gas? Get out, then ring the gas emergency line: 0800 111 999.\n"
            "Not sure, and no life at risk? Ring NHS 24 on 111."
        ),
        "wales": (
            "Smell gas? Get out, then ring the gas emergency line: 0800 111 999.\n"
            "Not sure, and no life at risk? Ring NHS 111 Wales."
        ),
        "northern-ireland": "Fire or a smell of gas? Get out first, then ring 999.",
    },
    "Is someone missing? Look in the house and garden, then ring 999. "
    "Tell the police if they have dementia.",
    "Can you not speak? On a mobile, ring 999, listen, and press 55 when asked. " + _DEAF_999,
    "Shout for a neighbour to come and stay with you.",
)

_SUICIDE: tuple[Part, ...] = (
    "If a life is in danger now, ring 999. Stay near other people, or ask someone to come.",
    "Thank you for saying this. Many people who care for someone have felt this way, and there is "
    "help day and night.",
    {
        None: (
            "Samaritans: 116 123, free, any time.\n"
            "NHS mental health help: ring 111. In England, choose option 2. In Wales, press 2. "
            "In Scotland, choose mental health.\n"
            "Northern Ireland: Lifeline 0808 808 8000. Scotland: Breathing Space 0800 83 85 87. "
            "Wales: C.A.L.L. 0800 132 737."
        ),
        "england": (
            "Samaritans: 116 123, free, any time.\n"
            "NHS mental health help: ring 111 and choose option 2, any time."
        ),
        "scotland": (
            "Samaritans: 116 123, free, any time.\n"
            "NHS 24: ring 111 and choose mental health, any time.\n" + _BREATHING_SPACE
        ),
        "wales": (
            "Samaritans: 116 123, free, any time.\nNHS 111 Wales: ring 111 and press 2, any time.\n"
            + _CALL
        ),
        "northern-ireland": "Samaritans: 116 123, free, any time.\n" + _LIFELINE,
    },
    "Would you rather write? Text the word Shout to 85258, free, any time. "
    "Or email Samaritans: jo@samaritans.org. A reply can take days.",
    "Is the person under 35? Papyrus: 0800 068 4141, or text 88247. They help worried family too.",
    _DEAF,
    "Tell one person you trust how bad it is. You can show them these words.",
)

_WEARY: tuple[Part, ...] = (
    "That sounds so hard, and you have carried it a long time. You do not have to carry it alone.",
    {
        **dict.fromkeys(
            (None, "england"),
            "To talk to someone now, ring Samaritans: 116 123, free, day and night. "
            "They listen to anyone who is struggling. Or text the word Shout to 85258.",
        ),
        "scotland": "To talk to someone now, ring Samaritans: 116 123, free, day and night. "
        f"Or text the word Shout to 85258.\n{_BREATHING_SPACE}",
        "wales": "To talk to someone now, ring Samaritans: 116 123, free, day and night. "
        f"Or text the word Shout to 85258.\n{_CALL}",
        "northern-ireland": "To talk to someone now, ring Samaritans: 116 123, free, day and "
        f"night. Or text the word Shout to 85258.\n{_LIFELINE}",
    },
)

_DOMESTIC_ABUSE: tuple[Part, ...] = (
    "If you are in danger now, ring 999. On a mobile, if you cannot speak, listen and press 55 "
    "when asked.",
    "This is not your fault. It counts even if the person is ill, or if you look after them.",
    {
        None: (
            "National Domestic Abuse Helpline, England: 0808 2000 247. "
            "Chat: nationaldahelpline.org.uk.\n"
            "Scotland: 0800 027 1234. Wales, Live Fear Free: 0808 80 10 800. "
            "Northern Ireland: 0808 802 1414."
        ),
        "england": (
            "National Domestic Abuse Helpline: 0808 2000 247, free, any time. "
            "Chat: nationaldahelpline.org.uk."
        ),
        "scotland": (
            "Scotland's Domestic Abuse and Forced Marriage Helpline: 0800 027 1234, free, "
            "any time. Chat: sdafmh.org.uk."
        ),
        "wales": (
            "Live Fear Free: 0808 80 10 800, free, any time. Text: 07860 077333. "
            "Chat: gov.wales/live-fear-free."
        ),
        "northern-ireland": (
            "Domestic and Sexual Abuse Helpline: 0808 802 1414, free, any time. "
            "Chat: dsahelpline.org."
        ),
    },
    {
        None: "Men can ring the Men's Advice Line: 0808 801 0327 (not Northern Ireland).\n"
        "Older people can ring Hourglass: 0808 808 8141, or text 07860 052906.",
        **dict.fromkeys(
            ("england", "scotland", "wales"),
            "Men can also ring the Men's Advice Line: 0808 801 0327.\n"
            "Older people can ring Hourglass: 0808 808 8141, or text 07860 052906.",
        ),
        "northern-ireland": "These lines help men too.\n"
        "Older people can ring Hourglass: 0808 808 8141, or text 07860 052906.",
    },
    {
        "scotland": "",
        **dict.fromkeys(
            (None, "england", "wales", "northern-ireland"),
            "Forced to marry? Ring Karma Nirvana: 0800 5999 247, mostly on weekdays.",
        ),
    },
    _DEAF,
    _HIDE,
    "Tell someone you trust, such as a friend or your GP, when it is safe.",
)

_ADULT: tuple[Part, ...] = (
    "If anyone is in danger now, ring 999. If not, tell the council where the adult lives, today.",
    {
        None: "Ask for adult social care and say you have a safeguarding worry. You need not be "
        f"sure. {_COUNCIL} In Northern Ireland, ring your Trust. "
        "Out of hours there, ring social work: 028 9504 9999.",
        "england": "Ask for adult social care and say you have a safeguarding worry. You need not "
        f"be sure. {_COUNCIL}",
        "scotland": "Ask for social work and say you have an adult protection worry. You need not "
        f"be sure. {_COUNCIL}",
        "wales": "Ask for adult social care and say you have a safeguarding worry. You need not "
        f"be sure. {_COUNCIL}",
        "northern-ireland": "In Northern Ireland, that is your health and social care Trust. Ask "
        "for adult protection. You need not be sure. "
        "Out of hours, ring social work: 028 9504 9999.",
    },
    "Hourglass, for older people: 0808 808 8141, or text 07860 052906.",
    {
        None: "About a care home or paid carers, tell those who check care.\n"
        "England, Care Quality Commission: 03000 616161. Scotland: 0345 600 9527. "
        "Wales: 0300 7900 126. Northern Ireland: 028 9536 1111.",
        "england": "About a care home or paid carers: Care Quality Commission, 03000 616161, "
        "or cqc.org.uk.",
        "scotland": "About a care home or paid carers: Care Inspectorate, 0345 600 9527.",
        "wales": "About a care home or paid carers: Care Inspectorate Wales, 0300 7900 126.",
        "northern-ireland": "About a care home or paid carers, tell those who check care: "
        "028 9536 1111.",
    },
    "Afraid that you may hurt someone, or have done? Step away for a moment if they are safe. "
    "Ring Samaritans, 116 123, at any time.",
    _DEAF,
    "Keep a note of what you saw and when. Tell someone you trust. " + _HIDE,
)

_CHILD: tuple[Part, ...] = (
    "If a child is in danger now, ring 999. If not, tell someone about it today.",
    {
        None: "The children's charity NSPCC (for adults who are worried): 0808 800 5000. "
        "Or write to help@nspcc.org.uk.",
        **dict.fromkeys(
            ("england", "wales"),
            "The children's charity NSPCC (for adults who are worried): 0808 800 5000. "
            "Or write to help@nspcc.org.uk.",
        ),
        "scotland": "The children's charity NSPCC (for adults who are worried): 0808 800 5000. "
        "Or write to help@nspcc.org.uk.\nChildren First, for families: 08000 28 22 33.",
        "northern-ireland": "The children's charity NSPCC (for adults who are worried): "
        "0808 800 5000. Or write to help@nspcc.org.uk.\n"
        "Social work, evenings and weekends: 028 9504 9999.",
    },
    {
        **dict.fromkeys(
            ("england", "scotland", "wales"),
            "Or tell the children's team at the council where the child lives. "
            f"You need not be sure. {_COUNCIL}",
        ),
        "northern-ireland": "Or tell the children's team at your health and social care Trust. "
        "You need not be sure.",
        None: "Or tell the children's team at the council where the child lives. "
        f"You need not be sure. {_COUNCIL} In Northern Ireland, ring your Trust. "
        "Out of hours there, ring social work: 028 9504 9999.",
    },
    "The child can ring Childline: 0800 1111, free, any time. Or chat at childline.org.uk.",
    "Afraid that you may hurt a child? Put the child somewhere safe and step away. "
    "Then ring someone you trust, or Samaritans: 116 123.",
    _DEAF,
    _HIDE,
)

_FOR_ADULTS: dict[Danger, tuple[Part, ...]] = {
    "emergency": _EMERGENCY,
    "suicide": _SUICIDE,
    "domestic-abuse": _DOMESTIC_ABUSE,
    "adult-safeguarding": _ADULT,
    "child-protection": _CHILD,
}


# --- in a child's words ---------------------------------------------------------------------

_CHILDLINE = (
    "You can talk to Childline: 0800 1111. It is free, day and night. "
    "It does not show on the phone bill.\n"
    "You can also chat at childline.org.uk."
)
_CHILD_END: tuple[Part, ...] = (
    "Do you like to text? Text the word Shout to 85258. It is free.",
    "Tell a grown-up you trust, like a teacher, a nurse or a friend's mum. "
    "If they do not listen, tell another one.",
    "If you are deaf or cannot talk, use 18000 in the Relay UK app for 999. "
    "In sign language (BSL), go to 999bsl.co.uk.",
    "Could someone see this? Close this page or delete this chat if that is safe.",
)


def _for_child(kind: Danger) -> tuple[Part, ...]:
    if kind == "emergency":
        return _EMERGENCY
    if kind == "suicide":
        return (
            "If you might get badly hurt now, ring 999. Go and be near a grown-up you trust.",
            "You were brave to say this. You do not have to feel this bad on your own.",
            _CHILDLINE,
            *_CHILD_END,
        )
    return (
        "If you are in danger now, ring 999. If you can, go somewhere safe.",
        "It is not your fault. You were right to say something.",
        _CHILDLINE,
        *_CHILD_END,
    )
