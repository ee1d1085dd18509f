#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Real clips and songs, where they are at hand ($MONTAGE_SHARED)."""
import json
import os
import sys

import montage

MUSIC = os.path.join(montage.SHARED, "media", "music")
VIDEO = os.path.join(montage.SHARED, "media", "video")
SCORER = os.path.join(montage.SHARED, "eval", "beats.py")


class Real(montage.Case):
    def setUp(self):
        super().setUp()
        if not os.path.isdir(MUSIC) or not os.path.isdir(VIDEO):
            self.skipTest("no real media: $MONTAGE_SHARED is not there")

    def test_beats_of_all_songs(self):
        songs = sorted(name for name in os.listdir(MUSIC)
                       if name.endswith(".ogg"))
        out = self.path("beats")
        os.mkdir(out)
        for name in songs:
            run = self.succeed("analyze", "--format", "beats-txt",
                               os.path.join(MUSIC, name))
            with open(os.path.join(out, name[:-4] + ".beats"), "w",
                      encoding="utf-8") as file:
                file.write(run.out)
        score = self.run_clean([sys.executable, SCORER, MUSIC, out, "--json"])
        self.assertEqual(score.code, 0, score.err)
        mean = json.loads(score.out)["mean"]
        self.assertGreaterEqual(mean["F"], 0.65, mean)
        self.assertGreaterEqual(mean["AMLt"], 0.70, mean)

    def test_short_films(self):
        clips = [os.path.join(VIDEO, name) for name in (
            "mdn_flower.mp4", "gopro_karma.mp4",
            "ax_sample_with_increasing_timestamps_360p.mp4",
            "ax_internal_emulator_transformer_output_270_rotated.mp4",
            "pitivi_tears_of_steel.webm", "ax_h265_with_metadata_track.mp4")]
        for song in ("fretsonfire_Feelings.ogg", "openmsx_harp_harmony.ogg"):
            with self.subTest(song=song):
                name = song[:-4] + ".mp4"
                film, plan = self.make(
                    "--music", os.path.join(MUSIC, song), "--duration", "12",
                    "--size", "426x240", *clips, film=name)
                shown = montage.pictures(film)
                self.assertEqual(len(shown), plan.n_frames())
                self.assertEqual(len(shown), round(12 * plan.fps_n / plan.fps_d))
                self.assertTrue(
                    any("ax_h265_with_metadata_track" in note
                        for note in plan.data["notes"]), plan.data["notes"])


if __name__ == "__main__":
    montage.main()
