# Writes OUT with the hash over the sources below ROOT that decide what is computed.
file(GLOB_RECURSE inputs RELATIVE "${ROOT}" "${ROOT}/src/core/*.cpp" "${ROOT}/src/core/*.h" "${ROOT}/src/labs/*/*/lab.h"
     "${ROOT}/src/labs/*/*/lab*.cpp")
list(SORT inputs)
set(text "")
foreach(input ${inputs})
  file(SHA256 "${ROOT}/${input}" hash)
  string(APPEND text "${input} ${hash}\n")
endforeach()
string(SHA256 id "${text}")
string(SUBSTRING "${id}" 0 12 id)
file(WRITE "${OUT}" "// Made by cmake/write_build_id.cmake.\nnamespace terrarium {\nconst char* build_id() { return \"${id}\"; }\n}  // namespace terrarium\n")
