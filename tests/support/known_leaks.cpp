// What libraries keep until the end of the program is not ours to free. The leak sanitizer asks for
// this list; without it nothing calls the function.

extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig\n"
         "leak:libITKNrrdIO\n"  // these where they give up a damaged file
         "leak:libgdcm\n"
         "leak:libopenjp2\n";
}
