/**
 * Kubernetes quantities: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/.
 * Values are exact: a BigInt count of nano-units, so `0.1` and `1e3` lose nothing.
 */

const SYNTAX = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d{1,2})?$/;

const BINARY: Readonly<Record<string, bigint>> = {
  Ki: 1n << 10n,
  Mi: 1n << 20n,
  Gi: 1n << 30n,
  Ti: 1n << 40n,
  Pi: 1n << 50n,
  Ei: 1n << 60n,
};
const DECIMAL_EXPONENT: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };

/** The quantity in nano-units (1 = 1,000,000,000), rounded up as Kubernetes does; null when the text is no quantity. */
export function parseQuantity(text: string): bigint | null {
  const match = SYNTAX.exec(text);
  if (match === null) return null;
  const [, sign, number = '', suffix = ''] = match;
  const [whole = '', fraction = ''] = number.split('.');
  let value = BigInt(whole + fraction || '0');
  const binary = BINARY[suffix];
  let exponent = 9 - fraction.length;
  if (binary !== undefined) value *= binary;
  else if (suffix !== '') exponent += DECIMAL_EXPONENT[suffix] ?? Number(suffix.slice(1));
  if (exponent >= 0) value *= 10n ** BigInt(exponent);
  else {
    const divisor = 10n ** BigInt(-exponent);
    value = (value + divisor - 1n) / divisor;
  }
  return sign === '-' ? -value : value;
}

/** Whole bytes of a quantity, rounded up; null when the text is no quantity. */
export function quantityBytes(text: string): bigint | null {
  const nano = parseQuantity(text);
  return nano === null ? null : (nano + 999_999_999n) / 1_000_000_000n;
}

const BINARY_SUFFIXES = ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki'] as const;
const DECIMAL_SUFFIXES = [
  ['E', 18],
  ['P', 15],
  ['T', 12],
  ['G', 9],
  ['M', 6],
  ['k', 3],
  ['', 0],
  ['m', -3],
  ['u', -6],
  ['n', -9],
] as const;
const NANO = 1_000_000_000n;

/** The forms that nearly everybody writes, such as `500m`, `2` and `10Gi`, told without exact arithmetic. */
function isSmallAndCanonical(text: string): boolean {
  const match = /^([1-9]\d{0,8})(m|Mi|Gi)?$/.exec(text);
  if (match === null) return false;
  const number = Number(match[1]);
  return match[2] === 'm' || match[2] === undefined ? number % 1000 !== 0 : number % 1024 !== 0;
}

/**
 * The quantity as the API server writes it: the largest suffix of the same family that leaves a whole number, so that `2000m` is
 * `2` and `1.5Gi` is `1536Mi`. Text that is no quantity, or has an exponent, stays as it is.
 */
export function canonicalQuantity(text: string): string {
  if (isSmallAndCanonical(text)) return text;
  const nano = parseQuantity(text);
  if (nano === null || /[eE][+-]?\d/.test(text)) return text;
  if (nano === 0n) return '0';
  if (text.endsWith('i')) {
    const suffix = BINARY_SUFFIXES.find((candidate) => nano % ((BINARY[candidate] ?? 1n) * NANO) === 0n);
    if (suffix !== undefined) return `${nano / ((BINARY[suffix] ?? 1n) * NANO)}${suffix}`;
    if (nano % NANO === 0n) return String(nano / NANO);
  }
  for (const [suffix, exponent] of DECIMAL_SUFFIXES) {
    const unit = 10n ** BigInt(exponent + 9);
    if (nano % unit === 0n) return `${nano / unit}${suffix}`;
  }
  return text;
}
