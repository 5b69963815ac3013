"""The demo shop as a process of its own."""

from pathlib import Path

import pytest

from tandem.demo.run import free_port, shop_running, shoppers_of
from tandem.demo.shop_process import ShopFailed

KEY, TRIAL, SECRET = "key-for-tests", "trial-key-for-tests", "identity-secret-for-tests-0123456789"


async def test_it_starts_in_any_folder_also_where_there_are_other_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").mkdir()
    monkeypatch.chdir(tmp_path)
    port = free_port()
    with shop_running(port, KEY, SECRET, TRIAL) as child:
        assert await shoppers_of(f"http://127.0.0.1:{port}", KEY, child)


async def test_a_shop_that_ends_is_not_waited_for() -> None:
    port = free_port()
    with shop_running(port, KEY, "too short", TRIAL) as child, pytest.raises(ShopFailed, match="ended with status"):
        await shoppers_of(f"http://127.0.0.1:{port}", KEY, child)
