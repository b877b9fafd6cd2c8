"""The HTTP side: one address for all methods, served from a thread of its own."""

import asyncio
import contextlib
import re
import socket
import threading
import traceback
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from telegram_standin.errors import RefusedError, too_many
from telegram_standin.faults import Dropped, Fault, Flooded, ServerError, Slow
from telegram_standin.methods import METHODS, carry_out
from telegram_standin.parameters import Parameters, read
from telegram_standin.state import State
from telegram_standin.world import Json

T = TypeVar("T")

_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{10,}")
_NOT_IN_AN_ANSWER = {"setwebhook", "deletewebhook", "close", "logout"}


class Server:
    """Serves one state on a free port of this machine until it is stopped."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.loop = asyncio.new_event_loop()
        self._socket = _free_port()
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._server = _Server(
            uvicorn.Config(
                create_app(state),
                http=_Protocol,
                ws="none",
                lifespan="off",
                log_level="critical",
                access_log=False,
                date_header=False,
            )
        )
        self._thread = threading.Thread(target=self._serve, name="telegram", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self.state.updates.close(), self.loop).result(5)
        self.loop.call_soon_threadsafe(self._server.stopping.set)
        self._thread.join(10)
        self._socket.close()

    def do(self, act: Callable[[], T]) -> T:
        """What ``act`` returns, carried out in the server's loop: it takes an instant."""
        done: Future[T] = Future()

        def carry() -> None:
            try:
                done.set_result(act())
            except BaseException as error:
                done.set_exception(error)

        self.loop.call_soon_threadsafe(carry)
        return done.result(10)

    async def wait(self, waiting: Coroutine[Any, Any, T]) -> T:
        """What a coroutine returns in the server's loop."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(waiting, self.loop))

    def _serve(self) -> None:
        with contextlib.closing(self.loop):
            asyncio.set_event_loop(self.loop)
            self.loop.run_until_complete(self._server.serve(sockets=[self._socket]))
            self.loop.run_until_complete(self.loop.shutdown_asyncgens())


def _free_port() -> socket.socket:
    # Said to be TCP, or asyncio leaves Nagle's delay on: 40 ms for each answer.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen(256)
    return listening


class _Server(uvicorn.Server):
    """Stops at once: uvicorn's own way looks every tenth of a second, too long for each test."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.stopping = asyncio.Event()

    async def main_loop(self) -> None:
        await self.stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        tasks = list(self.server_state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)


class _Protocol(H11Protocol):
    """Lets a call see its own connection, so that it can be broken."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


def create_app(state: State) -> Starlette:
    async def called(body: Json) -> None:
        await _in_an_answer(state, body)

    state.updates.called = called

    async def call(request: Request) -> Response:
        return await _call(state, request)

    routes = [Route("/bot{token}/{method}", call, methods=["GET", "POST"])]
    not_found = {404: _not_found, 405: _not_found}
    return Starlette(routes=routes, exception_handlers=not_found)


async def _not_found(request: Request, error: Exception) -> Response:
    return _refused(RefusedError(404, "Not Found"))


async def _call(state: State, request: Request) -> Response:
    token, name = request.path_params["token"], request.path_params["method"]
    if not _TOKEN.fullmatch(token):
        return _refused(RefusedError(404, "Not Found"))
    if token != state.token:
        return _refused(RefusedError(401, "Unauthorized"))
    known = METHODS.get(name.lower())
    fault = state.faults.for_call(known.name if known else name)
    if isinstance(fault, Slow):
        await asyncio.sleep(fault.seconds)
    try:
        parameters = await read(request)
        if fault and (broken := await _break(request, fault)):
            return broken
        result = await carry_out(state, name, parameters)
    except RefusedError as refusal:
        return _refused(refusal)
    except Exception:
        state.complain(f"{name}: the stand-in itself failed:\n{traceback.format_exc()}")
        return _refused(RefusedError(500, "Internal Server Error"))
    if fault == Dropped(accepted=True):
        return await _drop(request)
    return JSONResponse({"ok": True, "result": result})


async def _break(request: Request, fault: Fault) -> Response | None:
    """The answer to a call that fails before anything is done; None when it goes on."""
    match fault:
        case ServerError(502):
            return HTMLResponse("<html><h1>502 Bad Gateway</h1></html>", 502)
        case ServerError(status):
            return _refused(RefusedError(status, "Internal Server Error"))
        case Flooded(seconds):
            return _refused(too_many(seconds))
        case Dropped(accepted=False):
            return await _drop(request)
    return None


async def _drop(request: Request) -> Response:
    request.scope["state"]["transport"].abort()
    await asyncio.sleep(0)  # uvicorn learns that the other side is gone, and says nothing
    return Response()


def _refused(refusal: RefusedError) -> Response:
    return JSONResponse(refusal.to_json(), refusal.code)


async def _in_an_answer(state: State, body: Json) -> None:
    """A method call in a webhook's answer: carried out, its result told to nobody."""
    name = str(body.pop("method"))
    if name.lower() in _NOT_IN_AN_ANSWER or name.lower().startswith("get"):
        state.complain(f"{name} in a webhook's answer is ignored")
        return
    try:
        await carry_out(state, name, Parameters(body))
    except RefusedError as refusal:
        state.complain(f"{name} in a webhook's answer was refused: {refusal}")
