# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the end-to-end tests share: the tool, generated media, films read back.

A test file defines subclasses of Case and ends with montage.main(); it prints
TAP, so that every test method counts. Nothing is printed to stdout otherwise.
"""
import bisect
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
import unittest

BUILD = os.environ["MONTAGE_BUILD"]
SOURCE = os.environ["MONTAGE_SOURCE"]
SHARED = os.environ.get("MONTAGE_SHARED", "")
TOOL = os.path.join(BUILD, "tools", "gst-montage-1.0")
MEDIA = os.path.join(BUILD, "tests", "media", "montage-media")
SECOND = 1000000000

# What no run may ever say, whatever its input.
BAD = re.compile(r"CRITICAL \*\*|WARNING \*\*|-CRITICAL|-WARNING|assertion "
                 r"'|Assertion|Traceback|Sanitizer|runtime error:"
                 r"|object-alive, type-name=\(string\)[^%]")
PROGRESS = re.compile(r"^[^:]+: \d+ %")


class Result:
    def __init__(self, code, out, err):
        self.code = code
        self.out = out
        self.err = err

    def sentences(self):
        """What the tool says about this run, without its progress."""
        return [line for line in self.err.splitlines()
                if line.strip() and not PROGRESS.match(line)]


def execute(args, cwd=None, env=None, timeout=240, text=True, **options):
    """Runs a program; one that hangs is a failure with its output."""
    full = dict(os.environ)
    full.update(env or {})
    if "MONTAGE_PRELOAD" in full and args[0] in ("sh", "gst-launch-1.0"):
        # Programs that are not built with the sanitizer, but load what is:
        # their own leaks are not looked for.
        full.update(LD_PRELOAD=full["MONTAGE_PRELOAD"],
                    ASAN_OPTIONS="detect_leaks=0")
    try:
        run = subprocess.run(args, cwd=cwd, env=full, timeout=timeout,
                             stdin=subprocess.DEVNULL, capture_output=True,
                             **options)
    except subprocess.TimeoutExpired as late:
        raise AssertionError("no end after %d s: %s\n%s" % (
            timeout, args, (late.stderr or b"").decode("utf-8", "replace")))
    return Result(run.returncode, run.stdout.decode("utf-8", "replace")
                  if text else run.stdout,
                  run.stderr.decode("utf-8", "replace"))


def media(name, *args):
    """A generated file (made once for all tests): media("a.mp4", "clip", …)."""
    stamp = str(os.stat(MEDIA).st_mtime_ns)
    key = hashlib.sha1("\0".join((name, stamp) + args).encode()).hexdigest()
    root = os.path.join(BUILD, "tests", "e2e", "media")
    folder = os.path.join(root, key[:16])
    path = os.path.join(folder, name)
    if os.path.exists(folder):
        return path
    os.makedirs(root, exist_ok=True)
    temporary = tempfile.mkdtemp(dir=root)
    os.chmod(temporary, 0o755)  # some tests read it as another user
    made = execute([MEDIA, *args, os.path.join(temporary, name)])
    if made.code != 0 or BAD.search(made.err):
        raise AssertionError("montage-media %s: %s" % (args, made.err))
    try:
        os.rename(temporary, folder)
    except OSError:  # another test was faster
        shutil.rmtree(temporary)
    return path


def clip(name, **options):
    """clip("a.mp4", id=1, frames=90, cuts="30,60", sound=True)"""
    args = []
    for key, value in sorted(options.items()):
        args.append("--" + key.replace("_", "-"))
        if value is not True:
            args.append(str(value))
    return media(name, "clip", *args)


def song(name="song.wav", **options):
    args = []
    for key, value in sorted(options.items()):
        args += ["--" + key.replace("_", "-"), str(value)]
    return media(name, "song", *args)


def beats(path):
    """The true beats of a generated song: [(seconds, position)]."""
    with open(os.path.splitext(path)[0] + ".beats", encoding="utf-8") as file:
        return [(float(t), int(p)) for t, p in (x.split() for x in file)]


def uri(path):
    from urllib.parse import quote
    return "file://" + quote(os.path.abspath(path))


class Picture:
    def __init__(self, line):
        index, time, clip_id, frame, luma = line.split("\t")
        self.index = int(index)
        self.time = int(time)
        self.id = None if clip_id == "-" else int(clip_id)
        self.frame = None if frame == "-" else int(frame)
        self.luma = float(luma)

    def __repr__(self):
        return "#%d at %d: clip %s frame %s" % (self.index, self.time, self.id,
                                                self.frame)


def lines(command, path):
    run = execute([MEDIA, command, path])
    if run.code != 0:
        raise AssertionError("montage-media %s %s: %s" % (command, path,
                                                          run.err))
    return run.out.splitlines()


def pictures(path):
    """Every picture of a file, as GStreamer decodes it."""
    return [Picture(line) for line in lines("read", path)]


def times(command, path):
    return [int(line) for line in lines(command, path)]


class Source:
    """A clip of a plan: which of its frames is shown at which time."""

    def __init__(self, path):
        shown = pictures(path)
        self.times = [p.time for p in shown]
        self.frames = [p.frame for p in shown]
        self.id = shown[0].id

    def frame_at(self, time):
        return self.frames[max(bisect.bisect_right(self.times, time) - 1, 0)]


def path_of(file_uri):
    from urllib.parse import unquote, urlparse
    return unquote(urlparse(file_uri).path)


class Plan:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.data = json.load(file)
        self.cuts = self.data["cuts"]
        rate = self.data["output"]["frame_rate"].split("/")
        self.fps_n, self.fps_d = int(rate[0]), int(rate[1])

    def frame_time(self, frame):
        """ns of the start of an output frame, rounded once."""
        return (frame * self.fps_d * SECOND * 2 + self.fps_n) // (
            2 * self.fps_n)

    def frame_of(self, time):
        return (time * self.fps_n * 2 + self.fps_d * SECOND) // (
            2 * self.fps_d * SECOND)

    def n_frames(self):
        return self.frame_of(self.data["duration"])


def sources_of(plan):
    return [Source(path_of(s["uri"])) for s in plan.data["sources"]]


def expected_frames(plan, sources):
    """Per output frame (clip id, frame), or None within a crossfade."""
    out = []
    for cut in plan.cuts:
        source = sources[cut["source"]]
        first = plan.frame_of(cut["start"])
        last = plan.frame_of(cut["start"] + cut["duration"])
        for frame in range(first, last):
            time = cut["in_point"] + round(
                cut.get("speed", 1) * (plan.frame_time(frame) - cut["start"]))
            out.append((source.id, source.frame_at(time)))
    for cut in plan.cuts:
        half = plan.frame_of(cut["transition_duration"] // 2)
        start = plan.frame_of(cut["start"])
        for frame in range(start - half, start + half):
            out[frame] = None
    return out


def wrong_frames(plan, film, sources=None):
    """What a film shows otherwise than planned, as sentences."""
    expected = expected_frames(plan, sources or sources_of(plan))
    shown = pictures(film)
    wrong = []
    if len(shown) != len(expected):
        wrong.append("%d frames instead of %d" % (len(shown), len(expected)))
    for want, got in zip(expected, shown):
        if want is not None and want != (got.id, got.frame):
            wrong.append("%r instead of clip %d frame %d" % (got, *want))
        if abs(got.time - plan.frame_time(got.index)) > SECOND // 1000:
            wrong.append("%r: time %d is planned"
                         % (got, plan.frame_time(got.index)))
    return wrong


class Case(unittest.TestCase):
    longMessage = True
    maxDiff = 4000

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="e2e-", dir=BUILD)
        self.cache = os.path.join(self.folder, "cache")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def analyses(self):
        """The documents in the cache."""
        return sorted(os.path.join(root, name)
                      for root, _, names in os.walk(self.cache)
                      for name in names
                      if name.endswith((".beats", ".shots")))

    def run_clean(self, args, **options):
        """Runs a program that must not complain about itself."""
        options.setdefault("cwd", self.folder)
        run = execute(args, **options)
        self.assertIsNone(BAD.search(run.err), run.err[-4000:])
        return run

    def tool(self, *args, env=None, **options):
        full = {"XDG_CACHE_HOME": self.cache}
        full.update(env or {})
        return self.run_clean([TOOL, *args], env=full, **options)

    def succeed(self, *args, **options):
        run = self.tool(*args, **options)
        self.assertEqual(run.code, 0, run.err[-4000:])
        return run

    def launch(self, line, **options):
        """A gst-launch-1.0 line, as a shell reads it."""
        run = self.run_clean(["sh", "-c", "exec " + line], **options)
        self.assertEqual(run.code, 0, run.out[-1000:] + run.err[-4000:])
        return run

    def make(self, *args, film="film.mp4", **options):
        """A film; returns its path and its plan."""
        path = self.path(film)
        self.succeed("make", *args, "-o", path, **options)
        return path, Plan(os.path.splitext(path)[0] + ".plan.json")

    def assert_film(self, plan, film, sources=None):
        wrong = wrong_frames(plan, film, sources)
        self.assertEqual(wrong[:20], [], "%d wrong frames" % len(wrong))


class _Tap(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.number = 0

    def _line(self, verdict, test, directive=""):
        self.number += 1
        name = getattr(test, "_testMethodName", str(test))
        print("%s %d - %s%s" % (verdict, self.number, name, directive),
              flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._line("ok", test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._line("ok", test, " # SKIP " + reason)

    def _bad(self, test, error):
        print("".join(traceback.format_exception(*error)), file=sys.stderr)
        self._line("not ok", test)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._bad(test, error)

    def addError(self, test, error):
        super().addError(test, error)
        self._bad(test, error)

    def addSubTest(self, test, subtest, error):
        """A failed part; the parts that succeed are counted as one test."""
        super().addSubTest(test, subtest, error)
        if error is not None:
            print(subtest, file=sys.stderr)
            self._bad(test, error)


def main():
    suite = unittest.defaultTestLoader.loadTestsFromModule(
        sys.modules["__main__"])
    result = _Tap()
    suite.run(result)
    print("1..%d" % result.number)
    sys.exit(0 if result.wasSuccessful() else 1)
