#!/bin/sh
# Make a base image for the caption function from Debian packages alone, where no image registry can be reached:
# base_image.sh ENGINE NAME. Takes the package mirror and the trusted certificates that this machine is set up with.
set -eu
engine=$1
name=$2
certificates=/etc/ssl/certs/ca-certificates.crt
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Label: Debian' | head -n 1)

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
printf '[global]\ncert = %s\n' "$certificates" >"$folder/pip.conf"
mmdebstrap --quiet --variant=minbase --include=ca-certificates,python3,python3-venv \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --customize-hook="copy-in $certificates ${certificates%/*}" --customize-hook="copy-in $folder/pip.conf /etc" \
    trixie "$folder/base.tar" "$mirror"
"$engine" import --change 'ENV PATH=/usr/local/bin:/usr/bin:/bin' --change "ENV SSL_CERT_FILE=$certificates" \
    "$folder/base.tar" "$name"
