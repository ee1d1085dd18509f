#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every kind of film, as FFmpeg reads it: codec, size, frames, colours, sound."""
import json
import os
import shutil
import subprocess

import exact
import montage
import sync

SECONDS = 6
SIZE = (96, 64)
LATE = montage.SECOND // 50  # 20 ms

# name, profile, codecs as ffprobe calls them
FILMS = (
    ("a.mp4", None, "h264", "aac"),
    ("b.mp4", "h265", "hevc", "aac"),
    ("c.mp4", "av1", "av1", "aac"),
    ("d.mov", "prores", "prores", "pcm_s24le"),
    ("e.mkv", "vp8", "vp8", "aac"),
    ("f.webm", None, "vp9", "opus"),
    ("g.webm", "video/webm:video/x-vp8:audio/x-vorbis", "vp8", "vorbis"),
    ("h.mkv", "video/x-matroska:video/x-h264:audio/x-flac", "h264", "flac"),
    ("i.mp4", "video/quicktime:video/x-h264:audio/mpeg,mpegversion=1,layer=3",
     "h264", "mp3"),
)
# whose pictures say nothing of their colours; the container does
UNMARKED = ("av1", "prores")
ELEMENTS = {"h264": "x264enc", "hevc": "x265enc", "av1": "av1enc",
            "prores": "avenc_prores_ks", "vp8": "vp8enc", "vp9": "vp9enc",
            "aac": "avenc_aac", "opus": "opusenc", "vorbis": "vorbisenc",
            "flac": "flacenc", "mp3": "lamemp3enc", "dnxhd": "avenc_dnxhd"}


def have(codec):
    element = ELEMENTS.get(codec, "identity")
    return montage.execute(["gst-inspect-1.0", element]).code == 0


def probe(film):
    run = montage.execute(["ffprobe", "-v", "error", "-count_frames",
                           "-show_streams", "-of", "json", film])
    streams = json.loads(run.out)["streams"]
    return [next(s for s in streams if s["codec_type"] == kind)
            for kind in ("video", "audio")]


class Formats(montage.Case):
    def setUp(self):
        super().setUp()
        if not shutil.which("ffprobe"):
            self.skipTest("no ffprobe to read films with")

    def plan(self, size=SIZE, rate=(25, 1)):
        prefix = montage.media("flashes", "flashbeep", "--seconds", str(SECONDS))
        path = self.path("plan.json")
        plan = sync.flash_plan(path, prefix + ".mp4", prefix + ".wav", rate,
                               SECONDS)
        plan.data["output"].update(width=size[0], height=size[1])
        exact.save(path, plan.data)
        return path

    def check(self, film, video_codec, audio_codec, size, rate):
        video, audio = probe(film)
        n_frames = SECONDS * rate
        self.assertEqual(video["codec_name"], video_codec)
        self.assertEqual(audio["codec_name"], audio_codec)
        self.assertEqual((video["width"], video["height"]), size)
        self.assertEqual(video["r_frame_rate"], "%d/1" % rate)
        self.assertEqual(int(video["nb_read_frames"]), n_frames)
        if video_codec not in UNMARKED:
            self.assertIn(video["color_space"],
                          ("bt709",) if size[1] > 576
                          else ("smpte170m", "bt470bg"))
        self.check_sound(film)

    def check_sound(self, film):
        """Beeps where they are planned, sound to the end of the film."""
        wav = self.path("read.wav")
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", film, "-vn",
                        "-af", "aresample=async=1:first_pts=0", wav],
                       check=True)
        for path in (film, wav):
            beeps = montage.times("beeps", path)
            self.assertEqual(len(beeps), SECONDS // 2, film)
            self.assertLessEqual(abs(beeps[1] - 2 * montage.SECOND), LATE,
                                 film)
        probed = montage.execute(["ffprobe", "-v", "error", "-show_entries",
                                  "format=duration", "-of", "csv=p=0", wav])
        self.assertLess(abs(float(probed.out) - SECONDS), 0.06, film)

    def render(self, plan, film, *options):
        run = self.succeed("render", "--json", plan, "-o", film, *options)
        return json.loads(run.out.splitlines()[-1])

    def test_each_container_and_codec(self):
        plan = self.plan()
        for name, profile, video, audio in FILMS:
            if not (have(video) and have(audio)):
                continue
            with self.subTest(film=name):
                film = self.path(name)
                result = self.render(plan, film, *(
                    ["--profile", profile] if profile else []))
                self.check(film, video, audio, SIZE, 25)
                self.assertEqual(result["encoders"]["video"], ELEMENTS[video])

    def test_dnxhr(self):
        if not have("dnxhd"):
            self.skipTest("no avenc_dnxhd")
        plan = self.plan((1280, 720))
        film = self.path("film.mxf")
        self.render(plan, film, "--quality", "preview")
        self.check(film, "dnxhd", "pcm_s24le", (1280, 720), 25)

    def test_what_a_profile_asks_for(self):
        """A file: size, rate of the sound, a property and H.264's profile."""
        profile = self.path("own.gep")
        with open(profile, "w", encoding="utf-8") as file:
            file.write("""[GStreamer Encoding Target]
name=own
category=device
description=A device

[profile-default]
name=default
type=container
description=Its films
format=video/quicktime

[streamprofile-default-0]
parent=default
type=video
format=video/x-h264,profile=baseline
restriction=video/x-raw,width=64,height=48
preset=Profile YouTube

[streamprofile-default-1]
parent=default
type=audio
format=audio/mpeg,mpegversion=4
restriction=audio/x-raw,rate=44100
""")
        film = self.path("film.mp4")
        self.render(self.plan(), film, "--profile", profile)
        video, audio = probe(film)
        self.assertEqual((video["width"], video["height"]), (64, 48))
        self.assertIn("Baseline", video["profile"])
        self.assertEqual(audio["sample_rate"], "44100")
        self.check_sound(film)

    def test_what_cannot_be_had(self):
        plan = self.plan()
        for film, option, value, word in (
                ("a.mp4", "--profile", "prores", ".mov"),
                ("a.webm", "--profile", "youtube", ".mp4"),
                ("a.mp4", "--profile", "nonsense", "nonsense"),
                ("a.mp4", "--profile", "absent.gep", "absent.gep"),
                ("a.mp4", "--profile", "video/quicktime:video/x-theora",
                 "x-theora"),
                ("a.mp4", "--profile", "video/quicktime:video/x-raw,"
                 "framerate=50/1->video/x-h264", "--fps 50/1"),
                ("a.mp4", "--encoder", "vp9enc", "vp9enc"),
                ("a.mp4", "--quality", "best", "master"),
                ("a.mxf", "--quality", "high", "96x64")):
            with self.subTest(film=film, value=value):
                run = self.tool("render", plan, "-o", self.path(film), option,
                                value)
                self.assertIn(run.code, (1, 2))
                said = [line for line in run.sentences()
                        if not line.startswith("See: ")]
                self.assertEqual(len(said), 1, run.err)
                self.assertIn(word, said[0])
                self.assertFalse(os.path.exists(self.path(film)))


class Quality(montage.Case):
    def test_the_cuts_are_the_same(self):
        """Plans byte for byte; the preview frame by frame."""
        clips = [montage.clip("q%d.mp4" % k, id=k, frames=60, cuts="30",
                              size="768x432") for k in (1, 2)]
        song = montage.song("short.wav", seconds=4)
        plans, sizes = set(), []
        for quality in ("preview", "standard", "master"):
            film, plan = self.make("--music", song, "--quality", quality,
                                   *clips, film=quality + ".mp4")
            with open(os.path.splitext(film)[0] + ".plan.json", "rb") as file:
                plans.add(file.read())
            if quality == "preview":
                self.assert_film(plan, film)
            sizes.append(os.path.getsize(film))
        self.assertEqual(len(plans), 1)
        self.assertEqual(sizes, sorted(sizes))
        if shutil.which("ffprobe"):
            video, _ = probe(self.path("preview.mp4"))
            self.assertEqual((video["width"], video["height"]), (640, 360))


if __name__ == "__main__":
    montage.main()
