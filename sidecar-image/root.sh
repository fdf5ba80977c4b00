#!/bin/sh
# Makes the root directory of the image in $1 from Debian packages alone: no shell, no package manager, no setuid file comes along.
set -eu
root=$1
packages='ca-certificates libc6 libgcc-s1 libstdc++6 tini'

apt-get update -qq
mkdir -p /packages "$root"
cd /packages
# shellcheck disable=SC2086
apt-get -qq -o APT::Sandbox::User=root download $packages
# The licence of GCC's libraries is in a package of its own, which has another name in each release.
gcc=$(dpkg-deb --field libgcc-s1_*.deb Depends | sed 's/.*\(gcc-[0-9]*-base\).*/\1/')
apt-get -qq -o APT::Sandbox::User=root download "$gcc"

# As Debian has them since its directories were merged, so that every package finds its place.
mkdir -p "$root/usr/bin" "$root/usr/lib" "$root/usr/sbin" "$root/usr/lib64" "$root/etc/ssl/certs" "$root/var/lib/dpkg/status.d"
for name in bin lib lib64 sbin; do ln -s "usr/$name" "$root/$name"; done
for directory in dev proc run sys var/run home/argocd/cmp-server/config home/argocd/cmp-server/plugins; do mkdir -p "$root/$directory"; done
mkdir -m 1777 "$root/tmp"

for package in *.deb; do
  name=$(dpkg-deb --field "$package" Package)
  dpkg-deb --fsys-tarfile "$package" | tar --extract --keep-directory-symlink --directory "$root"
  # Where scanners look for the packages of an image that has no package manager.
  dpkg-deb --field "$package" >"$root/var/lib/dpkg/status.d/$name"
done
mv "$root/usr/bin/tini-static" "$root/usr/bin/tini"
cat "$root"/usr/share/ca-certificates/mozilla/*.crt >"$root/etc/ssl/certs/ca-certificates.crt"
cp -L /etc/debian_version /etc/os-release "$root/etc/"

# Licences stay; conversions between character sets, linkers' auditing, manuals and the certificates one by one are of no use here.
rm -rf "$root"/usr/lib/*/gconv "$root"/usr/lib/*/audit "$root/usr/share/man" "$root/usr/share/lintian" "$root/usr/share/ca-certificates" \
  "$root/usr/share/bug" "$root/usr/share/gcc" "$root/usr/share/gdb" "$root/usr/sbin/update-ca-certificates" "$root/etc/ld.so.conf.d" \
  "$root/etc/ca-certificates" "$root/usr/bin/ldd" "$root/usr/bin/catchsegv"
find "$root/usr/share/doc" -type f ! -name copyright -delete
find "$root/usr/share/doc" -xtype l -delete
# What Debian's licences refer to.
cp -R /usr/share/common-licenses "$root/usr/share/"

# Without useradd, which writes the day. kustomize and docker name "nobody"; OpenShift gives a number of its own and the group root.
cat >"$root/etc/passwd" <<'USERS'
root:x:0:0:root:/tmp:/sbin/nologin
argocd:x:999:999::/tmp:/sbin/nologin
node:x:1000:1000::/tmp:/sbin/nologin
nobody:x:65534:65534::/tmp:/sbin/nologin
USERS
cat >"$root/etc/group" <<'GROUPS'
root:x:0:
argocd:x:999:
node:x:1000:
nogroup:x:65534:
GROUPS
find "$root" -type d ! -path "$root/tmp" -exec chmod 0755 {} +
