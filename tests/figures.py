"""Figures that a run measures, printed under its results for whoever reads them."""

_LINES: list[str] = []


def show(title: str, *lines: str) -> None:
    """To be printed at the end of the run."""
    _LINES.extend(["", title, *(f"  {line}" for line in lines)])


def add(lines: list[str]) -> None:
    """What another process of the same run has to show."""
    _LINES.extend(lines)


def shown() -> list[str]:
    return _LINES
