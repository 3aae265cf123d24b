"""Runs the live process under uvicorn until it is told to stop."""

import socket

import uvicorn

from kairos.live.app import LiveApp

_GRACE_SECONDS = 3


class LiveServer(uvicorn.Server):
    """Ends the open streams first, so that stopping takes no longer than it must."""

    def __init__(self, config: uvicorn.Config, app: LiveApp) -> None:
        super().__init__(config)
        self._live = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close the streams, then what is left."""
        self._live.close()
        await super().shutdown(sockets)


def run_live(*, uds: str | None, host: str, port: int) -> None:
    """Serve on a socket file, or on a port."""
    app = LiveApp()
    config = uvicorn.Config(
        app,
        uds=uds,
        host=host,
        port=port,
        lifespan="on",
        ws="none",
        http="h11",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    LiveServer(config, app).run()
