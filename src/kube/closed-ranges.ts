/** "This" network, private, shared, loopback, link-local with the cloud's metadata, protocol, benchmark, multicast and reserved ranges. */
export const CLOSED_IPV4: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/**
 * Loopback, unique-local (with the metadata service), link-local, multicast, and the private IPv4 ranges as NAT64 shows them.
 * IPv4-mapped addresses never leave a host, and the API server refuses their range here: it reads it as IPv4.
 */
export const CLOSED_IPV6: readonly string[] = [
  '::1/128',
  '64:ff9b::a00:0/104',
  '64:ff9b::6440:0/106',
  '64:ff9b::7f00:0/104',
  '64:ff9b::a9fe:0/112',
  '64:ff9b::ac10:0/108',
  '64:ff9b::c0a8:0/112',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];

/** Every range that an agent's egress leaves out unless the spec opens it. */
export const CLOSED_RANGES: readonly string[] = [...CLOSED_IPV4, ...CLOSED_IPV6];
