"""One list holds everything that a case can disclose."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from knowthyself_tui.content import Library
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.domain.scenario.disclosable import Disclosable
from knowthyself_tui.patients import Manners


def test_facts_are_listed_for_each_person_who_knows_them(asthma: Manners) -> None:
    listed = [each for each in asthma.scenario.disclosable if each.id == "allergies"]
    assert listed == [Disclosable("allergies", "patient", "asked"), Disclosable("allergies", "bystander", "asked")]
    assert [each.source for each in asthma.scenario.disclosable if each.id == "night"] == ["bystander"]


@pytest.mark.parametrize(
    "entry",
    [
        Disclosable("clue:empty_inhalers", "scene", "found"),
        Disclosable("clue:peak_flow_chart", "record", "found"),
        Disclosable("region:abdomen", "examination", "examined"),
        Disclosable("finding:air_entry", "examination", "examined"),
        Disclosable("vital:spo2", "examination", "examined"),
        Disclosable("worry:tube", "patient", "volunteered"),
    ],
)
def test_every_source_is_in_the_list(asthma: Manners, entry: Disclosable) -> None:
    assert entry in asthma.scenario.disclosable


def test_nothing_is_listed_twice(asthma: Manners) -> None:
    assert len(set(asthma.scenario.disclosable)) == len(asthma.scenario.disclosable)


@pytest.mark.parametrize("wrong", ["clue:bag", "scene", "two words"])
def test_an_id_that_could_be_taken_for_another_is_refused(wrong: str) -> None:
    document = Library().load("asthma").document
    facts = [{**document["facts"][0], "id": wrong}, *document["facts"][1:]]
    with pytest.raises(ValidationError):
        Scenario.model_validate({**document, "facts": facts})
