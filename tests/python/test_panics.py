"""A panic of the core is an ordinary exception in Python, and what Python raises below the core passes unchanged."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pairity
import pytest

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "target" / "test-panics"


def build_variant() -> Path:
    """Build the binding with the features for tests and return the folder to import it from."""
    packages = ["--package", "pairity-python", "--package", "pairity-node"]
    # Those of the other variants, so that one build serves all of them.
    hosts, kinds = ("node", "python"), ("panics", "memory")
    features = ["--features", ",".join(f"pairity-{host}/test-{kind}" for host in hosts for kind in kinds)]
    output = subprocess.run(
        ["cargo", "build", "--locked", *packages, *features, "--target-dir", str(TARGET), "--message-format=json"],
        cwd=ROOT,
        env={**os.environ, "PYO3_BUILD_EXTENSION_MODULE": "1"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    messages = [json.loads(line) for line in output.splitlines() if line.startswith('{"reason":"compiler-artifact"')]
    [library] = [message["filenames"][0] for message in messages if message["target"]["name"] == "_native"]
    folder = TARGET / "pytest"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(Path(pairity.__file__).parent, folder / "pairity")
    shutil.copyfile(library, folder / "pairity" / "_native.abi3.so")
    return folder


def test_panics_and_callbacks_end_as_exceptions(tmp_path: Path) -> None:
    # A sanitizer's build has the feature already.
    folder = Path(pairity.__file__).parents[1] if hasattr(pairity._native, "Fuse") else build_variant()
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            "--quiet",
            str(ROOT / "tests/python/panics/inside.py"),
            str(ROOT / "tests/python/panics/callbacks.py"),
        ],
        env={**os.environ, "PYTHONPATH": str(folder), "RUST_BACKTRACE": "0"},
        # Members that write files are called as well.
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_release_has_nothing_that_panics() -> None:
    if "test-panics" in str(pairity.__file__) or "sanitizer" in str(pairity.__file__):
        pytest.skip("this is a build for tests")
    assert not hasattr(pairity._native, "Fuse")
    assert not hasattr(pairity._native, "Leak")
