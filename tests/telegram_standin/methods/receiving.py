"""getMe, and how the bot wants to hear of updates."""

import re
from typing import Any
from urllib.parse import urlsplit

from telegram_standin.errors import bad
from telegram_standin.methods.registry import method
from telegram_standin.parameters import Parameters
from telegram_standin.state import State
from telegram_standin.updates import Webhook
from telegram_standin.world import Json

_PORTS = {None, 443, 80, 88, 8443}
_HERE = {"127.0.0.1", "localhost"}


@method("getMe")
def get_me(state: State, parameters: Parameters) -> Json:
    return state.bot.to_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not state.rules.privacy,
        "supports_inline_queries": state.rules.inline,
        "supports_guest_queries": state.rules.guests,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("getUpdates", "offset limit timeout allowed_updates")
async def get_updates(state: State, parameters: Parameters) -> list[Json]:
    state.updates.allow(parameters.nested("allowed_updates"))
    return await state.updates.get(
        parameters.whole("offset"), parameters.whole("limit", 100), parameters.whole("timeout")
    )


@method(
    "setWebhook",
    "url certificate ip_address max_connections allowed_updates drop_pending_updates secret_token",
)
async def set_webhook(state: State, parameters: Parameters) -> bool:
    url, secret = parameters.text("url"), parameters.text("secret_token")
    if not url:
        return await delete_webhook(state, parameters)
    if fault := _fault_of(url):
        raise bad(f"bad webhook: {fault}")
    if len(secret) > 256:
        raise bad("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad("secret token contains unallowed characters")
    if "certificate" in parameters or "ip_address" in parameters:
        state.complain("setWebhook: certificate and ip_address are not modelled")
    connections = min(max(parameters.whole("max_connections", 40), 1), 100)
    if parameters.flag("drop_pending_updates"):
        state.updates.drop()
    state.updates.allow(parameters.nested("allowed_updates"))
    await state.updates.use_webhook(Webhook(state.updates, url, secret, connections))
    return True


def _fault_of(url: str) -> str | None:
    parts = urlsplit(url)
    if parts.hostname in _HERE:
        return None  # as Telegram's own server in local mode, or no test could receive anything
    if parts.scheme != "https":
        return "An HTTPS URL must be provided for webhook"
    if parts.port not in _PORTS:
        return "Webhook can be set up only on ports 80, 88, 443 or 8443"
    return None


@method("deleteWebhook", "drop_pending_updates")
async def delete_webhook(state: State, parameters: Parameters) -> bool:
    if parameters.flag("drop_pending_updates"):
        state.updates.drop()
    await state.updates.use_webhook(None)
    return True


@method("getWebhookInfo")
def get_webhook_info(state: State, parameters: Parameters) -> Json:
    webhook = state.updates.webhook
    described: dict[str, Any] = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates.pending),
    }
    if webhook:
        described["max_connections"] = webhook.connections
        if webhook.last_error:
            when, what = webhook.last_error
            described |= {"last_error_date": when, "last_error_message": what}
    if state.updates.allowed:
        described["allowed_updates"] = state.updates.allowed
    return described
