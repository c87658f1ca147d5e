# wharf_add_plugin(NAME SOURCES file... [FILES path...])
#
# Builds the plugin NAME and makes the bundle ${WHARF_PLUGINS_DIR}/NAME/{plugin.json,NAME.so} of it,
# by default below ${CMAKE_BINARY_DIR}/plugins. NAME is the name that the code gives itself. FILES,
# relative to the current folder, are put into the bundle as they are. The target NAME is the library
# (link what you need to it, statically); NAME_bundle, part of `all`, is the bundle.
#
# Debug symbols go to ${WHARF_PLUGIN_SYMBOLS_DIR}/NAME.so.debug before stripping. plugin.json and its
# hashes are made last, from the final file: nothing may strip a bundle after that.

function(wharf_add_plugin name)
  cmake_parse_arguments(PLUGIN "" "" "SOURCES;FILES" ${ARGN})
  if(NOT name MATCHES "^[a-z][a-z0-9_]*$" OR NOT PLUGIN_SOURCES)
    message(FATAL_ERROR "wharf_add_plugin(NAME SOURCES file...): NAME is [a-z][a-z0-9_]*")
  endif()
  _wharf_plugin_library(${name} ${PLUGIN_SOURCES})
  _wharf_plugin_bundle(${name} ${PLUGIN_FILES})
endfunction()

# wharf_add_plugin_test(NAME SOURCES file... PLUGINS plugin...)
#
# A program of tests on wharf/testing.hpp, added to ctest: it is told where the host is, which this
# package brings along, and where the bundles are that wharf_add_plugin() makes. Link your test
# framework to the target NAME.
function(wharf_add_plugin_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;PLUGINS" ${ARGN})
  if(NOT TEST_SOURCES OR NOT TEST_PLUGINS)
    message(FATAL_ERROR "wharf_add_plugin_test(NAME SOURCES file... PLUGINS plugin...)")
  endif()
  if(NOT WHARF_PLUGINS_DIR)
    set(WHARF_PLUGINS_DIR ${CMAKE_BINARY_DIR}/plugins)
  endif()
  add_executable(${name} ${TEST_SOURCES})
  _wharf_plugin_json()
  target_link_libraries(${name} PRIVATE Wharf::sdk wharf_plugin_json)
  target_compile_definitions(${name} PRIVATE
    WHARF_TEST_HOST="${WHARF_SDK_PREFIX}/bin/wharf" WHARF_TEST_PLUGINS="${WHARF_PLUGINS_DIR}")
  foreach(plugin IN LISTS TEST_PLUGINS)
    add_dependencies(${name} ${plugin}_bundle)
  endforeach()
  add_test(NAME ${name} COMMAND ${name})
endfunction()

# True where the current folder's flags ask for sanitizers: then symbols stay, for their reports.
function(_wharf_sanitized out)
  get_directory_property(options COMPILE_OPTIONS)
  if("${options} ${CMAKE_CXX_FLAGS} ${CMAKE_C_FLAGS}" MATCHES "-fsanitize=")
    set(${out} TRUE PARENT_SCOPE)
  else()
    set(${out} FALSE PARENT_SCOPE)
  endif()
endfunction()

# Boost.JSON once per build tree, hidden, for all its plugins.
function(_wharf_plugin_json)
  if(TARGET wharf_plugin_json)
    return()
  endif()
  add_library(wharf_plugin_json OBJECT ${WHARF_SDK_SOURCE_DIR}/boost_json.cpp)
  target_link_libraries(wharf_plugin_json PUBLIC Wharf::sdk)
  _wharf_plugin_properties(wharf_plugin_json)
endfunction()

function(_wharf_plugin_properties target)
  set_target_properties(${target} PROPERTIES
    POSITION_INDEPENDENT_CODE ON
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    CXX_EXTENSIONS OFF)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Unique symbols would be shared between bundles and pin them in memory.
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fno-gnu-unique>)
  endif()
  if(WHARF_PLUGIN_DEPENDS)
    add_dependencies(${target} ${WHARF_PLUGIN_DEPENDS})
  endif()
endfunction()

function(_wharf_plugin_library name)
  add_library(${name} MODULE ${ARGN})
  _wharf_plugin_properties(${name})
  target_link_libraries(${name} PRIVATE Wharf::sdk)
  if("${ARGN}" MATCHES "\\.(cpp|cc|cxx)")
    _wharf_plugin_json()
    target_link_libraries(${name} PRIVATE wharf_plugin_json)
  endif()
  set(map ${WHARF_SDK_CMAKE_DIR}/wharf_plugin.map)
  set_target_properties(${name} PROPERTIES
    PREFIX "" OUTPUT_NAME ${name} SUFFIX ".so"
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/${name}.linked
    SKIP_BUILD_RPATH ON INSTALL_RPATH "" LINK_DEPENDS ${map})
  target_link_options(${name} PRIVATE
    -Wl,--version-script=${map} -Wl,-z,now -Wl,--exclude-libs,ALL)
  _wharf_sanitized(sanitized)
  if(NOT (sanitized AND CMAKE_CXX_COMPILER_ID MATCHES "Clang"))
    # Clang's sanitizers leave their own symbols to the program that loads the library.
    target_link_options(${name} PRIVATE -Wl,-z,defs)
  endif()
endfunction()

function(_wharf_plugin_bundle name)
  if(NOT WHARF_PLUGINS_DIR)
    set(WHARF_PLUGINS_DIR ${CMAKE_BINARY_DIR}/plugins)
  endif()
  if(NOT WHARF_PLUGIN_SYMBOLS_DIR)
    set(WHARF_PLUGIN_SYMBOLS_DIR ${CMAKE_BINARY_DIR}/plugin_symbols)
  endif()
  set(folder ${WHARF_PLUGINS_DIR}/${name})
  set(final ${CMAKE_CURRENT_BINARY_DIR}/${name}.final/${name}.so)
  set(symbols ${WHARF_PLUGIN_SYMBOLS_DIR}/${name}.so.debug)

  _wharf_sanitized(sanitized)
  if(sanitized)
    set(finish COMMAND ${CMAKE_COMMAND} -E copy $<TARGET_FILE:${name}> ${final})
  else()
    set(finish
      COMMAND ${CMAKE_COMMAND} -E make_directory ${WHARF_PLUGIN_SYMBOLS_DIR}
      COMMAND ${CMAKE_OBJCOPY} --only-keep-debug $<TARGET_FILE:${name}> ${symbols}
      COMMAND ${CMAKE_OBJCOPY} --strip-all --add-gnu-debuglink=${symbols} $<TARGET_FILE:${name}> ${final})
  endif()

  set(arguments --library ${final} --output ${folder})
  set(inputs)
  set(outputs ${folder}/${name}.so)
  foreach(file IN LISTS ARGN)
    list(APPEND arguments --file ${file}=${CMAKE_CURRENT_SOURCE_DIR}/${file})
    list(APPEND inputs ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    list(APPEND outputs ${folder}/${file})
  endforeach()
  get_target_property(tool Wharf::bundle IMPORTED_LOCATION)
  add_custom_command(
    OUTPUT ${folder}/plugin.json
    BYPRODUCTS ${outputs} ${final}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_CURRENT_BINARY_DIR}/${name}.final
    ${finish}
    COMMAND ${tool} ${arguments}
    DEPENDS ${name} ${inputs} ${tool}
    COMMENT "Bundling the plugin ${name}"
    VERBATIM)
  add_custom_target(${name}_bundle ALL DEPENDS ${folder}/plugin.json)
endfunction()
