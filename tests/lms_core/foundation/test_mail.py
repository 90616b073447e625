import smtplib
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from lms_core.foundation.errors import Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.mail import SEND, Postman, connected, post
from lms_core.foundation.settings import Settings, SettingsError
from lms_core.foundation.tables import mails, outbox
from tests.support.mail_server import mail_server

BODY = "안녕하세요. 이 링크로 들어오세요: https://lms.example.kr/people/invitations/s3cret\n"


@pytest.fixture
def settings(tmp_path):
    return Settings(instance_path=tmp_path, mail_from="school@example.kr", public_url="https://lms.example.kr")


@pytest.fixture
def postman(work, settings):
    return Postman(work, settings)


@pytest.fixture
def smtp():
    with mail_server() as made:
        yield made


def posted(work, subject="초대", body=BODY) -> UUID:
    with work.write() as uow:
        mail_id = post(uow, "kim@example.kr", subject, body, new_id())
        uow.commit()
    return mail_id


def stored(work):
    with work.read() as uow:
        return uow.session.execute(select(mails)).one()._mapping


def test_a_mail_is_queued_with_the_change_it_tells_of(work):
    with work.write() as uow:
        post(uow, "kim@example.kr", "초대", BODY)
    with work.read() as uow:
        assert uow.session.execute(select(mails)).all() == []
    mail_id = posted(work)
    with work.read() as uow:
        row = uow.session.execute(select(outbox)).one()._mapping
    assert (row["name"], row["payload"]) == (SEND, {"arguments": [str(mail_id)]})


def test_without_a_server_it_is_laid_into_a_folder_that_only_the_owner_reads(postman, work, settings, clock):
    mail_id = posted(work)
    postman.task()(str(mail_id))
    path = settings.instance_path / "mail" / f"{mail_id}.eml"
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert (message["To"], message["From"], message["Subject"]) == ("kim@example.kr", "school@example.kr", "초대")
    assert message["Message-ID"] == f"<{mail_id}@lms.example.kr>"
    assert message.get_content() == BODY
    assert BODY in path.read_text()
    assert "Subject: 초대\n" in path.read_text()
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_what_was_sent_keeps_no_body_and_is_not_sent_again(postman, work, settings, clock):
    mail_id = posted(work)
    clock.move(minutes=1)
    postman.send(mail_id)
    assert (stored(work)["body"], stored(work)["sent_at"]) == ("", clock.now())
    (settings.instance_path / "mail" / f"{mail_id}.eml").unlink()
    postman.send(mail_id)
    assert list((settings.instance_path / "mail").iterdir()) == []


def test_it_goes_to_the_server_with_its_envelope(work, settings, smtp):
    mail_id = posted(work)
    Postman(work, replace(settings, mail_url=smtp.url)).send(mail_id)
    ((sender, recipients, raw),) = smtp.messages
    assert (sender, recipients) == ("school@example.kr", ["kim@example.kr"])
    assert message_from_bytes(raw, policy=default).get_content().replace("\r\n", "\n") == BODY
    assert stored(work)["body"] == ""


def test_a_mail_that_the_server_refuses_is_kept_whole(work, settings, smtp):
    mail_id = posted(work)
    smtp.refusal = "550 nobody here"
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        Postman(work, replace(settings, mail_url=smtp.url)).send(mail_id)
    assert (stored(work)["body"], stored(work)["sent_at"]) == (BODY, None)


def test_a_mail_whose_person_was_erased_meanwhile_is_not_sent(postman, work, settings):
    mail_id = posted(work)
    with work.write() as uow:
        uow.session.execute(delete(mails))
        uow.commit()
    postman.send(mail_id)
    assert not (settings.instance_path / "mail").exists()


def test_a_line_break_in_a_subject_begins_no_header(postman, work, settings):
    mail_id = posted(work, subject="초대\r\nBcc: everyone@example.kr")
    postman.send(mail_id)
    message = message_from_bytes((settings.instance_path / "mail" / f"{mail_id}.eml").read_bytes(), policy=default)
    assert message["Bcc"] is None
    assert message["Subject"] == "초대 Bcc: everyone@example.kr"


@pytest.mark.parametrize("address", ["", "kim", "kim@", "a@b.kr\nBcc: c@d.kr", "a@b.kr, c@d.kr", "Kim <a@b.kr>"])
def test_an_address_that_is_none_is_invalid(work, address):
    with work.write() as uow, pytest.raises(Invalid) as raised:
        post(uow, address, "초대", BODY)
    assert set(raised.value.fields) == {"email"}


def test_a_password_is_sent_to_this_machine_though_it_is_not_encrypted(smtp):
    smtp.logins = True
    with connected(f"smtp://us%40er:p%2Fw@127.0.0.1:{smtp.port}"):
        pass
    assert any(line.startswith("AUTH PLAIN") for line in smtp.commands)


def test_a_password_is_not_sent_over_the_net_in_the_clear(smtp, monkeypatch):
    smtp.logins = True
    monkeypatch.setattr("lms_core.foundation.mail.LOOPBACK", frozenset())
    with pytest.raises(SettingsError, match="no encryption"), connected(f"smtp://user:pw@127.0.0.1:{smtp.port}"):
        pass
    assert not any(line.startswith("AUTH") for line in smtp.commands)


@pytest.mark.parametrize("url", ["http://mail", "smtp://", "mail.example.kr:25"])
def test_a_mail_url_that_cannot_be_read_is_refused(url):
    with pytest.raises(SettingsError, match="mail_url"), connected(url):
        pass
