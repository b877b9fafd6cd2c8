"""How long a person waits, what it takes, and how that grows with the knowledge.

    python benchmarks/speed.py [--quick]

README.md beside this file says what is measured and how.
"""

from __future__ import annotations

import os

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
os.environ.update(dict.fromkeys(ONE_THREAD, "1"))  # before numpy is first imported

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np

    from signpost_bot.knowledge import Knowledge
    from signpost_bot.model import Place, Service

# Nothing large is imported up here: what a child of this process is said to need at its peak
# is never less than what its parent had when it was started.

SIZES = (1_000, 10_000, 100_000)  # services
STARTS = 5  # of each process; the middle one counts

ASKED = """
how do i get a blue badge for mum
can i claim carers allowance while i work part time
who can sit with my husband so i can get to the shops
dad has been told he can come out of hospital but i cant cope
what happens to my brother when our parents die
respite for my son with autism in the holidays
mum keeps asking for her own mother what do i say
need a ramp at the front door
my wife is scared of falling in the shower
is there help with the heating bill for disabled people
they turned down my pip appeal
i am 15 and i look after my mum
how much does a care home cost
will we have to sell the house to pay for care
power of attorney before it is too late
lift to hospital appointments
incontinence pads delivered to the house
cant get a gp appointment for nan
my boss will not give me time off for my dad's operation
someone to talk to at night when i cant sleep
support group for partners of people with parkinsons
grants for a washing machine
council tax reduction carer
my sister has schizophrenia and wont take her tablets
where can i borrow a wheelchair for a weekend
key safe on the wall
meals delivered to an elderly man who cant cook
what do i need to do when somebody dies
day centre for people with learning disabilities
carers assessment how long does it take
how do i complain about the care agency
my daughter is being bullied at her special school
ehcp refused what now
nobody tells me anything at the hospital
help with an alcoholic partner
stairlift second hand or new
can a neighbour be paid out of a direct payment
free prescriptions
tv licence for over 75s
my english is not good who can help with forms
mum has had a stroke and cant find her words
can i get a holiday with someone to look after him there
emergency card in case something happens to me
he wanders off at night and i worry
gardening for someone who is blind
hearing aid batteries
volunteering to walk the dog for a sick lady
how to lift dad out of bed without hurting my back
nursing at home for the last weeks
bus pass for a carer
""".strip().splitlines()
PLACES = ("Lewisham", "SE6", "Leeds", "Cardiff", "Glasgow", "Belfast", "Kent", "Truro", "Wales")


def questions() -> list[str]:
    """Each of the above plainly, with a place, mistyped, and inside a long message."""
    from matching import mistyped

    rng = random.Random(0)
    found = []
    for i, asked in enumerate(ASKED):
        around = (
            f"Hello, I have looked after my mother for {3 + i % 9} years and it never gets easier. "
            f"{asked.capitalize()}? I work three days a week and there is only me. Thank you."
        )
        found += [asked, f"{asked} in {PLACES[i % len(PLACES)]}", mistyped(asked, rng), around]
    rng.shuffle(found)
    return found


# --- one question -----------------------------------------------------------------------


def one_question(rounds: int) -> Iterator[str]:
    from signpost_bot.knowledge import load_knowledge
    from signpost_bot.meaning import Encoder
    from signpost_bot.meaning.danger import DangerReader
    from signpost_bot.model import Question
    from signpost_bot.settings import cache_folders
    from signpost_bot.signposter import Signposter

    encoder, reader = Encoder.load(threads=1), DangerReader.load(threads=1)
    signposter = Signposter.build(load_knowledge(), encoder, cache_folders(), reader=reader)
    texts = questions()
    for text in texts[:20]:
        signposter.answer(Question(text))
    encoding, hearing, answering = [], [], []
    for text in texts * rounds:
        encoding.append(milliseconds(lambda text=text: encoder.encode([text])))
        hearing.append(milliseconds(lambda text=text: reader.read(text)))
        answering.append(milliseconds(lambda text=text: signposter.answer(Question(text))))
    yield f"One question ({len(texts)} of them, {rounds} times over, one after the other)"
    both = [one + other for one, other in zip(encoding, hearing, strict=True)]
    yield f"  {'encoding alone':<18} {_percentiles(encoding)}"
    yield f"  {'and for danger':<18} {_percentiles(both)}"
    yield f"  {'the whole answer':<18} {_percentiles(answering)}"
    ratios = [percentile(answering, 50) / percentile(alone, 50) for alone in (both, encoding)]
    yield (
        f"  the answer takes {ratios[0]:.2f} times as long as its two networks, "
        f"{ratios[1]:.2f} times as long as the one for meaning, at p50"
    )


# --- starting ---------------------------------------------------------------------------


def starting() -> Iterator[str]:
    asking = [sys.executable, "-m", "signpost_bot", "ask", ASKED[0]]
    bare = [sys.executable, "-c", "import onnxruntime, numpy"]
    with tempfile.TemporaryDirectory() as cache:
        env = {**os.environ, "XDG_CACHE_HOME": cache}
        cold = [child(asking, env)]
        warm, peer = [], []
        for _ in range(STARTS):
            warm.append(child(asking, env))
            peer.append(child(bare, env))
    learned = any((Path(__file__).parent.parent / "signpost_bot" / "learned").glob("*.npz"))
    empty = "the cache empty, but learned files beside the program" if learned else "nothing kept"
    yield "From starting the process to the first answer and its end"
    yield f"  {'kept (warm)':<18} {_of_child(warm)}"
    yield f"  {'cold':<18} {_of_child(cold)}  ({empty})"
    yield f"  {'bare imports':<18} {_of_child(peer)}  (python -c 'import onnxruntime, numpy')"


def child(command: Sequence[str], env: Mapping[str, str]) -> tuple[float, float]:
    """Seconds and megabytes (at their peak) that a process takes."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed: run it by itself to see why.")
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    return time.perf_counter() - start, used.ru_maxrss * unit / 1e6


def _of_child(runs: Sequence[tuple[float, float]]) -> str:
    seconds = percentile([s for s, _ in runs], 50)
    megabytes = max(m for _, m in runs)
    return f"{seconds:7.2f} s   {megabytes:6.0f} MB at the peak"


# --- growing ----------------------------------------------------------------------------


def growing(sizes: Sequence[int]) -> Iterator[str]:
    yield "More services (made up; a stand-in for the encoder, which hashes words, so that only"
    yield "what we do beside encoding is measured; each size in a process of its own)"
    yield (
        f"  {'services':>9}  {'examples':>9}  {'build s':>8}  {'match+select ms p50':>19}  "
        f"{'p99':>6}  {'whole answer ms p50':>19}  {'MB at the peak':>14}"
    )
    first: dict[str, float] = {}
    for size in sizes:
        own = [sys.executable, __file__, "--services", str(size)]
        done = subprocess.run(own, check=False, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{' '.join(own)} failed:\n{done.stderr}")
        found = json.loads(done.stdout)
        first = first or found
        yield (
            f"  {size:>9,}  {found['examples']:>9,}  {found['build']:>8.1f}  {found['p50']:>19.2f}"
            f"  {found['p99']:>6.2f}  {found['whole']:>19.2f}  {found['peak']:>14.0f}"
        )
        if found is not first:
            yield (
                f"  {size // sizes[0]:>8,}x the services: {found['p50'] / first['p50']:.1f}x the "
                f"time, {found['whole'] / first['whole']:.1f}x for the whole answer, "
                f"{found['peak'] / first['peak']:.1f}x the memory"
            )


def with_services(size: int) -> dict[str, float]:
    """Build a knowledge of this size and ask it; in a process that does nothing else."""
    from signpost_bot.knowledge import load_knowledge
    from signpost_bot.meaning import Encoder
    from signpost_bot.model import Question
    from signpost_bot.signposter import Signposter

    knowledge = load_knowledge()
    knowledge = replace(knowledge, services=made_up(size, knowledge))
    encoder = StandIn(Encoder.load(threads=1))
    start = time.perf_counter()
    signposter = Signposter.build(knowledge, encoder)
    build = time.perf_counter() - start

    texts = questions()
    places = [None, *(place for name in PLACES for place in signposter.place(name)[:1])]
    rng = random.Random(0)
    asked = [(text, rng.choice(places)) for text in texts]
    for text, place in asked[:20]:
        signposter.answer(Question(text, place=place))
    matching = [milliseconds(lambda a=a: match_and_select(signposter, *a)) for a in asked]
    whole = [milliseconds(lambda a=a: signposter.answer(Question(a[0], place=a[1]))) for a in asked]
    return {
        "examples": len(signposter.matcher.examples),
        "build": build,
        "p50": percentile(matching, 50),
        "p99": percentile(matching, 99),
        "whole": percentile(whole, 50),
        "peak": peak(),
    }


def match_and_select(signposter: Any, text: str, place: Place | None) -> None:
    """What lies between a question and its services, whatever is decided."""
    from signpost_bot.matching.selecting import select

    reading = signposter.matcher.read(text)
    decision = signposter.matcher.judge(reading)
    needs = decision.needs or [decision.matches[0].label]
    select(needs, reading, signposter.knowledge, signposter.fit, place=place)


def made_up(size: int, knowledge: Knowledge) -> dict[str, Service]:
    """Services of councils, regions and nations, spread evenly over all topics."""
    from signpost_bot.model import Service

    rng = random.Random(0)
    topics, areas = list(knowledge.topics.values()), list(knowledge.areas.areas.values())
    nations = ("england", "scotland", "wales", "northern-ireland")
    kinds = ("Helpline", "Project", "Centre", "Trust", "Network", "Advice", "Friends", "Hub")
    found = {}
    for i in range(size):
        topic, area = topics[i % len(topics)], rng.choice(areas)
        local = rng.random() < 0.9
        name = f"{area.name} {topic.title} {rng.choice(kinds)} {i}"
        asks = [_reworded(rng.choice(topic.asks), area.name, rng) for _ in range(3)]
        found[f"made-up-{i}"] = Service(
            id=f"made-up-{i}",
            name=name,
            organisation=f"{area.name} {rng.choice(kinds)} {rng.randrange(size)}",
            what=f"{topic.covers} {rng.choice(topic.asks)}",
            who_for="Anyone who looks after someone.",
            nations=(area.nation,) if local else nations,
            topics=(topic.id, rng.choice(topics).id),
            asks=tuple(asks),
            url=f"https://example.org/{i}",
            phone=f"01632 96{i % 10_000:04}",
            areas=(area.id,) if local else (),
            seen="2026",
        )
    return found


def _reworded(ask: str, area: str, rng: random.Random) -> str:
    """The ask with some of its words left out and a place put in, so that no two are the same."""
    words = [word for word in ask.split() if rng.random() < 0.8]
    words.insert(rng.randrange(len(words) + 1), area)
    return " ".join(words)


class StandIn:
    """Hashes each word into 384 numbers and adds them up: as large as the model's, and quick."""

    fingerprint = "stand-in"

    def __init__(self, encoder: Any) -> None:
        self.known_word: Callable[[str], bool] = encoder.known_word
        self._of_word: dict[str, np.ndarray] = {}

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        import numpy as np

        found = np.zeros((len(texts), 384), np.float32)
        for row, text in enumerate(texts):
            for word in text.split():
                found[row] += self._word(word)
            found[row] /= max(float(np.linalg.norm(found[row])), 1e-9)
        return found

    def _word(self, word: str) -> np.ndarray:
        import numpy as np

        if word not in self._of_word:
            rng = np.random.default_rng(crc32(word.encode("utf-8", "replace")))
            self._of_word[word] = rng.standard_normal(384).astype(np.float32)
        return self._of_word[word]


def peak() -> float:
    """Megabytes that this process had at its peak."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


# --- shared -----------------------------------------------------------------------------


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def percentile(values: Sequence[float], share: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) * share // 100, len(ordered) - 1)]


def _percentiles(values: Sequence[float]) -> str:
    return f"{percentile(values, 50):6.2f} ms p50  {percentile(values, 99):6.2f} ms p99"


def main() -> None:
    parser = argparse.ArgumentParser(description="How long a person waits, and what it takes.")
    parser.add_argument("--quick", action="store_true", help="no cold start, no 100,000 services")
    parser.add_argument("--services", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.services:
        print(json.dumps(with_services(asked.services)))
        return
    parts: list[Iterator[str]] = [] if asked.quick else [starting()]
    parts += [growing(SIZES[:2] if asked.quick else SIZES), one_question(1 if asked.quick else 3)]
    for part in parts:
        for line in part:
            print(line, flush=True)
        print()
    from matching import machine

    print(machine().strip())


if __name__ == "__main__":
    main()
