"""Collect the screen texts into the catalogues, or check that no text lacks its translation."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "plazo"
# Spanish is the source text, so only the other languages have a catalogue.
LANGUAGES = ("en",)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=["collect", "check"])
    if parser.parse_args().action == "collect":
        collect(PACKAGE)
        return 0
    gaps = [gap for language in LANGUAGES for gap in untranslated(language)]
    print("\n".join(gaps) or "Every screen text is translated.")
    return 1 if gaps else 0


def collect(package: Path) -> None:
    """Bring the catalogues up to the sources; texts no longer used are dropped."""
    (package / "locale").mkdir(exist_ok=True)
    languages = [f"--locale={language}" for language in LANGUAGES]
    options = ["--add-location=file", "--no-obsolete", "--no-wrap", "--verbosity=0"]
    django_admin = Path(sys.executable).with_name("django-admin")
    subprocess.run([django_admin, "makemessages", *languages, *options], cwd=package, check=True)


def untranslated(language: str) -> list[str]:
    """The entries that a fresh collection, made aside, leaves without a sure translation."""
    with tempfile.TemporaryDirectory(prefix="plazo-messages-") as aside:
        package = Path(aside) / "plazo"
        shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "vendor"))
        collect(package)
        catalogue = package / "locale" / language / "LC_MESSAGES" / "django.po"
        return [f"{language}: {entry}" for entry in missing_entries(catalogue)]


def missing_entries(catalogue: Path) -> list[str]:
    entries: list[str] = []
    for kind in ("--untranslated", "--only-fuzzy"):
        command = ["msgattrib", kind, "--no-obsolete", "--no-wrap", str(catalogue)]
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        # The first block is the header of the file.
        entries += [block for block in listed.split("\n\n")[1:] if "msgid" in block]
    return entries


if __name__ == "__main__":
    sys.exit(main())
