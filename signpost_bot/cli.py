"""The commands. Each does its job and exits 0, says in a sentence why it cannot and exits 1,
or explains its usage and exits 2."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from signpost_bot import __version__
from signpost_bot.composing import (
    make_keeper,
    make_keeping,
    make_signposter,
    make_telegram,
    taught_matcher,
    with_store,
)
from signpost_bot.errors import InputError, SignpostError
from signpost_bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from signpost_bot.model import Answer, Place
    from signpost_bot.questions.review import Queue
    from signpost_bot.signposter import Signposter
    from signpost_bot.store import Store

_LONGEST_LINE = 1 << 20  # bytes read of one line of standard input


class _PlainErrors(click.Group):
    """What we raise on purpose reaches a person as one sentence, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SignpostError as error:
            raise click.ClickException(str(error)) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort, EOFError):
            raise
        except BrokenPipeError:
            # whoever read our output has gone: there is nobody left to tell
            sys.stdout = None
            ctx.exit(0)
        except Exception as fault:
            if sys.flags.dev_mode:  # python -X dev: whoever mends the program wants the trace
                raise
            raise click.ClickException(
                f"This is a fault in Signpost itself, not in what you did ({fault!r}). "
                "Please tell us what you typed."
            ) from None


@click.group(cls=_PlainErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Tells people who look after someone where to turn."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a pound sign must not stop us on an old terminal


@main.command()
def run() -> None:
    """Run everything that is configured: the web page, its API, and the bot in Telegram."""
    # Many are answered side by side: threads of numpy's own would only be in their way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    import uvicorn

    from signpost_bot import logs
    from signpost_bot.channels.serving import Server
    from signpost_bot.channels.web.app import create_app

    # Whoever stops us has got what they wanted. The server hands signals on once it has closed.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, _stop)
    logs.start()
    settings = read_settings()
    _check_port(settings)
    signposter = make_signposter(settings, at_any_price=True)
    keeper = make_keeper(settings, signposter)
    wrong: list[str] = []

    def give_up(sentence: str) -> None:
        wrong.append(sentence)
        server.should_exit = True

    app = create_app(
        signposter,
        keeper,
        operator=settings.operator,
        retention_days=settings.retention_days,
        telegram=make_telegram(settings, signposter, keeper, give_up),
    )
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,  # its lines take the form of ours
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,  # seconds for what is being answered
    )
    server = Server(config, app.state.telegram)
    click.echo(f"Ready: http://{settings.host}:{settings.port}/  (Ctrl-C stops it)", err=True)
    server.run()
    if wrong:
        raise InputError(wrong[0])


@main.command()
@click.argument("question", nargs=-1)
@click.option("--area", help="Where: a postcode, town, council or nation, such as SE6.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--why", is_flag=True, help="Show which examples and words decided.")
def ask(question: tuple[str, ...], area: str | None, as_json: bool, why: bool) -> None:
    """Answer one QUESTION, or each line of standard input."""
    from signpost_bot.model import Question
    from signpost_bot.questions.records import of_answer, today
    from signpost_bot.replies import wording

    settings = read_settings()
    texts = [_well_formed(" ".join(question))] if question else _lines()
    try:
        signposter = make_signposter(settings)
    except SignpostError:
        _danger_alone(texts, as_json)
        raise
    place = _place(signposter, area) if area else None
    with make_keeping(settings, signposter) as keeping:
        for text in texts:
            start = time.perf_counter()
            asked = Question(text, place=place)
            answer = signposter.answer(asked, why=why)
            took = (time.perf_counter() - start) * 1000
            _print(_as_json(text, answer, took) if as_json else _as_text(answer, why))
            record = of_answer(asked, answer, today())
            if as_json or not record.waiting:
                keeping.keep(record)
            elif keeping.kept(record):
                _print(wording.PASSED_ON + "\n")


@main.command()
@click.option("--area", help="Where you are: a postcode, town, council or nation.")
def chat(area: str | None) -> None:
    """Have a conversation in the terminal."""
    from rich.console import Console

    from signpost_bot.channels import terminal

    settings = read_settings()
    signposter = make_signposter(settings)
    place = _place(signposter, area) if area else None
    with make_keeping(settings, signposter) as keeping:
        terminal.chat(signposter, Console(highlight=False), keeping, place)


@main.command()
@click.argument("pack", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object with all problems.")
@click.option("--asks", is_flag=True, help="Try every ask, even if that takes minutes.")
def check(pack: tuple[Path, ...], as_json: bool, asks: bool) -> None:
    """Check the knowledge: the national pack with each PACK laid over it."""
    from signpost_bot.curation import check as checking
    from signpost_bot.knowledge import NATIONAL_PACK

    if not asks:
        # For one short ask at a time, a second thread of numpy's costs more than it brings.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    settings = read_settings()
    folders = [NATIONAL_PACK, *(pack or settings.own_packs)]
    matcher = taught_matcher(settings, folders if asks else None)
    most = sys.maxsize if asks else checking.MOST_NEW_ASKS
    checked = checking.check(folders, date.today(), matcher, most_asks=most)
    problems, entries, untried = checked
    errors = sum(p.severity == "error" for p in problems)
    summary = f"{entries} entries: {errors} errors, {len(problems) - errors} warnings."
    if as_json:
        from dataclasses import asdict

        found = {"entries": entries, "errors": errors, "problems": [asdict(p) for p in problems]}
        _print(json.dumps(found, indent=1))
    else:
        for problem in problems:
            _print(f"{problem.severity}: {problem}")
        _print(summary)
    if matcher is None:
        click.echo(
            "Whether each ask finds its own topic was not tried, because the knowledge has "
            "changed since it was last learned. 'signpost-bot check --asks' does both.",
            err=True,
        )
    elif untried:
        click.echo(
            f"{untried} new asks were not tried on the bot, to be quick. "
            "'signpost-bot check --asks' tries them all.",
            err=True,
        )
    if errors:
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("file", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--why", is_flag=True, help="Show every question that was missed, and why.")
def evaluate(file: tuple[Path, ...], as_json: bool, why: bool) -> None:
    """Measure answer quality on labelled questions, a JSON object a line."""
    from signpost_bot.curation import evaluate as measuring

    rows = list(measuring.read_rows(file))
    if not rows:
        raise InputError(f"{', '.join(map(str, file))}: no questions in there.")
    signposter = make_signposter(read_settings())
    report = measuring.evaluate(rows, signposter.answer)
    if as_json:
        _print(json.dumps(report.as_json(), indent=1))
        return
    for share in report.shares:
        _print(str(share))
    p50, p99 = report.milliseconds
    _print(f"{'milliseconds':<30} {p50} at p50, {p99} at p99")
    _print(f"{'outcomes':<30} " + ", ".join(f"{k} {n}" for k, n in report.outcomes.items()))
    for miss in report.misses if why else ():
        found = ", ".join(f"{m.label} {m.score:.2f}" for m in miss.answer.topics[:3])
        wanted = ", ".join(miss.row.topics) or (
            "out of scope" if miss.row.answerable is False else "any"
        )
        _print(f"\n{miss.what}: {miss.row.text!r}")
        _print(f"  wanted: {wanted}; danger {miss.row.urgent}")
        _print(f"  {miss.answer.outcome}: {found}; danger {miss.answer.urgent}")


@main.group(invoke_without_command=True)
@click.option("--most", default=20, show_default=True, help="How many needs to show.")
@click.pass_context
def review(ctx: click.Context, most: int) -> None:
    """Read what waits for a maintainer, most asked first."""
    if ctx.invoked_subcommand:
        return
    from rich.console import Console

    from signpost_bot.channels.terminal import show_queue

    show_queue(_queue(), most, Console(highlight=False))


@review.command()
@click.option(
    "--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True
)
@click.option("--to", type=click.Path(path_type=Path), help="A file. When absent, to the screen.")
def export(form: str, to: Path | None) -> None:
    """Write all that waits as CSV, safe to open in a spreadsheet, or as JSON."""
    from signpost_bot.questions.export import as_csv, as_json

    queue = _queue()
    text = as_csv(queue) if form == "csv" else as_json(queue)
    if to is None:
        _print(text.rstrip("\n"))
        return
    _write_file(to, text)
    waiting = sum(need.count for need in queue.needs) + len(queue.suggestions)
    click.echo(f"{waiting} written to {to}.", err=True)


@main.command()
@click.option(
    "--days",
    type=click.IntRange(0, 36_500),
    help="Older than so many days. When absent, SIGNPOST_RETENTION_DAYS.",
)
@click.option("--id", "one", help="Only this one: its id, as 'review export' tells it.")
def forget(days: int | None, one: str | None) -> None:
    """Delete the words of questions that are older than the retention time."""
    from signpost_bot.questions import daily

    settings = read_settings()
    if one is not None:
        if not with_store(settings, lambda store: store.remove(one)):
            raise InputError(
                f"Nothing waits under the id {one!r}. 'signpost-bot review export' shows all ids."
            )
        _print("Deleted it, for good.")
        return
    days = settings.retention_days if days is None else days

    async def work(store: Store) -> int:
        now = datetime.now(UTC)
        await store.sweep(now)
        return await daily.forget(store, days, now)

    gone = with_store(settings, work)
    records = "1 record" if gone == 1 else f"{gone} records"
    _print(f"Deleted {records} older than {days} days, for good.")


# --- what the commands share ------------------------------------------------------------


def _queue() -> Queue:
    from signpost_bot.questions.review import queue

    return with_store(read_settings(), queue)


def _write_file(path: Path, text: str) -> None:
    """The whole file at once, or nothing."""
    draft = path.with_name(f".{path.name}.part")
    try:
        # what people asked is for nobody else on this machine
        with open(draft, "w", encoding="utf-8", newline="", opener=_private) as file:
            file.write(text)
        draft.replace(path)
    except OSError as wrong:
        draft.unlink(missing_ok=True)
        raise InputError(f"{path} cannot be written ({wrong.strerror}).") from None


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _danger_alone(texts: Iterable[str], as_json: bool) -> None:
    """Tell those in danger where help is, though nothing else can be answered."""
    from signpost_bot.matching.danger import find_danger
    from signpost_bot.model import Answer, Reply
    from signpost_bot.replies.danger import danger_reply

    for text in texts:
        if alarm := find_danger(text):
            answer = Answer("urgent", Reply(danger_reply(alarm)), urgent=alarm.kind)
            _print(_as_json(text, answer, 0.0) if as_json else _as_text(answer, False))


def _place(signposter: Signposter, words: str) -> Place:
    from signpost_bot.replies import wording

    found = signposter.place(words)
    if not found:
        raise InputError(wording.not_a_place(words))
    if len(found) > 1:
        names = "; ".join(place.name for place in found)
        raise InputError(f"There is more than one {words!r}. Say which one: {names}.")
    return found[0]


def _well_formed(argument: str) -> str:
    """Words from the command line; bytes that are no text are replaced."""
    return os.fsencode(argument).decode("utf-8", "replace")


def _lines() -> Iterator[str]:
    """Standard input line by line, as it comes; bytes that are no text are replaced."""
    stream = sys.stdin.buffer
    while line := stream.readline(_LONGEST_LINE):
        while not line.endswith(b"\n") and (rest := stream.readline(_LONGEST_LINE)):
            line = line if not rest.endswith(b"\n") else line + b"\n"
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _as_json(question: str, answer: Answer, milliseconds: float) -> str:
    from signpost_bot.channels.as_json import as_json

    return json.dumps(as_json(question, answer, milliseconds))


def _as_text(answer: Answer, why: bool) -> str:
    from signpost_bot.replies.text import as_text

    text = as_text(answer.reply)
    if why:
        text += "\n\nWhy:\n" + "\n".join(_reasons(answer))
    return text + "\n"


def _reasons(answer: Answer) -> Iterator[str]:
    for match in answer.topics:
        yield f"  {match.label} {match.score:.3f}"
        for evidence in match.because:
            words = f"  [{', '.join(evidence.shared)}]" if evidence.shared else ""
            yield f"    {evidence.likeness:.2f}  {evidence.text}{words}"


def _print(text: str) -> None:
    """To standard output at once, so that whoever reads a pipe waits for nothing."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _stop(signum: int, frame: object) -> NoReturn:
    raise SystemExit(0)


def _check_port(settings: Settings) -> None:
    import socket

    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((settings.host, settings.port))
    except OSError as wrong:
        raise InputError(
            f"The web page cannot listen on {settings.host}:{settings.port} ({wrong.strerror}). "
            "Set SIGNPOST_PORT to a free port, or stop what uses this one."
        ) from None
