#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Shots of films whose every transition is known: composed of drawn landscapes,
and of real takes where they are at hand ($MONTAGE_SHARED). What is asked for is
less than what was measured, so that only a real loss fails."""
import os
import sys

import montage

sys.path.insert(0, os.path.join(montage.SOURCE, "tests", "bench"))
import shotscores  # noqa: E402

VIDEO = os.path.join(montage.SHARED, "media", "video")
# Stretches without a cut.
TAKES = ("ax_sample_with_increasing_timestamps_360p.mp4@0-511",
         "bbb_480p_30s.mp4@60-284", "bbb_480p_30s.mp4@378-552",
         "gopro_karma.mp4@0-361", "gopro_max-heromode.mp4@0-314",
         "intel_car-detection.mp4@0-376", "mdn_crystal.mp4@0-358",
         "mdn_elf.mp4@0-240", "mdn_flower.mp4@0-149", "mdn_friday.mp4@0-170",
         "mdn_monster.mp4@0-219", "mdn_rabbit.mp4@0-233",
         "simpl_vp9_562.webm@48-200", "skv_bigbuckbunny.mp4@0-131",
         "tc_nasa_13013.mp4@203-324", "ud_solidWhiteRight.mp4@0-220")


class Drawn(montage.Case):
    """Hills under a sky, all alike in what is where: harder than real pictures
    where one goes over into another."""
    TAKES = ()
    LEAST = {"cuts": 0.95, "fades": 0.9, "disturbed": 0.85, "dissolves": 0.7,
             "moved": 0.7}

    def score(self, name, **options):
        """The Scores of a new film."""
        film = self.path(name + ".mp4")
        args = ["--seconds", "30", "--width", "256", "--height", "144"]
        for key, value in options.items():
            args += ["--" + key, value]
        made = montage.execute([montage.MEDIA, "compose", *args, film,
                                *self.TAKES])
        self.assertEqual(made.code, 0, made.err)
        run = self.succeed("analyze", "--format", "cuts-txt", "--no-cache",
                           film)
        found = self.path(name + ".found")
        with open(found, "w", encoding="utf-8") as file:
            file.write(run.out)
        return shotscores.score_film(film + shotscores.ENDING, found)

    def check(self, name, **options):
        scores = self.score(name, **options)
        self.assertGreater(sum(scores.refs), 4)
        self.assertGreaterEqual(scores.prf()[2], self.LEAST[name],
                                shotscores.row(name, scores))

    def test_cuts(self):
        self.check("cuts", kinds="cut,aba,short")

    def test_fades(self):
        self.check("fades", kinds="fade,white-fade,dip")

    def test_dissolves(self):
        self.check("dissolves", kinds="dissolve")

    def test_wipes_and_pushes(self):
        self.check("moved", kinds="wipe,push")

    def test_what_is_no_cut(self):
        self.check("disturbed", kinds="cut",
                   disturb="flash,flicker,exposure,shake,occluder")


class Real(Drawn):
    """Clips from cameras and animated films."""
    TAKES = tuple(os.path.join(VIDEO, take) for take in TAKES)
    LEAST = {"cuts": 0.95, "fades": 0.95, "disturbed": 0.93, "dissolves": 0.85,
             "moved": 0.75}

    def setUp(self):
        super().setUp()
        if not os.path.isdir(VIDEO):
            self.skipTest("no real media: $MONTAGE_SHARED is not there")


if __name__ == "__main__":
    montage.main()
