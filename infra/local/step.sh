#!/bin/sh
# step.sh TITLE WAY_OUT COMMAND...: run a command quietly; show its title and how long it took, or, where it fails,
# one sentence with the way out.
title=$1 way_out=$2
shift 2
log=build/logs/$(printf %s "$title" | tr -cs 'A-Za-z0-9\n' '-').log
mkdir -p build/logs
printf '%s … ' "$title"
started=$(date +%s)
if "$@" >"$log" 2>&1; then
    echo "$(($(date +%s) - started)) s"
else
    printf '\n%s: %s (%s has the details).\n' "$title did not work" "$way_out" "$log"
    exit 1
fi
