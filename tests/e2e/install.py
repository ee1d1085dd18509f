#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What `meson install` puts where, and that it works from there without any
environment variable."""
import json
import os
import shutil

import montage

PLUGINS = ["beatdetect", "cutplanner", "montagedirector", "montagesrc",
           "montagetimeline", "sceneselect"]
VARIABLES = ["GST_PLUGIN_PATH", "GST_REGISTRY", "GST_MONTAGE_STYLES_PATH",
             "GST_PRESET_PATH", "LD_LIBRARY_PATH"]


class Install(montage.Case):
    def setUp(self):
        super().setUp()
        self.root = self.path("root")
        run = montage.execute(["meson", "install", "-C", montage.BUILD,
                               "--no-rebuild", "--destdir", self.root])
        self.assertEqual(run.code, 0, run.out + run.err)
        options = json.loads(montage.execute(
            ["meson", "introspect", "--buildoptions", montage.BUILD]).out)
        self.options = {o["name"]: o["value"] for o in options}
        self.prefix = self.options["prefix"]

    def installed(self, *names):
        return os.path.join(self.root + self.prefix, *names)

    def test_files_are_in_the_standard_places(self):
        lib = self.options["libdir"]
        wanted = [("bin", "gst-montage-1.0"),
                  (lib, "libgstmontage-1.0.so.0"),
                  (lib, "pkgconfig", "gstmontage-1.0.pc"),
                  ("include", "gst-montage-1.0", "gst", "montage",
                   "montage.h"),
                  ("share", "gst-montage", "styles", "hitchcock.json")]
        wanted += [(lib, "gstreamer-1.0", "libgst%s.so" % name)
                   for name in PLUGINS]
        for names in wanted:
            with self.subTest(os.path.join(*names)):
                self.assertTrue(os.path.exists(self.installed(*names)))

    def test_nothing_of_the_tests_is_installed(self):
        names = [name for _, _, files in os.walk(self.root) for name in files]
        self.assertGreater(len(names), 20)
        self.assertEqual([name for name in names if "test" in name], [])

    def test_a_program_can_be_built_against_it(self):
        with open(self.path("app.c"), "w", encoding="utf-8") as file:
            file.write("#include <gst/montage/montage.h>\n"
                       "int main (void)\n{\n  gst_init (NULL, NULL);\n"
                       "  gst_montage_plan_free (gst_montage_plan_new ());\n"
                       "  return 0;\n}\n")
        pc = self.installed(self.options["libdir"], "pkgconfig")
        flags = montage.execute(
            ["pkg-config", "--cflags", "--libs", "gstmontage-1.0"],
            env={"PKG_CONFIG_PATH": pc, "PKG_CONFIG_SYSROOT_DIR": ""})
        self.assertEqual(flags.code, 0, flags.err)
        # The .pc file speaks of the prefix, the files lie below DESTDIR.
        here = flags.out.replace(self.prefix + "/", self.installed("")) \
            if self.prefix != "/usr" else flags.out
        lib = self.installed(self.options["libdir"])
        run = montage.execute(
            ["cc", self.path("app.c"), "-o", self.path("app"), "-I",
             self.installed("include", "gst-montage-1.0"), "-L" + lib,
             *here.split(), "-Wl,-rpath," + lib])
        self.assertEqual(run.code, 0, run.err)
        self.run_clean([self.path("app")])

    def test_it_works_without_any_variable(self):
        """As installed below /usr: in a mount namespace of its own, in which
        the installed files lie over those of /usr."""
        if self.prefix != "/usr":
            self.skipTest("the build folder's prefix is not /usr")
        song = montage.song(seconds=12)
        clip = montage.clip("good.mp4", id=1, frames=240, cuts="80,160")
        script = (
            "mount -t overlay overlay -o lowerdir='%s':/usr /usr || exit 99\n"
            "unset %s\nexport HOME=%s XDG_CACHE_HOME=%s/cache\n"
            "gst-montage-1.0 doctor && gst-montage-1.0 make --music %s "
            "-o %s %s && gst-inspect-1.0 montagesrc >/dev/null" % (
                self.installed(), " ".join(VARIABLES), self.folder,
                self.folder, song, self.path("film.mp4"), clip))
        if not shutil.which("unshare"):
            self.skipTest("no unshare to try it apart from this system")
        run = self.run_clean(["unshare", "--mount", "sh", "-c", script])
        if run.code in (1, 99) and not os.path.exists(self.path("cache")):
            self.skipTest("no file system can be laid over /usr here")
        self.assertEqual(run.code, 0, run.out + run.err)
        self.assert_film(montage.Plan(self.path("film.plan.json")),
                         self.path("film.mp4"))


if __name__ == "__main__":
    montage.main()
