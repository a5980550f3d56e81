"""Runs a program under strace and reads back what it did to the files of one folder."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.needs import needs

CALLS = (
    "openat,creat,close,write,pwrite64,lseek,ftruncate,fallocate,fsync,fdatasync,unlink,unlinkat,"
    "rename,renameat,renameat2,link,linkat,mkdir,mkdirat,rmdir,dup,dup2,dup3,copy_file_range,"
    "sendfile,writev,pwritev,symlink,truncate"
)
_LINE = re.compile(r"(?P<pid>\d+)\s+(?P<name>\w+)\((?P<arguments>.*)\)\s+=\s+(?P<result>-?\d+).*")
_UNFINISHED = re.compile(r"(?P<pid>\d+)\s+(?P<begin>\w+\(.*) <unfinished \.\.\.>")
_RESUMED = re.compile(r"(?P<pid>\d+)\s+<\.\.\. \w+ resumed>(?P<rest>.*)")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')

needs_strace = needs("strace")


@dataclass(frozen=True, slots=True)
class Call:
    """One system call that succeeded: its name, arguments as strace writes them, and result."""

    name: str
    arguments: str
    result: int

    @property
    def texts(self) -> list[bytes]:
        """The strings and buffers among the arguments."""
        return [bytes.fromhex(text.replace("\\x", "")) for text in _STRING.findall(self.arguments)]

    @property
    def numbers(self) -> list[int]:
        """The plain numbers after the last buffer."""
        return [int(part) for part in re.findall(r", (-?\d+)(?=,|$)", self.arguments)]

    @property
    def handles(self) -> list[int]:
        """The arguments that are file descriptors."""
        return [int(found) for found in re.findall(r"(?:^|, )(\d+)<", self.arguments)]

    @property
    def handle(self) -> int:
        """The first argument, as a file descriptor."""
        found = re.match(r"(\d+)", self.arguments)
        return int(found[1]) if found else -1


def record(program: str, folder: Path, number: int = 0) -> tuple[list[Call], str]:
    """Run one of the programs to its end; return its calls in order, and what it printed."""
    out = folder.with_name(f"{folder.name}.trace")
    done = subprocess.run(
        ["strace", "-f", "-y", "-xx", "-s", "100000000", "-e", f"trace={CALLS}", "-o", str(out),
         *command(program, folder, number)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    calls = list(_read(out))
    out.unlink()
    return calls, done.stdout


def command(program: str, folder: Path, number: int) -> list[str]:
    return [sys.executable, "-m", "tests.faults.programs", program, str(folder), str(number)]


def _read(path: Path) -> Iterator[Call]:
    begun: dict[str, str] = {}
    with path.open() as lines:
        for line in lines:
            if found := _UNFINISHED.match(line):
                begun[found["pid"]] = found["begin"]
                continue
            if found := _RESUMED.match(line):
                line = f"{found['pid']} {begun.pop(found['pid'])}{found['rest']}"
            match = _LINE.match(line)
            if match and int(match["result"]) >= 0:
                yield Call(match["name"], match["arguments"], int(match["result"]))
