"""What exists in the emulator, beyond what an empty AWS account holds (its default VPC, event bus, managed policies…).

Moto's own listing (/moto-api/data.json) names every object ever made, deleted ones too. This one follows what the
backends still hold: every moto model reachable from a backend that was not there when the backend was made.
"""

from collections.abc import Callable, Iterator
from typing import Any

from moto.core import base_backend
from moto.core.base_backend import AccountSpecificBackend, BackendDict, BaseBackend
from moto.core.common_models import BaseModel

from patching import shelves

NAMES = ("arn", "name", "id", "key", "path", "uuid")

default_models: dict[int, set[int]] = {}


def watch_new_backends() -> None:
    """Remembers what each backend holds when it is made."""
    make = AccountSpecificBackend.__getitem__

    def get_and_remember(self: Any, region: str) -> BaseBackend:
        backend = make(self, region)
        with base_backend.backend_lock:
            if id(backend) not in default_models:
                default_models[id(backend)] = {id(model) for model in models_in(backend, lambda model: True)}
        return backend

    AccountSpecificBackend.__getitem__ = get_and_remember  # type: ignore[method-assign]


def list_resources() -> list[str]:
    """Lines such as "sqs eu-west-1 Queue orders", sorted, each once; not what belongs to a listed resource."""
    found = set()
    for service in list(BackendDict._instances):
        for account in list(service.values()):
            for region, backend in list(account.items()):
                found.update(f"{service.service_name} {region} {entry}" for entry in added_to(backend))
                defaults = default_models.get(id(backend), set())
                for model in models_in(backend, lambda model: id(model) in defaults):
                    if id(model) not in defaults and is_resource(model):
                        found.add(f"{service.service_name} {region} {type(model).__name__} {name_of(model)}")
    return sorted(found)


def added_to(backend: BaseBackend) -> list[str]:
    """What the actions keep that we added to moto."""
    return [f"{kind} {name}" for kind, shelf in shelves(backend).items() for name in list(shelf)]


def is_resource(model: BaseModel) -> bool:
    """Neither what is deleted and still shown for a while, as in AWS, nor AWS's own keys, nor what passes by itself: a session, a place in a stream."""
    values = vars(model)
    states = (values.get("state"), values.get("key_state"), values.get("validation_status"))
    gone = any(state in ("deleted", "PendingDeletion", "DISABLED") for state in states)
    of_aws = any(str(alias).startswith("alias/aws/") for alias in values.get("aliases", []))
    session = str(values.get("access_key_id", "")).startswith("ASIA")
    passing = session or type(model).__name__ in ("AssumedRole", "ShardIterator")
    return not (gone or of_aws or passing)


def name_of(model: BaseModel) -> str:
    values = vars(model)
    similar = [name for name in values if name.endswith(("_arn", "_name", "_id")) and name != "account_id"]
    return next((values[name] for name in (*NAMES, *similar) if isinstance(values.get(name), str)), "(unnamed)")


def models_in(backend: BaseBackend, enter: Callable[[BaseModel], bool]) -> Iterator[BaseModel]:
    """Follows moto's own objects and collections, not into other backends, and only into models that `enter` allows."""
    seen: set[int] = set()
    waiting: list[Any] = list(vars(backend).values())
    while waiting:
        value = waiting.pop()
        if id(value) in seen or isinstance(value, (BaseBackend, BackendDict, AccountSpecificBackend)):
            continue
        seen.add(id(value))
        if isinstance(value, dict):
            waiting.extend(list(value.values()))
        elif isinstance(value, (list, tuple, set)):
            waiting.extend(list(value))
        elif type(value).__module__.startswith("moto.") and hasattr(value, "__dict__"):
            if isinstance(value, BaseModel):
                yield value
                if not enter(value):
                    continue
            waiting.extend(list(vars(value).values()))
