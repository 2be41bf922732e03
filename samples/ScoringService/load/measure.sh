#!/usr/bin/env bash
# Measures the service with wrk on this machine, which should be idle, in about three minutes. Needs wrk (most systems have a package of
# that name).
#   samples/ScoringService/load/measure.sh [port]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
port=${1:-5099}
address=http://127.0.0.1:$port
rounds=${ROUNDS:-5}
seconds=${SECONDS_EACH:-4}
export DIGITS=$root/samples/Quickstart/data/digits.csv DOTNET_NOLOGO=1
command -v wrk > /dev/null || { echo "wrk is not installed." >&2; exit 1; }
work=$(mktemp -d)
service=
stop() { if [[ -n $service ]]; then kill "$service" 2> /dev/null || true; wait "$service" 2> /dev/null || true; service=; fi; }
trap 'stop; rm -rf "$work"' EXIT

# Starts the service with the given settings, and waits until it answers.
start() {
  stop
  (cd "$work" && exec dotnet "$program" digits.zip --Urls="$address" --ConstantEndpoint=true "$@" > "$work/log" 2>&1) &
  service=$!
  for _ in {1..100}; do
    if curl -fs "$address/healthz" > /dev/null; then return; fi
    kill -0 "$service" 2> /dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.1
  done
  echo "The service does not answer." >&2
  exit 1
}

# Reads the output of wrk: requests per second, p99 in milliseconds, and the number of requests without a 2xx answer.
read_wrk() {
  read -r rate p99 failures < <(awk '
    /Requests\/sec/ { rate = $2 }
    $1 == "99%" { p99 = $2 + 0; if ($2 ~ /us$/) p99 /= 1000; else if ($2 ~ /[0-9]s$/) p99 *= 1000 }
    /Non-2xx/ { failures += $NF }
    /Socket errors/ { gsub(",", ""); failures += $4 + $6 + $8 + $10 }
    END { print rate, p99, failures + 0 }')
}

one_row() {
  local path=$1 connections=$2 time=$3
  read_wrk < <(wrk -t1 -c"$connections" -d"$time" --latency -s "$here/rows.lua" "$address/$path")
}

# Measures batches: accepted and rejected per second, failures, and the p50 and p99 of the accepted ones in milliseconds.
batches() {
  local connections=$1 time=$2
  read -r _ accepted rejected failures p50 p99 < <(CONNECTIONS=$connections wrk -t"$connections" -c"$connections" -d"$time" -s "$here/batches.lua" "$address/predict" | grep '^BATCHES')
}

median() { sort -g | awk '{ v[NR] = $1 } END { print (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2) }'; }
metric() { curl -fs "$address/metrics" | awk -v name="$1" -v label="$2" 'index($0, name "{") == 1 && index($0, label) { n += $NF } END { print n + 0 }'; }

echo "Building the service and training two models"
dotnet build -c Release -v q "$root/samples/Quickstart" > "$work/build" || { cat "$work/build" >&2; exit 1; }
dotnet build -c Release -v q "$root/samples/ScoringService" > "$work/build" || { cat "$work/build" >&2; exit 1; }
program=$root/artifacts/bin/ScoringService/release/ScoringService.dll
quickstart=$root/artifacts/bin/Quickstart/release/Quickstart.dll
# The two files differ, because they contain the training times; their answers are the same.
(cd "$work" && dotnet "$quickstart" > /dev/null && mv digits.zip other.zip && dotnet "$quickstart" > /dev/null && cp digits.zip first.zip)

echo "One row per request, 64 connections: predictions and constant answers in turn"
start --MaxConcurrentRequests=256
for path in predict constant; do one_row $path 64 8; done # until everything is compiled with full optimization
for ((round = 1; round <= rounds; round++)); do
  one_row predict 64 "$seconds"; predict=$rate; echo "$rate" >> "$work/predict"; echo "$p99" >> "$work/p99"
  one_row constant 64 "$seconds"; echo "$rate" >> "$work/constant"; echo "$p99" >> "$work/constant_p99"
  awk -v a="$predict" -v b="$rate" 'BEGIN { print a / b }' >> "$work/share"
  echo "  round $round: $(tail -qn1 "$work/predict" "$work/constant" | tr '\n' ' ')"
done
one_row predict 1 "$seconds"; unloaded=$p99
echo "result: requests_per_second=$(median < "$work/predict") p99_ms=$(median < "$work/p99") constant_requests_per_second=$(median < "$work/constant") constant_p99_ms=$(median < "$work/constant_p99")"
echo "result: service_share_of_ceiling=$(median < "$work/share") one_connection_p99_ms=$unloaded"

echo "A model swapped 50 times under load"
before=$(metric scoring_model_reloads_total succeeded)
wrk -t1 -c32 -d600 --latency -s "$here/rows.lua" "$address/predict" > "$work/swapped" &
load=$!
for swap in {1..50}; do
  if ((swap % 2)); then cp "$work/other.zip" "$work/new.zip"; else cp "$work/first.zip" "$work/new.zip"; fi
  mv "$work/new.zip" "$work/digits.zip"
  for _ in {1..100}; do
    if (($(metric scoring_model_reloads_total succeeded) == before + swap)); then break; fi
    sleep 0.02
  done
done
kill -INT "$load" # ends it, with its summary
wait "$load"
read_wrk < "$work/swapped"
echo "result: swaps=$(($(metric scoring_model_reloads_total succeeded) - before)) failed_reloads=$(metric scoring_model_reloads_total failed) failed_requests=$failures requests_per_second=$rate p99_ms=$p99"

echo "Batches of 256 rows: one client, then twice its rate; one prediction allowed at a time, because wrk needs the other core"
start --MaxConcurrentRequests=1
batches 1 6 # warms up
batches 1 8; unloaded=$p99; unloaded_p50=$p50; capacity=$accepted
RATE=$(awk -v c="$capacity" 'BEGIN { print 2 * c }') batches 16 10
echo "result: capacity_per_second=$capacity accepted_per_second=$accepted rejected_per_second=$rejected failed_requests=$failures"
echo "result: unloaded_p50_ms=$unloaded_p50 unloaded_p99_ms=$unloaded overload_p50_ms=$p50 overload_p99_ms=$p99 p99_ratio=$(awk -v a="$p99" -v b="$unloaded" 'BEGIN { print a / b }')"
stop

echo "10,000 malformed requests"
SAL_FUZZ=10000 dotnet test -c Release "$root/tests/ScoringService.Tests" --filter Malformed_requests 2>&1 | grep -E '(Passed|Failed)!' || { echo "The test did not run." >&2; exit 1; }
