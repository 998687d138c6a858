"""Every drug that can be named: class, possible routes, strengths; doses come from `doses.py`."""

from __future__ import annotations

from collections.abc import Iterator

from knowthyself_tui.domain.formulary.doses import doses_of
from knowthyself_tui.domain.formulary.types import Drug

_INJECTED = ("IM", "IV", "IO", "SC")
_TABLET = ("PO",)

_ROUTES: dict[str, dict[str, tuple[str, ...]]] = {
    "adrenergic": {"adrenaline": ("IM", "IV", "IO", "SC", "NEB", "IN", "INH")},
    "bronchodilator": {"salbutamol": ("NEB", "INH", "IV", "IO"), "ipratropium": ("NEB", "INH")},
    "steroid": {
        "hydrocortisone": ("IV", "IM", "IO"),
        "prednisolone": _TABLET,
        "methylprednisolone": ("IV", "IM", "IO"),
        "dexamethasone": ("IV", "IM", "IO", "PO"),
    },
    "electrolyte": {"magnesium_sulfate": ("IV", "IO", "NEB", "IM")},
    "antihistamine": {"chlorphenamine": ("IV", "IM", "PO", "IO", "SC"), "cetirizine": _TABLET},
    "antidote": {"naloxone": ("IM", "IV", "IN", "IO", "SC"), "flumazenil": ("IV", "IO")},
    "benzodiazepine": {
        "midazolam": ("BUCCAL", "IM", "IV", "IN", "IO", "PR"),
        "diazepam": ("IV", "PR", "PO", "IO", "IM"),
        "lorazepam": ("IV", "IM", "IO", "PO", "SL"),
    },
    "antiseizure": {
        "levetiracetam": ("IV", "IO", "PO"),
        "phenytoin": ("IV", "IO", "PO"),
        "valproate": ("IV", "IO", "PO"),
    },
    "sugar": {
        "glucose_oral": ("PO", "BUCCAL"),
        "glucose_iv": ("IV", "IO"),
        "complex_carbohydrate": _TABLET,
        "glucagon": ("IM", "SC", "IN", "IV"),
    },
    "insulin": {"insulin": ("SC", "IV", "IM")},
    "antifibrinolytic": {"tranexamic_acid": ("IV", "IM", "IO", "PO")},
    "opioid": {
        "morphine": ("IV", "IM", "PO", "IO", "SC"),
        "fentanyl": ("IV", "IN", "IM", "IO", "BUCCAL"),
    },
    "anaesthetic": {"ketamine": ("IV", "IM", "IO", "IN")},
    "inhaled_analgesic": {"nitrous_oxide": ("INH",), "methoxyflurane": ("INH",)},
    "simple_analgesic": {"paracetamol": ("PO", "IV", "PR", "IO")},
    "nsaid": {"ibuprofen": _TABLET},
    "antiplatelet": {
        "aspirin": ("PO", "PR"),
        "clopidogrel": _TABLET,
        "ticagrelor": _TABLET,
        "prasugrel": _TABLET,
    },
    "anticoagulant": {"heparin": ("IV", "SC")},
    "nitrate": {"gtn": ("SL", "BUCCAL", "IV")},
    "anticholinergic": {"atropine": ("IV", "IO", "IM")},
    "antiarrhythmic": {"amiodarone": ("IV", "IO")},
    "beta_blocker": {
        "metoprolol": ("IV", "PO", "IO"),
        "bisoprolol": _TABLET,
        "propranolol": ("PO", "IV", "IO"),
        "atenolol": ("PO", "IV", "IO"),
        "labetalol": ("IV", "IO", "PO"),
    },
    "diuretic": {"furosemide": ("IV", "IM", "PO", "IO")},
    "antiemetic": {
        "ondansetron": ("IV", "IM", "PO", "IO"),
        "cyclizine": ("IV", "IM", "PO", "IO"),
        "metoclopramide": ("IV", "IM", "PO", "IO"),
    },
    "osmotic": {"mannitol": ("IV", "IO"), "hypertonic_saline": ("IV", "IO")},
    "oxygen": {"oxygen": ("INH",)},
}

_COUNTED_MG: dict[str, tuple[tuple[str, float], ...]] = {
    "salbutamol": (("puffs", 0.1),),
    "ipratropium": (("puffs", 0.02),),
    "gtn": (("sprays", 0.4), ("tablets", 0.5)),
    "aspirin": (("tablets", 300.0),),
    "paracetamol": (("tablets", 500.0),),
    "ibuprofen": (("tablets", 200.0),),
    "prednisolone": (("tablets", 5.0),),
    "chlorphenamine": (("tablets", 4.0),),
    "cetirizine": (("tablets", 10.0),),
    "glucose_oral": (("tube", 10_000.0), ("tablets", 4000.0), ("can", 35_000.0), ("bottle", 40_000.0)),
    "naloxone": (("sprays", 1.8),),
    "adrenaline": (("autoinjector", 0.3),),
}

_MG_PER_ML: dict[str, float] = {"salbutamol": 2.5, "ipratropium": 0.25, "tranexamic_acid": 100.0, "glucose_oral": 100.0}

_NOT_CARRIED: dict[str, tuple[str, ...]] = {
    "bronchodilator": ("aminophylline", "terbutaline", "montelukast", "salmeterol"),
    "opioid": ("codeine", "tramadol", "oxycodone", "alfentanil", "buprenorphine", "methadone", "heroin"),
    "anaesthetic": ("propofol", "rocuronium", "suxamethonium", "etomidate", "thiopental"),
    "antibiotic": ("amoxicillin", "benzylpenicillin", "ceftriaxone", "doxycycline", "co_amoxiclav"),
    "antiarrhythmic": ("adenosine", "digoxin", "verapamil", "lidocaine"),
    "vasopressor": ("noradrenaline", "metaraminol", "vasopressin"),
    "antipsychotic": ("haloperidol", "droperidol"),
    "anticoagulant": ("warfarin", "apixaban", "rivaroxaban"),
    "thrombolytic": ("tenecteplase", "alteplase"),
    "nsaid": ("diclofenac", "naproxen"),
    "other": ("heliox", "activated_charcoal", "calcium_chloride", "sodium_bicarbonate", "vitamin_k", "antacid"),
}


def _all() -> Iterator[Drug]:
    for drug_class, members in _ROUTES.items():
        for drug_id, routes in members.items():
            counted = _COUNTED_MG.get(drug_id, ())
            yield Drug(drug_id, drug_class, routes, doses_of(drug_id), counted, _MG_PER_ML.get(drug_id))
    for drug_class, ids in _NOT_CARRIED.items():
        for drug_id in ids:
            yield Drug(drug_id, drug_class, carried=False)


DRUGS: dict[str, Drug] = {drug.id: drug for drug in _all()}

SEDATIVE_CLASSES = frozenset({"benzodiazepine", "opioid", "anaesthetic"})
"""Classes that take away respiratory drive."""


def members_of(drug_class: str) -> tuple[str, ...]:
    """The ids of the carried drugs of a class."""
    return tuple(drug.id for drug in DRUGS.values() if drug.drug_class == drug_class and drug.carried)
