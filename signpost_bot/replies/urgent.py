"""The card of numbers that /urgent shows: the same every time, for the person's nation.

Every number stands in danger.py too, with more words around it.
"""

from __future__ import annotations

from collections.abc import Mapping

from signpost_bot.model import Nation, Paragraph, Reply

Line = str | Mapping[Nation | None, str]


def card(nation: Nation | None = None) -> Reply:
    """Whom to ring in a crisis.

    Args:
        nation: where the person is. Without it, the card holds the numbers of all four.
    """
    lines = (line if isinstance(line, str) else line[nation] for line in _LINES)
    first, *others = (line for line in lines if line)
    return Reply((Paragraph(first, tone="urgent"), *map(Paragraph, others)))


_LINES: tuple[Line, ...] = (
    "A life is in danger, or someone is being hurt: ring 999.",
    "You cannot speak? On a mobile, ring 999, listen, and press 55 when asked. "
    "If you are deaf, use 18000 in the Relay UK app. In sign language (BSL), go to 999bsl.co.uk.",
    {
        None: "Ill or injured, and no life at risk? In England, Scotland and Wales ring 111. "
        "In Northern Ireland ring your GP, also at night.",
        "england": "Ill or injured, and no life at risk? Ring NHS 111.",
        "scotland": "Ill or injured, and no life at risk? Ring NHS 24 on 111.",
        "wales": "Ill or injured, and no life at risk? Ring NHS 111 Wales.",
        "northern-ireland": "Ill or injured, and no life at risk? Ring your GP, also at night.",
    },
    {
        None: "You cannot go on, or think of suicide? Samaritans: 116 123, free, any time. "
        "Or text the word Shout to 85258.\n"
        "Scotland: Breathing Space 0800 83 85 87. Wales: C.A.L.L. 0800 132 737. "
        "Northern Ireland: Lifeline 0808 808 8000.",
        "england": "You cannot go on, or think of suicide? Samaritans: 116 123, free, any time. "
        "Or text the word Shout to 85258.\n"
        "NHS mental health help: ring 111 and choose option 2, any time.",
        "scotland": "You cannot go on, or think of suicide? Samaritans: 116 123, free, any time. "
        "Or text the word Shout to 85258.\n"
        "NHS 24: ring 111 and choose mental health, any time.\n"
        "Breathing Space: 0800 83 85 87, evenings, nights and weekends.",
        "wales": "You cannot go on, or think of suicide? Samaritans: 116 123, free, any time. "
        "Or text the word Shout to 85258.\n"
        "NHS 111 Wales: ring 111 and press 2, any time.\n"
        "C.A.L.L. listening line: 0800 132 737, day and night.",
        "northern-ireland": "You cannot go on, or think of suicide? "
        "Lifeline: 0808 808 8000, free, day and night.\n"
        "Samaritans: 116 123, free, any time. Or text the word Shout to 85258.",
    },
    {
        None: "Someone at home hurts or frightens you? England: 0808 2000 247. "
        "Scotland: 0800 027 1234. Wales: 0808 80 10 800. Northern Ireland: 0808 802 1414.",
        "england": "Someone at home hurts or frightens you? "
        "National Domestic Abuse Helpline: 0808 2000 247, free, any time.",
        "scotland": "Someone at home hurts or frightens you? "
        "Scotland's Domestic Abuse and Forced Marriage Helpline: 0800 027 1234, free, any time.",
        "wales": "Someone at home hurts or frightens you? "
        "Live Fear Free: 0808 80 10 800, free, any time.",
        "northern-ireland": "Someone at home hurts or frightens you? "
        "Domestic and Sexual Abuse Helpline: 0808 802 1414, free, any time.",
    },
    {
        **dict.fromkeys(
            ("england", "scotland", "wales"),
            "An older or ill person is being hurt or left without care? Tell their council today: "
            "gov.uk/find-local-council. Or ring Hourglass: 0808 808 8141.",
        ),
        "northern-ireland": "An older or ill person is being hurt or left without care? "
        "Tell your health and social care Trust today. Out of hours, ring social work: "
        "028 9504 9999. Or ring Hourglass: 0808 808 8141.",
        None: "An older or ill person is being hurt or left without care? Tell their council "
        "today: gov.uk/find-local-council. In Northern Ireland, tell your Trust. Out of hours "
        "there, ring social work: 028 9504 9999. Hourglass: 0808 808 8141.",
    },
    "You are worried about a child? NSPCC: 0808 800 5000. "
    "Children can ring Childline: 0800 1111, free, any time.",
)
