#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Each command once on little media: also run under the sanitizers, and under
GStreamer's tracer of leaks."""
import json
import os
import signal
import subprocess
import time
import xml.dom.minidom

import montage


class Smoke(montage.Case):
    def setUp(self):
        super().setUp()
        self.song = montage.song("song.ogg", seconds=12)
        self.clips = [montage.clip("k%d.mp4" % k, id=k, frames=150, cuts="75")
                      for k in (1, 2, 3)]

    def test_make_and_the_rest(self):
        film, plan = self.make("--music", self.song, "--verbose",
                               "--decisions", self.path("why.json"),
                               "--prompt", "slow, crossfades", *self.clips)
        self.assert_film(plan, film)
        with open(self.path("why.json"), encoding="utf-8") as file:
            json.load(file)
        name = self.path("film.plan.json")
        self.succeed("render", name, "-o", self.path("again.webm"))
        for end in ("xges", "otio", "edl", "markers.edl", "fcpxml", "mlt"):
            project = self.path("again." + end)
            self.succeed("export", name, "-o", project)
            with open(project, encoding="utf-8") as file:
                text = file.read()
            if end == "otio":
                json.loads(text)
            elif not end.endswith("edl"):
                xml.dom.minidom.parseString(text)
        self.assertIn("score", self.succeed("why", name, "0:03").out.lower())

    def test_analyze(self):
        self.succeed("analyze", self.song, *self.clips, "-o", self.folder)
        self.assertEqual(len([name for name in os.listdir(self.folder)
                              if name.endswith(".json")]), 4)
        out = self.succeed("analyze", "--format", "cuts-txt", self.clips[0])
        self.assertEqual(out.out.split(), ["75"])

    def test_direct_styles_doctor(self):
        answer = json.loads(self.succeed("direct", "a slow thriller").out)
        self.assertEqual(answer["schema"], "gst-montage/instructions")
        self.assertEqual(answer["style"]["name"], "hitchcock")
        self.assertIn("wes_anderson", self.succeed("styles").out)
        self.succeed("doctor")

    def test_json_is_one_object_per_line(self):
        run = self.succeed("make", "--json", "--music", self.song, "-o",
                           self.path("film.mp4"), *self.clips)
        objects = [json.loads(line) for line in run.out.splitlines()]
        self.assertGreater(len(objects), 2)
        self.assertEqual(objects[-1]["film"], self.path("film.mp4"))
        self.assertEqual(objects[-1]["projects"], [
            self.path("film." + end) for end in ("xges", "otio", "edl")])

    def test_ctrl_c_leaves_nothing(self):
        """At several moments of a film that takes a while."""
        clips = [montage.clip("long%d.mp4" % k, id=k, frames=900,
                              size="640x360") for k in (1, 2)]
        song = montage.song("long.ogg", seconds=90)
        for wait in (0.05, 0.4, 1.0, 2.0):
            with self.subTest(seconds=wait):
                run = subprocess.Popen(
                    [montage.TOOL, "make", "--music", song, "--size",
                     "1280x720", "-o", self.path("film.mp4"), *clips],
                    env=dict(os.environ, XDG_CACHE_HOME=self.cache),
                    stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
                time.sleep(wait)
                if run.poll() is not None:
                    run.stderr.close()
                    continue
                run.send_signal(signal.SIGINT)
                try:
                    err = run.communicate(timeout=60)[1].decode()
                except subprocess.TimeoutExpired:
                    run.kill()
                    run.communicate()
                    self.fail("Ctrl-C does not end the run")
                self.assertNotEqual(run.returncode, 0)
                self.assertIsNone(montage.BAD.search(err), err[-3000:])
                self.assertEqual(set(os.listdir(self.folder)) - {"cache"},
                                 set())

    def test_tracer_of_leaks(self):
        run = self.succeed(
            "make", "--music", self.song, "-o", self.path("film.mp4"),
            "--no-cache", *self.clips,
            env={"GST_TRACERS": "leaks", "GST_DEBUG": "GST_TRACER:7",
                 "GST_DEBUG_NO_COLOR": "1"})
        self.assertIn("GST_TRACER", run.err)


if __name__ == "__main__":
    montage.main()
