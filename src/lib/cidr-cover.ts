/** Whether ranges, each in any spelling that some reader accepts, together hold every address that a stranger may come from. */
import { covers, parseCidr, type Cidr } from './cidr.ts';

const MAPPED = parseCidr('::ffff:0:0/96') as Cidr;
const GLOBAL_IPV6 = parseCidr('2000::/3') as Cidr;
const MAPPED_BITS = 96;
/** Unicast addresses: what lies before and behind cannot be a client. */
const FIRST_IPV4 = 1n << 24n;
const LAST_IPV4 = (224n << 24n) - 1n;

/** Spellings of "everything" that are no CIDR: a zero prefix on any address, a zero netmask, an asterisk. */
const EVERYTHING = /^\*$|\/0+$|\/0+(?:\.0+){3}$/;

function asIpv4(block: Cidr): Cidr | null {
  if (block.version === 4) return block;
  if (covers(block, MAPPED)) return { version: 4, base: 0n, prefix: 0 };
  return covers(MAPPED, block) ? { version: 4, base: block.base & 0xffffffffn, prefix: block.prefix - MAPPED_BITS } : null;
}

function lastOf(block: Cidr, bits: bigint): bigint {
  return block.base + (1n << (bits - BigInt(block.prefix))) - 1n;
}

/** True when `blocks` leave no gap between `first` and `last`. */
function fill(blocks: readonly Cidr[], bits: bigint, first: bigint, last: bigint): boolean {
  let next = first;
  for (const block of [...blocks].sort((left, right) => (left.base < right.base ? -1 : 1))) {
    if (block.base > next) return false;
    const end = lastOf(block, bits);
    if (end >= next) next = end + 1n;
    if (next > last) return true;
  }
  return next > last;
}

/** True when the ranges hold all IPv4 or all IPv6 clients. */
export function coverEverything(ranges: readonly string[]): boolean {
  if (ranges.some((text) => EVERYTHING.test(text.trim()))) return true;
  const blocks = ranges.flatMap((text) => parseCidr(text.trim()) ?? []);
  const ipv4 = blocks.flatMap((block) => asIpv4(block) ?? []);
  const ipv6 = blocks.filter((block) => block.version === 6);
  if (fill(ipv4, 32n, FIRST_IPV4, LAST_IPV4)) return true;
  return fill(ipv6, 128n, GLOBAL_IPV6.base, lastOf(GLOBAL_IPV6, 128n));
}
