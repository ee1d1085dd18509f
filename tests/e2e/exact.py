#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every frame of a film shows the planned frame of the planned clip."""
import json
import os
import random

import montage

# Rates, codecs, containers, key frame distances and sizes, mixed.
CLIPS = [
    ("gop250.mp4", dict(fps="30/1", gop=250, bframes=2)),
    ("short.mp4", dict(fps="25/1", gop=12, bframes=0)),
    ("film.mov", dict(fps="24000/1001", gop=250, bframes=3)),
    ("ntsc.mkv", dict(fps="30000/1001", codec="h264", gop=60, bframes=2)),
    ("vp8.webm", dict(fps="30/1", gop=128)),
    ("vp9.webm", dict(fps="25/1", codec="vp9", gop=250, size="426x240")),
    ("mjpeg.avi", dict(fps="30/1")),
    ("xvid.avi", dict(fps="25/1", codec="mpeg4", gop=100)),
    ("fast.mp4", dict(fps="60/1", gop=120, bframes=2, size="240x180")),
    ("upright.mp4", dict(fps="30/1", gop=250, rotate=90, size="180x320")),
    ("variable.mp4", dict(fps="30/1", gop=100, vfr=True)),
    ("ten.mkv", dict(fps="30/1", codec="h264", bits=10, gop=250)),
]
N_SECONDS = 20
TRANSITIONS = ["crossfade", "dip_black", "wipe_left", "dip_white", "wipe_right",
               "wipe_up", "wipe_down"]


def make_clips():
    out = []
    for number, (name, options) in enumerate(CLIPS):
        n, d = map(int, options["fps"].split("/"))
        frames = N_SECONDS * n // d
        out.append(montage.clip(name, id=number + 1, frames=frames, cuts="%d,%d"
                                % (frames // 3, frames // 2), **options))
    return out


def remux(clip, muxer, folder):
    """The clip in a container without an index, as cameras and discs write."""
    path = os.path.join(folder, os.path.basename(clip) + "." + muxer)
    run = montage.execute(
        ["gst-launch-1.0", "filesrc", "location=" + clip, "!", "parsebin", "!",
         "h264parse", "!", muxer, "!", "filesink", "location=" + path])
    if run.code != 0:
        raise AssertionError(run.err)
    return path


def write_plan(path, clips, n_cuts, crossfades, seed, fit="crop", fps=(30, 1),
               size=(320, 180), song=None, kinds=("crossfade",)):
    """A plan by hand: cuts of 5 to 20 frames, of any clip, from anywhere;
    crossfades: every other cut where there is room has one of the kinds."""
    dice = random.Random(seed)
    cuts, start, n_fades = [], 0, 0

    def at(frame):
        return (frame * fps[1] * 2 * montage.SECOND + fps[0]) // (2 * fps[0])

    for k in range(n_cuts):
        length = dice.randint(5, 20)
        number = dice.randrange(len(clips))
        n, d = map(int, CLIPS[number][1]["fps"].split("/"))
        # A quarter of a source frame inside, with room for a crossfade.
        first = dice.randint(n // d, (N_SECONDS - 2) * n // d)
        in_point = (4 * first + 1) * d * montage.SECOND // (4 * n)
        fade = crossfades and k > 0 and length > 8 and k % 2
        if fade and cuts[-1]["frames"] <= 8:
            fade = False
        cuts.append(dict(
            frames=length, start=at(start), duration=at(start + length)
            - at(start), source=number, shot=0, in_point=in_point, beat=-1,
            n_beats=0, section="unknown", energy=0.5, score={}, reason="",
            runners_up=[], transition=kinds[n_fades % len(kinds)] if fade else "cut",
            transition_duration=2 * at(2) if fade else 0))
        n_fades += 1 if fade else 0
        start += length
    for cut in cuts:
        del cut["frames"]
    sources = [dict(
        uri=montage.uri(clip), duration=N_SECONDS * montage.SECOND, width=320,
        height=180, frame_rate=CLIPS[k][1]["fps"], variable_rate=False,
        has_audio=False, n_shots=3, n_cuts=0) for k, clip in enumerate(clips)]
    plan = dict(
        schema="gst-montage/plan", version=1, seed=0, revision=1,
        duration=at(start), output=dict(
            width=size[0], height=size[1], frame_rate="%d/%d" % fps, fit=fit),
        music=dict(uri=montage.uri(song) if song else None, start=0,
                   duration=at(start), fade_out=montage.SECOND, tempo=120,
                   confidence=1, beats=[], sections=[]),
        instructions={}, sources=sources, cuts=cuts, metrics={}, notes=[])
    save(path, plan)
    return montage.Plan(path)


def save(path, plan):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(plan, file)


ENCODE = ("t.video_src ! queue ! videoconvert ! x264enc "
          "speed-preset=superfast ! mp4mux name=mux ! filesink "
          "location=film.mp4 ")


class Exact(montage.Case):
    def render(self, **options):
        plan = write_plan(self.path("plan.json"), make_clips(), **options)
        sound = ("t.audio_src ! queue ! audioconvert ! avenc_aac ! mux."
                 if options.get("song") else "")
        self.launch("gst-launch-1.0 filesrc location=plan.json ! "
                    "application/x-montage-plan ! montagetimeline name=t "
                    + ENCODE + sound, timeout=150)
        self.assert_film(plan, self.path("film.mp4"))

    def test_300_hard_cuts(self):
        self.render(n_cuts=300, crossfades=False, seed=1)

    def test_crossfades_keep_the_cuts(self):
        self.render(n_cuts=100, crossfades=True, seed=2)

    def test_ntsc_rate_and_padding(self):
        self.render(n_cuts=60, crossfades=False, seed=3, fit="pad",
                    fps=(30000, 1001), size=(426, 240))

    def test_upright_film_of_25_frames(self):
        self.render(n_cuts=60, crossfades=True, seed=4, fit="crop",
                    fps=(25, 1), size=(180, 320))

    def test_each_rate_with_each_transition(self):
        for seed, rate in enumerate([(24000, 1001), (25, 1), (30000, 1001),
                                     (50, 1), (60000, 1001)]):
            with self.subTest(rate=rate):
                self.render(n_cuts=40, crossfades=True, seed=10 + seed,
                            fps=rate, size=(192, 108), kinds=TRANSITIONS)

    def test_containers_without_an_index(self):
        """GStreamer's seeks in them land up to a second off."""
        for muxer in ("mpegtsmux", "mpegpsmux"):
            with self.subTest(muxer=muxer):
                clips = [remux(clip, muxer, self.folder)
                         for clip in make_clips()[:2]]
                plan = write_plan(self.path("plan.json"), clips, n_cuts=12,
                                  crossfades=False, seed=20, size=(192, 108))
                film = self.path(muxer + ".mp4")
                self.succeed("render", self.path("plan.json"), "-o", film)
                self.assert_film(plan, film)

    def test_parts_side_by_side_and_one_after_another(self):
        plan = write_plan(self.path("plan.json"), make_clips(), n_cuts=120,
                          crossfades=True, seed=21, size=(192, 108),
                          kinds=TRANSITIONS, song=montage.song(seconds=60))
        shown = []
        for jobs in ("1", "3"):
            film = self.path("jobs%s.mp4" % jobs)
            self.succeed("render", self.path("plan.json"), "--jobs", jobs,
                         "--parts", self.path("parts" + jobs), "-o", film)
            self.assert_film(plan, film)
            shown.append([(p.time, p.luma) for p in montage.pictures(film)])
        self.assertEqual(*shown)

    def test_blur_at_60_frames_with_music(self):
        self.render(n_cuts=60, crossfades=False, seed=5, fit="blur",
                    fps=(60, 1), size=(240, 240),
                    song=montage.song(seconds=40))


if __name__ == "__main__":
    montage.main()
