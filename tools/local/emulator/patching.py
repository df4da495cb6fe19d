"""What the repairs of moto are made with."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from re import compile as pattern
from types import ModuleType
from typing import Any

from flask import request
from moto import backend_index, backends
from moto.core.base_backend import BackendDict, BaseBackend
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse

# Any path of a service: its dispatch finds the action by method and path itself.
ANY_PATH = "{0}/.*$"


def around(owner: Any, name: str) -> Callable[[Any], Any]:
    """Replaces owner.name by the decorated function, which gets the original as its first argument."""
    original = getattr(owner, name)

    def decorate(patch: Any) -> Any:
        setattr(owner, name, lambda *given, **named: patch(original, *given, **named))
        return patch

    return decorate


class Failure(ServiceException):
    """An error as the AWS API shapes it: its code and its message."""


@dataclass(frozen=True)
class Call:
    """A request to an action that we added."""

    # As the AWS API names and shapes them.
    params: dict[str, Any]
    account: str
    region: str
    # Moto's own backend of the service, for this account and region.
    backend: Any

    def shelf(self, kind: str) -> dict[str, Any]:
        """What we keep of a kind, by name, in this account and region; each entry is listed as a resource."""
        return shelves(self.backend).setdefault(kind, {})

    @property
    def settings(self) -> dict[str, Any]:
        """What we keep for the account and region that is not a resource, but a choice which the account always has."""
        return settings_of(self.backend)

    def find(self, kind: str, name: str) -> dict[str, Any]:
        if name not in self.shelf(kind):
            raise Failure("ResourceNotFoundException", f"There is no {kind} {name}")
        return self.shelf(kind)[name]

    def drop(self, kind: str, name: str) -> dict[str, Any]:
        dropped = self.find(kind, name)
        del self.shelf(kind)[name]
        return dropped


def shelves(backend: Any) -> dict[str, dict[str, Any]]:
    return vars(backend).setdefault("landfall_shelves", {})


def settings_of(backend: Any) -> dict[str, Any]:
    return vars(backend).setdefault("landfall_settings", {})


def adds(responses: type[BaseResponse], name: str | None = None) -> Callable[[Any], Any]:
    """Adds the decorated function to a service, as an action: it gets a Call, and returns the response as the AWS API
    shapes it. Where moto has grown one of its own, ours still wins, and the log says that it can go.

    :param name: the action's name, e.g. `get_service_setting`. Default: the function's
    """

    def decorate(action: Callable[[Call], dict[str, Any] | None]) -> Any:
        action_name = name or action.__name__
        if hasattr(responses, action_name):
            print(f"moto has {responses.__module__}.{action_name} now: remove ours", file=sys.stderr)
        setattr(responses, action_name, answer_with(action))
        urls = import_module(f"moto.{responses.__module__.split('.')[1]}.urls")
        urls.url_paths.setdefault(ANY_PATH, responses.dispatch)
        return action

    return decorate


def replaces(responses: type[BaseResponse]) -> Callable[[Any], Any]:
    """As `adds`, for an action that moto only pretends to have."""

    def decorate(action: Callable[[Call], dict[str, Any] | None]) -> Any:
        around(responses, action.__name__)(lambda original, self: answer_with(action)(self))
        return action

    return decorate


def answer_with(action: Callable[[Call], dict[str, Any] | None]) -> Callable[[BaseResponse], ActionResult]:
    def answer(self: BaseResponse) -> ActionResult:
        self.parse_parameters(request._get_current_object())  # type: ignore[attr-defined]
        regions = backends.get_backend(str(self.service_name))[self.current_account]  # type: ignore[call-overload]
        backend = regions[self.region if self.region in regions else self.partition]
        return ActionResult(action(Call(dict(self.params), self.current_account, self.region, backend)) or {})

    return answer


def new_service(name: str, host: str) -> type[BaseResponse]:
    """A service that moto does not have, without any action yet.

    :param name: botocore's name of it, e.g. `accessanalyzer`
    :param host: the first label of its endpoint, which is also the name that requests are signed with
    """
    module, urls = ModuleType(f"moto.{name}"), ModuleType(f"moto.{name}.urls")
    names = {"__module__": f"moto.{name}.models"}
    backend = type("Backend", (BaseBackend,), names | {"_url_module": property(lambda self: urls)})
    responses = type("Responses", (BaseResponse,), names | {"__init__": lambda self: BaseResponse.__init__(self, name)})
    vars(module)[f"{name}_backends"] = BackendDict(backend, name)
    vars(urls).update(url_bases=[rf"https?://{host}\.(.+)\.amazonaws\.com"], url_paths={ANY_PATH: responses.dispatch})
    sys.modules |= {module.__name__: module, urls.__name__: urls}
    backend_index.backend_url_patterns.append((name, pattern(urls.url_bases[0])))
    return responses
