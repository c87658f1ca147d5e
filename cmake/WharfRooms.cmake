# wharf_room(NAME [USES lib...]): one folder of the host as a static library.
#
# Every *.cpp of the folder belongs to the room, except main.cpp, which is a program's, what lies in a
# folder testing/, and *_test.cpp: those become the room's test program wharf_<NAME>_test, so that unit
# tests live beside the code they speak about.
# TEST_USES names what only the tests need.

find_package(GTest REQUIRED)
include(GoogleTest)

function(wharf_room name)
  cmake_parse_arguments(ROOM "" "" "USES;TEST_USES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "(_test|/main)\\.cpp$|/testing/")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")

  if(sources)
    add_library(wharf_${name} STATIC ${sources})
    target_include_directories(wharf_${name} PUBLIC ${CMAKE_SOURCE_DIR})
    target_link_libraries(wharf_${name} PUBLIC ${ROOM_USES} PRIVATE wharf_warnings)
    if(WHARF_PCH)
      target_precompile_headers(wharf_${name} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled.hpp)
    endif()
    set(subject wharf_${name})
  else()
    add_library(wharf_${name} INTERFACE)
    target_include_directories(wharf_${name} INTERFACE ${CMAKE_SOURCE_DIR})
    target_link_libraries(wharf_${name} INTERFACE ${ROOM_USES})
  endif()

  if(tests)
    add_executable(wharf_${name}_test ${tests})
    target_link_libraries(wharf_${name}_test PRIVATE
      wharf_${name} ${ROOM_TEST_USES} wharf_warnings GTest::gmock GTest::gtest_main)
    if(WHARF_PCH)
      target_precompile_headers(wharf_${name}_test PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled.hpp)
    endif()
    gtest_discover_tests(wharf_${name}_test TEST_PREFIX "${name}." DISCOVERY_TIMEOUT 60)
  endif()
endfunction()
