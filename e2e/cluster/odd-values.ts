/** Values that a field may not take, or only just takes: from all of them a spec is made that is good but for one field. */

const PLAIN = 'a';
const LONGEST_NAMES = [15, 16, 63, 64, 253, 254, 5000].map((length) => PLAIN.repeat(length));

const TEXTS: readonly string[] = [
  LONGEST_NAMES,
  ['', ' ', 'UPPER', 'under_score', 'dots.in.name', '-dash', 'dash-', 'a b', 'a/b', 'a/b/c', 'a//b', 'a..b', '.', '..', '..data', '~'],
  ['ñandú', '😀', 'a\nb', 'a\tb', 'a\u007fb', '\u0085', '\u2028', '\ufeff', '\\', '"', "'", '#', '%', '*', '?', '@', '`', '|'],
  ['a:b', 'a,b', 'a=b', 'a@b', 'a?b', '[', ']', '{', '}', '<', '>', '&', '!', '$', '$$', '${x}', '$(VAR)'],
  ['0', '-1', '+1', '1.5', '.5', '5.', '1e3', '1e-3', '0x10', '0777', '12345', '65536', '99999999999999999999', 'true', 'null'],
  ['1m', '500m', '1n', '1Gi', '1Ti', '9Pi', 'Ki', '1.0005', '50%'],
  ['1s', '1h30m', '-1h', '1d', 'P1D', '@daily', '* * * * *', '60 * * * *'],
  ['10.0.0.0/8', '10.1.2.3/8', '192.168.0.1', '192.168.0.1/33', '0.0.0.0', '::/0', 'fe80::1', '::ffff:1.2.3.4/128', '2001:db8::/129'],
  ['http://x', 'https://a.example.com', '*.example.com', '*.*', 'EXAMPLE.com', 'example.com.', 'xn--a'],
  [`sha256:${'a'.repeat(64)}`, '@sha256:abc', 'repo:tag', `repo/img:tag@sha256:${'b'.repeat(64)}`, 'UPPER/repo'],
  ['/', '//', '/abs/path', './a', '../x', '../../etc', '/home/openclaw/.openclaw', '/tmp', '/proc', '/dev/null', '.git'],
  ['8080', 'http', 'tcp', 'TCP', 'SCTP', 'a-very-long-port-name', 'Always', 'None', 'Exists', 'In', 'ReadWriteMany', 'Block'],
  ['default', 'kube-system', 'kubernetes.io/hostname', 'openclaw.rocks/instance', 'app.kubernetes.io/name', 'metadata.name', 'limits.cpu'],
  ['latest', 'nightly', '2026.9.6', '2026.13.99', 'v1.2'],
].flat();
const NUMBERS = [-1, 0, 1, 1.5, 100, 101, 65_535, 65_536, 2_147_483_647, 2_147_483_648, 9_007_199_254_740_991];
const KEYS: readonly string[] = [
  ['', 'UPPER', 'a b', 'ñ', '-x', 'a:b', 'a/b/c', 'x.y/z', 'kubernetes.io/x', '${x}', '=', '0'],
  [PLAIN.repeat(64), PLAIN.repeat(254), `${PLAIN.repeat(64)}/x`],
].flat();
const MANY = 60;

/** Stands for a field that is not there. */
export const ABSENT = Symbol('absent');

/** What to put in the place of `value`: texts and numbers of the odd kind, lists and mappings with something odd in them. */
export function oddValues(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return [ABSENT, ...TEXTS, 0, 5];
  if (typeof value === 'number') return [ABSENT, ...NUMBERS, '50%', 'x'];
  if (typeof value === 'boolean') return [ABSENT, !value];
  if (Array.isArray(value)) return [ABSENT, [], ...(value.length === 0 ? [] : [[...value, value[0]], many(value[0])])];
  if (typeof value !== 'object' || value === null) return [ABSENT];
  return [ABSENT, {}, { ...value, x: PLAIN.repeat(300) }, ...KEYS.map((key) => ({ ...value, [key]: 'x' }))];
}

function many(item: unknown): readonly unknown[] {
  return Array.from({ length: MANY }, (_, index) => {
    if (typeof item === 'string') return `${item}${index}`;
    if (typeof item === 'object' && item !== null && 'name' in item) return { ...item, name: `${String(item.name)}${index}` };
    return item;
  });
}
