# SPDX-License-Identifier: LGPL-2.1-or-later
"""What fit-bars and fit-level share: labelled songs, and what a program that is built
with the tests prints of their sound."""
import os
import subprocess


def labelled(folder):
    """Name, sound and beats ("seconds position" lines) of each labelled song."""
    names = sorted(os.listdir(folder))
    for name in names:
        base, ending = os.path.splitext(name)
        sounds = [n for n in names if os.path.splitext(n)[0] == base
                  and not n.endswith((".beats", ".sections"))]
        if ending == ".beats" and sounds:
            yield base, os.path.join(folder, sounds[0]), os.path.join(folder, name)


def rows(build, program, sound, *arguments):
    """The lines, split into numbers, that PROGRAM prints of a sound."""
    samples = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", sound, "-ac", "1", "-ar", "44100",
         "-f", "f32le", "-"], stdout=subprocess.PIPE, check=True).stdout
    text = subprocess.run([os.path.join(build, "tests", "bench", program), *arguments],
                          input=samples, stdout=subprocess.PIPE, check=True).stdout.decode()
    return [line.split() for line in text.splitlines()]
