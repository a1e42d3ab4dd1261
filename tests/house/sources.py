"""Where the files of the project are, for the rules to walk."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "plazo"


def project_files() -> list[Path]:
    """All that is or would be committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def package_files(*suffixes: str) -> list[Path]:
    """The files of the program with one of the suffixes, without those taken over whole from others."""
    return sorted(
        path for path in PACKAGE.rglob("*") if path.suffix in suffixes and "vendor" not in path.parts
    )


def is_under(path: Path, *folders: str) -> bool:
    return any(path.is_relative_to(PACKAGE / folder) for folder in folders)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))
