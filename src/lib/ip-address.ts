import { parseCidr, type Cidr } from './cidr.ts';

/** An address as the block of its own, or null when the text is none; brackets around IPv6 are allowed. */
export function addressBlock(text: string): Cidr | null {
  const address = text.replace(/^\[(.*)\]$/, '$1');
  return parseCidr(`${address}/${address.includes(':') ? 128 : 32}`);
}
