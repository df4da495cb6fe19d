"""Serves moto, with our patches, for as long as the process that started it lives.

    python serve.py --host 127.0.0.1 --port 4566 < lifeline

The standard input is the lifeline: it is a pipe whose other end the parent holds. When the parent ends, however it
ends, the pipe closes and so does the server.
"""

import argparse
import json
import os
import sys
import threading
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from moto import __version__ as moto_version
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

import faults
import inventory
import patches

for file in sorted(Path(__file__).parent.glob("patches_*.py")):
    import_module(file.stem)

# No bucket name may hold an underscore, so these paths hide nothing of S3's.
OWN_PATHS = "/_landfall/"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def exit_with_parent() -> None:
    try:
        while os.read(sys.stdin.fileno(), 4096):
            pass
    finally:
        os._exit(0)


def with_own_paths(moto: Application) -> Application:
    """Adds what the AWS API has no request for: health, the list of what exists, the faults asked for,
    and the deployed code's download."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(OWN_PATHS):
            return moto(environ, start_response)
        name, *rest = path.removeprefix(OWN_PATHS).split("/")
        if name == "health":
            return respond(start_response, "application/json", json.dumps({"moto": moto_version, "pid": os.getpid()}))
        if name == "resources":
            return respond(start_response, "application/json", json.dumps(inventory.list_resources()))
        if name == "faults":
            return respond(start_response, "application/json", json.dumps(faults.own_path(environ)))
        code = patches.deployed_code(*rest) if name == "code" and len(rest) == 4 else None
        if code is None:
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"Not found\n"]
        return respond(start_response, "application/zip", code)

    return application


def respond(start_response: Callable[..., Any], content_type: str, body: str | bytes) -> Iterable[bytes]:
    data = body.encode() if isinstance(body, str) else body
    start_response("200 OK", [("Content-Type", content_type), ("Content-Length", str(len(data)))])
    return [data]


def main() -> None:
    parser = argparse.ArgumentParser(description="Serve moto with Landfall's patches.")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", required=True, type=int)
    arguments = parser.parse_args()

    threading.Thread(target=exit_with_parent, daemon=True).start()

    inventory.watch_new_backends()
    moto = DomainDispatcherApplication(create_backend_app)
    make_server(arguments.host, arguments.port, with_own_paths(faults.with_faults(moto)), threaded=True).serve_forever()


if __name__ == "__main__":
    main()
