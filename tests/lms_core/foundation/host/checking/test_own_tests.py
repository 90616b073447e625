from lms_core.foundation.host.checking.own_tests import run_tests


def folder(tmp_path, source: str):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_labs.py").write_text(source)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return tmp_path


def test_tests_that_pass_are_passed(tmp_path):
    assert run_tests("labs", folder(tmp_path, "def test_it():\n    assert True\n")).findings == ()


def test_a_test_that_fails_is_named_with_its_file_and_why(tmp_path):
    (told,) = run_tests("labs", folder(tmp_path, "def test_it():\n    assert 1 == 2\n")).findings
    assert told.file == str(tmp_path / "tests" / "test_labs.py")
    assert told.line == 2
    assert "test_it fails: assert 1 == 2" in str(told)


def test_tests_that_cannot_be_collected_are_told(tmp_path):
    told = run_tests("labs", folder(tmp_path, "import nothing_of_that_name\n")).findings
    assert "nothing_of_that_name" in str(told[0])


def test_tests_that_hang_are_cut_off(tmp_path):
    (told,) = run_tests("labs", folder(tmp_path, "import time\ntime.sleep(60)\n"), limit=2).findings
    assert "did not end within 2 s" in str(told)


def test_a_wheel_and_a_folder_without_tests_say_so(tmp_path):
    assert "source folder" in run_tests("labs", None).skipped
    assert "nothing was tried" in run_tests("labs", tmp_path).skipped
