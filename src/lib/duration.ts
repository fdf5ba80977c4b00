/** Durations as Go and as Prometheus write them. */

// Escaped: one such character would make V8 hold the whole bundle in two bytes for each character.
const GO_TERM = /(\d+(?:\.\d*)?|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y;
const GO_SECONDS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, μs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** The seconds of a Go duration such as `90s`, `1h30m` or `-10m`, or null; Go knows no days. */
export function goDurationSeconds(text: string): number | null {
  const unsigned = text.replace(/^[+-]/, '');
  if (unsigned === '0') return 0;
  let seconds = 0;
  let end = 0;
  while (end < unsigned.length) {
    GO_TERM.lastIndex = end;
    const term = GO_TERM.exec(unsigned);
    if (term === null) return null;
    seconds += Number(term[1]) * (GO_SECONDS[term[2] as string] as number);
    end = GO_TERM.lastIndex;
  }
  if (end === 0) return null;
  return text.startsWith('-') ? -seconds : seconds;
}

const PROMETHEUS = /^(?:0|(?=\d)(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?)$/;

/** True for a Prometheus duration such as `30s` or `1d12h`: whole numbers, the largest unit first. */
export function isPrometheusDuration(text: string): boolean {
  return PROMETHEUS.test(text);
}
