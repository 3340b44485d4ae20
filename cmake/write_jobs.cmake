# Writes OUT: find_lab() for a program without views. Each lab describes itself in the last line of its view.cpp; here the
# id of that line is joined with the lab's job alone.
file(GLOB views RELATIVE "${ROOT}/src" "${ROOT}/src/labs/*/*/view.cpp")
list(SORT views)
set(includes "")
set(rows "")
foreach(view ${views})
  file(READ "${ROOT}/src/${view}" text)
  if(NOT text MATCHES "namespace (terrarium::labs::[a-z0-9_]+) {")
    message(FATAL_ERROR "src/${view} opens no namespace of a lab.")
  endif()
  set(lab "${CMAKE_MATCH_1}")
  if(NOT text MATCHES "entry = make_entry<Job, [^;]*>\\(\"([a-z0-9_.]+)\"\\)")
    message(FATAL_ERROR "src/${view} has no line like: const LabEntry entry = make_entry<Job, View, ...>(\"m2.name\");")
  endif()
  string(REPLACE "view.cpp" "lab.h" header "${view}")
  string(APPEND includes "#include \"${header}\"\n")
  string(APPEND rows "    {.id = \"${CMAKE_MATCH_1}\", .make_job = &terrarium::labs::make_job<${lab}::Job>},\n")
endforeach()
file(WRITE "${OUT}" "// Made by cmake/write_jobs.cmake.
#include \"labs/entry.h\"
${includes}
namespace terrarium::labs {
const LabEntry* find_lab(std::string_view id) {
  static constexpr LabEntry kJobs[] = {
${rows}  };
  for (const LabEntry& job : kJobs) {
    if (job.id == id) return &job;
  }
  return nullptr;
}
}  // namespace terrarium::labs
")
