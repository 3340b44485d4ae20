// All tests are one program: natively under the sanitizers, and the same as WebAssembly under Node.

#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
