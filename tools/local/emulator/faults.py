"""Refuses a share of the calls, as a service under load does: for tests of what must survive that.

    PUT /_landfall/faults  {"seed": 1, "services": {"dynamodb": {"refused": 0.05, "unanswered": 0.01}}}
    GET /_landfall/faults  -> the same, and how many calls came, were refused and went unanswered, by service
    DELETE /_landfall/faults

A service is named as requests to it are signed, e.g. `dynamodb`, `sqs`, `s3`; with `@` and a region, only that region's
calls are meant: `dynamodb@eu-west-1`. Whether the nth call is refused follows from seed, service and n alone.
"""

import json
import re
from collections.abc import Callable, Iterable
from hashlib import sha256
from threading import Lock
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

SCOPE = re.compile(r"Credential=[^/]+/\d+/([^/]+)/([^/]+)/aws4_request")
QUERY_ERROR = "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>{0}</Message></Error></ErrorResponse>"
S3_ERROR = '<?xml version="1.0" encoding="UTF-8"?><Error><Code>SlowDown</Code><Message>{0}</Message></Error>'
MESSAGE = "Refused on purpose: too many requests"


class Faults:
    """What is to be refused, and what was."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.set({})

    def set(self, plan: dict[str, Any]) -> None:
        with self._lock:
            self._seed = plan.get("seed", 0)
            self._shares: dict[str, dict[str, float]] = plan.get("services", {})
            self._counts = {name: {"calls": 0, "refused": 0, "unanswered": 0} for name in self._shares}

    def report(self) -> dict[str, Any]:
        with self._lock:
            return {"seed": self._seed, "services": self._shares, "counts": self._counts}

    def fate(self, service: str, region: str) -> str | None:
        """What becomes of the next call: `refused` before it has an effect, `unanswered` after it, or nothing."""
        with self._lock:
            name = next((name for name in (f"{service}@{region}", service) if name in self._shares), None)
            if name is None:
                return None
            shares, counts = self._shares[name], self._counts[name]
            counts["calls"] += 1
            digest = sha256(f"{self._seed}:{name}:{counts['calls']}".encode()).digest()
            point = int.from_bytes(digest[:8], "big") / 2**64
            for kind in ("refused", "unanswered"):
                if point < shares.get(kind, 0):
                    counts[kind] += 1
                    return kind
                point -= shares.get(kind, 0)
            return None


FAULTS = Faults()


def with_faults(moto: Application) -> Application:
    """Stands before the AWS API and refuses what the plan says."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        signed_for = SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
        region, service = signed_for.groups() if signed_for else ("", "")
        fate = FAULTS.fate(service, region)
        if fate is None:
            return moto(environ, start_response)
        if fate == "unanswered":
            # The call is made, and its answer lost.
            b"".join(moto(environ, lambda *_: None))
            return answer(start_response, "500 Internal Server Error", "text/plain", "")
        # A connection that is closed with the body unread is reset, which is another fault than this one.
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        return refuse(service, environ, start_response)

    return application


def refuse(service: str, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """In the words of the service's protocol, so that an SDK knows it for throttling."""
    if service == "s3":
        return answer(start_response, "503 Slow Down", "application/xml", S3_ERROR.format(MESSAGE))
    if "HTTP_X_AMZ_TARGET" in environ:
        body = json.dumps({"__type": "ThrottlingException", "message": MESSAGE})
        return answer(start_response, "400 Bad Request", "application/x-amz-json-1.0", body)
    if environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        return answer(start_response, "400 Bad Request", "text/xml", QUERY_ERROR.format(MESSAGE))
    kind = ("x-amzn-ErrorType", "TooManyRequestsException")
    body = json.dumps({"message": MESSAGE})
    return answer(start_response, "429 Too Many Requests", "application/json", body, kind)


def answer(
    start_response: Callable[..., Any], status: str, content_type: str, body: str, *headers: tuple[str, str]
) -> Iterable[bytes]:
    data = body.encode()
    start_response(status, [("Content-Type", content_type), ("Content-Length", str(len(data))), *headers])
    return [data]


def own_path(environ: dict[str, Any]) -> dict[str, Any]:
    """Answers a request to /_landfall/faults."""
    method = environ["REQUEST_METHOD"]
    if method == "PUT":
        FAULTS.set(json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))))
    if method == "DELETE":
        FAULTS.set({})
    return FAULTS.report()
