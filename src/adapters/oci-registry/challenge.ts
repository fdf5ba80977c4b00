/** One way of signing in that a server offers. */
export interface Challenge {
  /** In lower case, such as `bearer`. */
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const SEPARATOR = /[\s,]*/y;
const PARAMETER = /([!#$%&'*+.^_`|~\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~\w-]+))/y;
const SCHEME = /([!#$%&'*+.^_`|~\w-]+)(?:\s+|\s*$|\s*(?=,))/y;

/** The challenges of `WWW-Authenticate`, of which one header may hold several; what cannot be read ends the list. */
export function challengesOf(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  let at = 0;
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(header);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  for (;;) {
    next(SEPARATOR);
    const current = challenges.at(-1);
    const parameter = current === undefined ? null : next(PARAMETER);
    if (parameter !== null && current !== undefined) {
      const [, name = '', quoted, token = ''] = parameter;
      current.parameters[name.toLowerCase()] = quoted === undefined ? token : quoted.replaceAll(/\\(.)/g, '$1');
      continue;
    }
    const scheme = next(SCHEME);
    if (scheme === null) return challenges;
    challenges.push({ scheme: (scheme[1] ?? '').toLowerCase(), parameters: {} });
  }
}
