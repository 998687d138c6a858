"""Writes the tables at the end of the body's README: `python -m tests.body_tables`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import zip_longest
from pathlib import Path

from knowthyself_tui.domain import body
from knowthyself_tui.domain.bench import COLLECTED, KNOWN_MISSES, SECTION_2, Result, validate
from knowthyself_tui.domain.bench.collected import ALSO_ON_THE_PAGE, SAME_MEASUREMENT
from knowthyself_tui.domain.bench.tables import HEADINGS, markdown_table, sum_line
from knowthyself_tui.domain.body import devices
from knowthyself_tui.domain.body.comorbidity import COMORBIDITIES, Comorbidity
from knowthyself_tui.domain.body.diseases import CONDITIONS
from knowthyself_tui.domain.body.drug_effects import DRUG_EFFECTS
from knowthyself_tui.domain.body.drugs import DRUGS, INERT, Drug
from knowthyself_tui.domain.body.positions import POSITION_SYNONYMS, POSITIONS
from knowthyself_tui.domain.body.tables import CONSTANTS

FOLDER = Path(body.__file__).parent
README = FOLDER / "README.md"
BEGIN = "<!-- tables: begin -->"
END = "<!-- tables: end -->"
INTRODUCTION = (
    "Everything down to the closing marker is written by `python -m tests.body_tables` after a change of the engine, "
    "never by hand. Tags: S published, D derived, F fitted, H heuristic."
)
REGISTERED = re.compile(r'\bconstant\(\s*"(\w+)"')
CELLS = re.compile(r"(?<!\\)\|")
MODEL, ERROR = HEADINGS.index("model"), HEADINGS.index("error")


def block(page: Sequence[Result], collected: Sequence[Result]) -> str:
    """The generated part, markers included."""
    parts = (
        [INTRODUCTION],
        ["## Table of the physiology page", *_cases(page)],
        ["## Table of the collected cases", *_collected(collected)],
        ["## Table of constants", *_constants()],
        ["## Diseases", *_diseases()],
        ["## Comorbidities", *_comorbidities()],
        ["## Positions", *_positions()],
        ["## Devices", *_devices()],
        ["## Drugs: kinetics", *_kinetics()],
        ["## Drugs: effects", *_effects()],
    )
    return "\n\n".join([BEGIN, *("\n".join(part) for part in parts), END])


def replaced(text: str, tables: str) -> str:
    """The README with its generated part replaced, or with one put at its end."""
    before, marker, rest = text.partition(BEGIN)
    after = rest.partition(END)[2] if marker else ""
    return f"{before.rstrip()}\n\n{tables}{after.rstrip()}\n"


def written(text: str) -> str:
    """The generated part as it stands in the README; empty where there is none."""
    found = re.search(f"{BEGIN}.*{END}", text, re.DOTALL)
    return found.group() if found else ""


def differences(old: str, new: str) -> list[str]:
    """Lines that say different things; a model's value may differ by one unit of the last digit shown."""
    pairs = zip_longest(old.splitlines(), new.splitlines(), fillvalue="")
    return [f"{before!r} is {after!r}" for before, after in pairs if before != after and not _near(before, after)]


def _near(before: str, after: str) -> bool:
    """Whether two rows of a table of cases differ only by the rounding of the model's value."""
    old, new = ([cell.strip() for cell in CELLS.split(line)[1:-1]] for line in (before, after))
    if len(old) != len(new) or len(old) != len(HEADINGS) + 1:
        return False
    same = all(a == b for i, (a, b) in enumerate(zip(old, new, strict=True)) if i not in (MODEL, ERROR))
    unit = max(_unit(old[MODEL]), _unit(new[MODEL]))
    error_unit = max(unit, _unit(old[ERROR]), _unit(new[ERROR]))
    return same and _within(old[MODEL], new[MODEL], unit) and _within(old[ERROR], new[ERROR], error_unit)


def _unit(number: str) -> float:
    return float(10.0 ** -len(number.partition(".")[2]))


def _within(old: str, new: str, unit: float) -> bool:
    if "–" in (old, new):
        return old == new
    return abs(float(old) - float(new)) <= 1.001 * unit


def _cases(results: Sequence[Result]) -> Iterator[str]:
    yield ""
    yield f"{sum_line(results)}."
    yield ""
    yield from markdown_table(results)


def _collected(results: Sequence[Result]) -> Iterator[str]:
    yield ""
    yield (
        "Three sets, gathered by people who had not seen the engine. The first had 21 of 30 inside before any tuning "
        "to it; the second, which shares eight measurements with the first, 32 of 35 and the third 30 of 40 when first "
        "played. The engine was mended with the misses in view afterwards, and constants tagged F name papers that are "
        "read here too, so this is no unseen test. Two rows of one measurement from one paper became one, the one with "
        f"the narrower window: {_pairs(SAME_MEASUREMENT, 'left out for')}. "
        f"Rows that the physiology page measures too: {_pairs(ALSO_ON_THE_PAGE, 'as')}."
    )
    yield from _cases(results)
    yield ""
    yield "Known misses:"
    yield ""
    yield from (f"- `{case_id}`: {reason}" for case_id, reason in KNOWN_MISSES.items())


def _pairs(rows: Mapping[str, str], word: str) -> str:
    return ", ".join(f"`{one}` {word} `{other}`" for one, other in rows.items())


def _constants() -> Iterator[str]:
    """Every constant under the module that registers it."""
    for path in sorted(FOLDER.glob("*.py")):
        names = REGISTERED.findall(path.read_text(encoding="utf-8"))
        if not names:
            continue
        import_module(f"{body.__name__}.{path.stem}")
        rows = [CONSTANTS[name] for name in names]
        yield from ("", f"### `{path.stem}`", "")
        cells = ((row.name, _number(row.value), row.unit, row.tag, row.citation) for row in rows)
        yield from _table("name value unit tag source", cells)


def _diseases() -> Iterator[str]:
    yield ""
    yield from _table(
        "name from to meaning",
        ((row.name, _number(row.low), _number(row.high), row.meaning) for row in CONDITIONS.values()),
    )


def _comorbidities() -> Iterator[str]:
    yield ""
    yield from _table(
        "name meaning norms tag source",
        ((row.name, row.meaning, _norms(row), row.tag, row.citation) for row in COMORBIDITIES.values()),
    )


def _norms(row: Comorbidity) -> str:
    factors = [f"{norm} × {_number(factor)}" for norm, factor in row.factors.items()]
    return ", ".join([*factors, *(f"{norm} {shift:+g}" for norm, shift in row.shifts.items())])


def _positions() -> Iterator[str]:
    yield ""
    rows = POSITIONS.items()
    yield from _table(
        "position pooling_ml hydrostatic_mmhg frc flat tongue seepage_ml icp_mmhg",
        (
            (name, *map(_number, (row.pooling, row.hydrostatic, row.frc, row.flat, row.tongue, row.seepage, row.icp)))
            for name, row in rows
        ),
    )
    yield ""
    yield "The same: " + ", ".join(f"{name} = {position}" for name, position in POSITION_SYNONYMS.items()) + "."


def _devices() -> Iterator[str]:
    yield ""
    yield from _table(
        "oxygen_device lowest_l_min highest_l_min usual_l_min",
        ((name, *map(_number, (row.low, row.high, row.usual))) for name, row in devices.OXYGEN_DEVICES.items()),
    )
    flows = devices.VENTURI_FLOWS.items()
    yield ""
    yield "Venturi valves: " + ", ".join(f"{fraction:g} at {flow:g} L/min" for fraction, flow in flows) + "."
    yield ""
    yield from _table(
        "airway_device relief replaces_upper_airway gcs_below",
        (
            (name, _number(row.relief), "yes" if row.definitive else "no", str(row.needs_gcs_below))
            for name, row in devices.AIRWAY_DEVICES.items()
        ),
    )
    yield ""
    yield "Manoeuvres, relief: " + ", ".join(f"{name} {relief:g}" for name, relief in devices.MANOEUVRES.items()) + "."


def _kinetics() -> Iterator[str]:
    yield ""
    yield "Volume in L, rates a minute; a route is the share that reaches the blood at its rate a minute."
    yield ""
    yield from _table(
        "drug volume k10 k12/k21 k13/k31 ke0 routes tag source",
        (
            (
                row.name, _number(row.volume), _number(row.k10), _pair(row.k12, row.k21), _pair(row.k13, row.k31),
                _number(row.ke0), _routes(row), row.tag, row.citation,
            )
            for row in DRUGS.values()
        ),
    )  # fmt: skip
    yield ""
    yield "Without effect within the hour: " + ", ".join(sorted(INERT)) + "."


def _pair(there: float, back: float) -> str:
    return f"{there:g}/{back:g}" if there else ""


def _routes(row: Drug) -> str:
    return "; ".join(
        f"{route} {' + '.join(f'{share:g} at {rate:g}' for share, rate in depots)}"
        for route, depots in row.routes.items()
    )


def _effects() -> Iterator[str]:
    yield ""
    yield "EC50 at the effect site in ng/mL; steepness 0 is a straight line."
    yield ""
    yield from _table(
        "drug channel ec50 steepness maximum tag source",
        (
            (row.drug, row.channel, *map(_number, (row.ec50, row.steepness, row.maximum)), row.tag, row.citation)
            for row in DRUG_EFFECTS
        ),
    )


def _table(headings: str, rows: Iterable[Sequence[str]]) -> Iterator[str]:
    names = headings.split()
    yield _row(names)
    yield _row(["---"] * len(names))
    yield from map(_row, rows)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _number(value: float) -> str:
    return f"{value:.10g}"


def main() -> None:
    tables = block(validate(SECTION_2), validate(COLLECTED))
    README.write_text(replaced(README.read_text(encoding="utf-8"), tables), encoding="utf-8")


if __name__ == "__main__":
    main()
