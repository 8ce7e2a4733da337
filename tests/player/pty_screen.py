"""A program in a real pseudo-terminal, and what a terminal shows of it."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

import pyte

FRAME_END = b"\x1b[?2026l"
# everything that the player may send to a terminal
KNOWN = re.compile(rb"\x1b(\[\?(25|7|1049|2026)[hl]|\[[0-9;]*[mHKJ])")


def keep(command, values, folder, terminal, says):
    """What a shell does for a program: a session, a process group in the foreground; then ends as the program ends."""
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        os.tcsetpgrp(terminal, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        for target in (0, 1, 2):
            os.dup2(terminal, target)
        os.chdir(folder)
        os.execve(command[0], command, values)
    os.write(says, str(pid).encode())
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    os._exit(code if code >= 0 else 256 + code)


OPEN = []  # players that must not outlive us


class Player:
    """build/bin/NAME with a terminal of its own."""

    def __init__(self, program, words=(), size=(80, 24), environment=None, folder="."):
        self.size = size
        self.raw = b""
        self.frames = 0
        self.screen = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.screen)
        self.status = None
        parent, self.slave = pty.openpty()
        self.master = parent
        self.resize_terminal(size)
        self.before = termios.tcgetattr(self.slave)
        values = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **(environment or {})}
        said, says = os.pipe()
        self.keeper = os.fork()
        if self.keeper == 0:
            os.close(self.master)  # so that the terminal is gone when we are
            keep([program, *words], values, folder, self.slave, says)
        os.close(says)
        self.pid = int(os.read(said, 20))
        OPEN.append(self)
        os.close(said)

    def resize_terminal(self, size):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def resize(self, size):
        self.size = size
        self.screen.resize(size[1], size[0])
        wanted = self.frames + 1
        self.resize_terminal(size)
        self.wait(wanted)

    def read(self, seconds):
        """Takes what comes within the time. Returns False when nothing did."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.raw += data
        self.frames = self.raw.count(FRAME_END)
        self.stream.feed(data)
        return bool(data)

    def wait(self, frames, seconds=20):
        """Reads until so many frames have been drawn."""
        end = time.monotonic() + seconds
        while self.frames < frames:
            self.read(0.05)
            if self.ended():
                raise AssertionError(f"the program ended with {self.status}:\n{self.text()}")
            if time.monotonic() > end:
                raise AssertionError(f"no picture within {seconds} s:\n{self.text()}")

    def press(self, keys):
        """Sends keys, and waits for the picture after the last of them."""
        data = keys if isinstance(keys, bytes) else keys.encode()
        wanted = self.frames + 1
        os.write(self.master, data)
        self.wait(wanted)
        while self.read(0.002):
            pass

    def ended(self):
        if self.status is None:
            pid, status = os.waitpid(self.keeper, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(status)
                self.status = code if code < 200 else code - 256
        return self.status is not None

    def finish(self, seconds=20):
        """Waits for the end. Returns the exit status, negative for a signal."""
        end = time.monotonic() + seconds
        while not self.ended():
            self.read(0.05)
            if time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
                raise AssertionError(f"it does not end:\n{self.text()}")
        while self.read(0.05):
            pass
        return self.status

    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def typing_line(self):
        """True while a line is written in."""
        return "Esc leave it" in self.screen.display[-1]

    def restored(self):
        """True if the terminal is as it was: its settings, its first screen, its cursor."""
        same = termios.tcgetattr(self.slave) == self.before
        left = self.raw.rfind(b"\x1b[?1049l") > self.raw.rfind(b"\x1b[?1049h")
        cursor = self.raw.rfind(b"\x1b[?25h") > self.raw.rfind(b"\x1b[?25l")
        return same and left and cursor

    def check(self):
        """What must hold of every picture."""
        stray = KNOWN.sub(b"", self.raw).find(b"\x1b")
        assert stray < 0, f"an escape sequence that no terminal asked for: {self.raw[-200:]!r}"
        lines = self.screen.display
        assert len(lines) == self.size[1]
        if self.size[1] >= 5:
            assert "─" in lines[1] or "-" in lines[1], self.text()
            assert "quit" in lines[-1], self.text()

    def close(self):
        if not self.ended():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.keeper, 0)
        os.close(self.master)
        os.close(self.slave)
