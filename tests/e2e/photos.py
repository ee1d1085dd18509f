#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Photos as clips: alone, among clips, and those that are of no use."""
import json
import os
import shutil

import montage

ENCODERS = {"png": "pngenc snapshot=true", "jpg": "jpegenc quality=95 snapshot=true",
            "webp": "webpenc quality=95"}


class Photos(montage.Case):
    def setUp(self):
        super().setUp()
        self.song = montage.song("song.ogg", seconds=12)
        os.mkdir(self.path("footage"))

    def photo(self, name, number, size="960x720"):
        """A picture whose code says that it is frame 0 of clip @number."""
        clip = montage.clip("p%d.mp4" % number, id=number, frames=5, size=size)
        path = self.path("footage", name)
        self.launch("gst-launch-1.0 -q filesrc location=%s ! decodebin ! "
                    "videoconvert ! identity eos-after=2 ! %s ! "
                    "filesink location=%s"
                    % (clip, ENCODERS[name.split(".")[-1]], path))
        return path

    def clip(self, name, number):
        shutil.copy(montage.clip(name, id=number, frames=240, cuts="80,160"),
                    self.path("footage"))

    def used(self, plan):
        return {os.path.basename(montage.path_of(source["uri"])): source
                for source in plan.data["sources"] if source["n_cuts"]}

    def assert_film(self, plan, film, sources=None):
        """Codes are read in the middle of a picture: where a zoom has moved
        them, the film without zooms must show them."""
        sources = montage.sources_of(plan)
        expected = montage.expected_frames(plan, sources)
        shown = montage.pictures(film)
        self.assertEqual(len(shown), len(expected))
        wrong = [got for want, got in zip(expected, shown)
                 if want and got.id is not None and want != (got.id, got.frame)]
        self.assertEqual(wrong, [])
        for cut in plan.cuts:
            cut.pop("zoom_from", None)
            cut.pop("zoom_to", None)
        name = self.path("plain.plan.json")
        with open(name, "w", encoding="utf-8") as file:
            json.dump(plan.data, file)
        self.succeed("render", name, "-o", self.path("plain.mp4"))
        super().assert_film(plan, self.path("plain.mp4"), sources)

    def test_photos_alone(self):
        for number, name in enumerate(["a.png", "b.jpg", "c.png", "d.webp",
                                       "e.jpg", "f.png"], 1):
            self.photo(name, number)
        film, plan = self.make("--music", self.song, self.path("footage"))
        self.assert_film(plan, film)
        self.assertTrue(all(source["still"]
                            for source in plan.data["sources"]))
        self.assertGreater(len(self.used(plan)), 3)

    def test_photos_among_clips(self):
        for number, name in enumerate(["a.jpg", "c.png", "e.jpg"], 1):
            self.photo(name, number)
        self.clip("b.mp4", 11)
        self.clip("d.mp4", 12)
        film, plan = self.make("--music", self.song, "--style", "mtv",
                               "--fit", "blur", "--size", "640x360",
                               self.path("footage"))
        self.assert_film(plan, film)
        kinds = {source.get("still", False)
                 for source in self.used(plan).values()}
        self.assertEqual(kinds, {False, True})

    def test_project_and_picture(self):
        self.photo("a.jpg", 1)
        self.photo("b.png", 2)
        self.clip("c.mp4", 11)
        self.make("--music", self.song, "--picture", self.path("film.svg"),
                  self.path("footage"))
        self.assertTrue(os.path.exists(self.path("film.xges")))
        with open(self.path("film.svg"), encoding="utf-8") as file:
            self.assertIn("data:image/jpeg", file.read())
        self.succeed("analyze", "--picture", "png", "-o", self.path("footage"),
                     self.path("footage", "a.jpg"))
        # What it draws there is no photo.
        _, plan = self.make("--music", self.song, self.path("footage"),
                            film="again.mp4")
        self.assertEqual(len(plan.data["sources"]), 3)

    def test_useless_photos_are_left_out(self):
        self.clip("good.mp4", 11)
        with open(self.photo("half.png", 1), "r+b") as file:
            file.truncate(200)
        self.photo("icon.png", 2, size="48x48")
        with open(self.path("footage", "text.jpg"), "w") as file:
            file.write("This is no photo.\n")
        film, plan = self.make("--music", self.song, self.path("footage"))
        self.assert_film(plan, film)
        notes = "\n".join(plan.data["notes"])
        for name in ("half.png", "icon.png", "text.jpg"):
            self.assertIn(name, notes)


if __name__ == "__main__":
    montage.main()
