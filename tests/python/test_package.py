"""What importing the package brings along: nothing heavy that only some of its users need."""

import subprocess
import sys

# Each takes about as long to import as the rest of the package, alone or by what it imports itself.
HEAVY = {"asyncio", "importlib.abc", "importlib.metadata", "logging"}


def test_importing_the_package_imports_nothing_heavy_that_only_some_need() -> None:
    script = "import sys; before = set(sys.modules); import pairity; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    imported = set(done.stdout.split())
    assert "pairity.plugin_manager" in imported
    assert imported & HEAVY == set()
