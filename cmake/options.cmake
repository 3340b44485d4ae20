# Compiler options of every target of the project.
add_library(terrarium_options INTERFACE)
target_compile_features(terrarium_options INTERFACE cxx_std_20)
# The same bits everywhere: no contraction to fused multiply-add, no reassociation.
add_compile_options(-ffp-contract=off -fno-fast-math)
target_compile_options(terrarium_options INTERFACE -Wall -Wextra -Wconversion -Wshadow -Wformat-security
                       -Wno-missing-field-initializers) # designated initialisers leave the rest to its default on purpose
if(TERRARIUM_WARNINGS_ARE_ERRORS)
  target_compile_options(terrarium_options INTERFACE -Werror)
endif()
if(NOT TERRARIUM_SIMD)
  add_compile_definitions(TERRARIUM_SCALAR)
endif()
if(TERRARIUM_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(EMSCRIPTEN)
  # Exceptions are wasm's own: nlohmann/json throws, and each door has the only catch.
  add_compile_options(-fwasm-exceptions -sSUPPORT_LONGJMP=0)
  add_link_options(-fwasm-exceptions -sSUPPORT_LONGJMP=0)
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    add_compile_options(-fno-rtti) # nothing asks an object for its type
  endif()
  if(TERRARIUM_SIMD)
    add_compile_options(-msimd128)
    add_link_options(-msimd128)
  endif()
endif()
