#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Sound against picture over five minutes: a flash at every beep."""
import array
import random
import shutil
import subprocess

import exact
import montage

SECONDS = 300
LIMIT = montage.SECOND // 50  # 20 ms


def flash_plan(path, clip, sound, rate, seconds=SECONDS):
    """Cuts of two seconds that begin on any flash of the clip: there must be
    one at every beep."""
    plan = exact.write_plan(path, [clip], 1, False, 1, song=sound)
    data = plan.data
    plan.fps_n, plan.fps_d = rate
    dice = random.Random(1)
    data["duration"] = data["music"]["duration"] = seconds * montage.SECOND
    data["output"].update(width=192, height=108, frame_rate="%d/%d" % rate)
    data["sources"][0].update(duration=seconds * montage.SECOND,
                              frame_rate="30/1")
    template, data["cuts"] = data["cuts"][0], []
    ends = [plan.frame_time(plan.frame_of(2 * k * montage.SECOND))
            for k in range(seconds // 2)]
    ends.append(plan.frame_time(plan.frame_of(seconds * montage.SECOND)))
    data["duration"] = ends[-1]
    for start, end in zip(ends, ends[1:]):
        flash = 60 * dice.randrange(seconds // 2 - 2)
        data["cuts"].append(dict(
            template, start=start, duration=end - start,
            in_point=(4 * flash + 1) * montage.SECOND // 120))
    exact.save(path, data)
    return montage.Plan(path)


class Sync(montage.Case):
    def render(self, rate, name):
        prefix = montage.media("sync", "flashbeep", "--seconds", str(SECONDS))
        self.plan = flash_plan(self.path("plan.json"), prefix + ".mp4",
                               prefix + ".wav", rate)
        film = self.path(name)
        self.succeed("render", self.path("plan.json"), "-o", film)
        return film

    def check(self, film, flashes, beeps):
        self.assertEqual(len(flashes), SECONDS // 2)
        # The fade at the end may take the last beep along.
        self.assertGreaterEqual(len(beeps), SECONDS // 2 - 1)
        late = [abs(f - b) for f, b in zip(flashes, beeps)]
        self.assertLessEqual(max(late), LIMIT, "at beep %d of %s"
                             % (late.index(max(late)), film))
        for k, beep in enumerate(beeps):
            self.assertLessEqual(abs(beep - 2 * k * montage.SECOND), LIMIT)

    def check_with_gstreamer(self, film):
        self.check(film, montage.times("flashes", film),
                   montage.times("beeps", film))

    def test_mp4_with_gstreamer_and_with_ffmpeg(self):
        film = self.render((30, 1), "film.mp4")
        self.check_with_gstreamer(film)
        if not shutil.which("ffmpeg"):
            self.skipTest("no ffmpeg to read the film a second time")
        self.check_with_ffmpeg(film, 30)

    def test_webm_of_25_frames(self):
        self.check_with_gstreamer(self.render((25, 1), "film.webm"))

    def check_with_ffmpeg(self, film, rate):
        """What players on libavformat show and play, at which time."""
        wav = self.path("read.wav")
        subprocess.run(["ffmpeg", "-v", "error", "-i", film, "-vn", "-af",
                        "aresample=async=1:first_pts=0", wav], check=True)
        raw = subprocess.run(
            ["ffmpeg", "-v", "error", "-i", film, "-an", "-vf",
             "scale=1:1:flags=area,format=gray", "-f", "rawvideo", "-"],
            capture_output=True, check=True).stdout
        luma = array.array("B", raw)
        self.assertEqual(len(luma), self.plan.n_frames())
        flashes = [k * montage.SECOND // rate for k in range(len(luma))
                   if luma[k] > 110 and (k == 0 or luma[k - 1] <= 110)]
        self.check(film, flashes, montage.times("beeps", wav))


if __name__ == "__main__":
    montage.main()
