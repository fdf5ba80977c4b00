/** Lets this machine's kernel run programs for arm64, by QEMU, which the kernel calls for them wherever they are started. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { debianFile } from '../tools/debian.ts';

const BINFMT = '/proc/sys/fs/binfmt_misc';
const NAME = 'openclaw-gitops-arm64';
/** How an ELF program begins that is for arm64, and which bits of that count: it may be at a fixed address or not. */
const MAGIC = String.raw`\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00`;
const MASK = String.raw`\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff`;

/** Why programs for arm64 cannot run here; nothing where they can. */
export function arm64Obstacle(): string | undefined {
  if (process.arch === 'arm64' || existsSync(join(BINFMT, 'register'))) return undefined;
  const { status, stderr } = mount();
  if (status !== 0) return `binfmt_misc cannot be mounted: ${stderr.trim()}`;
  execFileSync('umount', [BINFMT]);
  return undefined;
}

/** Returns what ends it. Nothing is to be done where the processor is one for arm64. */
export async function emulateArm64(): Promise<() => void> {
  if (process.arch === 'arm64') return () => {};
  const qemu = await debianFile('qemu-user-static', 'usr/bin/qemu-aarch64-static');
  const isMounted = existsSync(join(BINFMT, 'register'));
  if (!isMounted) mount();
  unregister();
  // P: the program sees the name that it was called by. F: QEMU is opened now, since containers do not have it.
  writeFileSync(join(BINFMT, 'register'), `:${NAME}:M::${MAGIC}:${MASK}:${qemu}:PF`);
  return () => {
    unregister();
    if (!isMounted) execFileSync('umount', [BINFMT]);
  };
}

function mount() {
  return spawnSync('mount', ['-t', 'binfmt_misc', 'none', BINFMT], { encoding: 'utf8' });
}

/** Also what a run that was killed has left. */
function unregister(): void {
  if (existsSync(join(BINFMT, NAME))) writeFileSync(join(BINFMT, NAME), '-1');
}
