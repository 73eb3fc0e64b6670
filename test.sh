#!/usr/bin/env bash
# Builds the solution and runs every test. The last line is "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

results=TestResults

install_missing_tools() {
  local missing=()
  [ -x "${CHROMIUM:-/usr/bin/chromium}" ] || missing+=(chromium)
  command -v pdftotext >/dev/null || missing+=(poppler-utils)
  command -v qpdf >/dev/null || missing+=(qpdf)
  command -v hledger >/dev/null || missing+=(hledger)
  command -v sqlite3 >/dev/null || missing+=(sqlite3)
  /usr/bin/python3 -c "import aiosmtpd" 2>/dev/null || missing+=(python3-aiosmtpd)
  ls /usr/share/fonts/opentype/noto/NotoSansCJK* >/dev/null 2>&1 || missing+=(fonts-noto-cjk)
  ls /usr/share/fonts/truetype/droid/DroidSansFallback*.ttf >/dev/null 2>&1 || missing+=(fonts-droid-fallback)
  ls /usr/share/fonts/truetype/liberation*/LiberationSans-Regular.ttf >/dev/null 2>&1 || missing+=(fonts-liberation)
  ls /usr/share/fonts/truetype/nanum/NanumGothic.ttf >/dev/null 2>&1 || missing+=(fonts-nanum)
  ls /usr/share/fonts/truetype/noto/NotoSans-Regular.* >/dev/null 2>&1 || missing+=(fonts-noto-core)
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests use these tools, which are not installed: ${missing[*]}" >&2
    return
  fi
  echo "Installing ${missing[*]}"
  apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

summarize() {
  local passed=0 failed=0 skipped=0 file counters total executed ok
  while IFS= read -r file; do
    counters=$(grep -o '<Counters [^>]*>' "$file")
    total=$(sed -E 's/.* total="([0-9]+)".*/\1/' <<<"$counters")
    executed=$(sed -E 's/.* executed="([0-9]+)".*/\1/' <<<"$counters")
    ok=$(sed -E 's/.* passed="([0-9]+)".*/\1/' <<<"$counters")
    passed=$((passed + ok))
    failed=$((failed + executed - ok))
    skipped=$((skipped + total - executed))
  done < <(find "$results" -name '*.trx' 2>/dev/null)
  [ "$1" -eq 0 ] || [ "$failed" -gt 0 ] || echo "The run ended with exit code $1."
  [ "$passed" -gt 0 ] || echo "No test passed."
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$1" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# A test runs most of its code a few times, here and in the processes that it starts: that is compiled once, and again only where it is called thousands of times.
run_tests() {
  DOTNET_TieredPGO=0 DOTNET_TC_CallCountThreshold=1000 dotnet test StoreCreditAdmin.sln --no-build --configuration Debug \
    --logger trx --results-directory "$results" --blame-hang-timeout 5m --blame-hang-dump-type none
}

rm -rf "$results"
install_missing_tools &&
  dotnet restore StoreCreditAdmin.sln &&
  dotnet build StoreCreditAdmin.sln --no-restore --configuration Debug -warnaserror &&
  dotnet format StoreCreditAdmin.sln --no-restore --verify-no-changes --severity warn &&
  run_tests
summarize $?
