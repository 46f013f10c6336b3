#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Synchat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks whether packaging/compose.yaml is what the words about it promise: reached from this machine alone, no start
without a password, data that stays. No container engine is needed. Usage: compose.py ROOT"""
import os
import pathlib
import sys

try:
    import yaml
except ImportError:
    print("LEFT OUT: python3-yaml is missing; ./dev test installs it")
    sys.exit(1 if os.environ.get("CI") else 77)


def problems_in(root):
    compose = yaml.safe_load((root / "packaging/compose.yaml").read_text())
    services = compose["services"]
    mongodb, restheart = services["mongodb"], services["restheart"]
    rho = dict(part.strip().split("->", 1) for part in restheart["environment"]["RHO"].split(";"))

    for name, service in services.items():
        for port in service.get("ports", []):
            if not port.startswith("127.0.0.1:"):
                yield f"{name} is reached from elsewhere: {port}"
        if "healthcheck" not in service:
            yield f"{name} has no health check"
        if ":" not in service["image"] or service["image"].endswith(":latest"):
            yield f"{name} may change under us: {service['image']}"
    if "ports" in mongodb:
        yield "mongodb has a port"
    volumes = [volume.split(":") for volume in mongodb["volumes"]]
    if ["mongodb", "/data/db"] not in volumes or "mongodb" not in compose["volumes"]:
        yield "the data does not stay"
    if not rho["/fileRealmAuthenticator/users[userid='admin']/password"].startswith('"${MONGO_PASSWORD:?'):
        yield "it starts without a password"
    if rho["/basicAuthMechanism/authenticator"] != '"fileRealmAuthenticator"':
        yield "the password is not asked for"
    if rho["/mongoRealmAuthenticator/create-user"] != "false":
        yield "a user with a well-known password is made"
    if rho["/mongo/mongo-mounts[1]/what"] != '"*"' or rho["/mongo/mongo-mounts[1]/where"] != '"/"':
        yield "the address that we tell people is not where the collection is"

    address = "http://127.0.0.1:8080/synchat/messages"
    if restheart["ports"] != ["127.0.0.1:${BRIDGE_PORT:-8080}:8080"]:
        yield "the bridge is not where we tell people"
    for file in ("packaging/compose.yaml", "README.md", "server/bridge/bridgeaddress.cpp"):
        if address not in (root / file).read_text():
            yield f"{file} does not name {address}"


problems = list(problems_in(pathlib.Path(sys.argv[1])))
print("\n".join(problems) or "packaging/compose.yaml is as promised")
sys.exit(1 if problems else 0)
