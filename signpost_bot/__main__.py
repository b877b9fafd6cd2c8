"""``python -m signpost_bot`` does what ``signpost-bot`` does."""

from signpost_bot.cli import main

main()
