"""A conversation in the terminal."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from io import TextIOWrapper

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from signpost_bot.model import Choice, Paragraph, Place, Question, Reply, Signpost
from signpost_bot.replies import wording
from signpost_bot.signposter import Signposter

_HELLO = (
    "Hello. I can tell you where to turn when you look after someone.\n"
    "Say in your own words what is going on. Press Enter on an empty line to leave."
)
_STYLES = {"plain": "", "heading": "bold", "urgent": "bold red"}


def chat(signposter: Signposter, console: Console, place: Place | None = None) -> None:
    """Ask and answer until an empty line, the end of the input, or Ctrl-C."""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # bytes that are no text
    console.print(Text(_HELLO))
    choices: Sequence[Choice] = ()
    asked: Question | None = None
    while text := _heard(console):
        places = signposter.only_place(text)
        if asked and len(places) > 1:
            reply = wording.where(asked, asked.topic, places)
        else:
            question = _question(text, choices, place, signposter)
            if asked and places:  # the answer to "where are you?": the last question again
                elsewhere = signposter.knowledge.areas.in_question(asked.text).rest
                question = replace(asked, text=elsewhere or asked.text, place=places[0])
            answer = signposter.answer(question)
            place = answer.place or place
            if answer.outcome != "smalltalk" and not signposter.only_place(question.text):
                asked = question
            reply = answer.reply
        choices = reply.choices
        show(reply, console)
    console.print(Text("Take care of yourself too. Goodbye."))


def show(reply: Reply, console: Console) -> None:
    """Print a reply. What it says is text, never markup."""
    number = 0
    for part in reply.parts:
        console.print()
        if isinstance(part, Paragraph):
            console.print(Text(part.text, style=_STYLES[part.tone]))
        else:
            number += 1
            _show_signpost(part, number, console)
    if reply.choices:
        console.print()
    for i, choice in enumerate(reply.choices, 1):
        console.print(Text.assemble((f"  {i}. ", "bold"), choice.title))
    if reply.choices:
        console.print(Text("Type the number, or say it another way.", style="dim"))
    console.print()


def _show_signpost(post: Signpost, number: int, console: Console) -> None:
    console.print(Text(f"{number}. {post.name}", style="bold cyan"))
    lines = [Text(post.what)] if post.what else []
    for label, value in post.ways:
        hours = f"  ({post.hours})" if label == "Phone" and post.hours else ""
        lines.append(Text.assemble((f"{label}: ", "bold"), value, (hours, "dim")))
    if post.hours and not post.phone:
        lines.append(Text.assemble(("Open: ", "bold"), post.hours))
    if post.cost:
        lines.append(Text.assemble(("Cost: ", "bold"), post.cost))
    lines += [Text(note) for note in post.notes]
    lines.append(Text(post.freshness, style="dim"))
    console.print(Padding(Text("\n").join(lines), (0, 0, 0, 3)))


def _heard(console: Console) -> str:
    try:
        return console.input("[bold]You:[/bold] ").strip()
    except (EOFError, KeyboardInterrupt):
        console.print()
        return ""


def _question(
    text: str, choices: Sequence[Choice], place: Place | None, signposter: Signposter
) -> Question:
    """The words, or the choice that a number stands for."""
    number = text.rstrip(".)")  # "2.", as the choices are printed
    if number.isdecimal() and 1 <= int(number[:9]) <= len(choices):
        choice = choices[int(number) - 1]
        found = signposter.place(choice.area) if choice.area else ()
        return Question(choice.question, place=found[0] if found else place, topic=choice.topic)
    return Question(text, place=place)


