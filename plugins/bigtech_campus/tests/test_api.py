from lms_core.foundation.identity import new_id

HERE = "/api/v1/bigtech_campus"


def wanted(partnership, **changes):
    values = {"course_id": str(partnership.course.id), "begins_from": "2026-03-01", "begins_until": "2026-08-31"}
    return values | {"places": 120} | changes


def test_a_partner_manager_agrees_lists_and_withdraws(embedded_partnership):
    partnership = embedded_partnership
    client = partnership.site.program(partnership.manager())
    url = f"{HERE}/campuses/{partnership.campus.id}/agreements"
    made = client.post(url, json=wanted(partnership))
    assert made.status_code == 201, made.json
    assert [one["id"] for one in client.get(url).json["items"]] == [made.json["id"]]
    withdrawn = client.post(f"{HERE}/agreements/{made.json['id']}/withdrawal")
    assert withdrawn.json["withdrawn_at"]
    assert client.post(f"{HERE}/agreements/{made.json['id']}/withdrawal").json["type"] == "withdrawn-already"


def test_what_breaks_a_rule_is_named(embedded_partnership):
    client = embedded_partnership.site.program(embedded_partnership.manager())
    url = f"{HERE}/campuses/{embedded_partnership.campus.id}/agreements"
    refused = client.post(url, json=wanted(embedded_partnership, course_id=str(new_id()), places=0))
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["places"])
    refused = client.post(url, json=wanted(embedded_partnership, course_id=str(new_id())))
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["course_id"])


def test_strangers_find_nothing(embedded_partnership):
    partnership = embedded_partnership
    given = partnership.agree()
    other = partnership.site.program(partnership.operator(partnership.other))
    assert other.get(f"{HERE}/campuses/{partnership.campus.id}/agreements").status_code == 404
    assert other.post(f"{HERE}/agreements/{given.id}/withdrawal").status_code == 404
    nobody = partnership.site.program()
    assert nobody.get(f"{HERE}/campuses/{partnership.campus.id}/agreements").status_code == 401
