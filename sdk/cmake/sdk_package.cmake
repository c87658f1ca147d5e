# The SDK as others get it: what `cmake --install --component sdk` puts into a prefix, and the same
# form staged at ${CMAKE_BINARY_DIR}/sdk, from which the plugins of this tree are built.
include(CMakePackageConfigHelpers)
set(WHARF_SDK_STAGE ${CMAKE_BINARY_DIR}/sdk)

# One list serves both: a file that is installed is a file that is staged.
set(staged)
function(sdk_file source destination)
  get_filename_component(folder ${destination} DIRECTORY)
  get_filename_component(name ${destination} NAME)
  install(FILES ${source} DESTINATION ${folder} RENAME ${name} COMPONENT sdk)
  add_custom_command(
    OUTPUT ${WHARF_SDK_STAGE}/${destination}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${WHARF_SDK_STAGE}/${folder}
    COMMAND ${CMAKE_COMMAND} -E copy ${source} ${WHARF_SDK_STAGE}/${destination}
    DEPENDS ${source} VERBATIM)
  list(APPEND staged ${WHARF_SDK_STAGE}/${destination})
  set(staged ${staged} PARENT_SCOPE)
endfunction()

# The package's own files are read while this very tree is being configured, so they are staged then.
function(sdk_package_file source)
  install(FILES ${source} DESTINATION lib/cmake/WharfSDK COMPONENT sdk)
  get_filename_component(name ${source} NAME)
  configure_file(${source} ${WHARF_SDK_STAGE}/lib/cmake/WharfSDK/${name} COPYONLY)
endfunction()

file(STRINGS ${CMAKE_CURRENT_SOURCE_DIR}/abi/wharf_abi.h level REGEX "^#define WHARF_ABI_LEVEL ")
string(REGEX MATCH "[0-9]+" WHARF_SDK_LEVEL "${level}")
configure_file(cmake/WharfSDKConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/WharfSDKConfig.cmake @ONLY)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/WharfSDKConfigVersion.cmake
  COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
sdk_package_file(${CMAKE_CURRENT_BINARY_DIR}/WharfSDKConfig.cmake)
sdk_package_file(${CMAKE_CURRENT_BINARY_DIR}/WharfSDKConfigVersion.cmake)
sdk_package_file(${CMAKE_CURRENT_SOURCE_DIR}/cmake/wharf_add_plugin.cmake)
sdk_package_file(${CMAKE_CURRENT_SOURCE_DIR}/cmake/wharf_plugin.map)

file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}
  ${CMAKE_CURRENT_SOURCE_DIR}/include/wharf/*.hpp)
# A header that is gone from the tree goes from the stage too: nobody may lean on it by accident.
file(GLOB_RECURSE earlier RELATIVE ${WHARF_SDK_STAGE} ${WHARF_SDK_STAGE}/include/wharf/*.hpp)
list(REMOVE_ITEM earlier ${headers})
foreach(header IN LISTS earlier)
  file(REMOVE ${WHARF_SDK_STAGE}/${header})
endforeach()
foreach(header IN LISTS headers)
  sdk_file(${CMAKE_CURRENT_SOURCE_DIR}/${header} ${header})
endforeach()
sdk_file(${CMAKE_CURRENT_SOURCE_DIR}/abi/wharf_abi.h include/wharf_abi.h)
sdk_file(${CMAKE_CURRENT_SOURCE_DIR}/abi/plugin_json.md share/wharf/plugin_json.md)
sdk_file(${CMAKE_CURRENT_SOURCE_DIR}/src/boost_json.cpp share/wharf/src/boost_json.cpp)

# wharf-bundle, by the same way.
install(TARGETS wharf-bundle RUNTIME DESTINATION bin COMPONENT sdk)
add_custom_command(
  OUTPUT ${WHARF_SDK_STAGE}/bin/wharf-bundle
  COMMAND ${CMAKE_COMMAND} -E make_directory ${WHARF_SDK_STAGE}/bin
  COMMAND ${CMAKE_COMMAND} -E copy $<TARGET_FILE:wharf-bundle> ${WHARF_SDK_STAGE}/bin/wharf-bundle
  DEPENDS wharf-bundle VERBATIM)

file(MAKE_DIRECTORY ${WHARF_SDK_STAGE}/include)
add_custom_target(wharf_sdk_stage ALL DEPENDS ${staged} ${WHARF_SDK_STAGE}/bin/wharf-bundle)
