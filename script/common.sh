# What every script begins with: strict mode, the project's root as the working folder, and how many
# jobs the machine carries. Sourced, never run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# One job per core, but no more than one per GiB of memory: a heavy file takes that much to compile.
jobs_max() {
    local cores memory_gib
    cores=$(nproc)
    memory_gib=$(awk '/^MemTotal:/ { print int($2 / 1048576) }' /proc/meminfo)
    [ "$memory_gib" -ge 1 ] || memory_gib=1
    echo $((cores < memory_gib ? cores : memory_gib))
}

fail() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}
