"""`make locks`: pin requirements/*.in and package.json anew, with hashes and without addresses. Needs uv."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import house, install
from tools.house import ROOT, Stop

# Later ones take the pins of earlier ones as constraints.
GROUPS = ("runtime", "demo", "build", "test", "dev")
COMPILE = (
    "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes",
    "--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header",
)  # fmt: skip


def without_addresses(lock: dict) -> dict:
    """npm's lock less the fields that name hosts; `npm ci` needs none of them."""
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    return lock


def main() -> None:
    """The command line; arguments go to uv, e.g. `--upgrade-package django`."""
    uv = shutil.which("uv")
    if uv is None:
        raise Stop(
            "uv was not found: install it (pip install uv) to pin anew.",
            "未找到 uv：请先安装（pip install uv）。",
        )
    for group in GROUPS:
        target = f"requirements/{group}.txt"
        subprocess.run(
            [uv, *COMPILE, *sys.argv[1:], "-o", target, f"requirements/{group}.in"], cwd=ROOT, check=True
        )
    npm = Path(install.node()[0]).parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    subprocess.run([*install.node(), str(npm), "install", "--package-lock-only"], cwd=ROOT, check=True)
    path = ROOT / "package-lock.json"
    lock = without_addresses(json.loads(path.read_text(encoding="utf-8")))
    path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    house.run_tool(main)
