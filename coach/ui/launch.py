"""Open the coach in the browser: on this computer only, with nothing sent or kept elsewhere."""

import ipaddress
import os
import sys
import time
from collections.abc import Callable
from typing import Any

from coach.coach import Coach
from coach.errors import UsageError
from coach.library.documents import LARGEST_FILE
from coach.ui.theme import head, theme

# Should the page ever ask for something from elsewhere, the browser refuses. Gradio compiles templates
# and styles in the page, hence the two `unsafe`.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; worker-src 'self' blob:; "
    "connect-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-dns-prefetch-control", b"off"),
)
_SESSIONS = 2000  # of tabs and of scripts' calls, which go when as many newer ones are there; 50 KB each


class _Private:
    """ASGI middleware that adds the headers above to every response."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *_HEADERS]}
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def serve(
    coach: Coach,
    host: str = "127.0.0.1",
    port: int = 7860,
    *,
    share: bool = False,
    wait: bool = True,
    open_browser: bool = False,
    ready: Callable[[str], None] | None = None,
) -> Any:
    """Serve the pages and start loading the models behind them.

    Args:
        coach: what the pages talk to; its `warm_up` is called once the page answers.
        host: address to listen on; anything but loopback lets others on the network in.
        port: TCP port.
        share: open a public tunnel through Gradio's servers; whoever has its address can use the coach.
        wait: serve until interrupted. False: return the running gradio `Blocks`, to be closed by the caller.
        open_browser: open a tab.
        ready: told the address, once the page can be opened.

    Raises:
        UsageError: the port is taken.
        KeyboardInterrupt: `wait` was interrupted; the server is closed.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    # Gradio sums up its own use after every call, for a page that is off.
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)
    # Gradio asks its own server whether it is up; a proxy must not be in between.
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), "127.0.0.1", "localhost", "::1"]))

    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from coach.ui.pages import pages
    from coach.ui.sessions import keep_sessions

    middleware = [Middleware(_Private)]
    if _is_loopback(host) and not share:
        # A page from elsewhere can't reach in by giving its own name this address.
        allowed = ["127.0.0.1", "localhost", "[::1]", host]
        middleware.append(Middleware(TrustedHostMiddleware, allowed_hosts=allowed))
    blocks = pages(coach)
    try:
        blocks.launch(
            server_name=host,
            server_port=port,
            prevent_thread_lock=True,
            quiet=True,
            inbrowser=open_browser,
            share=share,
            run_history=False,
            enable_monitoring=False,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            max_file_size=LARGEST_FILE,
            state_session_capacity=_SESSIONS,
            footer_links=[],
            theme=theme(),
            head=head(),
            app_kwargs={"middleware": middleware},
        )
    except OSError:
        raise UsageError(
            f"Port {port} on {host} can't be used, it may be taken: choose another with --port."
        ) from None
    keep_sessions(blocks)
    coach.warm_up()
    if ready is not None:
        ready(blocks.share_url or blocks.local_url)
    if not wait:
        return blocks
    try:
        while True:
            time.sleep(3600)
    finally:
        blocks.close(verbose=False)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
