# Names the code that computes: the hash of core/ and of the labs' logic. The same sources give the same id natively and
# on the web, so a result code says which program can replay it.
set(build_id_file "${CMAKE_BINARY_DIR}/generated/build_id.cpp")
file(GLOB_RECURSE build_id_inputs CONFIGURE_DEPENDS src/core/*.cpp src/core/*.h src/labs/*/*/lab.h src/labs/*/*/lab*.cpp)
add_custom_command(
  OUTPUT ${build_id_file}
  COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR} -DOUT=${build_id_file} -P ${CMAKE_SOURCE_DIR}/cmake/write_build_id.cmake
  DEPENDS ${build_id_inputs} ${CMAKE_SOURCE_DIR}/cmake/write_build_id.cmake
  COMMENT "build id")
add_library(terrarium_build_id STATIC ${build_id_file})
