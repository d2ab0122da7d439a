"""Serves the Orders API: serve.py <port> [uvicorn's files for TLS], with 0 for any free port.

Says in one line of JSON on standard output when it listens.
"""
import json
import os
import sys

import uvicorn


class Server(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets=sockets)
        if self.should_exit:
            return
        port = self.servers[0].sockets[0].getsockname()[1]
        scheme = "https" if self.config.is_ssl else "http"
        print(json.dumps({"url": f"{scheme}://127.0.0.1:{port}", "pid": os.getpid()}), flush=True)


port, *certificate = sys.argv[1:]
key_file, cert_file = certificate or (None, None)
Server(
    uvicorn.Config(
        "app:app",
        host="127.0.0.1",
        port=int(port),
        ssl_keyfile=key_file,
        ssl_certfile=cert_file,
        access_log=False,
        log_level="warning",
        # Room for many users who connect in one instant, and no idle connection that closes while its user thinks.
        backlog=4096,
        timeout_keep_alive=3600,
    )
).run()
