"""What we raise on purpose: one small family, each message a sentence that says the way out."""


class SignpostError(Exception):
    """Base of all we raise on purpose; the command line prints it without a traceback."""


class KnowledgeError(SignpostError):
    """Something in a knowledge pack cannot be used."""


class ModelError(SignpostError):
    """The sentence model is missing or damaged."""


class SettingsError(SignpostError):
    """A setting cannot be used."""


class InputError(SignpostError):
    """What a person gave to a command cannot be used."""


class StoreError(SignpostError):
    """The database cannot be reached or cannot keep what it was given."""
