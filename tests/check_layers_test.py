"""Tests of check_layers.py: one file more in an otherwise sound project."""
import pathlib
import tempfile
import unittest

import check_layers

SOUND = {
    "radiomics/core/volume.h": "#pragma once\n#include <vector>\n",
    "radiomics/io/image_io.h": '#include "../core/volume.h"\n',
    "radiomics/io/image_io.cpp": '#include "image_io.h"\n#include <itkImage.h>\n',
    "radiomics/features/mean.h": "#include <radiomics/core/volume.h>\n",
    "cli/main.cpp": '#include <CLI/CLI.hpp>\n#include "radiomics/features/mean.h"\n',
    "tests/mean_test.cpp": '#include <gtest/gtest.h>\n#include "radiomics/features/mean.h"\n',
}


class Layers(unittest.TestCase):
    def problems(self, path, text):
        with tempfile.TemporaryDirectory() as folder:
            for name, content in {**SOUND, path: text}.items():
                file = pathlib.Path(folder, name)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(content)
            return list(check_layers.problems(folder))

    def accepts(self, path, text):
        self.assertEqual(self.problems(path, text), [])

    def refuses(self, path, text):
        found = self.problems(path, text)
        self.assertEqual(len(found), 1, (text, found))
        self.assertTrue(found[0].startswith(path + ": "), found)

    def test_a_sound_project(self):
        self.accepts("radiomics/core/x.cpp", "#include <vector>\n")

    def test_upward_includes_however_written(self):
        for include in ('#include "radiomics/io/image_io.h"', "#include <radiomics/io/image_io.h>",
                        '#include "../io/image_io.h"', '# \tinclude "../io/image_io.h" // why',
                        '#include "../../radiomics/core/../io/image_io.h"',
                        '/* */ #include/**/"../io/image_io.h"', '#incl\\\nude "../io/image_io.h"'):
            self.refuses("radiomics/core/x.h", include + "\n")

    def test_two_types_of_one_name(self):
        both = "struct Range {\n  int low;\n};\n"
        SOUND["radiomics/core/range.h"] = both
        self.addCleanup(SOUND.pop, "radiomics/core/range.h")
        self.refuses("radiomics/io/range.h", both)
        self.refuses("radiomics/io/range.h", "class Range final : public Base {};\n")
        self.accepts("radiomics/io/range.h", "struct Range;\nstruct Ranges {};\n")
        self.accepts("radiomics/io/range.cpp", both)

    def test_rooms_that_may_not_see_each_other(self):
        self.refuses("radiomics/texture/x.cpp", '#include "radiomics/features/mean.h"\n')
        self.refuses("radiomics/survival/x.cpp", '#include "radiomics/features/mean.h"\n')
        self.refuses("radiomics/io/x.cpp", '#include "cli/main.cpp"\n')
        self.refuses("cli/x.cpp", '#include "tests/mean_test.cpp"\n')

    def test_libraries_in_rooms_without_them(self):
        for include in ("<itkImage.h>", '"itkImage.h"', "<Eigen/Core>", "<vtkImageData.h>",
                        "<fftw3.h>", "<boost/regex.hpp>", "<unistd.h>", '"vector"', "<math.h>"):
            self.refuses("radiomics/texture/x.cpp", f"#include {include}\n")

    def test_libraries_in_headers(self):
        self.refuses("radiomics/io/x.h", "#include <itkImage.h>\n")
        self.refuses("cli/x.h", "#include <CLI/CLI.hpp>\n")

    def test_files_that_may_do_more(self):
        self.accepts("radiomics/io/itk_bridge.h", "#include <itkImage.h>\n")
        self.accepts("radiomics/core/fft.cpp", "#include <fftw3.h>\n")
        self.refuses("radiomics/core/fft2.cpp", "#include <fftw3.h>\n")
        self.accepts("tests/support/x.h", "#include <gtest/gtest.h>\n")

    def test_folders_that_are_not_listed(self):
        for path in ("radiomics/helpers/x.h", "radiomics/x.h", "tools/x.cpp", "x.cpp"):
            self.refuses(path, "")

    def test_includes_by_macro(self):
        self.refuses("radiomics/core/x.h", "#include HEADER\n")

    def test_what_only_looks_like_an_include(self):
        self.accepts("radiomics/core/x.h", '/*\n#include "../io/image_io.h"\n*/\n'
                     '// #include <itkImage.h>\nauto url = "http://x";\n')


if __name__ == "__main__":
    unittest.main()
