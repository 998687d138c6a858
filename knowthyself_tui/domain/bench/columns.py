"""The columns that a play can show: unit, decimals and meaning of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from knowthyself_tui.domain.bench.moments import Value
from knowthyself_tui.domain.bench.wrong_names import quoted, unknown
from knowthyself_tui.domain.body import Body, Patient
from knowthyself_tui.domain.body.drugs import DRUGS


@dataclass(frozen=True, slots=True)
class Column:
    """One quantity of the body as it is printed."""

    name: str
    unit: str
    decimals: int
    meaning: str


_CONTRACT: tuple[Column, ...] = (
    Column("t", "s", 0, "time of play"),
    Column("hr", "/min", 1, "heart rate; 0 without a pulse"),
    Column("rr", "/min", 1, "breaths and efforts to breathe, the patient's or the bag's"),
    Column("spo2", "%", 1, "what the finger oximeter reads"),
    Column("sao2", "%", 2, "arterial oxygen saturation"),
    Column("pao2_mmhg", "mmHg", 1, "arterial oxygen pressure"),
    Column("paco2_mmhg", "mmHg", 2, "arterial carbon dioxide pressure"),
    Column("ph", "", 3, "arterial pH"),
    Column("etco2_mmhg", "mmHg", 2, "end-tidal carbon dioxide"),
    Column("ve_l_min", "L/min", 2, "minute ventilation"),
    Column("vt_ml", "mL", 0, "tidal volume"),
    Column("sbp", "mmHg", 1, "systolic pressure; empty without a pulse"),
    Column("dbp", "mmHg", 1, "diastolic pressure; empty without a pulse"),
    Column("map", "mmHg", 1, "mean arterial pressure"),
    Column("co_l_min", "L/min", 2, "cardiac output"),
    Column("sv_ml", "mL", 1, "stroke volume"),
    Column("cvp_mmhg", "mmHg", 1, "right atrial pressure"),
    Column("icp_mmhg", "mmHg", 1, "intracranial pressure"),
    Column("cpp_mmhg", "mmHg", 1, "cerebral perfusion pressure"),
    Column("gcs", "", 0, "Glasgow Coma Scale"),
    Column("fev1_percent", "% of normal", 1, "forced expiratory volume in one second"),
    Column("blood_volume_ml", "mL", 0, "blood volume"),
    Column("blood_lost_ml", "mL", 0, "blood lost since the start"),
    Column("glucose_mmol_l", "mmol/L", 2, "blood glucose"),
    Column("temp_c", "degC", 2, "core temperature"),
    Column("lactate_mmol_l", "mmol/L", 2, "blood lactate"),
    Column("rhythm", "text", 0, "rhythm on the monitor"),
)
_FURTHER: tuple[Column, ...] = (
    Column("crt_seconds", "s", 1, "capillary refill"),
    Column("etco2_kpa", "kPa", 2, "end-tidal carbon dioxide"),
    Column("own_rr", "/min", 1, "the patient's own breaths, also while a bag moves the gas"),
    Column("fio2", "fraction", 3, "inspired oxygen"),
    Column("arrested", "0 or 1", 0, "whether the heart has stopped pumping"),
    Column("consciousness", "0-1", 3, "share of full consciousness"),
    Column("obstruction", "0-1", 3, "share of the airways' calibre lost"),
    Column("fatigue", "0-1", 3, "exhaustion of the muscles of breathing"),
    Column("exhausted", "0 or 1", 0, "whether the muscles of breathing give out"),
    Column("exertion", "0-1", 3, "bodily effort"),
    Column("energy", "0-1", 3, "energy of the heart muscle"),
    Column("seizing", "0-1", 3, "how much of the brain convulses"),
    Column("postictal", "0-1", 3, "sleep after a convulsion"),
    Column("plasma_leaked_ml", "mL", 0, "plasma that has left the vessels"),
    Column("bleeding_ml_min", "mL/min", 1, "blood lost a minute"),
    Column("haemoglobin_g_l", "g/L", 1, "haemoglobin"),
    Column("swelling", "0-1", 3, "share of the upper airway that swelling closes"),
    Column("mediator_level", "0-1", 3, "mast cell mediators in the tissues"),
    Column("lung_water", "0-1", 3, "flooding of the lungs"),
    Column("clot", "0-1", 3, "share of the bleeding that clots hold"),
    Column("pain_felt", "0-1", 3, "pain that gets through"),
)
_KNOWN = {column.name: column for column in (*_CONTRACT, *_FURTHER)}
_DRUG_COLUMNS = {"c": "plasma level", "e": "level at the effect site"}

DEFAULT_COLUMNS: tuple[str, ...] = tuple(column.name for column in _CONTRACT)


def column_of(name: str) -> Column:
    """How a column is printed; one that only the body knows has three decimals and no unit."""
    kind, _, drug = name.partition("_")
    if kind in _DRUG_COLUMNS and drug in DRUGS:
        return Column(name, "ng/mL", 4, f"{drug.replace('_', ' ')}, {_DRUG_COLUMNS[kind]}")
    return _KNOWN.get(name) or Column(name, "", 3, "")


@cache
def all_columns() -> tuple[str, ...]:
    """Every column but those of drugs: the contract's, then whatever else the body shows."""
    values = Body.new(Patient(30, 70, 175, "m"), {}, position="supine").values()
    further = [name for name in values if name not in DEFAULT_COLUMNS]
    return (*DEFAULT_COLUMNS, *dict.fromkeys(["crt_seconds", *further]))


def drug_columns(drugs: Iterable[str]) -> tuple[str, ...]:
    """Plasma and effect-site columns of drugs, drug by drug."""
    return tuple(
        f"{kind}_{drug}" for drug in drugs if drug in DRUGS and not DRUGS[drug].glucose for kind in _DRUG_COLUMNS
    )


def check_columns(names: Sequence[str]) -> tuple[str, ...]:
    """The columns asked for.

    Raises:
        UsageError: one of them does not exist.
    """
    known = {*all_columns(), *drug_columns(DRUGS)} if names else set()
    for name in names:
        if name not in known:
            raise unknown(f"There is no column {quoted(name)} (body play --names lists all)", name, known)
    return tuple(dict.fromkeys(names))


def read(body: Body, columns: Iterable[str]) -> dict[str, Value]:
    """One row of a body at this second; a drug that is not on board has the level 0."""
    values = body.values()
    return {name: _cell(body, values, name) for name in columns}


def drugs_on_board(body: Body) -> list[str]:
    """Drugs that have been in this body."""
    return [name.removeprefix("c_") for name in body.values() if name.startswith("c_") and name[2:] in DRUGS]


def _cell(body: Body, values: dict[str, float], name: str) -> Value:
    if name in values:
        return values[name]
    if name == "t":
        return float(body.seconds)
    if name == "rhythm":
        return body.vitals().rhythm
    if name == "crt_seconds":
        return float(body.findings()["crt_seconds"])
    return 0.0 if name[:2] in ("c_", "e_") and name[2:] in DRUGS else None


def cell_text(name: str, value: Value) -> str:
    """A cell as printed: a plain number with the column's decimals, a text, or nothing."""
    if isinstance(value, str):
        return value
    if not isinstance(value, float | int):
        return ""
    decimals = column_of(name).decimals
    text = f"{value:.{decimals}f}"
    return text.removeprefix("-") if float(text) == 0.0 else text
