"""The price catalog: what ships, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.core.money import microusd
from portalis.cost.catalog import COLUMNS, CatalogError, PricingModel, UnknownPrice, parse
from portalis.cost.shipped import load, shipped

HEAD = ",".join(COLUMNS)


def test_the_names_of_the_seed_stand_for_cloud_types() -> None:
    catalog = shipped()
    meant = {name: catalog.price(name).cloud_instance for name in catalog.names}
    assert meant == {
        "local": "c7i.large",
        "t4.xlarge": "g4dn.xlarge",
        "dgxa100.40g": "p4d.24xlarge",
        "dgxa100.80g": "p4de.24xlarge",
        "dgxh100.80g": "p5.48xlarge",
    }


def test_every_row_has_three_prices_and_says_which_are_assumed() -> None:
    catalog = shipped()
    for name in catalog.instances:
        listed = catalog.price(name)
        assert not listed.assumed
        assert catalog.price(name, PricingModel.SPOT).assumed
        spot, reserved = (
            catalog.price(name, model).rate_microusd_h
            for model in (PricingModel.SPOT, PricingModel.RESERVED)
        )
        assert spot < reserved < listed.rate_microusd_h


def test_a_slot_is_never_cheaper_than_its_share() -> None:
    price = shipped().price("dgxa100.80g")
    assert price.rate_microusd_h == microusd("27.44705")
    for slots in (1, 2, 3, 7, 96):
        assert 0 <= price.slot_rate_microusd_h(slots) * slots - price.rate_microusd_h < slots


def test_an_unknown_price_is_refused() -> None:
    with pytest.raises(UnknownPrice, match=r"'p9.huge'; the catalog has: .*dgxa100\.80g"):
        shipped().price("p9.huge")
    catalog = parse(f"{HEAD}\nmine,,here,1,1,0,,0,1.5,,,,2026-01-01\n")
    assert catalog.price("mine").rate_microusd_h == 1_500_000
    with pytest.raises(UnknownPrice, match="no spot price"):
        catalog.price("mine", PricingModel.SPOT)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n", r"prices\.csv:1: the columns are"),
        (f"{HEAD}\nx,,r,1,1,0,,0,ten,,,,2026-01-01\n", r"prices\.csv:2: 'ten' is no amount"),
        (f"{HEAD}\nx,,r,1,1,0,,0,-1,,,,2026-01-01\n", r"prices\.csv:2: .*less than nothing"),
        (f"{HEAD}\nx,,r,1,1,0,,0,1,,,,today\n", r"prices\.csv:2: Invalid isoformat"),
        (f"{HEAD}\nx,,r,1,1,0,,0,,,,,2026-01-01\n", r"prices\.csv:2: a price is missing"),
        (f"{HEAD}\nx,,r,1,1,0,,0,1,,,spot,2026-01-01\n", r"prices\.csv:2: a price is missing"),
        (f"{HEAD}\nx,,r\n", r"prices\.csv:2: 13 fields"),
        (f"{HEAD}\nx,y,,,,,,,,,,,\n", "x stands for y, which has no row"),
    ],
)
def test_a_broken_catalog_is_refused_with_the_line(text: str, words: str) -> None:
    with pytest.raises(CatalogError, match=words):
        parse(text)


def test_a_file_replaces_it(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"{HEAD}\nmine,,here,1,1,0,,0,2,,,,2026-01-01\n")
    assert load(path).price("mine").rate_microusd_h == 2_000_000
    with pytest.raises(CatalogError, match="cannot be read"):
        load(tmp_path / "none.csv")
