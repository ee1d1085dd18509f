#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Clips that are cut off anywhere give a document or one clear sentence; whole
ones of any kind give the times of their frames. With MONTAGE_TRUNCATE=all also
the large ones of the real clips are cut off, which takes minutes."""
import json
import os
import random
import struct

import montage

VIDEO = os.path.join(montage.SHARED, "media", "video")
SHARES = (0.0, 0.0005, 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.9999)
SMALL_BYTES = 900000


def gif(width, height, n):
    """An animated GIF of grey noise. Codes of 8 bits that are cleared before
    they grow to 9 need no compressor."""
    size = struct.pack("<HH", width, height)
    out = b"GIF89a" + size + b"\xf6\0\0" + bytes(
        2 * level for level in range(128) for _ in range(3))
    noise = random.Random(1)
    for _ in range(n):
        codes = b"".join(b"\x80" + bytes(noise.randrange(128) for _ in range(64))
                         for _ in range(width * height // 64)) + b"\x81"
        blocks = [codes[i:i + 255] for i in range(0, len(codes), 255)]
        out += (b"\x21\xf9\x04\0\x0a\0\0\0,\0\0\0\0" + size + b"\0\x07"
                + b"".join(bytes([len(block)]) + block for block in blocks)
                + b"\0")
    return out + b";"


class Truncated(montage.Case):
    def truncations(self, path):
        with open(path, "rb") as file:
            data = file.read()
        folder = self.path("cut")
        os.makedirs(folder, exist_ok=True)
        made = []
        for share in SHARES:
            stem, end = os.path.splitext(os.path.basename(path))
            name = os.path.join(folder, "%s-%g%s" % (stem, share, end))
            with open(name, "wb") as file:
                file.write(data[:int(len(data) * share)])
            made.append(name)
        return made

    def check(self, paths, out):
        """Each file has a document, or one sentence that names it."""
        run = self.tool("analyze", "--no-cache", "--kind", "shots", *paths,
                        "-o", out, timeout=280)
        said = run.sentences()
        n_failed = 0
        for path in paths:
            name = os.path.basename(path)
            mine = [line for line in said if name in line]
            written = os.path.join(out, name + ".shots.json")
            if os.path.exists(written):
                with open(written, encoding="utf-8") as file:
                    self.check_document(json.load(file))
                self.assertLessEqual(len(mine), 1, mine)
            else:
                n_failed += 1
                self.assertEqual(len(mine), 1, "%s: %s" % (name, run.err))
                self.assertRegex(mine[0], r"^gst-montage-1\.0: .*\.$")
        self.assertEqual(run.code, 1 if n_failed else 0, run.err)
        self.assertEqual([line for line in said
                          if not any(os.path.basename(path) in line
                                     for path in paths)], [])
        return n_failed

    def check_document(self, document):
        self.assertGreater(len(document["shots"]), 0)
        for a, b in zip(document["shots"], document["shots"][1:]):
            self.assertEqual(a["end"], b["start"])
            self.assertEqual(a["first_frame"] + a["n_frames"], b["first_frame"])

    def check_cut_off(self, path):
        with self.subTest(path=os.path.basename(path)):
            n_failed = self.check(self.truncations(path),
                                  self.path("out-" + os.path.basename(path)))
            self.assertGreaterEqual(n_failed, 1)  # nothing of it at all

    def remux(self, name, muxer):
        source = montage.clip("t.mp4", id=3, frames=120, cuts="40,80",
                              sound=True)
        path = self.path(name)
        self.launch("gst-launch-1.0 filesrc location=%s ! qtdemux ! h264parse "
                    "! %s ! filesink location=%s" % (source, muxer, path))
        return path

    def test_generated(self):
        clips = [montage.clip("t." + end, id=3, frames=120, cuts="40,80",
                              sound=True)
                 for end in ("mp4", "mkv", "mov", "avi")]
        clips.append(montage.clip("t.webm", id=3, frames=120, cuts="40,80",
                                  codec="vp8"))
        clips.append(montage.clip("mjpeg.avi", id=3, frames=60, cuts="40",
                                  codec="mjpeg"))
        for path in clips:
            self.check_cut_off(path)

    def test_remuxed(self):
        for name, muxer in (("front.mp4", "mp4mux faststart=true"),
                            ("parts.mp4", "mp4mux fragment-duration=500"),
                            ("t.ts", "mpegtsmux"), ("t.flv", "flvmux")):
            self.check_cut_off(self.remux(name, muxer))

    def test_gif(self):
        """Not read, whole or not: each has its sentence, and at once."""
        path = self.path("t.gif")
        with open(path, "wb") as file:
            file.write(gif(64, 36, 12))
        cut_off = self.truncations(path)
        self.assertEqual(self.check(cut_off + [path], self.path("out-gif")),
                         len(cut_off) + 1)

    def test_real(self):
        if not os.path.isdir(VIDEO):
            self.skipTest("no real media: $MONTAGE_SHARED is not there")
        everything = os.environ.get("MONTAGE_TRUNCATE") == "all"
        for name in sorted(os.listdir(VIDEO)):
            path = os.path.join(VIDEO, name)
            if os.path.isfile(path) and (
                    everything or os.path.getsize(path) < SMALL_BYTES):
                self.check_cut_off(path)

    def test_real_whole(self):
        """Every kind of file at hand: HDR, portrait, with an edit list, …"""
        if not os.path.isdir(VIDEO):
            self.skipTest("no real media: $MONTAGE_SHARED is not there")
        clips = [os.path.join(VIDEO, name) for name in sorted(os.listdir(VIDEO))
                 if os.path.isfile(os.path.join(VIDEO, name))
                 and "long_1080p" not in name]
        failed = self.check(clips, self.path("out"))
        self.assertEqual(failed, 0)


class Times(montage.Case):
    """The times of shots are the time stamps of their first frames."""

    def check_times(self, path, cuts):
        document = json.loads(self.succeed("analyze", path).out)
        true = montage.pictures(path)
        shots = document["shots"]
        self.assertEqual([shot["first_frame"] for shot in shots], cuts)
        start = true[0].time
        self.assertEqual([shot["start"] for shot in shots],
                         [true[k].time - start for k in cuts])
        return document

    def frame_numbers(self, path, cuts):
        """Where the frames @cuts come in the file, which may leave some out."""
        shown = [picture.frame for picture in montage.pictures(path)]
        return [next(k for k, frame in enumerate(shown) if frame >= cut)
                for cut in cuts]

    def test_variable_rate(self):
        clip = montage.clip("v.mp4", id=4, frames=180, cuts="60,120", vfr=True)
        cuts = self.frame_numbers(clip, [0, 60, 120])
        self.assertNotEqual(cuts, [0, 60, 120])
        self.assertTrue(self.check_times(clip, cuts)["variable_rate"])

    def test_odd_rate_and_portrait(self):
        clip = montage.clip("p.mkv", id=4, frames=150, cuts="50,100",
                            fps="30000/1001", size="180x320", bframes=3)
        document = self.check_times(clip, [0, 50, 100])
        self.assertEqual((document["width"], document["height"]), (180, 320))

    def test_ten_bits(self):
        self.check_times(montage.clip("t.mkv", id=4, frames=150, bits=10,
                                      cuts="50,100", codec="h265"),
                         [0, 50, 100])

    def test_letterboxed_and_interlaced(self):
        """Generated in the pipeline: no container keeps the fields."""
        source = montage.clip("l.mkv", id=4, frames=150, cuts="50,100")
        for name, caps in (("box.mkv", "videobox top=-80 bottom=-80"),
                           ("field.mkv", "interlace field-pattern=2:2")):
            with self.subTest(name=name):
                path = self.path(name)
                self.launch(
                    "gst-launch-1.0 filesrc location=%s ! decodebin ! "
                    "videoconvert ! %s ! videoconvert ! x264enc speed-preset=1 "
                    "%s ! h264parse ! matroskamux ! filesink location=%s"
                    % (source, caps,
                       "interlaced=true" if name == "field.mkv" else "", path))
                document = json.loads(self.succeed("analyze", path).out)
                self.assertEqual([shot["first_frame"]
                                  for shot in document["shots"]],
                                 [0, 50, 100])


if __name__ == "__main__":
    montage.main()
