"""A small SMTP server of the standard library: it keeps what it takes, refuses whom it is told to, or falls silent.

With a certificate it speaks TLS, from the first word or after STARTTLS, and takes letters only from who logged in.
"""

from __future__ import annotations

import socketserver
import ssl
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event, Thread


class PostOffice(socketserver.ThreadingTCPServer):
    """``answers`` gives the code for an address (550, 451); to those in ``silent`` nothing more is said after the letter,
    though it is kept; on those in ``cut`` the line breaks before it is."""

    daemon_threads = True

    def __init__(self, seal: ssl.SSLContext | None = None, *, at_once: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), Counter)
        self.seal, self.at_once = seal, at_once
        self.log_in: tuple[str, str] | None = None
        self.spoken: list[str] = []
        """The verbs of the conversations, those under TLS with a star."""
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

    def handle_error(self, request: object, client_address: object) -> None:
        """Who does not trust the certificate hangs up: that is the caller's business."""


class Counter(socketserver.StreamRequestHandler):
    """One conversation."""

    server: PostOffice

    def setup(self) -> None:
        self.sealed, self.known = False, False
        super().setup()
        if self.server.at_once:
            self.close_the_envelope()

    def close_the_envelope(self) -> None:
        assert self.server.seal
        self.connection = self.server.seal.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.sealed = True

    def finish(self) -> None:
        super().finish()
        if self.sealed:
            self.connection.close()

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode("ascii"))

    def handle(self) -> None:
        self.server.calls += 1
        self.say("220 thu.example ESMTP")
        to = ""
        while line := self.rfile.readline():
            verb = line[:4].upper()
            self.server.spoken.append(verb.decode("ascii") + "*" * self.sealed)
            if self.is_of_trust(verb, line):
                continue
            if verb == b"EHLO":
                self.greet()
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

    def greet(self) -> None:
        self.say("250-thu.example")
        if self.server.seal and not self.sealed:
            self.say("250-STARTTLS")
        elif self.server.log_in:
            self.say("250-AUTH PLAIN")
        self.say("250 8BITMIME")

    def is_of_trust(self, verb: bytes, line: bytes) -> bool:
        """Whether this was about TLS, a password, or the want of one; answered here."""
        if verb == b"STAR":
            self.say("220 go on")
            self.close_the_envelope()
        elif verb == b"AUTH":
            said = tuple(b64decode(line.split()[-1]).decode().split("\0")[1:])
            self.known = said == self.server.log_in
            self.say("235 welcome" if self.known else "535 5.7.8 no")
        elif verb == b"MAIL" and self.server.log_in and not self.known:
            self.say("530 5.7.0 who are you?")
        else:
            return False
        return True

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
def open_post_office(seal: ssl.SSLContext | None = None, *, at_once: bool = False) -> Iterator[PostOffice]:
    with PostOffice(seal, at_once=at_once) as office:
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
        "EMAIL_PORT": office.port, "EMAIL_USE_TLS": bool(office.seal) and not office.at_once, "EMAIL_USE_SSL": office.at_once, "EMAIL_TIMEOUT": 0.3,
    }.items():  # fmt: skip
        setattr(settings, name, value)
