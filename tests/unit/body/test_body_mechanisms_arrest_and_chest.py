"""What the mechanisms of the stopped heart and of the chest do to a patient."""

from __future__ import annotations

from knowthyself_tui.domain.body import Body
from tests.unit.body.ailing import (
    ADRENALINE_IV,
    LET_GO,
    RESUSCITATION,
    SHOCK,
    arrested,
    bled,
    ill,
    well,
)
from tests.unit.body.bedside import (
    NEEDLE,
    TODDLER,
    after,
    bag,
    body_of,
    drug,
    give,
    stored,
)


def test_an_acid_heart_gets_less_out_of_compressions() -> None:
    energy = [after(arrested("vf", lactate=level), RESUSCITATION, 7)["energy"] for level in (2.0, 20.0)]
    assert energy[1] < 0.85 * energy[0]


def test_a_heart_left_eight_minutes_alone_recovers_less_under_the_same_compressions() -> None:
    energy = [after(arrested("vf", minutes), RESUSCITATION, 8)["energy"] for minutes in (1, 8)]
    assert energy[1] < 0.8 * energy[0]


def test_the_heart_is_stunned_for_minutes_after_a_short_arrest() -> None:
    before = well().values()
    now = after(arrested("vf", 0.2), [SHOCK], 10)
    assert now["arrested"] == 0
    assert 0.7 * before["sv_ml"] < now["sv_ml"] < 0.9 * before["sv_ml"]


def test_a_heart_squeezed_by_a_tension_pneumothorax_starts_only_after_the_needle() -> None:
    for orders, starts in (((), False), ((NEEDLE,), True)):
        body = ill({"pneumothorax": 1.0})
        body.force("rhythm", "pea")
        give(body, *RESUSCITATION, *orders).step(300)
        assert ("cpr" not in body.running()) is starts, orders


def test_an_empty_heart_does_not_start_under_compressions() -> None:
    body = well()
    body.force("blood_removed_ml", 3000)
    body.force("rhythm", "pea")
    give(body, *RESUSCITATION).step(480)
    assert "cpr" in body.running()


def test_adrenaline_feeds_the_heart_under_compressions() -> None:
    energy = [after(arrested("asystole", 4), [*RESUSCITATION, *more], 4)["energy"] for more in ((), (ADRENALINE_IV,))]
    assert energy[1] > 1.2 * energy[0]


def test_adrenaline_under_compressions_lowers_the_end_tidal_carbon_dioxide() -> None:
    seen = []
    for more in ((), (ADRENALINE_IV,)):
        body = give(arrested("vf"), *RESUSCITATION)
        body.step(240)
        seen.append(after(body, more, 1.5)["etco2_mmhg"])
    assert seen[1] < seen[0] - 1.5


def test_a_milligram_of_adrenaline_makes_about_one_beating_heart_in_four_fibrillate() -> None:
    healthy = stored(well())
    fibrillated = 0
    for seed in range(80):
        body = give(Body.from_json(healthy | {"seed": seed}), ADRENALINE_IV)
        for _ in range(12):
            body.step(20)
            if body.arrested:
                assert body.vitals().rhythm == "ventricular_fibrillation"
                fibrillated += 1
                break
    assert 0.15 < fibrillated / 80 < 0.4


def test_a_cannula_keeps_a_growing_pneumothorax_from_coming_back() -> None:
    body = body_of("pneumothorax")
    before = body.values()["fev1_percent"]
    relieved = after(body, [NEEDLE], 0.5)["fev1_percent"]
    body.step(900)
    assert body.values()["fev1_percent"] > before + 0.7 * (relieved - before)


def test_a_bag_blows_a_quiet_pneumothorax_up_into_a_tension() -> None:
    alone = after(ill({"pneumothorax": 0.25}), [], 8)
    bagged = after(ill({"pneumothorax": 0.25}), [bag(12)], 8)
    assert alone["map"] > 85
    assert bagged["map"] < alone["map"] - 20


def test_a_wet_lung_clears_3_to_25_percent_in_an_hour_and_more_with_nitrate_and_diuretic() -> None:
    treatment = [drug("gtn", 0.8, "mg", "SL"), drug("furosemide", 40, "mg", "IV")]
    left = [after(ill({"lung_water": 0.6}), orders, 60)["lung_water"] / 0.6 for orders in ([], treatment)]
    assert 0.75 < left[0] < 0.97
    assert left[1] < 0.8 * left[0]


def test_a_flooded_lung_breathes_fast_and_shallow() -> None:
    healthy, wet = well(lies="upright").values(), ill({"lung_water": 0.6}, lies="upright", minutes=3).values()
    assert wet["rr"] > healthy["rr"] + 5
    assert wet["vt_ml"] < 0.95 * healthy["vt_ml"]


def test_a_steroid_opens_asthmatic_airways_only_after_hours() -> None:
    body = ill({"bronchospasm": 0.4, "mucus_plugging": 0.3}, lies="upright")
    before = body.values()["fev1_percent"]
    assert after(body, [drug("hydrocortisone", 200, "mg", "IV")], 15)["fev1_percent"] < before + 3
    body.step(6300)
    assert body.values()["fev1_percent"] > before + 6


def test_dexamethasone_takes_a_third_of_the_swelling_of_croup() -> None:
    body = ill({"airway_swelling": 0.6}, TODDLER, "upright")
    assert 0.6 * 0.55 < after(body, [drug("dexamethasone", 7, "mg", "PO")], 120)["swelling"] < 0.6 * 0.8


def test_the_throat_of_someone_who_does_not_breathe_shuts_unless_it_is_held() -> None:
    saturation = []
    for airway in ("", "open"):
        body = well()
        body.force("fio2", 1.0)
        body.step(240)
        body.force("breathing", "apnoea")
        if airway:
            body.force("airway", airway)
        body.step(600)
        saturation.append(body.values()["sao2"])
    assert saturation[0] < 85
    assert saturation[1] > 98


def test_the_awake_breathe_on_after_being_overventilated() -> None:
    body = well(lies="upright")
    before = body.values()["ve_l_min"]
    give(body, bag(26)).step(300)
    assert body.values()["paco2_mmhg"] < 34
    give(body, LET_GO).step(20)
    assert 0.35 * before < body.values()["ve_l_min"] < 0.9 * before


def test_bleeding_makes_people_breathe_off_carbon_dioxide_before_they_are_acid() -> None:
    before, now = bled(0.37, minutes=1.5)
    assert now["lactate_mmol_l"] < 2
    assert now["paco2_mmhg"] < before["paco2_mmhg"] - 2.5
