#!/usr/bin/env bash
# How fast is the grader? Prints ratios from one run on this machine, so that they mean something anywhere.
#
#   scripts/speed.sh          (a) one exercise, save to verdict; (b) a lesson, warm and with every file touched
#   scripts/speed.sh cold     (c) also: a fresh clone to the first screen, in a folder that is removed afterwards
#   scripts/speed.sh watch    (d) also: the loop, from a save to the last byte of the verdict on the screen, for a pass, a
#                             failure and a compile error; beside rustlings, if that is installed
#
# Times are the best of several tries; the ratio is what counts. The targets are in brackets.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C
tries=7
lesson=01-worker-pools
exercise=scoped-map

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo build -q -p grader
grader=target/debug/grader
# What `cargo grader` sets for the grader; without it every call of cargo would first look for the toolchain.
CARGO=$(rustup which cargo 2>/dev/null || command -v cargo)
export CARGO

now() { date +%s%N; }
# best COMMAND…: the shortest of several runs, in milliseconds. `before`, if set, is run before each, unmeasured.
best() {
    local least=999999999 start took
    for _ in $(seq "$tries"); do
        [ -z "${before:-}" ] || $before
        start=$(now)
        "$@" >/dev/null 2>&1 || true
        took=$(( ($(now) - start) / 100000 ))
        [ "$took" -ge "$least" ] || least=$took
    done
    echo "$least" | awk '{ printf "%.1f", $1 / 10 }'
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

# A copy of the solutions to type in.
mkdir -p "$work/typed"
cp -r "solutions/$lesson" "$work/typed/"
source="$work/typed/$lesson/src/${exercise//-/_}.rs"
count=0
save_one() { count=$((count + 1)); printf '// %s\n' "$count" >> "$source"; }
save_all() { count=$((count + 1)); for file in "$work/typed/$lesson/src/"*.rs; do printf '// %s\n' "$count" >> "$file"; done; }

"$grader" check --exercises "$work/typed" "$lesson" >/dev/null 2>&1 || { echo "the solutions do not pass"; exit 1; }

# The compiler command of the very program the grader builds, from cargo itself.
bench=$(dirname "$(grep -lrs "$source" target/grader/benches/*/src/bin | head -n 1)")/../..
target=$(basename "$(grep -lrs "$source" "$bench/src/bin" | head -n 1)" .rs)
build() { (cd "$bench" && cargo build -q --profile graded --keep-going --target-dir "$PWD/../../build" "$@"); }
save_one
"$grader" check --exercises "$work/typed" "$exercise" >/dev/null 2>&1
touch "$bench/src/bin/$target.rs"
(cd "$bench" && cargo build -v --profile graded --target-dir "$PWD/../../build" --bin "$target" 2>&1) |
    grep -- "--crate-name" | tail -n 1 | sed -e 's/^ *Running `//' -e 's/`$//' > "$work/rustc"
bare() { (cd "$bench" && env -u RUSTFLAGS bash "$work/rustc"); }

rustc=$(best bare)
before=save_one
verdict=$(best "$grader" check --exercises "$work/typed" "$exercise")
before=
echo "(a) one exercise, save to verdict: $verdict ms; bare rustc on the same program: $rustc ms; ratio $(ratio "$verdict" "$rustc")  [1.6]"

touch_all() { for bin in "$bench"/src/bin/*.rs; do touch "$bin"; done; }
bins=()
for bin in "$bench"/src/bin/*.rs; do bins+=(--bin "$(basename "$bin" .rs)"); done
before=touch_all
built=$(best build "${bins[@]}")
before=save_all
touched=$(best "$grader" check --exercises "$work/typed" "$lesson")
before=
# Nothing is remembered about a folder given with --exercises: without a change all that is left is the tests.
idle=$(best build "${bins[@]}")
unchanged=$(best "$grader" check --exercises "$work/typed" "$lesson")
echo "(b) a lesson, every file touched: $touched ms, of it tests: $(awk -v u="$unchanged" -v i="$idle" 'BEGIN { print u - i }') ms;" \
    "cargo build of those targets: $built ms; ratio without the tests" \
    "$(awk -v t="$touched" -v u="$unchanged" -v i="$idle" -v b="$built" 'BEGIN { printf "%.2f", (t - u + i) / b }')  [1.3]"

# Warm, all solved, nothing changed: in a copy of the workbook, because only a learner's own files are remembered.
mkdir -p "$work/book/target"
cp -r Cargo.toml Cargo.lock rust-toolchain.toml .cargo grader exercises solutions book lessons "$work/book/"
for file in "solutions/$lesson/src/"*.rs; do cp "$file" "$work/book/exercises/$lesson/src/"; done
here=$PWD
warm() { (cd "$work/book" && "$here/$grader" check "$lesson"); }
warm >/dev/null 2>&1 || { echo "the solutions do not pass as exercises"; exit 1; }
echo "(b) a lesson, warm, all solved, nothing changed: $(best warm) ms  [100]"

if [ "${1:-}" = watch ]; then
    cargo build -q -p grader --example watch_speed
    cp "solutions/$lesson/src/${exercise//-/_}.rs" "$work/pass.rs"
    cp "grader/hidden/$lesson/${exercise//-/_}/wrong/first_item_twice.rs" "$work/fail.rs"
    { cat "$work/pass.rs"; echo 'const WRONG: u8 = "two";'; } > "$work/error.rs"
    # What a save cannot do without, measured between the saves: the compiler, and the tests with their repetition, which is
    # what is left of a check without a change when cargo's own time is taken away.
    cp "$work/pass.rs" "$source"
    "$grader" check --exercises "$work/typed" "$exercise" >/dev/null 2>&1
    { echo "cd '$bench'; unset RUSTFLAGS"; cat "$work/rustc"; } > "$work/bare-rustc.sh"
    echo "cd '$bench'; $CARGO build -q --profile graded --keep-going --target-dir ../../build --bin $target" > "$work/idle-cargo.sh"
    cp -r "$work/typed" "$work/still"
    echo "cd '$PWD'; $grader check --exercises '$work/still' $exercise" > "$work/unchanged-check.sh"
    bash "$work/unchanged-check.sh" >/dev/null 2>&1
    export BESIDE="$work/bare-rustc.sh $work/idle-cargo.sh $work/unchanged-check.sh"
    target/debug/examples/watch_speed "$source" "judged in" "judged in" "$work/pass.rs" "$work/fail.rs" "$work/error.rs" \
        -- "$grader" watch --exercises "$work/typed" "$exercise" > "$work/times"
    unset BESIDE
    awk '{ sub(".*/", "", $1); sub("[.](rs|sh)$", "", $1); least[$1] = $2; median[$1] = $3 } END {
        tests = least["unchanged-check"] - least["idle-cargo"]
        middle = median["unchanged-check"] - median["idle-cargo"]
        split("pass fail error", saves, " ")
        for (i = 1; i <= 3; i++) printf "(d) save to %s: %d ms, median %d ms\n", saves[i], least[saves[i]], median[saves[i]]
        printf "(d) meanwhile bare rustc: %d ms, median %d ms; tests of a pass: %d ms, median %d ms\n", \
            least["bare-rustc"], median["bare-rustc"], tests, middle
        printf "(d) a pass, above rustc and tests: %d ms, median %d ms  [150]\n", \
            least["pass"] - least["bare-rustc"] - tests, median["pass"] - median["bare-rustc"] - middle
    }' "$work/times"
    if command -v rustlings >/dev/null; then
        # Whoever says yes for ever is cut off in the end.
        (cd "$work" && { yes '' || true; } | rustlings init >/dev/null 2>&1)
        cd "$work/rustlings"
        source=exercises/01_variables/variables1.rs
        sed 's/^    x = 5;/    let x = 5;/' "$source" > "$work/pass.rs"
        cp "$source" "$work/error.rs"
        # Without the words of welcome, which want a key.
        printf "DON'T EDIT THIS FILE!\n\nvariables1\n\nintro1\nintro2\n" > .rustlings-state.txt
        (cd "$here" && target/debug/examples/watch_speed "$work/rustlings/$source" Progress Progress \
            "$work/error.rs" "$work/pass.rs" -- env -C "$work/rustlings" rustlings) |
            while read -r variant least median; do
                echo "(d) rustlings, save to $(basename "$variant" .rs): $least ms, median $median ms"
            done
        cd "$here"
    fi
fi

if [ "${1:-}" = cold ]; then
    git clone -q . "$work/clone"
    crates=$(cargo tree -p grader -e normal,build --prefix none | sed 's/ (\*)//' | sort -u | wc -l)
    start=$(now)
    (cd "$work/clone" && cargo run -q -p grader >/dev/null)
    echo "(c) fresh clone to the first screen: $(( ($(now) - start) / 1000000000 )) s; $crates crates  [fewer than 60]"
fi
