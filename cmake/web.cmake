# The wasm module of the page and of the workers; the same once more with the gallery of widgets, which learners need not
# load; the turbo module, which only workers load; and the tests as a Node program.
set(worker_exports "_malloc,_free")
foreach(name worker_start worker_receive worker_work build_id)
  string(APPEND worker_exports ",_terrarium_${name}")
endforeach()
set(exports "${worker_exports}")
foreach(name page_start page_event page_asset page_file page_stored page_from_worker page_frame page_gl_lost page_gl_restored)
  string(APPEND exports ",_terrarium_${name}")
endforeach()
function(terrarium_module name)
  add_executable(${name} src/platform/main_web.cpp src/platform/worker_web.cpp src/platform/browser.cpp
                 src/platform/sdl_window.cpp)
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
  foreach(volume data kinds)
    terrarium_module(terrarium-${volume} terrarium_app terrarium_gallery_apart)
    target_sources(terrarium-${volume} PRIVATE src/labs/volumes/${volume}.cpp)
  endforeach()
  terrarium_module(terrarium-gallery terrarium_app terrarium_gallery)
  add_dependencies(terrarium terrarium-data terrarium-kinds terrarium-gallery)
endif()

# The same sources for processors with relaxed SIMD: products and sums are rounded once where the processor can, so its
# runs cannot be repeated elsewhere. Workers load it when the learner or the author wants speed; it has no page.
if(TERRARIUM_SIMD)
  terrarium_layer(terrarium_core_turbo ${core_sources})
  target_compile_options(terrarium_core_turbo PRIVATE -O3 -mrelaxed-simd)
  target_compile_definitions(terrarium_core_turbo PRIVATE TERRARIUM_TURBO)
  set(jobs_file "${CMAKE_BINARY_DIR}/generated/jobs.cpp")
  file(GLOB lab_views CONFIGURE_DEPENDS src/labs/*/*/view.cpp)
  add_custom_command(
    OUTPUT ${jobs_file}
    COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR} -DOUT=${jobs_file} -P ${CMAKE_SOURCE_DIR}/cmake/write_jobs.cmake
    DEPENDS ${lab_views} ${CMAKE_SOURCE_DIR}/cmake/write_jobs.cmake
    COMMENT "jobs of the labs")
  add_executable(terrarium-turbo src/platform/worker_web.cpp src/platform/browser.cpp ${jobs_file})
  target_compile_options(terrarium-turbo PRIVATE -Oz -flto)
  # platform/browser.h names a type of ui/; nothing of it is linked.
  target_include_directories(terrarium-turbo PRIVATE $<TARGET_PROPERTY:imgui,INTERFACE_INCLUDE_DIRECTORIES>)
  # The fast core stands first, so that it is taken; the other one is on the line of what stands below it.
  target_link_libraries(terrarium-turbo PRIVATE terrarium_core_turbo terrarium_worker)
  target_link_options(terrarium-turbo PRIVATE
    -Oz -mrelaxed-simd -sMODULARIZE=1 -sEXPORT_NAME=createTerrarium -sENVIRONMENT=worker -sDYNAMIC_EXECUTION=0
    -sFILESYSTEM=0 -sINITIAL_MEMORY=33554432 -sALLOW_MEMORY_GROWTH=1 -sMAXIMUM_MEMORY=268435456 -sSTACK_SIZE=1048576
    -sABORTING_MALLOC=0 -sMALLOC=emmalloc -sINVOKE_RUN=0 --no-entry
    -sEXPORTED_FUNCTIONS=${worker_exports} -sEXPORTED_RUNTIME_METHODS=HEAPU8)
  add_dependencies(terrarium terrarium-turbo)
endif()

function(terrarium_engine_for_workers target)
  target_link_options(${target} PRIVATE -O2 -sENVIRONMENT=worker,node -sALLOW_MEMORY_GROWTH=1 -sSTACK_SIZE=1048576
                      -sEXIT_RUNTIME=1)
endfunction()

function(terrarium_peer_module target)
  set_target_properties(${target} PROPERTIES SUFFIX ".wasm")
  target_link_options(${target} PRIVATE -O2 -sSTANDALONE_WASM=1 --no-entry -sINITIAL_MEMORY=268435456 -sSTACK_SIZE=1048576
                      -sEXPORTED_FUNCTIONS=_open_model,_params,_n_params,_x_ids,_y_ids,_train_step,_infer_token,_infer_token_int8)
endfunction()

function(terrarium_test_for_node target)
  target_link_options(${target} PRIVATE -O1 -sENVIRONMENT=node -sNODERAWFS=1 -sALLOW_MEMORY_GROWTH=1
                      -sMAXIMUM_MEMORY=1073741824 -sSTACK_SIZE=1048576 -sEXIT_RUNTIME=1)
endfunction()
