#!/usr/bin/env bash
# tutorial.sh BUILD_FOLDER: does what docs/plugin-authors.md says, to the letter: installs the SDK, builds
# the tutorial's plugins with it outside the tree, and runs their tests and stories against a real host. What
# the page shows of the code must stand in the code.
set -euo pipefail
build=$1
here=$(cd "$(dirname "$0")/../.." && pwd)
examples=$here/docs/examples
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Each line of the page's C++ and CMake blocks that belong to the example stands in its files.
# The fourth is a list of what a context can do.
awk '/^```(cpp|cmake)$/ { inside = 1; block += 1; next } /^```$/ { inside = 0 } inside && block != 4' \
  "$here/docs/plugin-authors.md" | sed 's/^ *//' | grep -v '^$' | sort -u >"$work/shown"
sed 's/^ *//' "$examples"/*/*.cpp "$examples"/*/CMakeLists.txt | sort -u >"$work/there"
missing=$(comm -23 "$work/shown" "$work/there")
if [ -n "$missing" ]; then
  printf 'docs/plugin-authors.md shows what the example does not have:\n%s\n' "$missing"
  exit 1
fi

cmake --install "$build" --component sdk --prefix "$work/prefix" >/dev/null
launcher=()
command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
for example in safety_hold supply_request; do
  cmake -S "$examples/$example" -B "$work/$example" -G Ninja "${launcher[@]}" \
    -DCMAKE_PREFIX_PATH="$work/prefix" >"$work/log" || { cat "$work/log"; exit 1; }
  cmake --build "$work/$example" >"$work/log" || { cat "$work/log"; exit 1; }
  ctest --test-dir "$work/$example" --output-on-failure >"$work/log" || { cat "$work/log"; exit 1; }
  (cd "$here" && WHARF_PLUGINS="$work/$example/plugins" "$build/bin/wharf-scenario" \
    "docs/examples/$example/$example.scenario")
done
