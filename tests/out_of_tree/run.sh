#!/usr/bin/env bash
# run.sh BUILD_FOLDER LOAD_PROGRAM: installs the SDK into a folder of its own, builds one plugin with it
# by each compiler that is there, knowing CMAKE_PREFIX_PATH alone, and loads all of them in one host.
set -euo pipefail
build=$1 load_program=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --component sdk --prefix "$work/prefix" >/dev/null
# What is installed and what the plugins of the tree are built from is the same, file by file. The host
# itself comes along for the tests of plugins; nothing is built from it.
for program in wharf wharf-plugin; do cmp "$work/prefix/bin/$program" "$build/bin/$program"; done
diff -r --exclude=wharf --exclude=wharf-plugin "$work/prefix/bin" "$build/sdk/bin"
for part in include lib share; do diff -r "$work/prefix/$part" "$build/sdk/$part"; done

launcher=()
command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)

build_with() { # NAME CXX_COMPILER FLAGS
  command -v "$2" >/dev/null || { echo "$2 is not here: left out"; return; }
  cmake -S "$here/hello" -B "$work/$1" -G Ninja -Dname="$1" "${launcher[@]}" \
    -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_CXX_COMPILER="$2" -DCMAKE_CXX_FLAGS="$3" \
    -DWHARF_PLUGINS_DIR="$work/plugins" >"$work/$1.log" || { cat "$work/$1.log"; exit 1; }
  cmake --build "$work/$1" >"$work/$1.log" || { cat "$work/$1.log"; exit 1; }
}

build_with hello_gcc g++ ""
build_with hello_clang clang++ ""
build_with hello_libcxx clang++ "-stdlib=libc++"

"$load_program" "$work/plugins"
grep -Eq '"path": ?"greeting.txt"' "$work/plugins/hello_gcc/plugin.json"
cmp "$here/hello/greeting.txt" "$work/plugins/hello_gcc/greeting.txt"
ls "$work/hello_gcc/plugin_symbols/hello_gcc.so.debug" >/dev/null
