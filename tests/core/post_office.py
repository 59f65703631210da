"""A small SMTP server of the standard library: it keeps what it takes, refuses whom it is told to, or falls silent."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event, Thread


class PostOffice(socketserver.ThreadingTCPServer):
    """``answers`` gives the code for an address (550, 451); to those in ``silent`` nothing more is said after the letter,
    though it is kept; on those in ``cut`` the line breaks before it is."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Counter)
        self.kept: list[tuple[str, bytes]] = []
        self.answers: dict[str, int] = {}
        self.silent: set[str] = set()
        self.cut: set[str] = set()
        self.calls = 0
        self.closing = Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def reached(self) -> list[str]:
        return [to for to, _body in self.kept]

    def letter(self, to: str) -> EmailMessage:
        (body,) = [body for address, body in self.kept if address == to]
        found = message_from_bytes(body, policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found


class Counter(socketserver.StreamRequestHandler):
    """One conversation."""

    server: PostOffice

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode("ascii"))

    def handle(self) -> None:
        self.server.calls += 1
        self.say("220 thu.example ESMTP")
        to = ""
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                self.say("250-thu.example")
                self.say("250 8BITMIME")
            elif verb == b"RCPT":
                to = line.decode("ascii").partition("<")[2].partition(">")[0]
                code = self.server.answers.get(to, 250)
                self.say(f"{code} {'ok' if code == 250 else 'no'}")
            elif verb == b"DATA":
                if not self.take(to):
                    return
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self, to: str) -> bool:
        self.say("354 go on")
        lines = list(iter(self.rfile.readline, b".\r\n"))
        if to in self.server.cut:
            return False
        self.server.kept.append((to, b"".join(line[1:] if line.startswith(b"..") else line for line in lines)))
        if to in self.server.silent:
            self.server.closing.wait(10)
            return False
        self.say("250 taken")
        return True


@contextmanager
def open_post_office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        Thread(target=office.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield office
        finally:
            office.closing.set()
            office.shutdown()


def settle(settings: object, office: PostOffice) -> None:
    """Have the product's own way of mailing use this office."""
    for name, value in {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": office.port, "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": False, "EMAIL_TIMEOUT": 0.3,
    }.items():  # fmt: skip
        setattr(settings, name, value)
