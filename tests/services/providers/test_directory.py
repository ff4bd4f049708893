"""The directory: nearest first, within the radius, and honest about its samples."""

import csv
from pathlib import Path

import pytest

from services.providers.api import DIRECTORY, GAZETTEER
from services.providers.directory import (
    SAMPLE_FILE,
    Profession,
    miles_between,
    sample_directory,
)

CHICAGO = GAZETTEER.find("60614")


def test_distance_of_two_known_cities() -> None:
    new_york, los_angeles = (40.7128, -74.0060), (34.0522, -118.2437)
    assert miles_between(*new_york, *los_angeles) == pytest.approx(2445, abs=5)
    assert miles_between(*new_york, *new_york) == 0


def test_nearest_first_and_within_the_radius() -> None:
    found = DIRECTORY.near(CHICAGO, radius_miles=100, limit=50)
    distances = [f.distance_miles for f in found]
    assert distances == sorted(distances)
    assert distances[0] < 1
    assert distances[-1] <= 100


def test_nothing_that_is_near_is_overlooked() -> None:
    """An independent count over the file, without the database."""
    with SAMPLE_FILE.open(newline="") as lines:
        places = [GAZETTEER.find(row["postal_code"]) for row in csv.DictReader(lines)]
    here = CHICAGO.latitude, CHICAGO.longitude
    near = [p for p in places if miles_between(*here, p.latitude, p.longitude) <= 300]
    assert len(DIRECTORY.near(CHICAGO, radius_miles=300, limit=1000)) == len(near) > 4


def test_the_limit_and_the_profession_are_kept() -> None:
    found = DIRECTORY.near(CHICAGO, 300, 2, [Profession.PHYSICAL_THERAPIST])
    assert [f.provider.profession for f in found] == ["physical_therapist"] * 2


def test_every_entry_says_that_it_is_a_sample() -> None:
    with SAMPLE_FILE.open(newline="") as lines:
        for row in csv.DictReader(lines):
            assert "SAMPLE" in row["name"]
            assert "not a real clinic" in row["name"]
            assert row["phone"].startswith("555-01"), "numbers reserved for fiction"


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("x,SAMPLE,surgeon,1 A,Austin,TX,78701,", "line 2: 'surgeon'"),
        ("x,SAMPLE,physician,1 A,Nowhere,TX,00000,", "line 2: 00000"),
    ],
)
def test_a_bad_row_is_named_by_its_line(tmp_path: Path, row: str, complaint: str) -> None:
    file = tmp_path / "providers.csv"
    file.write_text(f"id,name,profession,address,city,state,postal_code,phone\n{row}\n")
    with pytest.raises(ValueError, match=complaint):
        sample_directory(GAZETTEER, file)
