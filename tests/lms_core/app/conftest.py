import pytest

from tests.support.shelf import shelf_in


@pytest.fixture
def shelf(tmp_path):
    """A folder on sys.path to put plugins on, before the site is made."""
    with shelf_in(tmp_path / "shelf") as made:
        yield made
