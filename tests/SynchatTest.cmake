# SPDX-FileCopyrightText: 2026 The Synchat authors
# SPDX-License-Identifier: GPL-3.0-or-later
add_custom_target(unit_tests)

# synchat_test(tst_name LABEL unit|net|gui|system|interop [TIMEOUT seconds] SOURCES ... LIBRARIES ...)
# One Qt Test program. Labels: unit (milliseconds, no I/O), net (loopback), gui (offscreen), system (whole
# programs), interop (somebody else's programs).
function(synchat_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL;TIMEOUT" "SOURCES;LIBRARIES")
  if(NOT arg_SOURCES)
    set(arg_SOURCES ${name}.cpp)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} synchat_test_support Qt6::Test synchat_flags)
  if(arg_LABEL STREQUAL "gui")
    synchat_reuse(synchat_pch_gui ${name})
  else()
    synchat_reuse(synchat_pch_core ${name})
  endif()
  add_test(NAME ${name} COMMAND ${name})
  if(arg_LABEL STREQUAL "unit")
    add_dependencies(unit_tests ${name})
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABEL}" TIMEOUT ${arg_TIMEOUT} ENVIRONMENT
    "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TZ=UTC;SYNCHAT_BIN=${CMAKE_BINARY_DIR}/bin;UBSAN_OPTIONS=print_stacktrace=1")
endfunction()

# synchat_needs_postgres(test): runs beside the PostgreSQL of the whole run (tests/support/sharedpostgres.cpp).
function(synchat_needs_postgres name)
  get_test_property(${name} ENVIRONMENT environment)
  set_tests_properties(${name} PROPERTIES FIXTURES_REQUIRED postgres
    ENVIRONMENT "${environment};SYNCHAT_TEST_POSTGRES=${CMAKE_BINARY_DIR}/tests/postgres.url")
endfunction()

# synchat_test_on_postgres(tst_name): the same program once more, as tst_name_postgresql, with its histories in a
# real PostgreSQL.
function(synchat_test_on_postgres name)
  get_test_property(${name} LABELS labels)
  get_test_property(${name} TIMEOUT timeout)
  get_test_property(${name} ENVIRONMENT environment)
  add_test(NAME ${name}_postgresql COMMAND ${name})
  set_tests_properties(${name}_postgresql PROPERTIES LABELS "${labels}" TIMEOUT ${timeout}
    ENVIRONMENT "${environment};SYNCHAT_TEST_STORE=postgresql")
  synchat_needs_postgres(${name}_postgresql)
endfunction()
