#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The fast analysis of clips: the shots of the full one, from a part of the
pictures, and what the cache makes of the two."""
import json
import os
import shutil

import montage

CUTS = [100, 160, 260, 300]


class Fast(montage.Case):
    def setUp(self):
        super().setUp()
        self.clip = self.path("a.mp4")
        shutil.copy(montage.clip("a.mp4", id=3, frames=400,
                                 cuts=",".join(map(str, CUTS))), self.clip)

    def analyze(self, *more, clip=None):
        return json.loads(self.succeed("analyze", "--kind", "shots", *more,
                                       clip or self.clip).out)

    def firsts(self, document):
        return [shot["first_frame"] for shot in document["shots"]]

    def test_finds_what_the_full_one_finds(self):
        full = self.analyze("--no-cache")
        fast = self.analyze("--no-cache", "--fast")
        self.assertEqual(full["analysis"], "full")
        self.assertEqual(fast["analysis"], "fast")
        self.assertEqual(self.firsts(full), [0] + CUTS)
        for name in ("duration", "width", "height", "frame_rate", "codec",
                     "variable_rate", "has_audio", "key_units"):
            self.assertEqual(fast[name], full[name], name)
        self.assertEqual(len(fast["shots"]), len(full["shots"]))
        for got, want in zip(fast["shots"], full["shots"]):
            for name in ("start", "end", "first_frame", "n_frames",
                         "transition_in"):
                self.assertEqual(got[name], want[name], name)
            self.assertLess(abs(got["brightness"] - want["brightness"]), 0.05)
            self.assertLess(abs(got["contrast"] - want["contrast"]), 0.1)

    def test_key_units(self):
        units = self.analyze("--no-cache")["key_units"]
        self.assertEqual(units[0], 0)
        self.assertEqual(units, sorted(units))
        self.assertLess(len(units), 400)

    def test_a_full_document_will_do(self):
        self.assertEqual(self.analyze("--fast")["analysis"], "fast")
        self.assertEqual(self.analyze("--fast")["analysis"], "fast")
        self.assertEqual(self.analyze()["analysis"], "full")
        self.assertEqual(self.analyze("--fast")["analysis"], "full")

    def test_codecs(self):
        for codec, more in (("h264", {"bframes": 2, "gop": 48}),
                            ("h264", {"gop": 12}), ("h265", {}), ("vp8", {}),
                            ("vp9", {}), ("mjpeg", {}), ("mpeg4", {})):
            name = "b.avi" if codec in ("mjpeg", "mpeg4") else "b.mkv"
            clip = montage.clip(name, id=2, frames=150, cuts="50,110",
                                codec=codec, **more)
            got = self.analyze("--no-cache", "--fast", clip=clip)
            want = self.analyze("--no-cache", clip=clip)
            self.assertEqual(self.firsts(got), self.firsts(want), codec)
            self.assertEqual(got["duration"], want["duration"], codec)
            self.assertEqual(got["frame_rate"], want["frame_rate"], codec)

    def test_real(self):
        folder = os.path.join(montage.SHARED, "media", "video")
        if not os.path.isdir(folder):
            self.skipTest("the shared clips are not there")
        for name in ("bbb_480p_30s.mp4", "gopro_karma.mp4",
                     "pitivi_tears_of_steel.webm"):
            clip = os.path.join(folder, name)
            fast = self.analyze("--no-cache", "--fast", clip=clip)
            full = self.analyze("--no-cache", clip=clip)
            self.assertEqual(self.firsts(fast), self.firsts(full), name)
            self.assertEqual(fast["key_units"], full["key_units"], name)
            # many cuts, or hardly a second: that is decoded in full
            self.assertEqual(fast["analysis"],
                             "fast" if name.startswith("gopro") else "full", name)


if __name__ == "__main__":
    montage.main()
