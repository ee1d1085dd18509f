#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Names with everything that a file system takes."""
import os
import shutil

import montage

NAMES = [
    "two words.mp4",
    "it's \"quoted\".mp4",
    "Übergröße – 日本.mp4",
    "100%25 %s%n.mp4",
    "two\nlines.mp4",
    "a#b?c=d&e.mp4",
    "-o.mp4",
    "semi;colon!.mp4",
    "back\\slash.mp4",
]
LATIN1 = b"caf\xe9.mp4"


class Names(montage.Case):
    def setUp(self):
        super().setUp()
        self.footage = self.path("my footage; 50% #1")
        os.mkdir(self.footage)
        for number, name in enumerate(NAMES):
            shutil.copy(montage.clip("n%d.mp4" % number, id=number + 1,
                                     frames=120, cuts="60"),
                        os.path.join(self.footage, name))
        self.song = self.path("Lied #1: \"Ä?\" 100%.ogg")
        shutil.copy(montage.song("song.ogg", seconds=20, bpm=140), self.song)

    def test_a_folder_of_them(self):
        film, plan = self.make("--music", self.song, "--style", "mtv",
                               self.footage, film="Der Film, 100% #1?\n.mp4")
        used = {os.path.basename(montage.path_of(s["uri"]))
                for s in plan.data["sources"]}
        self.assertEqual(used, set(NAMES))
        self.assert_film(plan, film)

    def test_each_as_an_argument(self):
        paths = [os.path.join(self.footage, name) for name in NAMES]
        run = self.succeed("plan", "--music", self.song, "-o",
                           self.path("plan.json"), "--", *paths)
        plan = montage.Plan(self.path("plan.json"))
        self.assertEqual([montage.path_of(s["uri"])
                          for s in plan.data["sources"]], paths, run.err)

    def test_relative_with_a_leading_dash(self):
        self.succeed("plan", "--music", self.song, "-o",
                     self.path("plan.json"), "--", "-o.mp4", NAMES[0],
                     cwd=self.footage)

    def test_analyses_beside_the_files(self):
        out = self.path("out")
        os.mkdir(out)
        self.succeed("analyze", "-o", out, self.song,
                     *[os.path.join(self.footage, name) for name in NAMES])
        self.assertEqual(len(os.listdir(out)), len(NAMES) + 1)

    def test_errors_are_one_line(self):
        run = self.tool("make", "--music", self.song, "-o",
                        self.path("film.mp4"), self.path("no\nsuch.mp4"))
        self.assertEqual(run.code, 1)
        self.assertEqual(len(run.sentences()), 1, run.err)

    def test_bytes_that_are_no_utf8(self):
        path = os.path.join(os.fsencode(self.path()), LATIN1)
        shutil.copy(os.path.join(self.footage, NAMES[0]), path)
        run = self.run_clean(
            [os.fsencode(montage.TOOL), b"plan", b"--music",
             os.fsencode(self.song), b"-o",
             os.fsencode(self.path("plan.json")), path],
            env={"XDG_CACHE_HOME": self.cache})
        self.assertEqual(run.code, 0, run.err)

    def test_project_of_them(self):
        self.succeed("plan", "--music", self.song, "-o",
                     self.path("plan.json"), self.footage)
        self.succeed("export", self.path("plan.json"), "-o",
                     self.path("ä #?.xges"))
        self.assertTrue(os.path.exists(self.path("ä #?.xges")))


if __name__ == "__main__":
    montage.main()
