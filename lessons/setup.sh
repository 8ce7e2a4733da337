# Shared by lessons/run, tests/run and .ci/run: install what is missing, build, and say what went wrong in a few lines.
# The caller sets $root (the source tree) and $name (what to call itself).

build=$root/build

say() { printf '%s\n' "$*"; }
fail() { printf '%s: error: %s\n' "$name" "$*" >&2; exit 2; }

cores() { getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2; }

# Each need is PACKAGE=PROBE: a command, a <header>, or a library file that the compiler finds.
lesson_needs='g++=c++ ninja-build=ninja cmake=cmake libarmadillo-dev=<armadillo> libopenblas-dev=libopenblas.so
  libboost-program-options-dev=libboost_program_options.so nlohmann-json3-dev=<nlohmann/json.hpp> libzip-dev=libzip.so
  libutf8proc-dev=libutf8proc.so'
docs_needs='doxygen=doxygen doxygen-awesome-css=/usr/share/doxygen-awesome-css'
test_needs="catch2=<catch2> zlib1g-dev=libz.so libsentencepiece-dev=libsentencepiece.so $docs_needs
  python3-numpy=numpy python3-pyte=pyte"

fedora='gcc-c++ ninja-build cmake armadillo-devel openblas-devel boost-devel json-devel libzip-devel utf8proc-devel'
arch='gcc ninja cmake armadillo openblas boost nlohmann-json libzip libutf8proc'
homebrew='ninja cmake armadillo openblas boost nlohmann-json libzip utf8proc'

has() {
  case $1 in
    '<catch2>') has '<catch2/catch.hpp>' || has '<catch2/catch_test_macros.hpp>' ;;
    '<'*) printf '#if !__has_include(%s)\n#error\n#endif\n' "$1" | c++ -std=c++20 -E -x c++ - >/dev/null 2>&1 ;;
    lib*.so) case $(c++ -print-file-name="$1" 2>/dev/null) in */*) ;; *) return 1 ;; esac ;;
    /*) [ -e "$1" ] ;;
    numpy) /usr/bin/python3 -c 'import numpy' 2>/dev/null || python3 -c 'import numpy' 2>/dev/null ;;
    pyte) /usr/bin/python3 -c 'import pyte' 2>/dev/null ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
  esac
}

# missing NEED...: the packages whose probe fails
missing() {
  for need; do
    has "${need#*=}" || printf '%s ' "${need%%=*}"
  done
}

own_build() {
  mkdir -p "$build" 2>/dev/null && [ -w "$build" ] || fail "cannot write in $build; remove it if somebody else made it"
}

# by_hand PACKAGE...: nothing can be installed from here, so print the line to run
by_hand() {
  say "$name: these packages are missing, and cannot be installed from here: $*" >&2
  if command -v apt-get >/dev/null 2>&1; then
    say "Run as root, then start again:  apt-get update && apt-get install -y --no-install-recommends $*" >&2
  else
    say "Install them, then start again. Their names elsewhere:" >&2
    say "  Fedora    sudo dnf install $fedora" >&2
    say "  Arch      sudo pacman -S --needed $arch" >&2
    say "  Homebrew  brew install $homebrew" >&2
  fi
  exit 2
}

# install_missing NEED...: installs the packages that are missing; apt is not touched when nothing is
install_missing() {
  own_build
  if [ "$(uname)" = Darwin ]; then set -- cmake=cmake ninja=ninja; fi  # the compiler does not search Homebrew
  packages=$(missing "$@")
  packages=${packages% }
  [ -n "$packages" ] || return 0
  command -v apt-get >/dev/null 2>&1 || by_hand $packages
  as_root=
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || by_hand $packages
    if [ -t 0 ]; then sudo -v || by_hand $packages; else sudo -n true 2>/dev/null || by_hand $packages; fi
    as_root=sudo
  fi
  say "Installing: $packages"
  apt update && apt install -y --no-install-recommends $packages || {
    tail -n 5 "$build/setup.log" >&2
    fail "apt could not install the packages; the whole log is in build/setup.log"
  }
}

apt() {
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@" \
    >>"$build/setup.log" 2>&1 </dev/null
}

# first_error LOG: the first thing that went wrong, with the compiler's few lines about it
first_error() {
  awk '/ -c | -o / { next }
       /([Ee]rror|ERROR)[: ]|undefined reference|CMake Error/ { seen = 1 }
       seen { print; if (++n == 8) exit }' "$1" |
    sed -n '1p; 2,${ /: error:\|: warning:\|^ninja\|^make\|^\[\|^In file/q; p; }'
}

# configured DIRECTORY: true if it was configured to the end, for this tree where it now lies
configured() {
  [ -f "$1/Makefile" ] || [ -f "$1/build.ninja" ] || return 1
  grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$1/CMakeCache.txt"
}

# configure DIRECTORY [OPTION...]
configure() {
  dir=$1; shift
  mkdir -p "$dir"
  generator=
  configured "$dir" || { rm -rf "$dir/CMakeCache.txt" "$dir/CMakeFiles"; generator='-G Ninja'; }
  cmake -S "$root" -B "$dir" $generator "$@" >"$dir/configure.log" 2>&1 </dev/null || {
    first_error "$dir/configure.log" >&2
    fail "cannot configure the build; the whole log is in ${dir#"$root"/}/configure.log"
  }
}

# compile DIRECTORY [TARGET...]
compile() {
  dir=$1; shift
  cmake --build "$dir" --parallel "$(cores)" ${1:+--target "$@"} >"$dir/build.log" 2>&1 </dev/null || {
    first_error "$dir/build.log" >&2
    fail "the build failed at the above; the whole log is in ${dir#"$root"/}/build.log"
  }
}
