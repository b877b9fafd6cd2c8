"""What ``/metrics`` tells whoever looks after the machine: counts and times, never words or ids."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from signpost_bot.questions.records import Record

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """Counts from the start of this copy on."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._outcomes = Counter(
            "signpost_outcomes",
            "Questions by what became of them; danger without its channel",
            ["channel", "outcome"],
            registry=self.registry,
        )
        self._updates = Counter(
            "signpost_updates", "Updates of Telegram, finished", ["kind"], registry=self.registry
        )
        self._update_seconds = Histogram(
            "signpost_update_seconds",
            "From hearing of an update to having finished it",
            registry=self.registry,
            buckets=_SECONDS,
        )
        self._wait_seconds = Histogram(
            "signpost_send_wait_seconds",
            "How long a message waited to keep within Telegram's limits",
            registry=self.registry,
            buckets=_SECONDS,
        )
        self._retries = Counter(
            "signpost_send_retries", "Calls to Telegram that were tried again",
            registry=self.registry,
        )  # fmt: skip
        self._errors = Counter(
            "signpost_errors", "What went wrong, by its kind", ["kind"], registry=self.registry
        )

    def asked(self, record: Record) -> None:
        """Something was asked, and this is what became of it."""
        for tally in record.tallies:
            if tally.about in ("outcome", "danger"):
                outcome = tally.name if tally.about == "outcome" else "urgent"
                self._outcomes.labels(tally.channel, outcome).inc(tally.number)

    def update_finished(self, kind: str, seconds: float) -> None:
        self._updates.labels(kind).inc()
        self._update_seconds.observe(seconds)

    def sending(self, what: str, amount: float) -> None:
        """Takes what the limiter tells."""
        if what == "waited":
            self._wait_seconds.observe(amount)
        else:
            self._retries.inc(amount)

    def failed(self, error: BaseException) -> None:
        self._errors.labels(type(error).__name__).inc()

    async def show(self, request: Request) -> Response:
        """``GET /metrics``, as Prometheus reads it."""
        text = generate_latest(self.registry)
        return Response(
            text, headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
        )
