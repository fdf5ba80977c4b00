/**
 * Paths to one field of an object: `spec.template.spec.containers[name=openclaw].env[name=HOME].value`.
 * List items are addressed by the key that Kubernetes merges them by, else by index; keys with dots are quoted: `data["openclaw.json"]`.
 * In a pattern `*` stands for one key and `[*]` for one list item; nothing stands for several steps.
 */

export interface Step {
  /** `item` is a list item (`name=HOME`, `0`), `order` the order of a list that is keyed. */
  readonly kind: 'key' | 'item' | 'order';
  readonly text: string;
}

export function pathText(steps: readonly Step[]): string {
  let text = '';
  for (const step of steps) {
    if (step.kind === 'order') text += '[order]';
    else if (step.kind === 'item') text += `[${step.text}]`;
    else if (/^[\w$-]+$/.test(step.text)) text += text === '' ? step.text : `.${step.text}`;
    else text += `["${step.text}"]`;
  }
  return text;
}

/** The steps of a pattern; throws on `**` and on text that is no path, because a table entry is then wrong. */
export function parsePath(text: string): readonly Step[] {
  if (text.includes('**')) throw new Error(`"${text}": an entry names one field; "**" is not allowed`);
  const steps: Step[] = [];
  const token = /\["([^"]*)"\]|\[([^\]]*)\]|\.?([^.[\]"]+)/y;
  while (token.lastIndex < text.length) {
    const start = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new Error(`"${text}": no path at offset ${start}`);
    const [, quoted, item, key] = match;
    if (item === 'order') steps.push({ kind: 'order', text: 'order' });
    else if (item !== undefined) steps.push({ kind: 'item', text: item });
    else steps.push({ kind: 'key', text: quoted ?? key ?? '' });
  }
  return steps;
}

export function stepMatches(pattern: Step, step: Step): boolean {
  return pattern.kind === step.kind && (pattern.text === '*' || pattern.text === step.text);
}

export function pathMatches(pattern: readonly Step[], path: readonly Step[]): boolean {
  return pattern.length === path.length && pattern.every((step, index) => stepMatches(step, path[index] as Step));
}
