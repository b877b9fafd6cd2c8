"""A conversation in the terminal, and what waits for a maintainer shown there."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from io import TextIOWrapper

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from signpost_bot.channels.keeping import Keeping
from signpost_bot.model import (
    Answer,
    Choice,
    Paragraph,
    Place,
    Question,
    Reply,
    Signpost,
    Suggestion,
    Waiting,
)
from signpost_bot.questions.export import seen
from signpost_bot.questions.records import (
    Record,
    of_answer,
    of_suggestion,
    of_unhelpful,
    today,
)
from signpost_bot.questions.review import Need, Queue
from signpost_bot.replies import wording
from signpost_bot.signposter import Signposter

_HELLO = (
    "Hello. I can tell you where to turn when you look after someone.\n"
    "Say in your own words what is going on. Press Enter on an empty line to leave.\n"
    'If an answer does not help, type "no help". To tell us of a service, type "suggest".'
)
_NO_HELP = ("no help", "not helpful")
_STYLES = {"plain": "", "heading": "bold", "urgent": "bold red"}


def chat(
    signposter: Signposter, console: Console, keeping: Keeping, place: Place | None = None
) -> None:
    """Ask and answer until an empty line, the end of the input, or Ctrl-C."""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # bytes that are no text
    console.print(Text(_HELLO))
    conversation = _Conversation(signposter, console, keeping, place)
    while text := _heard(console):
        conversation.said(text)
    console.print(Text("Take care of yourself too. Goodbye."))


@dataclass(slots=True)
class _Conversation:
    signposter: Signposter
    console: Console
    keeping: Keeping
    place: Place | None
    choices: Sequence[Choice] = ()
    asked: Question | None = None  # what a place alone would be the answer to
    last: tuple[Question, Answer] | None = None  # what "no help" is said of

    def said(self, text: str) -> None:
        """Whatever a person typed: a question, a choice, a place, or a word on how we do."""
        if self.last and text.casefold() in _NO_HELP:
            self._no_help(*self.last)
        elif text.casefold() == "suggest":
            self._suggested()
        else:
            self._asked(text)

    def _asked(self, text: str) -> None:
        places = self.signposter.only_place(text)
        if self.asked and len(places) > 1:
            self._show(wording.where(self.asked, self.asked.topic, places))
            return
        question = _question(text, self.choices, self.place, self.signposter)
        if self.asked and places:  # the answer to "where are you?": the last question again
            elsewhere = self.signposter.knowledge.areas.in_question(self.asked.text).rest
            question = replace(self.asked, text=elsewhere or self.asked.text, place=places[0])
        answer = self.signposter.answer(question)
        self.place = answer.place or self.place
        if answer.outcome != "smalltalk" and not self.signposter.only_place(question.text):
            self.asked = question
        self.last = question, answer
        self._show(answer.reply)
        record = of_answer(question, answer, today())
        if not record.waiting:
            self.keeping.keep(record)
        elif self.keeping.kept(record):
            self._tell(wording.PASSED_ON)

    def _no_help(self, question: Question, answer: Answer) -> None:
        if answer.urgent:
            self._tell(wording.NEVER_KEPT)
            return
        reasons = list(wording.REASONS)
        for number, reason in enumerate(reasons, 1):
            self.console.print(Text.assemble((f"  {number}. ", "bold"), wording.REASONS[reason]))
        self._tell("What was wrong? Type the number, or press Enter to leave it open.")
        number = _number(_heard(self.console), len(reasons))
        why = reasons[number - 1] if number else None
        self._pass_on(of_unhelpful(question, why, answer, today()))
        self.last = None

    def _suggested(self) -> None:
        self._tell(wording.SUGGEST)
        given: dict[str, str] = {}
        for field, about in wording.SUGGESTION_FIELDS.items():
            self.console.print(Text(about))
            if said := _heard(self.console):
                given[field] = said
            elif field == "name":
                self._tell("Nothing was sent.")
                return
        self._pass_on(of_suggestion(Suggestion(**given), "terminal", None, today()))

    def _pass_on(self, record: Record) -> None:
        kept = self.keeping.kept(record)
        self._tell(f"{wording.THANKS} {wording.PASSED_ON if kept else wording.NOT_PASSED_ON}")

    def _show(self, reply: Reply) -> None:
        self.choices = reply.choices
        show(reply, self.console)

    def _tell(self, sentence: str) -> None:
        self.console.print(Text(sentence, style="dim"))
        self.console.print()


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
    console.print(Padding(Text("\n").join(lines), (0, 0, 0, 3), expand=False))


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
    if number := _number(text, len(choices)):
        choice = choices[number - 1]
        found = signposter.place(choice.area) if choice.area else ()
        return Question(choice.question, place=found[0] if found else place, topic=choice.topic)
    return Question(text, place=place)


def _number(text: str, most: int) -> int:
    """Which of so many was chosen; 0 for none."""
    digits = text.rstrip(".)")  # "2.", as the choices are printed
    number = int(digits[:9]) if digits.isdecimal() else 0
    return number if number <= most else 0


# --- what waits for a maintainer --------------------------------------------------------


def show_queue(queue: Queue, most: int, console: Console) -> None:
    """The needs that most people asked about, then the suggestions. All of it is text."""
    if not queue.needs and not queue.suggestions:
        console.print("Nothing waits.")
        return
    for need in queue.needs[:most]:
        _show_need(need, console)
    if (more := len(queue.needs) - most) > 0:
        console.print(Text(f"{more} more needs: --most {len(queue.needs)} shows all.\n"))
    if queue.left_out:
        console.print(Text(f"{queue.left_out} older questions are not counted here.\n"))
    if queue.suggestions:
        console.print(Text("Services that people suggest", style="bold"))
    for one in queue.suggestions:
        lines = map(_one_line, _suggestion_lines(one))
        console.print(Padding(Text("\n".join(lines)), (0, 0, 1, 2), expand=False))
    asked = sum(need.count for need in queue.needs)
    console.print(
        Text(
            f"{len(queue.needs)} needs in {asked} questions, {len(queue.suggestions)} suggestions. "
            "'signpost-bot review export' writes all of them.",
            style="dim",
        )
    )


def _show_need(need: Need, console: Console) -> None:
    first, last = need.days
    days = f"on {first}" if first == last else f"{first} to {last}"
    console.print(Text.assemble((f"{need.count:4} ", "bold"), (_one_line(need.text), "bold cyan")))
    lines = [days]
    if need.wordings:
        lines.append("also: " + "; ".join(need.wordings[:3]))
    if need.topics:
        lines.append("nearest: " + ", ".join(f"{id} {score:.2f}" for id, score in need.topics))
    for what, counted in (
        ("where", need.places), ("why", need.reasons), ("shown", need.services)
    ):  # fmt: skip
        if counted:
            lines.append(f"{what}: " + ", ".join(f"{name} {n}" for name, n in counted[:5]))
    console.print(Padding(Text("\n".join(map(_one_line, lines))), (0, 0, 1, 5), expand=False))


def _suggestion_lines(one: Waiting) -> Iterator[str]:
    yield f"{one.day}"
    for field in fields(Suggestion):
        if value := getattr(one.suggestion, field.name):
            yield f"{field.name}: {value}"


def _one_line(text: str) -> str:
    """What people typed cannot move the cursor, hide, or pass for a line of ours."""
    return seen(" ".join(text.split()))
