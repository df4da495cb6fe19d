"""Repairs of moto's CodeBuild and CodePipeline. See patches.py.

They keep what they are given and start nothing: a rehearsal runs the builds.
"""

from typing import Any

from moto.codebuild.responses import CodeBuildResponse
from moto.codepipeline.models import CodePipeline
from moto.core.utils import utcnow

from patching import Call, Failure, adds, replaces

# Moto wants a location of every source and artifact, also of CODEPIPELINE, which has none, and forgets what it does not
# know: the encryption key, the times it was given. Retired when CodeBuild.project_metadata is what was asked for.
PROJECTS = "project"


def project_arn(call: Call, name: str) -> str:
    return f"arn:aws:codebuild:{call.region}:{call.account}:project/{name}"


def keep_project(call: Call, known: dict[str, Any]) -> dict[str, Any]:
    name = call.params["name"]
    project = known | call.params | {"arn": project_arn(call, name), "lastModified": utcnow()}
    call.shelf(PROJECTS)[name] = project
    return {"project": project}


@replaces(CodeBuildResponse)
def create_project(call: Call) -> dict[str, Any]:
    if call.params["name"] in call.shelf(PROJECTS):
        raise Failure("ResourceAlreadyExistsException", f"Project already exists: {call.params['name']}")
    return keep_project(call, {"created": utcnow(), "badge": {"badgeEnabled": False}, "projectVisibility": "PRIVATE"})


@adds(CodeBuildResponse)
def update_project(call: Call) -> dict[str, Any]:
    return keep_project(call, call.find(PROJECTS, call.params["name"]))


@replaces(CodeBuildResponse)
def batch_get_projects(call: Call) -> dict[str, Any]:
    # The provider asks by name or by ARN.
    names = [name.split(":project/")[-1] for name in call.params["names"]]
    shelf = call.shelf(PROJECTS)
    return {
        "projects": [shelf[name] for name in names if name in shelf],
        "projectsNotFound": [name for name in names if name not in shelf],
    }


@replaces(CodeBuildResponse)
def delete_project(call: Call) -> None:
    call.shelf(PROJECTS).pop(call.params["name"].split(":project/")[-1], None)


# The times of a pipeline are texts, where AWS gives numbers. Retired when CodePipeline.metadata has timestamps.
CodePipeline.metadata = property(
    lambda self: {
        "pipelineArn": self._arn,
        "created": self._created.timestamp(),
        "updated": self._updated.timestamp(),
    }
)
