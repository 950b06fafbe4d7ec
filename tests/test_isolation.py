"""Twenty readers and a writer: a page is of one moment, and is kept under that moment's version."""

from dataclasses import replace
from pathlib import Path

from dashboard.settings import Settings
from dashboard.ui import cache
from dashboard.workspaces import Workspaces
from tests.soak.isolation import pages, questions, tiles
from tests.soak.kill import batch


def test_twenty_readers_never_see_half_an_import(tmp_path: Path) -> None:
    own = tiles(tmp_path, 5)
    assert own.bad == []
    assert own.tiles > 100
    assert own.writes >= 2


def test_no_whole_page_ever_mixes_two_states(tmp_path: Path) -> None:
    own = pages(tmp_path, 5, readers=4)
    assert own.bad == []
    assert own.pages > 3
    assert own.writes >= 1


def test_a_page_is_never_kept_under_a_version_it_was_not_read_at(tmp_path: Path) -> None:
    """A run takes the version, an import is committed, and only then the page is read."""
    with Workspaces(Settings(data=tmp_path)) as spaces:
        warehouse = spaces.warehouse("school")
        asked = replace(questions()["funds"], folder=str(tmp_path), version=warehouse.version)
        warehouse.load(batch(1, 30))
        late, again = cache.answer(asked), cache.answer(asked)
        assert late is not again
        now = replace(asked, version=warehouse.version)
        assert cache.answer(now) is cache.answer(now)
    cache.workspaces(str(tmp_path)).close()
