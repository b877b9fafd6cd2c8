"""Sentences to vectors: texts that mean alike lie close together, whatever their words."""

from signpost_bot.errors import ModelError
from signpost_bot.meaning.encoder import DIMENSIONS, Encoder

__all__ = ["DIMENSIONS", "Encoder", "ModelError"]
