# shellcheck shell=bash
# What the scripts share: Debian packages, the Swift toolchain, timed steps. Sourced, not run.

# What Swift's own tools and its linker need on Debian 12.
readonly SWIFT_PACKAGES=(ca-certificates g++ git libcurl4 libncurses6 libsqlite3-0 libxml2)
# Decoding, Fourier transform, resampling; without pkgconf SwiftPM warns that they are missing.
readonly KWS_PACKAGES=(libsndfile1-dev libfftw3-dev libsoxr-dev pkgconf)
# The tests compare our matrix products with OpenBLAS; the lint reads shell scripts too; the faults
# make system calls fail; the Python package is tested with pytest.
# shellcheck disable=SC2034  # used by the scripts that source this file
readonly KWS_TEST_PACKAGES=("${KWS_PACKAGES[@]}" libopenblas-dev shellcheck python3-minimal strace bc procps libasound2 \
  python3-pytest python3-numpy)

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# The given packages that are not installed, one a line.
missing_packages() {
  local package
  for package in "$@"; do
    [[ $(dpkg-query --show --showformat '${db:Status-Status}' "$package" 2>&1) == installed ]] ||
      printf '%s\n' "$package"
  done
}

# Installs the given Debian packages, unless all are there; only apt-get runs as root.
ensure_packages() {
  command -v dpkg-query > /dev/null ||
    fail "this is no Debian: install libsndfile, FFTW (single precision) and libsoxr with their" \
      "headers, then run: swift build -c release"
  local missing as_root=()
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} > 0)) || return 0
  local line="apt-get update && apt-get install -y ${missing[*]}"
  if ((EUID != 0)); then
    command -v sudo > /dev/null ||
      fail "packages are missing, and this is neither root nor is there sudo. As root, run:" \
        $'\n\n'"  $line"$'\n\n'"Then start $0 again."
    as_root=(sudo)
  fi
  echo "Installing from Debian: ${missing[*]}"
  apt_get_install "${as_root[@]}" -- "${missing[@]}" && return
  echo "apt-get failed; once more in 5 s" >&2
  sleep 5
  apt_get_install "${as_root[@]}" -- "${missing[@]}" ||
    fail "apt-get failed twice. As root, run:"$'\n\n'"  $line"
}

# apt_get_install [COMMAND...] -- PACKAGE...: through COMMAND (sudo), or directly.
apt_get_install() {
  local prefix=()
  while [[ $1 != -- ]]; do
    prefix+=("$1")
    shift
  done
  shift
  local -x DEBIAN_FRONTEND=noninteractive
  "${prefix[@]}" apt-get update --quiet=2 &&
    "${prefix[@]}" apt-get install --quiet=2 --yes --no-install-recommends "$@" \
      < /dev/null > /dev/null
}

# Makes the machine ready: the given Debian packages, and a new enough Swift that starts and links.
prepare_machine() {
  local oldest=6.2 needed=("$@") found
  command -v swift > /dev/null ||
    fail "no swift on the PATH; install Swift $oldest or newer from https://www.swift.org/install"
  { swift build --version && command -v git && command -v g++; } > /dev/null 2>&1 ||
    needed+=("${SWIFT_PACKAGES[@]}")
  ensure_packages "${needed[@]}"
  found=$(swift --version 2>&1) || fail "swift does not start: $found"
  found=$(sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' <<< "$found" | head -n 1)
  [[ $(printf '%s\n' "$oldest" "$found" | sort --version-sort | head -n 1) == "$oldest" ]] ||
    fail "Swift ${found:-?} is too old; install $oldest or newer from https://www.swift.org/install"
}

# step TITLE COMMAND...: a title, the command, and how long it took. A command that fails ends the
# script; the trap below says in which step.
step() {
  current_step=$1
  local started=$SECONDS
  shift
  printf '\n== %s\n' "$current_step"
  "$@"
  printf '== %s: %d s\n' "$current_step" $((SECONDS - started))
  current_step=
}

current_step=
trap '[[ -z $current_step ]] || echo "${0##*/}: failed: $current_step" >&2' EXIT
