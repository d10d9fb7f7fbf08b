"""Reading pictures of business cards in a process of its own, which can be stopped."""

import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from PIL import Image

from .card_reader_worker import LENGTH, MOST_PIXELS, PICTURES, is_heic

WORKER = Path(__file__).with_name("card_reader_worker.py")
COMMAND = (sys.executable, str(WORKER))
MOST_BYTES = 20 * 1024 * 1024
SECONDS = 40  # the models have to be loaded in them, too
WAIT_SECONDS = 20


class Unreadable(Exception):
    """Why a picture is not read: its only argument is one of the codes below.

    ``none`` no content, ``bytes`` too large a file, ``kind`` no picture of a kind that
    is read, ``heic`` one that is not read on this server, ``pixels`` too large a
    picture, ``picture`` it is broken, ``busy`` others are being read, ``slow`` it took
    too long, ``failed`` the reader does not run.
    """


def check_picture(content):
    """Refuse by its head what is no picture, or one that would fill the memory.

    :raise Unreadable: the reason
    """
    if not content:
        raise Unreadable("none")
    if len(content) > MOST_BYTES:
        raise Unreadable("bytes")
    if is_heic(content):
        # Its head takes a decoder as well: left to the process that reads it.
        return
    try:
        # Opening reads the head only; nothing is unpacked.
        with Image.open(io.BytesIO(content), formats=PICTURES) as picture:
            width, height = picture.size
    except Image.DecompressionBombError as error:
        raise Unreadable("pixels") from error
    except Exception as error:
        # A broken picture makes the library fail in any way.
        raise Unreadable("kind") from error
    if width * height > MOST_PIXELS:
        raise Unreadable("pixels")


class CardReader:
    """One process that reads one picture at a time, started when it is needed."""

    def __init__(self, command=COMMAND, seconds=SECONDS, wait=WAIT_SECONDS):
        self.command = command
        self.seconds = seconds
        self.wait = wait
        self.lock = threading.Lock()
        self.process = None
        self.owner = None

    def get_answer(self, content):
        """Return the answer of the worker, see there.

        :raise Unreadable: the reason
        """
        check_picture(content)
        if not self.lock.acquire(timeout=self.wait):
            raise Unreadable("busy")
        try:
            answer = self._ask(content)
        finally:
            self.lock.release()
        if problem := answer.get("problem"):
            raise Unreadable(problem)
        return answer

    def stop(self):
        """End the process, if it is ours."""
        process, self.process = self.process, None
        if process and self.owner == os.getpid():
            process.kill()
            process.wait()
            process.stdin.close()
            process.stdout.close()

    def _ask(self, content):
        is_late = threading.Event()
        for _attempt in range(2):
            process = self._get_process()
            timer = threading.Timer(self.seconds, _end, (process, is_late))
            timer.start()
            try:
                return _exchange(process, content)
            except (OSError, EOFError, ValueError):
                # It has ended: too slow, or idle for long just before. Else once more.
                self.stop()
                if is_late.is_set():
                    raise Unreadable("slow") from None
            finally:
                timer.cancel()
        raise Unreadable("failed")

    def _get_process(self):
        is_ours = self.owner == os.getpid()
        if self.process and is_ours and self.process.poll() is None:
            return self.process
        self.stop()
        try:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise Unreadable("failed") from error
        self.owner = os.getpid()
        return self.process


def _end(process, is_late):
    is_late.set()
    process.kill()


def _exchange(process, content):
    process.stdin.write(LENGTH.pack(len(content)) + content)
    process.stdin.flush()
    head = process.stdout.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    return json.loads(process.stdout.read(length))


READER = CardReader()
