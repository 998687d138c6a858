"""`knowthyself body`: what it prints, what it refuses, and that the same command gives the same bytes."""

from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from knowthyself_tui.cli import cli
from knowthyself_tui.domain.bench import DEFAULT_COLUMNS, SECTION_2
from knowthyself_tui.domain.bench.figures import at
from knowthyself_tui.domain.body import FORCED_NAMES

Run = Callable[..., subprocess.CompletedProcess[str]]


def body(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["body", *arguments])


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_the_csv_has_the_contracts_columns_and_a_row_every_five_seconds() -> None:
    out = rows(body("play", "--minutes", "1", "--csv"))
    assert tuple(out[0]) == DEFAULT_COLUMNS
    assert [row["t"] for row in out] == [str(5 * n) for n in range(13)]
    assert 60 <= float(out[0]["hr"]) <= 85
    assert out[0]["rhythm"] == "sinus_rhythm"


def test_columns_are_the_chosen_ones_in_their_order() -> None:
    out = body("play", "--minutes", "0", "--csv", "--columns", "spo2,t,fio2,crt_seconds")
    assert out.stdout.splitlines()[0] == "spo2,t,fio2,crt_seconds"
    assert out.stdout.splitlines()[1].split(",")[1:3] == ["0", "0.210"]


def test_drugs_that_are_given_bring_their_levels() -> None:
    order = "00:30 give_drug drug=adrenaline dose=0.5 unit=mg route=IM"
    out = rows(body("play", "--minutes", "5", "--every", "60", "--csv", "--order", order))
    assert list(out[0])[-2:] == ["c_adrenaline", "e_adrenaline"]
    assert float(out[0]["c_adrenaline"]) == 0.0
    assert float(out[-1]["c_adrenaline"]) > 0.1
    assert float(out[-1]["hr"]) > float(out[0]["hr"])


def test_what_does_not_exist_is_an_empty_cell() -> None:
    out = rows(body("play", "--minutes", "1", "--csv", "--set", "00:00 rhythm=vf"))
    assert out[-1]["sbp"] == out[-1]["dbp"] == out[-1]["spo2"] == ""
    assert out[-1]["hr"] == "0.0"


def test_the_patient_is_the_one_described() -> None:
    columns = ("--columns", "hr,blood_volume_ml", "--csv", "--minutes", "0")
    adult = rows(body("play", *columns))[0]
    child = rows(body("play", "--patient", "age=5,weight=18,height=110,sex=f", *columns))[0]
    assert float(child["hr"]) > float(adult["hr"]) + 15
    assert float(child["blood_volume_ml"]) < 1600


def test_refused_and_corrected_orders_are_told_on_standard_error() -> None:
    result = body(
        "play", "--minutes", "1", "--csv", "--columns", "t",
        "--order", "00:05 give_oxygen device=nasal_cannula flow=30",
        "--order", "00:06 give_drug drug=morphine dose=2 unit=mg route=NEB",
    )  # fmt: skip
    assert result.exit_code == 0
    corrected, refused = result.stderr.splitlines()
    assert corrected.startswith("At 00:05 ")
    assert "was corrected" in corrected
    assert refused.startswith("At 00:06 ")
    assert "was refused" in refused
    assert "At 00" not in result.stdout


def test_a_scenario_brings_patient_illness_lead_and_position() -> None:
    out = rows(body("play", "--scenario", "asthma", "--minutes", "20", "--every", "60", "--csv"))
    assert out[0]["t"] == "0"
    assert abs(float(out[0]["hr"]) - 128) <= 12
    assert float(out[0]["fev1_percent"]) < 40
    assert out[-1]["hr"] == "0.0"


def test_the_table_is_aligned() -> None:
    lines = body("play", "--minutes", "1", "--every", "30", "--columns", "t,hr,rhythm").stdout.splitlines()
    assert lines[0].split() == ["t", "hr", "rhythm"]
    assert len(lines) == 4
    assert len({len(line) for line in lines}) == 1


def test_a_plot_fits_eighty_columns_and_is_labelled() -> None:
    result = body("play", "--plot", "--columns", "t,hr,spo2", "--minutes", "10", "--set", "01:00 breathing=apnoea")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("hr (/min): min ")
    assert any(line.startswith("spo2 (%): min ") for line in lines)
    assert any(line.split() == ["00:00", "10:00"] for line in lines)
    assert any("\u2801" <= mark <= "\u28ff" for mark in result.stdout)


def test_a_plot_without_columns_draws_the_usual_ones_and_a_flat_or_empty_curve_does_no_harm() -> None:
    assert body("play", "--plot", "--minutes", "0").exit_code == 0
    empty = body("play", "--plot", "--minutes", "1", "--columns", "sbp", "--set", "00:00 rhythm=vf")
    assert "sbp (mmHg): nothing to draw." in empty.stdout


def test_all_names_are_listed() -> None:
    text = body("play", "--names").stdout
    for name in (*FORCED_NAMES, *DEFAULT_COLUMNS, "give_drug", "morphine", "upright", "copd"):
        assert name in text, name


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--patient", "age=400"), "age"),
        (("--minutes", "-3"), "minutes"),
        (("--minutes", "nan"), "minutes"),
        (("--minutes", "99999"), "minutes"),
        (("--every", "0"), "--every"),
        (("--columns", "hrr"), "hr"),
        (("--columns", ","), "no column"),
        (("--set", "1:00 fioo2=1"), "fio2"),
        (("--set", "1:99 fio2=1"), "no time"),
        (("--set", "1:00 fio2=9"), "0 to 1"),
        (("--set", "30:00 fio2=1"), "after the end"),
        (("--set", "1:00 give_drug drug=morphine"), "sets nothing"),
        (("--order", "1:00 fio2=1"), "no order"),
        (("--order", "1:00 give_drug drug=adrenalin"), "adrenaline"),
        (("--position", "stading"), "standing"),
        (("--plot", "--csv"), "not both"),
        (("--plot", "--columns", "rhythm"), "not rhythm"),
        (("--scenario", "asthma", "--patient", "age=3"), "own patient"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_two(arguments: tuple[str, ...], says: str) -> None:
    result = body("play", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("knowthyself: ")
    assert says in line


def test_an_unknown_scenario_is_one_sentence() -> None:
    result = body("play", "--scenario", "nope")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_validation_prints_the_chosen_rows_and_their_sum() -> None:
    result = body("validate", "--only", "severinghaus")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines[1:5]] == ["G27", "G40", "G60", "G100"]
    assert lines[-1] == "4 of 4 inside"
    markdown = body("validate", "--only", "severinghaus", "--markdown").stdout.splitlines()
    assert markdown[2].startswith("| G27 |")
    assert markdown[2].endswith("| Severinghaus 1979 |")


def test_validation_fails_when_a_row_is_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    case = SECTION_2[4]
    wrong = type(case)("X", "impossible heart", "/min", 300, 299, 301, "nobody", at("hr", "00:00"))
    monkeypatch.setattr("knowthyself_tui.commands.body.SECTION_2", (wrong,))
    result = body("validate")
    assert result.exit_code == 1
    assert "0 of 1 inside" in result.stdout
    assert "knowthyself body play" in result.stdout


def test_validation_of_nothing_is_a_usage_error() -> None:
    assert body("validate", "--only", "phlogiston").exit_code == 2


def test_the_same_command_gives_the_same_bytes(command: Run) -> None:
    arguments = ("body", "play", "--minutes", "3", "--csv", "--seed", "7", "--patient", "variability=on")
    first, second = command(*arguments), command(*arguments)
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert first.stdout.count("\n") == 38
