"""deploy/compose.yaml names commands, variables and files that there are."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import typer
import yaml

from flows.cli import app
from flows.settings import Settings

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [service for service in SERVICES.values() if "build" in service]


def lines() -> list[list[str]]:
    """Every command of our services, those of a script one by one."""
    found = []
    for command in (service["command"] for service in OURS):
        script = command[0] == "sh"
        found += [shlex.split(line) for line in command[-1].splitlines()] if script else [command]
    return found


def test_commands_of_ours_are_there() -> None:
    assert {line[0] for line in lines()} == {"solieu", "prefect", "dask"}
    known = typer.main.get_command(app)
    for _, *words in (line for line in lines() if line[0] == "solieu"):
        command = known
        for word in words:
            command = command.commands[word]  # type: ignore[attr-defined]


def test_variables_of_ours_are_settings() -> None:
    named = {name for service in OURS for name in service["environment"] if name.startswith("SOLIEU_")}
    assert named
    assert {name.removeprefix("SOLIEU_").lower() for name in named} <= set(Settings.model_fields)


def test_workers_poll_the_pool_of_the_deployment() -> None:
    (deployment,) = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    pools = {word for line in lines() for word, before in zip(line[1:], line, strict=False) if before == "--pool"}
    assert pools == {deployment["work_pool"]["name"]}


def test_the_image_copies_what_is_there_and_what_is_not_ignored() -> None:
    copied = re.findall(r"(?m)^COPY (.*) \S+$", (ROOT / "deploy" / "Dockerfile").read_text())
    names = {name for line in copied for name in line.split()}
    kept = {line[1:] for line in (ROOT / "deploy" / "Dockerfile.dockerignore").read_text().split() if line[0] == "!"}
    assert names == kept
    assert all((ROOT / name).exists() for name in names)
    assert {Path(COMPOSE["x-solieu"]["build"]["dockerfile"])} == {Path("deploy/Dockerfile")}


def test_a_service_waits_only_for_services() -> None:
    waits = {name for service in SERVICES.values() for name in service.get("depends_on", ())}
    assert waits <= set(SERVICES)
    volumes = {one.partition(":")[0] for service in SERVICES.values() for one in service.get("volumes", ())}
    assert volumes == set(COMPOSE["volumes"])
