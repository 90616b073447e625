def test_the_catalogue_is_for_whoever_is_signed_in(academy):
    assert academy.as_program().get("/api/v1/cert_prep/certifications").status_code == 401
    answer = academy.as_program("trainee@example.org").get("/api/v1/cert_prep/certifications")
    by_code = {one["code"]: one for one in answer.json["items"]}
    assert len(by_code) == 21
    assert (by_code["AI-900"]["retired"], by_code["AI-900"]["successor"]) == (True, "AI-901")
    assert by_code["GAIL"]["plugin"] == "google_certs"


def test_an_outline_tells_ranges_beside_counts_and_its_sources(academy):
    program = academy.as_program("trainee@example.org")
    told = program.get("/api/v1/cert_prep/certifications/AI-901?items=50").json
    assert [(one["weight_min"], one["weight_max"], one["items"]) for one in told["domains"]] == [
        (40, 45, 21),
        (55, 60, 29),
    ]
    assert told["sources"][0]["url"].startswith("https://learn.microsoft.com/")
    older = program.get("/api/v1/cert_prep/certifications/PCA?as_of=2026-second-source").json
    assert older["versions"] == ["2026", "2026-second-source"]
    assert older["domains"][0]["weight_min"] == 24


def test_what_is_not_there_is_not_found(academy):
    program = academy.as_program("trainee@example.org")
    for url in ("XY-1", "AI-901?as_of=1999"):
        assert program.get(f"/api/v1/cert_prep/certifications/{url}").status_code == 404
    assert program.get("/api/v1/cert_prep/certifications/AI-901?items=0").status_code == 422


def test_an_instructor_makes_a_mock_exam_and_a_trainee_does_not(academy):
    url = "/api/v1/cert_prep/certifications/AI-901/mock-exams"
    assert academy.as_program("trainee@example.org").post(url, json={}).status_code == 403
    instructor = academy.as_program("instructor@example.org")
    campus = next(
        scope["scope"]
        for scope in instructor.get("/api/v1/people/me").json["roles"]
        if scope["scope"].startswith("campus")
    )
    made = instructor.post(url, json={"items": 20, "minutes": 30, "place": campus})
    assert made.status_code == 201, made.json
    assert made.json["counts"] == {"ai-901.1": 9, "ai-901.2": 11}
    assert (made.json["seconds"], made.json["state"]) == (1800, "draft")


def test_a_retired_exam_is_refused_with_its_reason(academy):
    url = "/api/v1/cert_prep/certifications/AI-900/mock-exams"
    refused = academy.as_program("admin@example.org").post(url, json={})
    assert (refused.status_code, refused.json["type"]) == (409, "mock-exam-refused")
    assert [reason["code"] for reason in refused.json["reasons"]] == ["version-retired"]


def test_a_place_that_is_none_is_told_beside_its_field(academy):
    url = "/api/v1/cert_prep/certifications/AI-901/mock-exams"
    wrong = academy.as_program("admin@example.org").post(url, json={"place": "moon:1"})
    assert wrong.status_code == 422
    assert "place" in wrong.json["errors"]
