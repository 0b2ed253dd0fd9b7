# shellcheck shell=bash
# What the scripts share: Debian packages, the Swift toolchain, timed steps. Sourced, not run.

# Build and run time: decoding, Fourier transform, resampling.
readonly KWS_PACKAGES=(libsndfile1-dev libfftw3-dev libsoxr-dev)
# The tests compare our matrix products with OpenBLAS; the lint reads shell scripts too.
# shellcheck disable=SC2034  # used by the scripts that source this file
readonly KWS_TEST_PACKAGES=("${KWS_PACKAGES[@]}" libopenblas-dev shellcheck)

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
      fail "needs packages, and this is neither root nor is there sudo. As root, run:" \
        $'\n\n'"  $line"$'\n\n'"then start $0 again."
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
    "${prefix[@]}" apt-get install --quiet=2 --yes --no-install-recommends "$@" < /dev/null
}

# Fails with what to do unless a new enough Swift is on the PATH.
require_swift() {
  local wanted=6.2 found
  command -v swift > /dev/null ||
    fail "no swift on the PATH; install Swift $wanted or newer from https://www.swift.org/install"
  found=$(swift --version 2> /dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' | head -n 1)
  [[ -n $found ]] || fail "swift --version does not say its version; is it installed whole?"
  [[ $(printf '%s\n' "$wanted" "$found" | sort --version-sort | head -n 1) == "$wanted" ]] ||
    fail "Swift $found is too old; install $wanted or newer from https://www.swift.org/install"
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
