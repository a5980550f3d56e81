"""A disk that can lose power: what was not made durable may be there, or not, or in part.

File contents become durable with fsync of the file, names with fsync of their folder. Names of one
folder keep their order, as on file systems with a journal; contents keep none.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from tests.faults.trace import Call

SECTOR = 512
RANDOM_VARIANTS = 3
Files = dict[str, bytes]


@dataclass(eq=False, slots=True)
class Inode:
    """A file: its content now, what is durable of it, and the writes in between."""

    content: bytearray = field(default_factory=bytearray)
    durable: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def write(self, offset: int, data: bytes) -> None:
        _put(self.content, offset, data)
        self.pending.append((offset, data))

    def truncate(self, length: int) -> None:
        _cut(self.content, length)
        self.pending.append((length, None))

    def sync(self) -> None:
        self.durable = bytes(self.content)
        self.pending.clear()


@dataclass(frozen=True, slots=True)
class NameChange:
    """A name given, taken away (`inode` None), or moved from `former`."""

    name: str
    inode: Inode | None
    former: str | None = None


class Disk:
    """Replays calls on the files below one folder, and yields what a power cut could leave."""

    def __init__(self, folder: Path) -> None:
        self._root = str(folder)
        self.names: dict[str, Inode | None] = {self._root: None}  # folders have no inode
        for path in folder.rglob("*"):
            self.names[str(path)] = None if path.is_dir() else Inode()
            if path.is_file():
                inode = self.names[str(path)]
                assert inode is not None
                inode.write(0, path.read_bytes())
                inode.sync()
        self._durable = dict(self.names)
        self._pending: dict[str, list[NameChange]] = {}
        self._handles: dict[int, tuple[str, Inode | None]] = {}
        self._positions: dict[int, int] = {}

    def apply(self, call: Call, *, syncs: bool = True) -> bool:
        """Do what the call did; say whether it was about our files. `syncs` False forgets fsync."""
        match call.name:
            case "openat" | "creat":
                return self._open(call)
            case "close":
                return self._handles.pop(call.handle, None) is not None
            case "fsync" | "fdatasync":
                return self._sync(call) if syncs else call.handle in self._handles
            case "pwrite64" | "write" | "ftruncate" | "fallocate" | "lseek" | "sendfile":
                return self._change(call)
            case (
                "unlink"
                | "unlinkat"
                | "rename"
                | "renameat"
                | "renameat2"
                | "link"
                | "linkat"
                | ("mkdir" | "mkdirat")
            ):
                return self._rename(call)
        ours = call.handle in self._handles or any(map(self._is_ours, call.texts))
        assert not ours, f"the disk doesn't know {call.name}"
        return False

    def states(self, chance: random.Random) -> Iterator[Files]:
        """Yield each different state that a power cut at this moment could leave."""
        seen = set()
        for files in self._variants(chance):
            mark = digest(files)
            if mark not in seen:
                seen.add(mark)
                yield files

    def _variants(self, chance: random.Random) -> Iterator[Files]:
        for names in (self._names_durable(), dict(self.names)):
            yield {name: inode.durable for name, inode in _files(names)}
            yield {name: bytes(inode.content) for name, inode in _files(names)}
            # The length of a file may be durable before its content is.
            yield {name: _zeroed(inode) for name, inode in _files(names)}
        for _ in range(RANDOM_VARIANTS):
            names = self._names_in_part(chance)
            yield {name: _in_part(inode, chance) for name, inode in _files(names)}

    def _names_durable(self) -> dict[str, Inode | None]:
        return dict(self._durable)

    def _names_in_part(self, chance: random.Random) -> dict[str, Inode | None]:
        names = dict(self._durable)
        for changes in self._pending.values():
            for change in changes[: chance.randint(0, len(changes))]:
                _rename_in(names, change)
        return names

    def _is_ours(self, text: bytes) -> bool:
        name = text.decode(errors="replace")
        return name == self._root or name.startswith(f"{self._root}/")

    def _open(self, call: Call) -> bool:
        name = call.texts[-1].decode(errors="replace")
        if not self._is_ours(name.encode()):
            self._handles.pop(call.result, None)
            return False
        if name not in self.names:
            self._note(NameChange(name, Inode()))
        inode = self.names[name]
        self._handles[call.result] = (name, inode)
        self._positions[call.result] = 0
        if "O_TRUNC" in call.arguments and inode is not None and inode.content:
            inode.truncate(0)
        return True

    def _sync(self, call: Call) -> bool:
        if call.handle not in self._handles:
            return False
        name, inode = self._handles[call.handle]
        if inode is not None:
            inode.sync()
        for change in self._pending.pop(name, []):
            _rename_in(self._durable, change)
        return True

    def _change(self, call: Call) -> bool:
        if call.handle not in self._handles:
            return False
        _, inode = self._handles[call.handle]
        assert inode is not None
        match call.name:
            case "pwrite64":
                inode.write(call.numbers[-1], call.texts[-1][: call.result])
            case "write":
                inode.write(self._positions[call.handle], call.texts[-1][: call.result])
                self._positions[call.handle] += call.result
            case "sendfile":
                source = call.handles[1]
                _, read = self._handles[source]
                assert read is not None
                begin = self._positions[source]
                inode.write(self._positions[call.handle], read.content[begin : begin + call.result])
                for handle in (source, call.handle):
                    self._positions[handle] += call.result
            case "lseek":
                self._positions[call.handle] = call.result
            case "ftruncate":
                inode.truncate(call.numbers[-1])
            case "fallocate":
                start, length = call.numbers[-2:]
                inode.truncate(max(len(inode.content), start + length))
        return True

    def _rename(self, call: Call) -> bool:
        names = [text.decode() for text in call.texts]
        if not any(self._is_ours(name.encode()) for name in names):
            return False
        if call.name.startswith("unlink"):
            self._note(NameChange(names[0], None))
        elif call.name.startswith("rename"):
            self._note(NameChange(names[1], self.names[names[0]], names[0]))
        elif call.name.startswith("link"):
            self._note(NameChange(names[1], self.names[names[0]]))
        else:
            self.names[names[0]] = None
            self._pending.setdefault(_parent(names[0]), []).append(NameChange(names[0], FOLDER))
        return True

    def _note(self, change: NameChange) -> None:
        _rename_in(self.names, change)
        self._pending.setdefault(_parent(change.name), []).append(change)


# Stands for a folder among the changes of names, where None means that a name was taken away.
FOLDER = Inode()


def digest(files: Files) -> bytes:
    """What tells one state from another."""
    mark = blake2b(digest_size=16)
    for name, content in sorted(files.items()):
        mark.update(f"{name}\0{len(content)}\0".encode())
        mark.update(content)
    return mark.digest()


def lay_out(files: Files, root: Path, place: Path) -> None:
    """Write a state into a real folder."""
    for name, content in files.items():
        path = place / Path(name).relative_to(root)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _rename_in(names: dict[str, Inode | None], change: NameChange) -> None:
    if change.former is not None:
        names.pop(change.former, None)
    if change.inode is None:
        names.pop(change.name, None)
    else:
        names[change.name] = None if change.inode is FOLDER else change.inode


def _files(names: dict[str, Inode | None]) -> Iterator[tuple[str, Inode]]:
    """Yield the files whose folder is there."""
    for name, inode in names.items():
        if inode is not None and _parent(name) in names:
            yield name, inode


def _parent(name: str) -> str:
    return name.rpartition("/")[0]


def _put(content: bytearray, offset: int, data: bytes) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def _cut(content: bytearray, length: int) -> None:
    if len(content) < length:
        content.extend(bytes(length - len(content)))
    del content[length:]


def _zeroed(inode: Inode) -> bytes:
    missing = max(0, len(inode.content) - len(inode.durable))
    return inode.durable + bytes(missing)


def _in_part(inode: Inode, chance: random.Random) -> bytes:
    """Return the durable content with some of the later writes, some of them torn."""
    content = bytearray(inode.durable)
    for offset, data in inode.pending:
        fate = chance.choice(("kept", "kept", "dropped", "torn"))
        if fate == "dropped":
            continue
        if data is None:
            _cut(content, offset)
        elif fate == "kept":
            _put(content, offset, data)
        else:
            for start in range(0, len(data), SECTOR):
                if chance.random() < 0.5:
                    _put(content, offset + start, data[start : start + SECTOR])
    return bytes(content)
