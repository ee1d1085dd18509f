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
    """The lines, split into numbers, that PROGRAM prints of a sound, which is decoded as
    for beatdetect: other decoders round otherwise, and turn what nearly balances."""
    samples = subprocess.run(
        ["gst-launch-1.0", "-q", "filesrc", "location=" + sound, "!", "decodebin", "!",
         "audioconvert", "!", "audioresample", "!",
         "audio/x-raw,format=F32LE,rate=44100,channels=1", "!", "fdsink"],
        stdout=subprocess.PIPE, check=True).stdout
    text = subprocess.run([os.path.join(build, "tests", "bench", program), *arguments],
                          input=samples, stdout=subprocess.PIPE, check=True).stdout.decode()
    return [line.split() for line in text.splitlines()]
