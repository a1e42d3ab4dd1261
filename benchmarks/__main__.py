"""All measurements, one after another."""

from __future__ import annotations

import runpy
from pathlib import Path

for script in sorted(Path(__file__).parent.glob("[a-z]*.py")):
    runpy.run_path(str(script), run_name="__main__")
