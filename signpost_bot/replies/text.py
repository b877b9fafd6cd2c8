"""Reply -> plain text, as it stands in a terminal or in JSON."""

from collections.abc import Iterator

from signpost_bot.model import Reply, Signpost


def as_text(reply: Reply) -> str:
    """The reply as a person reads it: paragraphs, numbered signposts, numbered choices."""
    blocks: list[str] = []
    number = 0
    for part in reply.parts:
        if isinstance(part, Signpost):
            number += 1
            blocks.append("\n".join(_lines(part, number)))
        else:
            blocks.append(part.text)
    if reply.choices:
        blocks.append("\n".join(f"{i}. {c.title}" for i, c in enumerate(reply.choices, 1)))
    return "\n\n".join(blocks)


def _lines(post: Signpost, number: int) -> Iterator[str]:
    yield f"{number}. {post.name}"
    if post.what:
        yield f"   {post.what}"
    for label, value in post.ways:
        hours = f" ({post.hours})" if label == "Phone" and post.hours else ""
        yield f"   {label}: {value}{hours}"
    if post.hours and not post.phone:
        yield f"   Open: {post.hours}"
    if post.cost:
        yield f"   Cost: {post.cost}"
    for note in post.notes:
        yield f"   {note}"
    yield f"   {post.freshness}"
