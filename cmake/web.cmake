# The wasm module of the page and of the workers; the same once more with the gallery of widgets, which learners need not
# load; and the tests as a Node program.
set(exports "_malloc,_free")
foreach(name page_start page_event page_asset page_file page_stored page_from_worker page_frame page_gl_lost page_gl_restored
        worker_start worker_receive worker_work build_id)
  string(APPEND exports ",_terrarium_${name}")
endforeach()
function(terrarium_module name)
  add_executable(${name} src/platform/main_web.cpp src/platform/browser.cpp src/platform/sdl_window.cpp)
  target_compile_options(${name} PRIVATE -Oz -flto)
  target_link_libraries(${name} PRIVATE imgui_sdl ${ARGN})
  target_link_options(${name} PRIVATE
    --use-port=sdl2 -Oz -sMODULARIZE=1 -sEXPORT_NAME=createTerrarium -sENVIRONMENT=web,worker -sDYNAMIC_EXECUTION=0
    -sFILESYSTEM=0 -sINITIAL_MEMORY=33554432 -sALLOW_MEMORY_GROWTH=1 -sMAXIMUM_MEMORY=268435456 -sSTACK_SIZE=1048576
    -sABORTING_MALLOC=0 -sMALLOC=emmalloc -sGL_ENABLE_GET_PROC_ADDRESS=0 -sGL_TRACK_ERRORS=0
    -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -sINVOKE_RUN=0 --no-entry
    -sEXPORTED_FUNCTIONS=${exports} -sEXPORTED_RUNTIME_METHODS=HEAPU8,UTF8ToString,GL)
endfunction()
# Volumes: each has the shell and some of the labs (src/labs/volumes/); its list stands before the one with all labs, so
# that only its own are linked. Browsers without SIMD get one module with everything.
terrarium_module(terrarium terrarium_app terrarium_gallery_apart)
if(TERRARIUM_SIMD)
  target_sources(terrarium PRIVATE src/labs/volumes/models.cpp)
  terrarium_module(terrarium-data terrarium_app terrarium_gallery_apart)
  target_sources(terrarium-data PRIVATE src/labs/volumes/data.cpp)
  terrarium_module(terrarium-gallery terrarium_app terrarium_gallery)
  add_dependencies(terrarium terrarium-data terrarium-gallery)
endif()

function(terrarium_engine_for_workers target)
  target_link_options(${target} PRIVATE -O2 -sENVIRONMENT=worker,node -sALLOW_MEMORY_GROWTH=1 -sSTACK_SIZE=1048576
                      -sEXIT_RUNTIME=1)
endfunction()

function(terrarium_test_for_node target)
  target_link_options(${target} PRIVATE -O1 -sENVIRONMENT=node -sNODERAWFS=1 -sALLOW_MEMORY_GROWTH=1
                      -sMAXIMUM_MEMORY=1073741824 -sSTACK_SIZE=1048576 -sEXIT_RUNTIME=1)
endfunction()
