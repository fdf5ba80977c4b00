import type { Diagnostic, Location } from '../../src/diagnostics/diagnostic.ts';

export const AUTH_KEY: Diagnostic = {
  severity: 'error',
  rule: 'tailscale-auth-key',
  message: '"auth key" is not a valid Secret key; expected letters, digits, "-", "_" or "."',
  hint: 'rename the key in the Secret and here',
  location: { file: 'bots/ada.yaml', line: 31, column: 23, length: 8, sourceLine: '    authKeySecretKey: auth key' },
};

/** A diagnostic that differs from AUTH_KEY in what is given. */
export function diagnostic(changes: Partial<Omit<Diagnostic, 'location'>>, location: Partial<Location> = {}): Diagnostic {
  return { ...AUTH_KEY, ...changes, location: { ...AUTH_KEY.location, ...location } };
}
