/** Expressions of admission policies with one condition less, each of which an attempt has to tell from the whole. */

export interface Mutant {
  /** The condition that is left out. */
  readonly without: string;
  readonly expression: string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * Operands of `&&` become true and operands of `||` false, at any depth; lists lose each of their items, and sums each list that they add up.
 * Brackets and texts are all of the language that is read.
 */
export function celMutants(expression: string): readonly Mutant[] {
  const mutants: Mutant[] = [];
  const replaced = ({ start, end }: Span, text: string): void => {
    const without = expression.slice(start, end).trim();
    mutants.push({ without, expression: expression.slice(0, start) + text + expression.slice(end) });
  };
  for (const { inside, isList } of groups(expression)) {
    const items = separated(expression, inside, [',']);
    if (isList && items.length > 1) for (const [index] of items.entries()) replaced(withComma(items, index), '');
    for (const item of items) {
      for (const branch of separated(expression, item, [' ? ', ' : '])) {
        const alternatives = separated(expression, branch, ['||']);
        for (const alternative of alternatives) {
          if (alternatives.length > 1) replaced(alternative, ' false ');
          const conditions = separated(expression, alternative, ['&&']);
          if (conditions.length > 1) for (const condition of conditions) replaced(condition, ' true ');
        }
        const lists = separated(expression, branch, [' + ']);
        if (lists.length > 1 && lists.every(({ start }) => expression.slice(start).trimStart().startsWith('dyn(')))
          for (const list of lists) replaced(list, ' dyn([]) ');
      }
    }
  }
  return mutants;
}

/** With the comma that goes with it. */
function withComma(items: readonly Span[], index: number): Span {
  const { start, end } = items[index]!;
  return index === 0 ? { start, end: items[1]!.start } : { start: items[index - 1]!.end, end };
}

/** The whole, and what is in each pair of brackets; lists are those that nothing is read from. */
function groups(expression: string): readonly { readonly inside: Span; readonly isList: boolean }[] {
  const found = [{ inside: { start: 0, end: expression.length }, isList: false }];
  const open: number[] = [];
  for (const { character, at } of outsideOfTexts(expression, 0, expression.length)) {
    if (character in CLOSING) open.push(at);
    const start = Object.values(CLOSING).includes(character) ? open.pop() : undefined;
    if (start === undefined) continue;
    const isList = expression[start] === '[' && !/[\w)\]]/.test(expression[start - 1] ?? ' ');
    found.push({ inside: { start: start + 1, end: at }, isList });
  }
  return found;
}

/** The parts between separators that are in no deeper brackets. */
function separated(expression: string, { start, end }: Span, separators: readonly string[]): readonly Span[] {
  const parts: Span[] = [];
  let depth = 0;
  let from = start;
  for (const { character, at } of outsideOfTexts(expression, start, end)) {
    if (character in CLOSING) depth += 1;
    else if (Object.values(CLOSING).includes(character)) depth -= 1;
    const separator = depth === 0 && at >= from ? separators.find((one) => expression.startsWith(one, at)) : undefined;
    if (separator === undefined) continue;
    parts.push({ start: from, end: at });
    from = at + separator.length;
  }
  return [...parts, { start: from, end }];
}

function* outsideOfTexts(expression: string, start: number, end: number): Generator<{ readonly character: string; readonly at: number }> {
  let quote: string | null = null;
  for (let at = start; at < end; at += 1) {
    const character = expression[at]!;
    if (quote !== null) {
      if (character === '\\') at += 1;
      else if (character === quote) quote = null;
    } else if (character === "'" || character === '"') quote = character;
    else yield { character, at };
  }
}
