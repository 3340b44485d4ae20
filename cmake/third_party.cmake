# Third-party sources come from one folder (TERRARIUM_DEPS, made by tools/setup.sh), else from upstream's pinned
# releases. None of it is ever copied into the repository.
set(TERRARIUM_DEPS "$ENV{TERRARIUM_DEPS}" CACHE PATH "folder with imgui/ implot/ md4c/ include/ fonts/ (tools/setup.sh makes it)")
if(NOT TERRARIUM_DEPS)
  include(upstream) # sets TERRARIUM_DEPS to a folder in the build tree
endif()
foreach(needed imgui/imgui.cpp implot/implot.cpp md4c/md4c.c include/nlohmann/json.hpp include/doctest/doctest.h
        fonts/inter-regular.otf)
  if(NOT EXISTS "${TERRARIUM_DEPS}/${needed}")
    message(FATAL_ERROR "${needed} is missing in ${TERRARIUM_DEPS}. Run ./lab build, which sets it up.")
  endif()
endforeach()
set(TERRARIUM_FONT_DIR "${TERRARIUM_DEPS}/fonts")

add_library(nlohmann_json INTERFACE)
target_include_directories(nlohmann_json SYSTEM INTERFACE "${TERRARIUM_DEPS}/include")
add_library(doctest INTERFACE)
target_include_directories(doctest SYSTEM INTERFACE "${TERRARIUM_DEPS}/include")

# Reads the Markdown of the lessons. UTF-8 is its default; what it makes is only ever seen by src/ui/markdown.cpp.
add_library(md4c STATIC ${TERRARIUM_DEPS}/md4c/md4c.c)
target_include_directories(md4c SYSTEM PUBLIC ${TERRARIUM_DEPS}/md4c)
target_compile_options(md4c PRIVATE -w)
target_link_libraries(md4c PUBLIC terrarium_options)

set(imgui_dir "${TERRARIUM_DEPS}/imgui")
set(implot_dir "${TERRARIUM_DEPS}/implot")
add_library(imgui STATIC ${imgui_dir}/imgui.cpp ${imgui_dir}/imgui_draw.cpp ${imgui_dir}/imgui_tables.cpp
            ${imgui_dir}/imgui_widgets.cpp ${implot_dir}/implot.cpp ${implot_dir}/implot_items.cpp)
target_include_directories(imgui SYSTEM PUBLIC ${imgui_dir} ${implot_dir})
# The test hooks list every item that is drawn: the gate that no widget lacks a twin (tests/ui/coverage_test.cpp).
target_compile_definitions(imgui PUBLIC IMGUI_ENABLE_TEST_ENGINE IMGUI_DISABLE_DEMO_WINDOWS IMGUI_DISABLE_DEBUG_TOOLS
                           IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS IMGUI_DISABLE_DEFAULT_FONT
                           IMGUI_DEFINE_MATH_OPERATORS IMPLOT_NO_FORCE_INLINE IMGUI_USE_WCHAR32 # emoji
                           ImDrawIdx=ImU32) # more than 65,536 corners on a page: two heat maps have as many
target_compile_definitions(imgui PRIVATE IMGUI_DISABLE_FILE_FUNCTIONS) # nothing is loaded from files
target_compile_options(imgui PRIVATE -w)
target_link_libraries(imgui PUBLIC terrarium_options)

# Window and GL context: SDL2. On the web its own port, natively the system's library.
add_library(imgui_sdl STATIC ${imgui_dir}/backends/imgui_impl_opengl3.cpp)
target_include_directories(imgui_sdl SYSTEM PUBLIC ${imgui_dir}/backends)
target_compile_options(imgui_sdl PRIVATE -w)
target_link_libraries(imgui_sdl PUBLIC imgui)
if(EMSCRIPTEN)
  target_compile_options(imgui_sdl PUBLIC --use-port=sdl2)
  target_compile_definitions(imgui_sdl PRIVATE IMGUI_IMPL_OPENGL_ES3)
else()
  find_package(SDL2 REQUIRED)
  find_package(OpenGL REQUIRED)
  target_sources(imgui_sdl PRIVATE ${imgui_dir}/backends/imgui_impl_sdl2.cpp)
  target_link_libraries(imgui_sdl PUBLIC SDL2::SDL2 OpenGL::GL ${CMAKE_DL_LIBS})
endif()
