#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How good a film is and why its cuts are what they are, in words and as JSON."""
import json
import struct
from xml.etree import ElementTree

import montage


class Why(montage.Case):
    def setUp(self):
        super().setUp()
        song = montage.song("song.ogg", seconds=20)
        clips = [montage.clip("w%d.mp4" % k, id=k + 1, frames=300,
                              cuts="75,150,225") for k in range(4)]
        self.name = self.path("film.plan.json")
        self.result = self.succeed(
            "plan", "--music", song, "--style", "mtv", "-o", self.name,
            "--decisions", self.path("decisions.json"), *clips)
        self.arguments = ["--music", song, "--style", "mtv", *clips]
        self.plan = montage.Plan(self.name)

    def test_card(self):
        cut = self.plan.data["cuts"][3]
        card = self.succeed("why", self.name, "--cut", "4").out
        self.assertIn("Cut 4 of %d" % len(self.plan.data["cuts"]), card)
        words = " ".join(card.split())
        self.assertIn(cut["reason"], words)
        self.assertEqual(len(cut["runners_up"]), 3)
        self.assertLessEqual(max(map(len, card.splitlines()[1:8])), 80)
        rows = {line.split()[0]: line.split()[1:5] for line in card.splitlines()
                if line.startswith("    ") and line[4:5].isalpha()}
        scores = [cut["score"]] + [other["score"] for other in cut["runners_up"]]
        for term in {term for score in scores for term in score} - {"total"}:
            points = [score.get(term, 0) for score in scores]
            if max(map(abs, points)) >= 0.05:
                for shown, exact in zip(rows[term], points):
                    self.assertAlmostEqual(float(shown), exact, delta=0.051)
        self.assertEqual(rows["together"],
                         ["%.1f" % score["total"] for score in scores])
        for other in cut["runners_up"]:
            if other["lacked"] is not None:
                self.assertIn(other["lacked"], words)

    def test_times_and_numbers(self):
        plan = self.plan.data
        start = plan["cuts"][2]["start"]
        seconds = start // 10**9 + 1
        # The cut after two seconds less one.
        number = sum(cut["start"] <= seconds * 10**9 for cut in plan["cuts"])
        card = self.succeed("why", self.name, "--cut", str(number)).out
        for time in ("%d" % seconds, "0:%02d" % seconds, "00:00:%02d:00" % seconds):
            self.assertEqual(self.succeed("why", self.name, time).out, card, time)
        for wrong in (["0:59"], ["--cut", "0:01"], ["--cut", "999"],
                      ["--cut", "-1"], ["--cut", "1", "1"], ["1", "2"]):
            self.assertEqual(self.tool("why", self.name, *wrong).code, 2, wrong)

    def test_figures(self):
        metrics = self.plan.data["metrics"]
        said = self.succeed("why", self.name).out
        self.assertEqual(said, self.result.out)
        self.assertIn("%d shots" % len(self.plan.data["cuts"]), said)
        for label in ("beats", "energy", "clips", "repeats", "flow", "score"):
            self.assertIn("\n  %s" % label, said)
        self.assertEqual(
            json.loads(self.succeed("why", self.name, "--json").out), metrics)
        with open(self.path("decisions.json"), encoding="utf-8") as file:
            self.assertEqual(json.load(file)["metrics"], metrics)
        run = self.succeed("plan", "--json", "-f", "-o", self.name,
                           *self.arguments)
        self.assertEqual(json.loads(run.out.splitlines()[-1])["metrics"], metrics)

    def test_pictures(self):
        for music in (self.arguments[:2], ["--no-music"]):
            drawn = self.path("film.svg")
            self.succeed("plan", "-f", "-d", "12", "-o", self.name, "--picture",
                         drawn, *music, *self.arguments[2:])
            n_cuts = len(montage.Plan(self.name).data["cuts"])
            root = ElementTree.parse(drawn).getroot()
            images = [at for at in root.iter() if at.tag.endswith("}image")]
            # The same frame twice is one image.
            self.assertGreater(len(images), n_cuts / 2, music)
            # The cuts and their marks are lines of one colour.
            cuts = [at for at in root.iter()
                    if "rgb(100%,43.5%,41.2%)" in at.get("style", "")]
            self.assertGreaterEqual(len(cuts), n_cuts, music)
        self.succeed("plan", "-f", "-o", self.name, "--picture",
                     self.path("film.png"), *self.arguments)
        with open(self.path("film.png"), "rb") as file:
            head = file.read(24)
        self.assertEqual(head[:8], b"\x89PNG\r\n\x1a\n")
        self.assertEqual(struct.unpack(">I", head[16:20]), (2400,))

    def test_plan_on_standard_output(self):
        run = self.succeed("plan", *self.arguments)
        self.assertEqual(json.loads(run.out)["metrics"],
                         self.plan.data["metrics"])
        self.assertIn(self.result.out, run.err)


if __name__ == "__main__":
    montage.main()
