#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The projects beside a film say what its plan says: each is read by a reader
that shares no code with its writer."""
import copy
import json
import os
import shutil
import unittest

import edlfile
import montage
import otiofile

# Rates and distances of key frames, mixed.
CLIPS = [
    ("gop250.mp4", dict(fps="30/1", gop=250, bframes=2)),
    ("short.mp4", dict(fps="25/1", gop=12, bframes=0)),
    ("film.mov", dict(fps="24000/1001", gop=250, bframes=3)),
    ("fast.mp4", dict(fps="60/1", gop=120, bframes=2, size="240x180")),
]


def has(program):
    return unittest.skipUnless(shutil.which(program), program + " is missing")


class Projects(montage.Case):
    def plan_at(self, rate, *options):
        """The plan and its projects; the film itself is not needed."""
        clips = []
        for number, (name, form) in enumerate(CLIPS):
            n, d = map(int, form["fps"].split("/"))
            clips.append(montage.clip(name, id=number + 1, frames=6 * n // d,
                                      cuts=str(3 * n // d), **form))
        return self.make("--no-render", "--fps", rate, "--music",
                         montage.song("song.ogg", seconds=20), "--prompt",
                         "fast, crossfades", *options, *clips)[1]

    def path_of_cut(self, plan, cut):
        return montage.path_of(plan.data["sources"][cut["source"]]["uri"])

    def rate_of(self, plan, cut):
        n, d = plan.data["sources"][cut["source"]]["frame_rate"].split("/")
        return int(n) / int(d)

    # ---- OpenTimelineIO ----

    def check_otio(self, plan, name):
        """Clips, in-points and transitions of the plan."""
        film = otiofile.Reader(self.path(name))
        video, audio = film.tracks
        sources = montage.sources_of(plan)
        self.assertEqual((video["kind"], audio["kind"]), ("Video", "Audio"))
        self.assertEqual(video["length"], plan.n_frames())
        self.assertEqual(audio["length"], plan.n_frames())
        self.assertEqual(len(video["clips"]), len(plan.cuts))
        for cut, (start, clip, before, behind) in zip(plan.cuts,
                                                      video["clips"]):
            half = plan.frame_of(cut["transition_duration"] // 2)
            source = sources[cut["source"]]
            self.assertEqual(start, plan.frame_of(cut["start"]))
            self.assertEqual((before, behind), (half, half))
            self.assertEqual(clip["url"], self.path_of_cut(plan, cut))
            self.assertAlmostEqual(clip["speed"], cut.get("speed", 1), 6)
            # Of faster files no frame of the film need lie in the one meant.
            shown = source.frame_at(plan.frame_time(clip["start"]) + 1000)
            faster = self.rate_of(plan, cut) > plan.fps_n / plan.fps_d + 1e-3
            self.assertLessEqual(abs(
                shown - source.frame_at(cut["in_point"])), faster, cut)
        return film

    def test_otio(self):
        for rate in ("23.976", "25"):
            with self.subTest(rate=rate):
                plan = self.plan_at(rate, "--force", "--scarce", "slow")
                film = self.check_otio(plan, "film.otio")
                clips = film.tracks[0]["clips"]
                self.assertTrue(any(before for _, _, before, _ in clips))
                self.assertEqual(
                    [c["metadata"]["gst-montage"]["reason"]
                     for _, c, _, _ in clips],
                    [cut["reason"] for cut in plan.cuts])
                self.assertGreater(len(film.tracks[1]["clips"][0][1]
                                       ["markers"]), 10)
                self.assertGreater(len(film.markers), 0)

    @has("ges-launch-1.0")
    def test_any_timeline_of_ges(self):
        """A gap, a dissolve, an effect, two layers, a test picture."""
        if ".xges" not in self.succeed("doctor").out:
            self.skipTest("this build has no GES")
        clip = montage.clip("sound.mp4", id=9, frames=90, sound=True)
        # What ges-launch-1.0 of 1.22 does at its own end, when the file is
        # there, is another matter: it may hang or crash.
        montage.execute(["timeout", "-s", "KILL", "30", "ges-launch-1.0",
                         "--save-only", self.path("any.otio"),
                         "+clip", clip, "start=1.0", "inpoint=0.5",
                         "duration=1.5", "+effect", "agingtv", "+clip", clip,
                         "start=2.0", "inpoint=1.0", "duration=1.0",
                         "+test-clip", "red", "layer=1", "duration=1.0"])
        tracks = otiofile.Reader(self.path("any.otio")).tracks
        self.assertEqual(
            [(t["kind"], [(s, c["start"], c["length"], c["url"], c["effects"],
                           i, o) for s, c, i, o in t["clips"]])
             for t in tracks],
            [("Video", [(0, 0, 30, None, [], 0, 0)]),
             ("Video", [(30, 15, 38, clip, ["agingtv"], 0, 0),
                        (68, 38, 22, clip, [], 8, 7)]),
             ("Audio", [(30, 15, 38, clip, [], 0, 0),
                        (68, 38, 22, clip, [], 8, 7)]),
             ("Audio", [(0, 0, 30, None, [], 0, 0)])])

    # ---- edit decision lists ----

    def check_lists(self, plan, names):
        fps = plan.fps_n / plan.fps_d
        origin = edlfile.frames("01:00:00" + (
            ";" if plan.fps_d == 1001 and fps > 29 else ":") + "00",
            round(fps), round(fps) // 15 if plan.fps_d == 1001 and fps > 29
            else 0)
        first, events, reels = origin, [], {}
        for name in names:
            part = edlfile.List(self.path(name), plan.fps_n, plan.fps_d)
            origin = part.check(origin, fps)
            events += part.pictures()
        self.assertEqual(origin - first, plan.n_frames())
        self.assertEqual(len(events), len(plan.cuts))
        for cut, event in zip(plan.cuts, events):
            half = plan.frame_of(cut["transition_duration"] // 2)
            self.assertEqual(event[4] - first,
                             plan.frame_of(cut["start"]) - half)
            self.assertEqual(event[6], 2 * half)
            reels.setdefault(event[0], set()).add(cut["source"])
        self.assertTrue(all(len(each) == 1 for each in reels.values()), reels)
        self.assertEqual(len(reels), len({c["source"] for c in plan.cuts}))

    def test_edl(self):
        for rate in ("23.976", "29.97", "59.94"):
            with self.subTest(rate=rate):
                plan = self.plan_at(rate, "--force", "--projects", "edl")
                self.check_lists(plan, ["film.edl"])

    def test_long_edl(self):
        """More than 999 cuts, and more than ten minutes of dropped numbers."""
        plan = self.plan_at("29.97", "--projects", "none")
        self.assertFalse(os.path.exists(self.path("film.edl")))
        cuts, once, frames = [], plan.cuts, plan.n_frames()
        for turn in range(1100 // len(once) + 1):
            for cut in once:
                cut = copy.deepcopy(cut)
                at = [plan.frame_of(t) + turn * frames for t in
                      (cut["start"], cut["start"] + cut["duration"])]
                cut["start"] = plan.frame_time(at[0])
                cut["duration"] = plan.frame_time(at[1]) - cut["start"]
                cuts.append(cut)
        plan.data["duration"] = cuts[-1]["start"] + cuts[-1]["duration"]
        plan.data["music"]["duration"] = plan.data["duration"]
        plan.data["cuts"] = plan.cuts = cuts
        with open(self.path("long.json"), "w", encoding="utf-8") as file:
            json.dump(plan.data, file)
        self.succeed("export", self.path("long.json"), "-o",
                     self.path("long.edl"))
        self.check_lists(plan, ["long.edl", "long.2.edl"])

    # ---- MLT ----

    @has("melt")
    def test_melt_shows_the_same_frames(self):
        """Files of other rates may be a frame off: where a frame of theirs lies
        between two of the film, melt takes the nearer one, and we the last."""
        plan = self.plan_at("30", "--projects", "mlt", "--duration", "10")
        montage.execute(["melt", "film.mlt", "-consumer", "avformat:melt.mkv",
                         "vcodec=ffv1", "an=1", "real_time=-1"],
                        cwd=self.folder, timeout=60,
                        env={"QT_QPA_PLATFORM": "offscreen"})
        shown = montage.pictures(self.path("melt.mkv"))
        expected = montage.expected_frames(plan, montage.sources_of(plan))
        self.assertEqual(len(shown), len(expected))
        for want, got in zip(expected, shown):
            if want is None:
                continue
            same = plan.data["sources"][want[0] - 1]["frame_rate"] == "30/1"
            self.assertEqual(got.id, want[0], got)
            self.assertLessEqual(abs(got.frame - want[1]), not same, got)


if __name__ == "__main__":
    montage.main()
