#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""analyze --picture of clips: a contact sheet with the frames that it names."""
import base64
import os
import struct
from xml.etree import ElementTree

import montage

XLINK = "{http://www.w3.org/1999/xlink}href"


class Sheet(montage.Case):
    def draw(self, clip, name):
        self.succeed("analyze", "-f", clip, "-o", self.folder, "--picture",
                     self.path(name))
        return self.path(name)

    def svg(self, clip):
        return ElementTree.parse(self.draw(clip, "a.svg")).getroot()

    def png_size(self, clip):
        with open(self.draw(clip, "a.png"), "rb") as file:
            data = file.read()
        self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
        return struct.unpack(">II", data[16:24])

    def images(self, root):
        found = [item for item in root.iter() if item.tag.endswith("}image")]
        for k, item in enumerate(found):
            kind, data = item.get(XLINK).split(",", 1)
            self.assertEqual(kind, "data:image/jpeg;base64")
            with open(self.path("i%d.jpg" % k), "wb") as file:
                file.write(base64.b64decode(data))
        return found

    def frames(self, clip):
        """The numbers of the frames in the sheet of @clip, by their codes."""
        n = len(self.images(self.svg(clip)))
        read = [montage.pictures(self.path("i%d.jpg" % k)) for k in range(n)]
        return sorted(picture.frame for shown in read for picture in shown)

    def test_frames_are_first_middle_and_last(self):
        for name, options in (("a.mp4", {}), ("v.mp4", {"vfr": True}),
                              ("r.mp4", {"rotate": 90, "size": "360x640"}),
                              ("b.mkv", {"bframes": 3, "fps": "30000/1001"}),
                              ("w.webm", {"codec": "vp8"})):
            with self.subTest(name=name):
                clip = montage.clip(name, id=5, frames=90, cuts="30,60",
                                    **options)
                true = montage.pictures(clip)
                cut = [p.frame for p in true]
                first = [min(f for f in cut if f >= c) for c in (0, 30, 60)]
                last = [max(f for f in cut if f < c) for c in (30, 60, 90)]
                found = self.frames(clip)
                self.assertEqual(len(found), 9)
                self.assertEqual(found[0::3], first)
                self.assertEqual(found[2::3], last)
                for middle, c in zip(found[1::3], (0, 30, 60)):
                    self.assertLess(abs(middle - c - 15), 3)

    def test_upright(self):
        images = self.images(self.svg(montage.clip(
            "r.mp4", id=5, frames=30, rotate=90, size="360x640")))
        self.assertLess(int(images[0].get("width")),
                        int(images[0].get("height")))

    def test_pictures_of_any_length(self):
        one = self.png_size(montage.clip("o.mp4", id=1, frames=30))
        many = self.png_size(montage.clip(
            "m.mp4", id=1, frames=480,
            cuts=",".join(str(12 * k) for k in range(1, 40))))
        self.assertEqual(one[0], 2400)
        self.assertEqual(many[0], 2400)
        self.assertGreater(many[1], 2 * one[1])

    def test_beside_the_documents(self):
        clips = [montage.clip("k%d.mp4" % k, id=k, frames=30) for k in (1, 2)]
        song = montage.song("song.ogg", seconds=12)
        self.succeed("analyze", *clips, song, "--picture", "svg", "-o",
                     self.path("all"))
        self.assertEqual(sorted(os.listdir(self.path("all"))),
                         ["k1.mp4.shots.json", "k1.mp4.shots.svg",
                          "k2.mp4.shots.json", "k2.mp4.shots.svg",
                          "song.beats.json", "song.beats.svg"])


if __name__ == "__main__":
    montage.main()
