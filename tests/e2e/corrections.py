#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Beats that a user corrects: by options, in files beside the song, by ear."""
import json
import os
import shutil
import struct
from xml.etree import ElementTree

import montage

SECOND = montage.SECOND


class Corrections(montage.Case):
    def setUp(self):
        super().setUp()
        self.song = self.path("song.ogg")
        shutil.copy(montage.song("song.ogg", seconds=20, bpm=120), self.song)

    def analyze(self, *args, **options):
        """The document on standard output."""
        return json.loads(self.succeed("analyze", self.song, *args,
                                       **options).out)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    @staticmethod
    def times(document):
        return [beat["time"] for beat in document["beats"]]

    @staticmethod
    def positions(document):
        return [beat["position"] for beat in document["beats"]]

    def test_halve_double_shift(self):
        heard = self.analyze()
        times = self.times(heard)
        self.assertGreater(len(times), 30)
        halved = self.analyze("--halve")
        self.assertIn(self.times(halved), (times[::2], times[1::2]))
        self.assertAlmostEqual(halved["tempo"], heard["tempo"] / 2)
        self.assertEqual(halved["alternative_tempo"], heard["tempo"])
        doubled = self.analyze("--double")
        self.assertEqual(self.times(doubled)[::2], times)
        later = self.analyze("--shift", "0.0301")
        self.assertEqual(self.times(later),
                         [time + 30100000 for time in times
                          if time + 30100000 < heard["duration"]])
        earlier = self.analyze("--shift", "-0.25")
        self.assertEqual(self.times(earlier),
                         [time - SECOND // 4 for time in times
                          if time >= SECOND // 4])

    def test_bars(self):
        heard = self.analyze("--beats-per-bar", "4", "--double")
        self.assertEqual(heard["beats_per_bar"], 4)
        self.write("song.beats.json", json.dumps(heard))
        moved = self.positions(self.analyze("--shift-bar", "1"))
        self.assertEqual(moved[1:], self.positions(heard)[:-1])
        waltz = self.analyze("--beats-per-bar", "3")
        self.assertEqual(set(self.positions(waltz)), {1, 2, 3})
        times = self.times(heard)
        named = self.analyze("--first-downbeat",
                             "%.3f" % (times[11] / SECOND + 0.02))
        self.assertEqual(self.positions(named)[11], 1)

    def test_settings_of_the_detection(self):
        """What is said is obeyed and remembered apart from what is heard."""
        heard = self.analyze()
        waltz = self.analyze("--beats-per-bar", "3")
        self.assertEqual(waltz["beats_per_bar"], 3)
        self.assertEqual(set(self.positions(waltz)), {1, 2, 3})
        fast = self.analyze("--tempo-min", "150")
        self.assertGreaterEqual(fast["tempo"], 149)
        for tempo in (60, 240):
            said = self.analyze("--tempo", str(tempo))
            self.assertAlmostEqual(said["tempo"], tempo, delta=0.5)
        named = self.analyze("--first-downbeat", "1.52")
        downbeats = [beat["time"] for beat in named["beats"]
                     if beat["position"] == 1]
        self.assertLess(min(abs(time - 1.5 * SECOND) for time in downbeats),
                        SECOND // 20)
        self.assertEqual(self.analyze(), heard)
        for limit in (["--beats-per-bar", "16"], ["--tempo", "30"],
                      ["--tempo", "300"], ["--tempo-max", "30"],
                      ["--tempo-min", "300"], ["--first-downbeat", "0"]):
            self.analyze(*limit)

    def test_correction_of_a_sidecar(self):
        """One correction over the other, and never without --force."""
        self.succeed("analyze", self.song, "--halve", "-o",
                     self.path("song.beats.json"))
        once = self.read("song.beats.json")
        self.assertEqual(self.analyze(), dict(
            json.loads(once), uri=montage.uri(self.song)))
        run = self.tool("analyze", self.song, "-o", self.folder, "--detect")
        self.assertEqual(run.code, 1)
        self.assertIn("--force", run.err)
        self.assertEqual(self.read("song.beats.json"), once)
        self.succeed("analyze", self.song, "--halve", "-o", self.folder,
                     "--force")
        twice = json.loads(self.read("song.beats.json"))
        self.assertAlmostEqual(twice["tempo"] * 2, json.loads(once)["tempo"])
        anew = self.analyze("--detect")
        self.assertAlmostEqual(twice["tempo"] * 4, anew["tempo"])

    def test_tempo_and_a_sidecar(self):
        self.succeed("analyze", self.song, "-o", self.folder)
        run = self.succeed("analyze", self.song, "--tempo", "90")
        self.assertIn("song.beats.json", " ".join(run.sentences()))

    def test_shell_leaves_an_empty_file(self):
        """analyze song.ogg > song.beats.json"""
        self.write("song.beats.json", "")
        self.assertGreater(len(self.analyze()["beats"]), 30)

    def test_labels_there_and_back(self):
        heard = self.analyze()
        name = self.path("labels.txt")
        self.succeed("analyze", self.song, "--format", "labels", "-o", name)
        taken = self.analyze("--beats", name)
        for one, other in zip(heard["beats"], taken["beats"], strict=True):
            self.assertLessEqual(abs(one["time"] - other["time"]), 500)
            self.assertEqual(one["position"], other["position"])
            self.assertAlmostEqual(one["energy"], other["energy"], places=3)
        self.assertEqual(len(heard["sections"]), len(taken["sections"]))
        self.assertAlmostEqual(heard["tempo"], taken["tempo"], places=1)
        self.assertEqual(taken["confidence"], 1)

    def test_labels_by_ear(self):
        """A label file beside the song: only the ones are named."""
        lines = ["%.6f\t%.6f\t%s" % (0.4 * k, 0.4 * k,
                                     "1" if k % 3 == 0 else "")
                 for k in range(1, 46)]
        lines.insert(20, "8.0\t16.0\tchorus")
        self.write("song.beats.txt", "\r\n".join(lines) + "\r\n")
        document = self.analyze()
        self.assertEqual(len(document["beats"]), 45)
        self.assertEqual(document["beats_per_bar"], 3)
        self.assertEqual(self.positions(document)[:4], [2, 3, 1, 2])
        self.assertAlmostEqual(document["tempo"], 150, places=6)
        self.assertIn("chorus", [part["label"]
                                 for part in document["sections"]])
        # The same from the cache of what was heard.
        self.assertEqual(self.analyze(), document)
        run = self.succeed("analyze", self.song, "--format", "beats-txt")
        self.assertEqual(run.out.splitlines()[0], "0.400000 2")

    def test_wrong_files(self):
        for text, words in (
                ("1,5\t1,5\t1\n", ["line 1", "comma", "point"]),
                ("1.5\t1.5\t1\n9999\t9999\t1\n", ["9999 s", "only 20 s"]),
                ("{\"schema\": 1}", ["schema"])):
            with self.subTest(text=text):
                self.write("wrong.txt", text)
                run = self.tool("analyze", self.song, "--beats",
                                self.path("wrong.txt"))
                self.assertEqual(run.code, 1)
                self.assertEqual(len(run.sentences()), 1, run.err)
                for word in ["wrong.txt", *words]:
                    self.assertIn(word, run.err)

    def test_wrong_use(self):
        clip = montage.clip("k.mp4", id=1, frames=30)
        for args in (["--halve", "--double", self.song],
                     ["--tempo", "fast", self.song],
                     ["--tempo", "12", self.song],
                     ["--tempo-min", "120", "--tempo-max", "90", self.song],
                     ["--beats", "a", "--detect", self.song],
                     ["--halve", clip],
                     ["--shift-bar", "x", self.song],
                     ["--kind", "shots", "--format", "labels", self.song]):
            with self.subTest(args=args):
                run = self.tool("analyze", *args)
                self.assertEqual(run.code, 2, run.err)
                self.assertEqual(self.analyses(), [])

    def test_folder_is_made(self):
        clip = montage.clip("k.mp4", id=1, frames=30)
        self.succeed("analyze", self.song, clip, "-o", self.path("a", "b"))
        self.assertEqual(sorted(os.listdir(self.path("a", "b"))),
                         ["k.mp4.shots.json", "song.beats.json"])
        # And not where nothing comes of it.
        self.write("broken.ogg", "this is no song")
        run = self.tool("analyze", "--kind", "beats", self.path("broken.ogg"),
                        "-o", self.path("c", "d"))
        self.assertEqual(run.code, 1)
        self.assertFalse(os.path.exists(self.path("c")))
        run = self.tool("analyze", self.song, "-o",
                        self.path("broken.ogg", "x"))
        self.assertEqual(run.code, 1)
        self.assertIn("broken.ogg", run.err)

    def check_png(self, *names):
        with open(self.path(*names), "rb") as file:
            data = file.read()
        self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
        self.assertEqual(struct.unpack(">I", data[16:20]), (2400,))
        self.assertGreater(len(data), 20000)

    def test_pictures(self):
        heard = self.analyze("--picture", self.path("a.png"))
        self.assertGreater(len(heard["beats"]), 30)
        self.check_png("a.png")
        self.analyze("--picture", self.path("a.svg"))
        root = ElementTree.parse(self.path("a.svg")).getroot()
        self.assertTrue(root.tag.endswith("svg"))
        self.assertEqual(root.get("width"), "1200px")
        other = montage.song("other.ogg", seconds=40, bpm=95, meter=3)
        clip = montage.clip("k.mp4", id=1, frames=30)
        self.succeed("analyze", self.song, other, clip, "--picture", "png",
                     "-o", self.path("all"))
        self.assertEqual(sorted(os.listdir(self.path("all"))),
                         ["k.mp4.shots.json", "k.mp4.shots.png",
                          "other.beats.json",
                          "other.beats.png", "song.beats.json",
                          "song.beats.png"])
        self.check_png("all", "song.beats.png")

    def test_pictures_of_nothing(self):
        silence = montage.media("silence.wav", "song", "--style", "silence",
                                "--seconds", "3")
        self.succeed("analyze", silence, "--picture", self.path("s.svg"))
        ElementTree.parse(self.path("s.svg"))

    def test_wrong_pictures(self):
        for args in (["--picture", self.path("a.jpg"), self.song],
                     ["--picture", self.path("a.png"), self.song,
                      montage.song("other.ogg", seconds=40, bpm=95, meter=3)]):
            with self.subTest(args=args):
                run = self.tool("analyze", *args)
                self.assertEqual(run.code, 2, run.err)
                self.assertEqual(set(os.listdir(self.folder)) - {"cache"},
                                 {"song.ogg"})
                self.assertEqual(self.analyses(), [])

    def test_films(self):
        """make, plan and montagesrc cut on what a user wrote."""
        clips = self.path("clips")
        os.mkdir(clips)
        shutil.copy(montage.clip("k.mp4", id=1, frames=300), clips)
        beats = [round(0.37 + 0.613 * k, 6) for k in range(32)]
        text = "".join("%.6f %d\n" % (time, k % 4 + 1)
                       for k, time in enumerate(beats))
        self.write("tapped.txt", text)
        plan = json.loads(self.succeed(
            "plan", "--music", self.song, "--beats", self.path("tapped.txt"),
            clips).out)
        expected = [round(time * SECOND) for time in beats]
        self.assertEqual([beat["time"] for beat in plan["music"]["beats"]],
                         expected)
        self.write("song.beats.txt", text)
        for command in ("plan", "make"):
            args = ["--no-render"] if command == "make" else []
            name = self.path(command + ".plan.json")
            self.succeed(command, "--music", self.song, *args, clips, "-o",
                         name if command == "plan"
                         else self.path("make.mp4"))
            plan = json.loads(self.read(command + ".plan.json"))
            self.assertEqual([beat["time"] for beat in
                              plan["music"]["beats"]], expected)
        plan = montage.Plan(self.path("plan.plan.json"))
        film = self.path("film.mkv")
        self.launch(
            "gst-launch-1.0 montagesrc name=m music=%s clips=%s "
            "m.video_src ! queue ! videoconvert ! x264enc speed-preset=1 "
            "tune=zerolatency ! matroskamux ! filesink location=%s "
            "m.audio_src ! queue ! fakesink" % (self.song, clips, film),
            env={"XDG_CACHE_HOME": self.cache}, timeout=100)
        shown = montage.pictures(film)
        for cut in plan.cuts[1:-1]:
            frame = plan.frame_of(cut["start"])
            before, after = shown[frame - 1].frame, shown[frame].frame
            self.assertNotIn(after - before, (0, 1), frame)


if __name__ == "__main__":
    montage.main()
