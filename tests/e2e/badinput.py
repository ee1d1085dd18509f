#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Bad input: one clear sentence that names the file, exit status 1 (2 for
wrong usage), nothing left behind."""
import contextlib
import copy
import glob
import json
import os
import shutil
import struct
import subprocess
import zlib

import montage

NOBODY = 65534


def is_root():
    return os.geteuid() == 0


class Bad(montage.Case):
    def setUp(self):
        super().setUp()
        self.song = montage.song(seconds=12)
        self.clip = montage.clip("good.mp4", id=1, frames=240, cuts="80,160")

    def file(self, name, data=b""):
        path = self.path(name)
        with open(path, "wb") as file:
            file.write(data)
        return path

    def listing(self):
        found = []
        for root, folders, files in os.walk(self.folder):
            folders[:] = [f for f in folders
                          if os.path.join(root, f) != self.cache]
            found += [os.path.join(root, f) for f in files]
        return sorted(found)

    def refuse(self, *args, named, code=1, **options):
        """The run fails with one sentence that holds the words @named."""
        before = self.listing()
        run = self.tool(*args, **options)
        self.assertEqual(run.code, code, run.err[-2000:])
        said = run.sentences()
        if code == 2:
            said = [line for line in said if not line.startswith("See: ")]
        self.assertEqual(len(said), 1, run.err[-2000:])
        self.assertTrue(said[0].startswith("gst-montage-1.0: "), said[0])
        for word in [named] if isinstance(named, str) else named:
            self.assertIn(word, said[0])
        self.assertEqual(self.listing(), before, "something is left behind")
        return said[0]

    def make(self, *clips, music=None, **options):
        return self.refuse("make", "--music", music or self.song, "-o",
                           self.path("film.mp4"), *clips, **options)


class BadClips(Bad):
    def test_no_such_file(self):
        self.make(self.path("absent.mp4"), named="absent.mp4")

    def test_empty_file(self):
        self.make(self.file("empty.mp4"), named="empty.mp4")

    def test_text_with_the_name_of_a_film(self):
        self.make(self.file("text.mp4", b"This is no film.\n" * 200),
                  named="text.mp4")

    def test_photos(self):
        """One that is none, one cut off, and one that claims 1.6 gigapixels."""
        def chunk(kind, data):
            return (struct.pack(">I", len(data)) + kind + data
                    + struct.pack(">I", zlib.crc32(kind + data)))

        boast = (b"\x89PNG\r\n\x1a\n"
                 + chunk(b"IHDR", struct.pack(">IIBBBBB", 40000, 40000, 8, 2,
                                              0, 0, 0))
                 + chunk(b"IDAT", zlib.compress(b"\0" * 200))
                 + chunk(b"IEND", b""))
        self.make(self.file("text.jpg", b"This is no photo.\n" * 200),
                  named="text.jpg")
        self.make(self.file("half.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1"),
                  named="half.jpg")
        self.make(self.file("boast.png", boast), named=["boast.png", "larger"])

    def test_truncated_film(self):
        with open(self.clip, "rb") as file:
            data = file.read()
        self.make(self.file("half.mp4", data[:len(data) // 2]),
                  named="half.mp4")

    def test_noise_with_the_name_of_a_film(self):
        noise = bytes((k * k * 31 + k * 7) % 256 for k in range(50000))
        self.make(self.file("noise.mp4", noise), named="noise.mp4")

    def test_folder_without_media(self):
        os.mkdir(self.path("folder"))
        self.file("folder/notes.txt", b"nothing here")
        self.make(self.path("folder"), named="folder")

    def test_sound_as_a_clip(self):
        self.make(montage.song("tone.ogg", seconds=5), named="tone.ogg")

    def test_clip_of_one_frame(self):
        self.make(montage.clip("one.mp4", id=3, frames=1), named="one.mp4")

    def test_no_clip_at_all(self):
        self.refuse("make", "--music", self.song, "-o",
                    self.path("film.mp4"), named="clip", code=2)

    def test_a_bad_clip_among_good_ones_is_said_and_left_out(self):
        bad = self.file("text.mp4", b"This is no film.\n" * 200)
        run = self.succeed("plan", "--music", self.song, "-o",
                           self.path("plan.json"), self.clip, bad)
        self.assertTrue(any("text.mp4" in line for line in run.sentences()),
                        run.err)
        plan = montage.Plan(self.path("plan.json"))
        self.assertTrue(any("text.mp4" in note
                            for note in plan.data["notes"]))


class BadMusic(Bad):
    def test_no_such_music(self):
        self.make(self.clip, music=self.path("absent.ogg"),
                  named="absent.ogg")

    def test_empty_music(self):
        self.make(self.clip, music=self.file("empty.ogg"), named="empty.ogg")

    def test_text_as_music(self):
        self.make(self.clip, music=self.file("text.ogg", b"la la la\n" * 99),
                  named="text.ogg")

    def test_music_without_sound(self):
        mute = montage.clip("mute.mp4", id=4, frames=90)
        self.make(self.clip, music=mute, named="mute.mp4")

    def test_song_of_a_second(self):
        self.make(self.clip, music=montage.song("second.wav", seconds=1),
                  named="second.wav")


class BadTargets(Bad):
    def as_nobody(self, *args, named):
        """The same as a user who is not allowed everything."""
        os.chmod(self.folder, 0o755)
        home = self.path("nobody")
        os.mkdir(home)
        os.chown(home, NOBODY, NOBODY)
        nobody = ["setpriv", "--reuid=%d" % NOBODY, "--regid=%d" % NOBODY,
                  "--clear-groups"]
        env = {"XDG_CACHE_HOME": home, "HOME": home,
               "GST_REGISTRY": os.path.join(home, "registry.bin")}
        check = subprocess.run(nobody + ["test", "-x", montage.TOOL, "-a",
                                         "-r", self.clip])
        if check.returncode != 0:
            self.skipTest("the build folder is closed to other users")
        before = [f for f in self.listing() if not f.startswith(home)]
        run = self.run_clean(nobody + [montage.TOOL, *args],
                             env=env)
        self.assertEqual(run.code, 1, run.err)
        said = run.sentences()
        self.assertEqual(len(said), 1, run.err)
        self.assertIn(named, said[0])
        self.assertEqual([f for f in self.listing()
                          if not f.startswith(home)], before)

    def limited(self, *args, named):
        if is_root():
            self.as_nobody(*args, named=named)
        else:
            self.refuse(*args, named=named)

    def test_unreadable_clip(self):
        path = self.path("closed.mp4")
        shutil.copy(self.clip, path)
        os.chmod(path, 0)
        out = self.path("out")
        os.mkdir(out)
        os.chmod(out, 0o777)
        self.limited("make", "--music", self.song, "-o", out + "/film.mp4",
                     path, named="closed.mp4")

    def test_read_only_target(self):
        out = self.path("locked")
        os.mkdir(out)
        os.chmod(out, 0o555)
        self.limited("make", "--music", self.song, "-o", out + "/film.mp4",
                     self.clip, named="locked")

    def test_target_in_a_folder_that_is_not_there(self):
        self.refuse("make", "--music", self.song, "-o",
                    self.path("no", "film.mp4"), self.clip, named="no")

    def test_target_of_an_unknown_kind(self):
        self.refuse("make", "--music", self.song, "-o",
                    self.path("film.xyz"), self.clip, named="film.xyz",
                    code=2)

    def test_a_film_that_is_there_stays(self):
        path = self.file("film.mp4", b"precious")
        self.make(self.clip, named="film.mp4")
        with open(path, "rb") as file:
            self.assertEqual(file.read(), b"precious")

    @contextlib.contextmanager
    def small_disk(self):
        disk = self.path("disk")
        os.mkdir(disk)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k",
                                  "tmpfs", disk], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("no file system can be mounted here")
        try:
            yield disk
        finally:
            subprocess.run(["umount", "-l", disk], check=True)

    def test_full_disk(self):
        # Long enough to be shown once only: nothing else to be said.
        clip = montage.clip("long.mp4", id=5, frames=480, cuts="160,320")
        with self.small_disk() as disk:
            self.refuse("make", "--music", self.song, "--size", "1280x720",
                        "-o", disk + "/film.mp4", clip,
                        named=["film.mp4", "full"])
            self.assertEqual(os.listdir(disk), [])


class BadPipelines(Bad):
    def test_montagesrc_ends_gst_launch(self):
        """Errors that come at once, in the background, are not lost."""
        empty = self.file("empty.mp4")
        for music, clip in [(empty, self.clip), (self.song, empty),
                            (self.song, self.path("nothing.mp4"))] * 3:
            run = self.run_clean(
                ["gst-launch-1.0", "montagesrc", "music=" + music,
                 "clips=" + clip, "name=m", "m.video_src", "!", "fakesink",
                 "m.audio_src", "!", "fakesink"], timeout=60)
            self.assertEqual(run.code, 1, run.out[-1000:] + run.err[-2000:])
            self.assertIn("ERROR: from element", run.err)
            self.assertIn(".mp4' ", run.err)


class BadDocuments(Bad):
    def test_bad_style_files(self):
        styles = os.path.join(montage.SOURCE, "presets", "styles")
        for name, text in [
                ("broken.json", "{ this is no JSON"),
                ("empty.json", ""),
                ("field.json", '{"schema": "gst-montage/style", "version": 1,'
                 ' "name": "field", "title": "Field", "description": "x",'
                 ' "keywords": {"en": [], "de": []}, "instructions":'
                 ' {"pacing": {"speed": "warp"}}}')]:
            with self.subTest(style=name):
                folder = self.path(name + ".d")
                shutil.copytree(styles, folder)
                self.file(os.path.join(folder, name), text.encode())
                self.make(self.clip, named=name,
                          env={"GST_MONTAGE_STYLES_PATH": folder})

    def test_unknown_style(self):
        self.make("--style", "nonesuch", self.clip, named="nonesuch")

    def plan(self):
        path = self.path("good.plan.json")
        self.succeed("plan", "--music", self.song, "--style", "documentary",
                     "-o", path, self.clip,
                     montage.clip("other.mp4", id=2, frames=240))
        return montage.Plan(path).data

    def refuse_plan(self, data, *named):
        path = self.path("bad.plan.json")
        with open(path, "w", encoding="utf-8") as file:
            if isinstance(data, str):
                file.write(data)
            else:
                json.dump(data, file)
        said = self.refuse("render", path, "-o", self.path("film.mp4"),
                           named=["bad.plan.json", *named])
        os.remove(path)
        return said

    def test_texts_that_are_no_plan(self):
        for text in ["", "{", "[]", "null", "{}", "[" * 100000,
                     '{"schema": "gst-montage/beats", "version": 1}',
                     '{"schema": "gst-montage/plan", "version": 99}',
                     '{"schema": "gst-montage/plan", "version": 1}']:
            with self.subTest(text=text[:50]):
                self.refuse_plan(text)

    def test_each_field_of_a_wrong_type(self):
        good = self.plan()
        for place in places(good):
            with self.subTest(field=".".join(map(str, place))):
                bad = copy.deepcopy(good)
                value = at(bad, place[:-1])[place[-1]]
                put(bad, place, wrong_type(value))
                self.refuse_plan(bad, name_of(place))

    def test_each_number_and_word_out_of_range(self):
        good = self.plan()
        for place in places(good):
            value = at(good, place)
            for wrong in out_of_range(place, value):
                with self.subTest(field=".".join(map(str, place)),
                                  value=wrong):
                    bad = copy.deepcopy(good)
                    put(bad, place, wrong)
                    # What fits into no integer is not JSON that we read.
                    self.refuse_plan(bad, "too large" if wrong == 2 ** 70
                                     else name_of(place))

    def test_unknown_fields(self):
        good = self.plan()
        for place in [()] + [p for p in places(good)
                             if isinstance(at(good, p), dict)]:
            with self.subTest(field=".".join(map(str, place))):
                bad = copy.deepcopy(good)
                at(bad, place)["surprise"] = 1
                self.refuse_plan(bad, "surprise")

    def test_missing_fields(self):
        good = self.plan()
        for name in ["schema", "version", "seed", "duration", "output",
                     "music", "sources", "cuts"]:
            with self.subTest(field=name):
                bad = copy.deepcopy(good)
                del bad[name]
                self.refuse_plan(bad, name)
        for name in ["start", "duration", "source", "shot", "in_point"]:
            with self.subTest(field="cuts[0]." + name):
                bad = copy.deepcopy(good)
                del bad["cuts"][0][name]
                self.refuse_plan(bad, name)

    def test_fields_that_contradict_each_other(self):
        good = self.plan()
        frame = montage.SECOND // 30
        for name, place, change in [
                ("a gap", ("cuts", 1, "start"), lambda v: v + frame),
                ("off the grid", ("cuts", 0, "duration"), lambda v: v + 1),
                ("no such source", ("cuts", 0, "source"), lambda v: 99),
                ("no such shot", ("cuts", 0, "shot"), lambda v: 99),
                ("past the end", ("cuts", 0, "in_point"),
                 lambda v: 10 ** 15)]:
            with self.subTest(name):
                bad = copy.deepcopy(good)
                put(bad, place, change(at(bad, place)))
                self.refuse_plan(bad, "cuts[")

    def test_a_clip_that_has_gone(self):
        good = self.plan()
        good["sources"][good["cuts"][0]["source"]]["uri"] = montage.uri(
            self.path("gone.mp4"))
        path = self.path("gone.plan.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(good, file)
        self.refuse("render", path, "-o", self.path("film.mp4"),
                    named="gone.mp4")


def places(node, place=()):
    """The path of every field; of a list only what its first entry holds."""
    out = []
    items = (list(node.items()) if isinstance(node, dict)
             else list(enumerate(node))[:1] if isinstance(node, list) else [])
    for key, value in items:
        out.append(place + (key,))
        out += places(value, place + (key,))
    return out


def at(node, place):
    for key in place:
        node = node[key]
    return node


def put(node, place, value):
    at(node, place[:-1])[place[-1]] = value


def name_of(place):
    names = [key for key in place if isinstance(key, str)]
    return names[-1]


def wrong_type(value):
    if isinstance(value, (dict, list)):
        return 7
    if isinstance(value, str):
        return 7
    return "seven" if value is not None else []


def out_of_range(place, value):
    """Values of the right type that the field cannot have."""
    if place[-1] in ("schema", "version"):
        return []
    if isinstance(value, bool):
        return []
    if isinstance(value, int):
        if "score" in place or "metrics" in place:
            return []
        return [-2, 2 ** 70]
    if place[-1] == "frame_rate":
        # The rate of a clip may be unknown, that of the film may not.
        return ["30/0", "-30/1", "thirty"] + (
            ["0/1"] if place[0] == "output" else [])
    if place[-1] in ("mood", "speed", "variation", "type", "color_grading",
                     "shot_variation_priority", "fit", "section", "label",
                     "transition"):
        return ["nonsense", ""]
    if place[-1] in ("energy", "strength", "confidence", "climax_intensity",
                     "color_intensity") and "score" not in place:
        return [-0.5, 1.5]
    return []


class MissingPlugins(Bad):
    def without(self, *plugins):
        """An environment in which GStreamer's own plugins are all but those."""
        folder = self.path("plugins")
        os.mkdir(folder)
        system = subprocess.run(
            ["pkg-config", "--variable=pluginsdir", "gstreamer-1.0"],
            capture_output=True, text=True, check=True).stdout.strip()
        for path in glob.glob(os.path.join(system, "*.so")):
            if os.path.basename(path)[6:-3] not in plugins:
                os.symlink(path, os.path.join(folder,
                                              os.path.basename(path)))
        return {"GST_PLUGIN_SYSTEM_PATH_1_0": folder,
                "GST_REGISTRY": self.path("cache", "registry.bin")}

    def lack(self, package, *plugins, named=()):
        os.makedirs(self.cache, exist_ok=True)
        env = self.without(*plugins)
        self.make(self.clip, named=[package, *named], env=env)

    def test_no_muxer(self):
        self.lack("gstreamer1.0-plugins-good", "isomp4")

    def test_no_encoder_of_pictures(self):
        self.lack("gstreamer1.0-plugins-ugly", "x264", "openh264")

    def test_no_decoder(self):
        self.lack("gstreamer1.0-libav", "libav", "openh264", "va", "vaapi",
                  "nvcodec", "v4l2codecs")

    def test_doctor_names_the_package(self):
        os.makedirs(self.cache, exist_ok=True)
        run = self.tool("doctor", env=self.without("x264"))
        self.assertEqual(run.code, 1, run.out + run.err)
        self.assertIn("gstreamer1.0-plugins-ugly", run.out + run.err)


if __name__ == "__main__":
    montage.main()
