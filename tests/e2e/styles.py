#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whole films in several styles: cuts on the true beats, every frame as
planned, sound to the end."""
import bisect
import json
import shutil

import montage

N_SECONDS = 40


class Styles(montage.Case):
    @classmethod
    def setUpClass(cls):
        cls.song = montage.song("song.ogg", seconds=N_SECONDS, bpm=116)
        cls.beats = [time for time, _ in montage.beats(cls.song)]
        cls.clips = [
            montage.clip("s1.mp4", id=1, frames=450, cuts="120,260", gop=250,
                         bframes=2),
            montage.clip("s2.webm", id=2, frames=300, cuts="90,200",
                         fps="25/1"),
            montage.clip("s3.mp4", id=3, frames=480, cuts="100,200,350",
                         fps="30000/1001", sound=True),
            montage.clip("s4.mp4", id=4, frames=300, cuts="150", rotate=90,
                         size="180x320"),
            montage.clip("s5.avi", id=5, frames=300, cuts="100,200"),
            montage.clip("s6.mp4", id=6, frames=600, cuts="80,180,270-290,400",
                         vfr=True),
        ]

    def film(self, *args, duration=N_SECONDS):
        film, plan = self.make("--force", "--music", self.song, *args,
                               *self.clips)
        self.assert_film(plan, film)
        frame = plan.fps_d / plan.fps_n
        self.assertAlmostEqual(plan.data["duration"] / montage.SECOND,
                               duration, delta=frame)
        self.check_sound(film, plan)
        return plan

    def check_sound(self, film, plan):
        start, *levels = montage.lines("sound", film)
        first, last = (int(x) / montage.SECOND for x in start.split())
        self.assertLess(abs(first), 0.02)
        end = plan.data["duration"] / montage.SECOND
        self.assertLess(abs(last - end), 0.1)
        fade = plan.data["music"]["fade_out"] / montage.SECOND
        heard = levels[:int(2 * (end - fade)) - 1]
        self.assertGreater(min(float(x) for x in heard), -60)

    def check_beats(self, plan, slack=0.0025):
        """Each cut on a beat is within half a frame of the true one, and what
        the beat detection may be wrong by (@slack, s)."""
        half = plan.fps_d / plan.fps_n / 2 + slack
        start = plan.data["music"]["start"] / montage.SECOND
        late = []
        for cut in plan.cuts[1:]:
            if cut["beat"] < 0:
                continue
            time = start + cut["start"] / montage.SECOND
            k = bisect.bisect(self.beats, time)
            near = min(self.beats[max(k - 1, 0):k + 1],
                       key=lambda beat: abs(beat - time))
            late.append(abs(near - time))
        self.assertTrue(late)
        self.assertLessEqual(max(late), half + 1e-6, sorted(late)[-5:])

    def check_lengths(self, plan):
        limits = plan.data["instructions"]["constraints"]
        lengths = [c["duration"] / montage.SECOND for c in plan.cuts]
        frame = plan.fps_d / plan.fps_n
        self.assertGreaterEqual(min(lengths),
                                limits["min_clip_duration_sec"] - frame)
        self.assertLessEqual(max(lengths),
                             limits["max_clip_duration_sec"] + frame)

    def song_with_true_beats(self):
        """A song whose sidecar holds the beats as they were made."""
        song = self.path("song.ogg")
        shutil.copy(self.song, song)
        self.succeed("analyze", song, "-o", self.folder)
        sidecar = self.path("song.beats.json")
        with open(sidecar, encoding="utf-8") as file:
            document = json.load(file)
        found = document["beats"]
        document["beats"] = [
            dict(found[min(k, len(found) - 1)], position=position,
                 time=round(time * montage.SECOND))
            for k, (time, position) in enumerate(montage.beats(self.song))]
        with open(sidecar, "w", encoding="utf-8") as file:
            json.dump(document, file)
        return song

    def test_cuts_are_on_the_true_beats_of_a_sidecar(self):
        song = self.song_with_true_beats()
        for rate in ("25", "30000/1001", "60"):
            with self.subTest(rate=rate):
                name = "%s.json" % rate[:2]
                self.succeed("plan", "--music", song, "--style", "mtv",
                             "--fps", rate, "-o", self.path(name),
                             *self.clips)
                plan = montage.Plan(self.path(name))
                self.check_beats(plan, slack=0)
                on_beat = [c for c in plan.cuts if c["beat"] >= 0]
                self.assertGreater(len(on_beat), 0.9 * len(plan.cuts))

    def test_no_prompt(self):
        plan = self.film()
        self.check_beats(plan)
        self.check_lengths(plan)
        self.assertEqual(plan.data["instructions"]["style"]["name"],
                         "dynamic")

    def test_hitchcock(self):
        plan = self.film("--style", "hitchcock")
        self.check_beats(plan)
        self.check_lengths(plan)
        self.assertTrue(all(c["transition"] == "cut" for c in plan.cuts))

    def test_mtv_cuts_faster_than_documentary(self):
        fast = self.film("--style", "mtv")
        self.check_beats(fast)
        self.check_lengths(fast)
        slow = self.film("--style", "documentary", "--seed", "3")
        self.check_lengths(slow)
        self.assertGreater(len(fast.cuts), 2 * len(slow.cuts))
        self.assertTrue(any(c["transition"] == "crossfade"
                            for c in slow.cuts))

    def test_prompt_sets_style_and_length(self):
        plan = self.film("--prompt", "a calm documentary, 12 seconds",
                         duration=12)
        self.assertEqual(plan.data["instructions"]["style"]["name"],
                         "documentary")

    def test_other_size_rate_and_fit(self):
        for fit in ("pad", "blur"):
            with self.subTest(fit=fit):
                film, plan = self.make(
                    "--music", self.song, "--duration", "8", "--size",
                    "180x320", "--fps", "24", "--fit", fit, *self.clips,
                    film=fit + ".mp4")
                self.assert_film(plan, film)


if __name__ == "__main__":
    montage.main()
