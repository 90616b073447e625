"""Where the banks of the tests lie."""

import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SAMPLE = {
    "gift": HERE / "academy_ko_24.gift",
    "moodle-xml": HERE / "academy_ko_24.moodle.xml",
    "csv": HERE / "academy_ko_24.csv",
    "json-lines": HERE / "academy_ko_24.jsonl",
}


def real_bank() -> dict[str, Path]:
    """The four files of the real bank that LMS_TEST_BANK points to; skips the test if it points nowhere."""
    folder = Path(os.environ.get("LMS_TEST_BANK", ""))
    files = {path.suffix: path for path in sorted(folder.glob("learn_ko_166.*"))}
    if not os.environ.get("LMS_TEST_BANK") or len(files) < 4:
        # The one skip that stays a skip under LMS_TEST_STRICT: the bank is not part of this project.
        pytest.skip("real bank: set LMS_TEST_BANK to the folder that holds learn_ko_166.*")
    return files
