"""Published cases of the physiology page: plasma levels of antidotes and sedatives, and waking from heroin."""

from __future__ import annotations

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.figures import highest, minutes_until

MIDAZOLAM = "Absorption PMID 2097906; Schwagmeier 1998; BCP 2017"
HEROIN_OVERDOSE = (
    "00:00 taken_heroin_iv_mg=30",
    "rr<4 ventilate_bvm rate=10",
    "rr<4+02:00 give_drug drug=naloxone dose=2 unit=mg route=IM",
)


def _peak(
    case_id: str, drug: str, dose: str, route: str, published: float, low: float, high: float, source: str
) -> Case:
    return Case(
        case_id, f"{drug} {dose} mg {route}: Cmax", "ng/mL", published, low, high, source,
        highest(f"c_{drug}", "01:00", "61:00"), (f"01:00 give_drug drug={drug} dose={dose} unit=mg route={route}",), 61,
    )  # fmt: skip


CASES: tuple[Case, ...] = (
    _peak("N-im400", "naloxone", "0.4", "IM", 1.27, 0.826, 1.71, "McDonald 2018"),
    _peak("N-in2000", "naloxone", "2.0", "IN", 2.87, 1.87, 3.87, "McDonald 2018"),
    _peak("M-im", "midazolam", "5.6", "IM", 92, 59.8, 129, MIDAZOLAM),
    Case(
        "N-kelly", "heroin OD on BVM, naloxone 2 mg IM: time to RR>=10", "min", 6, 2, 9, "Kelly 2005 (82% by 8 min)",
        minutes_until("own_rr", above=9.99, since="rr<4+02:00"), HEROIN_OVERDOSE, 40,
    ),
)  # fmt: skip
