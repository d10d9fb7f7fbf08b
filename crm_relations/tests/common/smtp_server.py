"""A mail server for tests: it takes what it gets, and keeps it."""

import socketserver
import threading
from email import message_from_bytes, policy


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 test")
        self._recipients = []
        while line := self.rfile.readline():
            command = line.decode().strip()
            verb = command.upper().split(" ")[0]
            answer = getattr(self, f"_on_{verb.lower()}", None)
            self._say(answer(command) if answer else "250 OK")
            if verb == "QUIT":
                return

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def _on_rcpt(self, command):
        address = command.split("<")[1].split(">")[0].lower()
        if self.server.refuses(address):
            return f"550 <{address}>: unknown here"
        self._recipients.append(address)
        return "250 OK"

    def _on_data(self, _command):
        self._say("354 Go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line[:2] == b".." else line)
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        self.server.received += [(one, message) for one in self._recipients]
        self._recipients = []
        return "250 OK"

    def _on_quit(self, _command):
        return "221 Bye"


class SmtpServer(socketserver.ThreadingTCPServer):
    """Listens on a free port while the ``with`` block runs."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.received, self.refused = [], set()

    @property
    def port(self):
        return self.server_address[1]

    def refuses(self, address):
        return address in self.refused

    def get_subjects(self, address):
        return [str(mail["Subject"]) for to, mail in self.received if to == address]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.shutdown()
        self.server_close()
