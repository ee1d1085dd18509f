#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Films are rendered in parts: the same film whatever their order and number,
however often a rendering is stopped and whatever happens to the parts."""
import hashlib
import json
import os
import re
import signal
import subprocess
import time

import exact
import montage


class Parts(montage.Case):
    def setUp(self):
        super().setUp()
        clips = exact.make_clips()
        self.plan = exact.write_plan(self.path("plan.json"), clips, 60, True, 7,
                                     song=montage.song(seconds=40))

    def result(self, *args, **options):
        return json.loads(self.succeed(*args, "--json", **options)
                          .out.splitlines()[-1])

    def render(self, film, *args, **options):
        return self.result("render", "plan.json", "-o", film, *args, **options)

    def parts(self, folder):
        return sorted(name for name in os.listdir(self.path(folder))
                      if name.endswith(".part"))

    def coded(self, film):
        """The sum of everything but the dates that muxers write."""
        with open(self.path(film), "rb") as file:
            data = file.read()
        at = data.index(b"mdat")
        return hashlib.sha256(data[at:]).hexdigest()

    def break_part(self, folder, number, cut):
        path = self.path(folder, self.parts(folder)[number])
        with open(path, "r+b") as file:
            if cut:
                file.truncate(os.path.getsize(path) // 2)
            else:
                file.seek(1000)
                file.write(b"garbage")

    def test_jobs_and_chunks_do_not_matter(self):
        one = self.render("one.mp4", "--jobs", "1")
        self.assert_film(self.plan, self.path("one.mp4"))
        self.assertEqual(one["frames"], self.plan.n_frames())
        self.assertGreater(one["parts_encoded"], 4)
        self.render("three.mp4", "--jobs", "3", "--parts", "kept")
        self.assertEqual(self.coded("three.mp4"), self.coded("one.mp4"))
        self.assertEqual(len(self.parts("kept")), one["parts_encoded"])
        frames = 0
        for k in (3, 1, 2):
            run = self.result("render", "plan.json", "--chunk", "%d/3" % k,
                              "--parts", "chunks")
            frames += run["frames"]
        self.assertEqual(frames, self.plan.n_frames())
        self.assertEqual(self.parts("chunks"), self.parts("kept"))
        run = self.result("join", "plan.json", "--parts", "chunks", "-o",
                          "joined.mp4")
        self.assertEqual(run["frames"], frames)
        self.assertEqual(self.coded("joined.mp4"), self.coded("one.mp4"))

    def test_missing_and_damaged_parts(self):
        first = self.render("film.mp4", "--parts", "kept")
        n = first["parts_encoded"]
        self.break_part("kept", 0, True)
        self.break_part("kept", 1, False)
        os.remove(self.path("kept", self.parts("kept")[2]))
        run = self.tool("join", "plan.json", "--parts", "kept", "-o",
                        "joined.mp4")
        self.assertEqual(run.code, 1)
        self.assertEqual(len(run.sentences()), 1, run.err)
        self.assertRegex(run.err, "3 of the %d parts" % n)
        self.assertFalse(os.path.exists(self.path("joined.mp4")))
        again = self.render("again.mp4", "--parts", "kept")
        self.assertEqual((again["parts_encoded"], again["parts_found"]),
                         (3, n - 3))
        self.assertEqual(self.coded("again.mp4"), self.coded("film.mp4"))

    def test_changed_plan_keeps_what_is_the_same(self):
        first = self.render("film.mp4", "--parts", "kept")
        plan = montage.Plan(self.path("plan.json"))
        plan.cuts[-1]["in_point"] -= montage.SECOND // 2
        plan.data["seed"] = 3
        plan.cuts[0]["reason"] = "another one"
        exact.save(self.path("plan.json"), plan.data)
        second = self.render("second.mp4", "--parts", "kept")
        self.assertEqual((second["parts_encoded"], second["parts_found"]),
                         (1, first["parts_encoded"] - 1))
        self.assert_film(montage.Plan(self.path("plan.json")),
                         self.path("second.mp4"))

    def test_killed_rendering_goes_on(self):
        folder = os.path.join(self.cache, "gst-montage", "parts-1")
        run = subprocess.Popen(
            [montage.TOOL, "render", "plan.json", "-o", "film.mp4", "--jobs",
             "1"], env=dict(os.environ, XDG_CACHE_HOME=self.cache),
            cwd=self.folder, stderr=subprocess.DEVNULL)
        end = time.time() + 60
        while time.time() < end and (
                not os.path.isdir(folder) or len(self.parts(folder)) < 3):
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
        run.wait()
        n_found = len(self.parts(folder))
        self.assertGreaterEqual(n_found, 3)
        doctor = self.succeed("doctor").out
        self.assertIn("%d parts of unfinished films" % n_found, doctor)
        again = self.render("again.mp4")
        self.assertEqual(again["parts_found"], n_found)
        self.assertGreater(again["parts_encoded"], 0)
        self.assert_film(self.plan, self.path("again.mp4"))
        self.assertEqual(self.parts(folder), [])

    def test_no_place_in_the_cache(self):
        for env in ({"GST_MONTAGE_CACHE_LIMIT": "0"},
                    {"XDG_CACHE_HOME": self.path("plan.json")}):
            self.render("film.mp4", "--force", env=env)
            self.assertEqual(sorted(os.listdir(self.folder)),
                             ["film.mp4", "plan.json"])

    def test_wrong_words(self):
        for args, word in (
                (("render", "plan.json", "--chunk", "4/3"), "4/3"),
                (("render", "plan.json", "--chunk", "0/3"), "0/3"),
                (("render", "plan.json", "--chunk", "two"), "two"),
                (("render", "plan.json", "--jobs", "0", "-o", "a.mp4"), "0"),
                (("join", "plan.json", "-o", "a.mp4"), "--parts")):
            run = self.tool(*args)
            self.assertEqual(run.code, 2, run.err)
            self.assertTrue(re.search(re.escape(word), run.err), run.err)
        run = self.tool("render", "plan.json", "--parts", "plan.json", "-o",
                        "a.mp4")
        self.assertEqual(run.code, 1)
        self.assertEqual(len(run.sentences()), 1, run.err)
        self.assertIn("--parts", run.err)


if __name__ == "__main__":
    montage.main()
