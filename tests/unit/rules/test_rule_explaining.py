"""Rules in plain words."""

from __future__ import annotations

import pytest

from knowthyself_tui.domain.rules import explain, parse, parse_acts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "T(salbutamol{route=NEB}) <= 5 AND T(give_oxygen{device=non_rebreather, flow>=10}) <= 3",
            "salbutamol by nebuliser within 5 min and oxygen by non-rebreather at 10 L/min or more within 3 min",
        ),
        ("T(salbutamol) = INF", "salbutamol never"),
        ("T(oxygen) < INF", "oxygen at some time"),
        ("T(oxygen) > 10", "oxygen later than 10 min or never"),
        ("T2(salbutamol) <= T(salbutamol) + 8", "the second salbutamol no later than 8 min after salbutamol"),
        ("T(suction, 5) >= 2", "the 5th suction not before 2 min"),
        ("BEFORE(suction, oxygen)", "suction before oxygen"),
        ("AFTER(reassess, T(adrenaline)) < END", "reassessment after adrenaline before the end"),
        ("N(naloxone) < 2", "naloxone less than 2 times"),
        ("N(naloxone) = 0", "naloxone not once"),
        ("N(naloxone, 2, 5) > 0", "naloxone from 2 min to 5 min at least once"),
        ("N(naloxone) + 1 > 3", "the number of times of naloxone plus 1 more than 3"),
        ("SUM(naloxone, {IM, IV}) <= 0.8", "the total dose of naloxone into a muscle or into a vein at most 0.8"),
        (
            "DUR(V(spo2) < 90 AND NOT ON(oxygen)) > 5",
            "SpO2 less than 90 and no oxygen running for more than 5 min in all",
        ),
        ("DUR(V(rr) < 8, 4) + 1 > 2", "the time in all of respiratory rate less than 8 from 4 min plus 1 more than 2"),
        ("WHEN(STATE() = critical) < INF", "the patient's state is critical at some time"),
        ("WHEN(V(spo2) < 90, 5) > 6", "the first moment of SpO2 less than 90, from 5 min on later than 6 min or never"),
        ("STATE(END) in {stable, improving}", "the patient's state at the end is stable or improving"),
        ("FINDING(air_entry, 5) in {poor, silent}", "told air entry by 5 min is poor or silent"),
        ("FINDING(spo2, 5) < 92", "told SpO2 by 5 min less than 92"),
        (
            "NOT (T(oxygen) < 3 OR T(suction) < 3)",
            "not (oxygen within less than 3 min or suction within less than 3 min)",
        ),
        ("late AND NOT late", "late and not late"),
        ("late <= T(oxygen) - 2", "late no later than 2 min before oxygen"),
        ("ALL(T(oxygen), 3, END) > 5", "all of oxygen, 3 min and the end later than 5 min or never"),
        ("ANY(T(oxygen), T(suction)) <= 5", "the first of oxygen or suction within 5 min"),
        ("SAID(target_spo2_min>=94)", "a statement with target spo2 min 94 or more"),
        ("V(gcs, T(oxygen)) = 15 AND END >= 5", "GCS at oxygen exactly 15 and the end at least 5 min"),
        ("spo2 >= initial(spo2) + 4", "SpO2 at least SpO2 at patient contact plus 4"),
        ("T(oxygen) <= 3 AND (T(suction) <= 3 OR late)", "oxygen within 3 min and (suction within 3 min or late)"),
        ("late OR late AND late", "late or (late and late)"),
        ("INF > T(oxygen)", "never more than oxygen"),
    ],
)
def test_rules_read_as_plain_words(text: str, words: str) -> None:
    assert explain(parse(text)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "salbutamol{route in {NEB, INH}, dose_mg>=2.5, dose_mg<=5}",
            "salbutamol by nebuliser or by inhaler of 2.5 to 5 mg",
        ),
        ("morphine{dose_mg>10} OR fentanyl{dose_mg<=0.1}", "morphine of more than 10 mg or fentanyl of 0.1 mg or less"),
        ("midazolam{while V(spo2) < 94} OR oxygen", "midazolam while SpO2 less than 94 or oxygen"),
        ("control_bleeding{device=tourniquet, note_time=true}", "control bleeding by tourniquet with note time yes"),
        ("give_drug{drug!=gtn}", "a drug (not gtn)"),
    ],
)
def test_patterns_of_acts_read_as_plain_words(text: str, words: str) -> None:
    assert explain(parse_acts(text)) == words
