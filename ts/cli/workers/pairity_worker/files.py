"""The files of a program: its scratch folder, its fixtures, and the texts that mention them."""

import hashlib
import os
import re
import shutil

from .faults import Malformed

MAX_TEXT = 1_000_000
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
LINE = re.compile(r"(<scratch>[^\s\"':]*)(\"?)(:\d+(?::\d+)?|, line \d+)")
REST = "rest"
NO_PATH = re.compile(r"[\s:]")


def rest_folder(scratch):
    """Return where the worker stands between programs: an empty folder, so that none sees anything of others."""
    folder = os.path.join(scratch, REST)
    os.makedirs(folder, exist_ok=True)
    return folder


class Files:
    """The scratch folder of one program, made when it is first needed."""

    def __init__(self, base, serial, fixtures):
        """Begin without a folder; `base` and `serial` name it."""
        self.base = base
        self.serial = serial
        self.fixtures = fixtures
        self.folder = None
        # Where a fixture gave a file this host's suffix: the program's path, and the path on the disk.
        self.suffixed = {}

    def locate(self, path):
        """Return the path on the disk of a program's path."""
        if self.folder is None:
            self.folder = os.path.join(self.base, str(self.serial))
            os.mkdir(self.folder)
            os.chdir(self.folder)
        return os.path.join(self.folder, *self.suffixed.get(path, path).split("/"))

    def fixture(self, name):
        """Return the path of a fixture, which is written on first use."""
        if name not in self.suffixed:
            self.write(name, {"fixture": name})
        return self.locate(name)

    def write(self, path, data):
        """Write a file: a text, or a fixture, whose suffix the file gets."""
        if type(data) is dict:
            if data.get("fixture") not in self.fixtures:
                raise Malformed(f"no such fixture: {data}")
            fixture = self.fixtures[data["fixture"]]
            data = fixture["text"]
            self.suffixed[path] = path + fixture["suffix"]
        target = self.locate(path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="utf-8", errors="replace", newline="") as file:
            file.write(data)

    def do(self, step):
        """Do what a file step asks."""
        action, path = step["file"], step["path"]
        if action == "write":
            self.write(path, step["data"])
        elif action == "replace":
            self.write(f"{path}.new", step["data"])
            self.rename(f"{path}.new", path)
        elif action == "rewrite_keeping_mtime":
            before = os.stat(self.locate(path))
            self.write(path, step["data"])
            os.utime(self.locate(path), ns=(before.st_atime_ns, before.st_mtime_ns))
        elif action == "touch":
            os.utime(self.locate(path))
        elif action == "rename":
            self.rename(path, step["to"])
        elif action == "remove":
            target = self.locate(path)
            if os.path.isdir(target) and not os.path.islink(target):
                shutil.rmtree(target)
            else:
                os.remove(target)
        elif action == "mkdir":
            os.makedirs(self.locate(path), exist_ok=True)
        elif action == "symlink":
            os.symlink(self.locate(step["to"]), self.locate(path))
        else:
            raise Malformed(f"not a file step: {action}")

    def rename(self, old, new):
        """Rename a file over another; the suffix that a fixture gave it goes along."""
        source = self.locate(old)
        real = self.suffixed.pop(old, None)
        if real is not None:
            self.suffixed[new] = new + real[len(old) :]
        os.replace(source, self.locate(new))

    def remove(self):
        """Leave and remove the folder."""
        if self.folder is not None:
            os.chdir(rest_folder(self.base))
            shutil.rmtree(self.folder, ignore_errors=True)
            return
        # The library may have written where it stood.
        rest = os.path.join(self.base, REST)
        try:
            names = os.listdir(rest)
        except OSError:
            # Or removed it.
            os.chdir(rest_folder(self.base))
            return
        for name in names:
            path = os.path.join(rest, name)
            if os.path.isdir(path) and not os.path.islink(path):
                shutil.rmtree(path, ignore_errors=True)
            else:
                os.remove(path)

    def path_of(self, text):
        """Return the program's path when a text is exactly one, else None."""
        if self.folder is None or not text.startswith(self.folder):
            return None
        rest = text[len(self.folder) :]
        if (rest and rest[0] != "/") or NO_PATH.search(rest):
            return None
        return next((plain for plain, real in self.suffixed.items() if real == rest[1:]), rest[1:])

    def is_plain(self, text):
        """Tell whether `normal` has nothing to do: true for nearly every text."""
        return self.folder is None and " at 0x" not in text and len(text) <= MAX_TEXT

    def normal(self, text):
        """Normalise a text by the published rules: scratch paths, fixture suffixes, line numbers, addresses, length."""
        if self.folder is not None:
            text = text.replace("file://" + self.folder, self.folder).replace(self.folder, "<scratch>")
            for plain, real in self.suffixed.items():
                text = text.replace(os.path.basename(real), os.path.basename(plain))
            text = LINE.sub(r"\1\2:<line>", text)
        text = ADDRESS.sub(" at <address>", text)
        if len(text) > MAX_TEXT:
            digest = hashlib.sha256(text.encode("utf-16-le", "surrogatepass")).hexdigest()
            text = f"{text[:200]}…<sha256:{digest}>"
        return text
