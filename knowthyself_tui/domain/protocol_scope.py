"""An order under the protocol in force: other accepted doses, other things on the vehicle."""

from __future__ import annotations

from dataclasses import replace

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.domain.dosing import amount, range_complaint
from knowthyself_tui.domain.formulary import Drug
from knowthyself_tui.domain.scenario.protocol import Formulary


def under(act: Act, formulary: Formulary) -> Act:
    """The order with this protocol's read-back or refusal in place of the formulary's own."""
    drug_id = str(act.slots.get("drug"))
    if act.intent != "give_drug" or not (act.executes or act.read_back):
        return act
    if drug_id in formulary.not_carried:
        return replace(act, executes=False, read_back=None, refusal=f"{drug_id.replace('_', ' ')} is not carried")
    drug = formulary.drug(drug_id)
    changed = any(row.drug == drug_id for row in formulary.doses)
    if drug is None or not changed or act.slots.get("read_back_confirmed") is True:
        return act
    complaint = _complaint(drug, act)
    return replace(act, read_back=complaint, executes=complaint is None)


def _complaint(drug: Drug, act: Act) -> str | None:
    dose, unit, concentration = (act.slots.get(name) for name in ("dose", "unit", "concentration"))
    if not isinstance(dose, int | float) or unit is None:
        return act.read_back
    found = amount(drug, float(dose), str(unit), None if concentration is None else str(concentration))
    return act.read_back if found is None else range_complaint(drug, str(act.slots.get("route")), found)
