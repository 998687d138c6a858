"""Protocols: what a line means, what is refused, and when a step takes effect."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowthyself_tui.domain import body as body_package
from knowthyself_tui.domain.acts import Order, SlotValue
from knowthyself_tui.domain.bench import Protocol, Report, parse_ordering, parse_patient, parse_setting, parse_step, run
from knowthyself_tui.domain.bench.columns import DEFAULT_COLUMNS, all_columns, check_columns
from knowthyself_tui.domain.bench.forced import forced_names
from knowthyself_tui.domain.bench.moments import Crossing, Moment, parse_moment
from knowthyself_tui.domain.bench.steps import SLOTS, Ordering, Setting
from knowthyself_tui.domain.body import FORCED_NAMES
from knowthyself_tui.errors import UsageError

ADULT = parse_patient("")


def play(
    *steps: str, minutes: float = 2, columns: tuple[str, ...] = ("hr",)
) -> tuple[list[dict[str, object]], list[Report]]:
    reports: list[Report] = []
    protocol = Protocol(ADULT, minutes, tuple(map(parse_step, steps)))
    return [dict(row) for row in run(protocol, columns, report=reports.append)], reports


def test_a_patient_without_words_is_the_usual_adult() -> None:
    assert (ADULT.age_years, ADULT.weight_kg, ADULT.height_cm, ADULT.sex, ADULT.tolerance) == (30, 70, 175, "m", 1)


def test_a_patient_is_read_as_written() -> None:
    patient = parse_patient("age=62, weight=80,height=168,sex=f,tolerance=4.3,comorbidity=copd+anaemia,variability=on")
    assert (patient.age_years, patient.weight_kg, patient.height_cm, patient.sex) == (62, 80, 168, "f")
    assert patient.tolerance == 4.3
    assert patient.comorbidities == ("copd", "anaemia")
    assert patient.varied


def test_a_child_without_weight_has_the_usual_one_of_the_age() -> None:
    child = parse_patient("age=5")
    assert (child.weight_kg, child.height_cm) == (18, 110)
    assert parse_patient("age=1.5").weight_kg == pytest.approx(11.2, abs=0.2)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("age=400", "0.1 to 110"),
        ("age=thirty", "0.1 to 110"),
        ("age=nan", "0.1 to 110"),
        ("weight=5", "Nobody weighs"),
        ("sex=x", "f or m"),
        ("agee=30", "age"),
        ("age", "KEY=VALUE"),
        ("age=30,age=31", "twice"),
        ("comorbidity=copdd", "copd"),
        ("variability=maybe", "on or off"),
        ("tolerance=0", "1 to 20"),
    ],
)
def test_an_absurd_patient_is_one_sentence(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        parse_patient(text)


def test_a_setting_is_a_name_and_a_value() -> None:
    assert parse_step("02:30 fio2=0.4") == Setting(Moment(150), "fio2", 0.4)
    assert parse_step("0:05 airway=closed") == Setting(Moment(5), "airway", "closed")
    assert parse_setting("00:00 infusion_adrenaline_mcg_min=3.5").drug == "adrenaline"


def test_an_order_is_an_intent_with_typed_slots() -> None:
    step = parse_ordering('01:00 give_drug drug=adrenaline dose=0.5 unit=mg route=IM repeat=true site="left thigh"')
    slots: dict[str, SlotValue] = {
        "drug": "adrenaline",
        "dose": 0.5,
        "unit": "mg",
        "route": "IM",
        "repeat": True,
        "site": "left thigh",
    }
    assert step == Ordering(Moment(60), Order("give_drug", slots))
    assert step.drug == "adrenaline"
    ratio = parse_step("01:00 give_drug drug=adrenaline dose=1 unit=mL concentration=1:1000")
    assert isinstance(ratio, Ordering)
    assert ratio.order.slots["concentration"] == "1:1000"
    assert ratio.order.slots["dose"] == 1


def test_a_moment_may_be_a_limit_that_is_crossed() -> None:
    assert parse_moment("gcs<8.5+02:00") == Moment(120, Crossing("gcs", True, 8.5))
    assert parse_moment("blood_lost_ml>490") == Moment(0, Crossing("blood_lost_ml", False, 490))
    for text in ("00:05", "gcs<8.5", "icp_mmhg>55+01:30"):
        assert str(parse_moment(text)) == text


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "is no time"),
        ("fio2=0.4", "is no time"),
        ("1:60 fio2=0.4", "is no time"),
        ("-1:00 fio2=0.4", "is no time"),
        ("gcs<=8 fio2=0.4", "is no time"),
        ("01:00", "nothing to do"),
        ("01:00 fioo2=0.4", "fio2"),
        ("01:00 fio2=4", "0 to 1"),
        ("01:00 fio2=nan", "0 to 1"),
        ("01:00 fio2=", "0 to 1"),
        ("01:00 airway=shut", "open.closed"),
        ("01:00 bronchospasm=2", "0 to 0.97"),
        ("01:00 infusion_nectar_mcg_min=3", "no drug"),
        ("01:00 infusion_adrenaline_mcg_min=-3", "0 to 1000000"),
        ("01:00 give_drugs drug=morphine", "give_drug"),
        ("01:00 give_drug drug=morphin", "morphine"),
        ("01:00 give_drug morphine", "slot=value"),
        ("01:00 give_drug drug=", "slot=value"),
        ("01:00 give_drug drgu=morphine", "drug"),
        ('01:00 give_drug drug="morphine', "quotation"),
    ],
)
def test_a_bad_line_says_what_would_be_right(line: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        parse_step(line)


def test_settings_and_orders_are_told_apart() -> None:
    with pytest.raises(UsageError, match="sets nothing"):
        parse_setting("01:00 give_drug drug=morphine")
    with pytest.raises(UsageError, match="is no order"):
        parse_ordering("01:00 fio2=0.4")


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_step_or_one_sentence(text: str) -> None:
    for parse in (parse_step, parse_patient):
        with suppress(UsageError):
            parse(text)


_NAMES = st.sampled_from(
    ["fio2", "airway", "position", "glucose", "bleed_ml_min", "infusion_adrenaline_mcg_min", "rhythm"]
)
_WORDS = st.sampled_from(
    ["give_drug", "drug=morphine", "dose=5", "unit=mg", "dose=", "=5", '"', "route=IM", "volume=1e999"]
)


@given(st.tuples(st.sampled_from(["00:00", "99:59", "gcs<8", "gcs<", "1:5"]), _NAMES, st.text(max_size=12)))
def test_whatever_value_is_set_is_read_or_refused(parts: tuple[str, str, str]) -> None:
    moment, name, value = parts
    try:
        step = parse_step(f"{moment} {name}={value}")
    except UsageError:
        return
    assert isinstance(step, Setting)
    assert step.name == name


@given(st.lists(_WORDS, max_size=6))
def test_whatever_order_is_typed_is_read_or_refused(words: list[str]) -> None:
    with suppress(UsageError):
        assert isinstance(parse_step(" ".join(["00:10", *words])), Ordering)


def test_a_step_at_the_start_shows_in_the_first_row() -> None:
    rows, _ = play("00:00 position=standing", "00:03 glucose=2", columns=("t", "glucose_mmol_l"), minutes=0.1)
    assert [row["t"] for row in rows] == [0, 1, 2, 3, 4, 5, 6]
    glucose = [row["glucose_mmol_l"] for row in rows]
    assert glucose[2] == pytest.approx(5.4, abs=0.01)
    assert glucose[3] == 2


def test_a_step_waits_for_its_limit_and_for_the_time_behind_it() -> None:
    rows, reports = play(
        "00:10 glucose=2",
        "glucose_mmol_l<3+00:05 glucose=9",
        "hr>250 glucose=1",
        columns=("glucose_mmol_l",),
        minutes=1,
    )
    glucose = [float(str(row["glucose_mmol_l"])) for row in rows]
    assert [second for second in range(61) if glucose[second] < 3] == [10, 11, 12, 13, 14]
    assert [(report.code, report.step) for report in reports] == [("never", "hr>250 glucose=1")]


def test_a_row_shows_the_crossing_before_the_step_that_answers_it() -> None:
    rows, _ = play("00:02 breathing=apnoea", "rr<9 ventilate_bvm rate=12", columns=("rr",), minutes=0.3)
    rates = [float(str(row["rr"])) for row in rows]
    (below,) = [second for second, rate in enumerate(rates) if rate < 9]
    assert rates[below + 1] == 12


def test_orders_that_are_not_simply_carried_out_are_told() -> None:
    _, reports = play(
        "00:05 give_oxygen device=nasal_cannula flow=30",
        "00:06 give_drug drug=morphine dose=2 unit=mg route=NEB",
        "00:07 give_oxygen device=non_rebreather flow=15",
        "00:08 examine_region region=chest",
    )
    assert [(report.seconds, report.code) for report in reports] == [
        (5, "corrected"),
        (6, "impossible"),
        (8, "no_effect"),
    ]
    assert "6 L/min" in str(reports[0])
    assert reports[1].refused
    assert str(reports[1]).startswith("At 00:06 “give_drug drug=morphine dose=2 unit=mg route=NEB” was refused: ")


def test_rows_come_at_the_start_and_every_so_many_seconds() -> None:
    rows = list(run(Protocol(ADULT, 1), ["t"], every=25))
    assert [row["t"] for row in rows] == [0, 25, 50]


def test_the_lead_is_not_shown_and_the_disease_has_run() -> None:
    ill = Protocol(ADULT, 0, conditions={"bronchospasm": 0.6}, lead_seconds=300)
    (row,) = run(ill, ["t", "hr"])
    assert row["t"] == 0
    assert float(str(row["hr"])) > 80


def test_a_drug_that_was_never_given_has_no_level_and_a_pressure_without_pulse_is_nothing() -> None:
    rows, _ = play("00:01 rhythm=vf", columns=("c_morphine", "sbp", "rhythm"), minutes=0.1)
    assert rows[0]["c_morphine"] == 0.0
    assert rows[-1]["sbp"] is None
    assert rows[-1]["rhythm"] == "ventricular_fibrillation"


def test_without_columns_a_row_has_the_usual_ones_and_the_drugs_on_board() -> None:
    rows = list(run(Protocol(ADULT, 0.1, (parse_step("00:01 infusion_morphine_mcg_min=100"),)), None))
    assert tuple(rows[0]) == DEFAULT_COLUMNS
    assert tuple(rows[-1]) == (*DEFAULT_COLUMNS, "c_morphine", "e_morphine")


@pytest.mark.parametrize(
    ("minutes", "position", "steps", "says"),
    [
        (-1, "supine", (), "0 to 1440"),
        (float("nan"), "supine", (), "0 to 1440"),
        (1, "stading", (), "standing"),
        (1, "supine", ("02:00 fio2=1",), "after the end"),
        (1, "supine", ("gcss<8 fio2=1",), "gcs"),
    ],
)
def test_a_protocol_that_cannot_be_played_is_one_sentence(
    minutes: float, position: str, steps: tuple[str, ...], says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        Protocol(ADULT, minutes, tuple(map(parse_step, steps)), position=position)


def test_an_unknown_column_names_near_ones() -> None:
    with pytest.raises(UsageError, match="paco2_mmhg"):
        check_columns(["paco2"])
    assert check_columns(["hr", "c_morphine", "hr"]) == ("hr", "c_morphine")
    assert set(DEFAULT_COLUMNS) <= set(all_columns())


def test_everything_the_body_lets_be_set_is_explained() -> None:
    rows = forced_names()
    assert [row.name for row in rows] == list(FORCED_NAMES)
    for row in rows:
        assert row.meaning, row.name
        assert row.allowed, row.name


def test_every_slot_that_the_body_reads_can_be_ordered() -> None:
    folder = Path(str(body_package.__file__)).parent
    read = {
        slot for path in folder.glob("*.py") for slot in re.findall(r'slots\.get\("(\w+)"', path.read_text("utf-8"))
    }
    assert read <= SLOTS
