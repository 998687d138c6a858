"""The doorway to the top-level `analysis` folder: in a wheel its modules lie here, in a checkout beside the package."""

from pathlib import Path

_here = Path(__file__).resolve().parent
if not (_here / "cli.py").exists():
    __path__.append(str(_here.parents[1] / "analysis"))
