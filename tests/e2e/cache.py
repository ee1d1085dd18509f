#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The cache of analyses: the same answers with and without it, whatever happens
to the files, however many runs share it, and wherever one is killed."""
import os
import shutil
import signal
import subprocess
import time

import montage

# Younger files are looked at anew each time, see filestamp.h.
SETTLE_SECONDS = 2.2
N_CLIPS = 6


class Cache(montage.Case):
    def setUp(self):
        super().setUp()
        self.clips = self.path("clips")
        os.mkdir(self.clips)
        for k in range(N_CLIPS):
            shutil.copy(montage.clip("c%d.mp4" % k, id=k + 1, frames=60 + k,
                                     cuts="30"), self.clips)
        self.song = montage.song(seconds=12)

    def args(self, folder, *more):
        return ["analyze", "-f", "-o", self.path(folder), *more, self.clips]

    def analyze(self, folder, *more, **options):
        self.succeed(*self.args(folder, *more), **options)
        return self.documents(folder)

    def documents(self, folder):
        found = {}
        for name in sorted(os.listdir(self.path(folder))):
            with open(self.path(folder, name), encoding="utf-8") as file:
                found[name] = file.read()
        return found

    def doctor(self, **options):
        lines = self.succeed("doctor", **options).out.splitlines()
        at = next(i for i, line in enumerate(lines)
                  if line.split()[1:2] == ["cache"])
        self.assertIn(os.path.join(self.cache, "gst-montage"), lines[at])
        return lines[at + 1:at + 3]

    def test_same_with_and_without(self):
        anew = self.analyze("anew", "--no-cache")
        self.assertFalse(os.path.exists(self.cache))
        self.assertEqual(len(anew), N_CLIPS)
        self.assertEqual(self.analyze("first"), anew)
        self.assertEqual(len(self.analyses()), N_CLIPS)
        self.assertEqual(self.analyze("second"), anew)

    def test_found_documents_are_taken(self):
        """Shown by a clip that can no longer be decoded here: without the
        decoders of H.264 only what was found before answers."""
        anew = self.analyze("anew")
        shutil.move(self.path("clips", "c0.mp4"), self.path("clips", "x.mp4"))
        shutil.copy(self.path("clips", "x.mp4"), self.path("clips", "y.mp4"))
        env = {"GST_PLUGIN_FEATURE_RANK": "avdec_h264:NONE,openh264dec:NONE,"
               "vah264dec:NONE,vaapih264dec:NONE,v4l2h264dec:NONE"}
        blind = self.tool(*self.args("blind", "--no-cache"), env=env)
        self.assertEqual(blind.code, 1, blind.err)
        got = self.analyze("again", "--kind", "shots", env=env)
        for name in ("x", "y"):
            self.assertEqual(
                got[name + ".mp4.shots.json"].replace(name + ".mp4", "c0.mp4"),
                anew["c0.mp4.shots.json"])
        self.assertEqual(got["c1.mp4.shots.json"], anew["c1.mp4.shots.json"])

    def test_changed_file_is_noticed(self):
        """With the size and the dates of before."""
        clip = self.path("clips", "c0.mp4")
        anew = self.analyze("anew")
        time.sleep(SETTLE_SECONDS)
        self.assertEqual(self.analyze("settled"), anew)
        before = os.stat(clip)
        with open(clip, "r+b") as file:
            file.write(b"\0" * before.st_size)
        os.utime(clip, ns=(before.st_atime_ns, before.st_mtime_ns))
        run = self.tool(*self.args("broken", "--kind", "shots"))
        self.assertEqual(run.code, 1)
        self.assertEqual(len(run.sentences()), 1, run.err)
        self.assertIn("c0.mp4", run.err)
        self.assertNotIn("c0.mp4.shots.json", self.documents("broken"))

    def test_file_that_grows_is_noticed(self):
        whole = montage.clip("long.mkv", id=9, frames=300, cuts="100,200")
        with open(whole, "rb") as file:
            data = file.read()
        clip = self.path("clips", "c0.mkv")
        shots = []
        for share in (0.4, 0.7, 1.0):
            with open(clip, "wb") as file:
                file.write(data[:int(len(data) * share)])
            shots.append(self.analyze("out")["c0.mkv.shots.json"])
        self.assertEqual(len(set(shots)), 3)
        shutil.copy(whole, clip)
        self.assertEqual(self.analyze("out", "--no-cache")["c0.mkv.shots.json"],
                         shots[2])

    def test_runs_at_once_and_killed_ones(self):
        anew = self.analyze("anew", "--no-cache")
        env = dict(os.environ, XDG_CACHE_HOME=self.cache)
        for k in range(12):
            run = subprocess.Popen([montage.TOOL, *self.args("killed")],
                                   env=env, stderr=subprocess.DEVNULL)
            time.sleep(0.06 * k)
            run.send_signal(signal.SIGKILL)
            run.wait()
        runs = [subprocess.Popen([montage.TOOL, *self.args("at%d" % k)],
                                 env=env, stderr=subprocess.PIPE)
                for k in range(4)]
        for k, run in enumerate(runs):
            err = run.communicate(timeout=200)[1].decode()
            self.assertEqual(run.returncode, 0, err)
            self.assertIsNone(montage.BAD.search(err), err)
            self.assertEqual(self.documents("at%d" % k), anew)
        self.assertEqual(self.analyze("after"), anew)

    def test_bound(self):
        limit = {"GST_MONTAGE_CACHE_LIMIT": "8K"}
        self.analyze("out")
        self.assertEqual(len(self.analyses()), N_CLIPS)
        os.remove(self.path("clips", "c0.mp4"))
        shutil.copy(montage.clip("c9.mp4", id=9, frames=70, cuts="30"),
                    self.clips)
        self.analyze("out", env=limit)
        self.assertLess(sum(map(os.path.getsize, self.analyses())), 8192)
        self.assertIn("at most 0.1 MiB", self.doctor(env=limit)[0])
        self.analyze("out", env={"GST_MONTAGE_CACHE_LIMIT": "0"})
        self.assertEqual(self.analyses(), [])

    def test_doctor(self):
        self.assertIn("0 analyses, 0.0 MiB of at most 1024.0 MiB",
                      self.doctor()[0])
        self.analyze("out")
        self.assertIn("%d analyses" % N_CLIPS, self.doctor()[0])
        self.assertIn("'lots'", self.doctor(
            env={"GST_MONTAGE_CACHE_LIMIT": "lots"})[1])
        run = self.tool(*self.args("lots"),
                        env={"GST_MONTAGE_CACHE_LIMIT": "lots"})
        self.assertEqual(run.code, 0)
        self.assertEqual(len(run.sentences()), 1, run.err)
        self.assertIn("'lots'", run.err)
        cleared = self.succeed("doctor", "--clear-cache").out
        self.assertIn("%d analyses" % N_CLIPS, cleared)
        self.assertIn("0 analyses", self.doctor()[0])
        self.assertEqual(self.analyses(), [])

    def test_no_place_for_it(self):
        """The work is done all the same, and it is said what is lost."""
        with open(self.path("file"), "wb"):
            pass
        env = {"XDG_CACHE_HOME": self.path("file")}
        run = self.tool(*self.args("out"), env=env)
        self.assertEqual(run.code, 0)
        self.assertEqual(len(self.documents("out")), N_CLIPS)
        self.assertEqual(len(run.sentences()), 1, run.err)
        self.assertIn("file/gst-montage' cannot be written", run.err)
        self.assertIn("XDG_CACHE_HOME",
                      self.succeed("doctor", env=env).out)
        run = self.tool(*self.args("out", "--no-cache"), env=env)
        self.assertEqual(run.sentences(), [])


if __name__ == "__main__":
    montage.main()
