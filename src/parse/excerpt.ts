/**
 * What of a source line an error message may show: its structure always, its value only where it cannot be a secret.
 * The line is judged by its text alone, together with the keys above it, since half of the messages are about text that could not be parsed.
 */
import type { Path } from './source.ts';
import type { SourceText } from './source-text.ts';

export interface Excerpt {
  /** The line to show, its value replaced by `…` where it has to be; absent when nothing useful is left. */
  readonly text: string | undefined;
  /** How much of the line a caret may underline, in code units. */
  readonly length: number;
}

const HIDDEN = '…';
const LONGEST_LINE = 300;
/** How far the keys above a line are looked for; further away than that, values are hidden. */
const FURTHEST_LINE = 400;

/** Below these keys stands text of the user's own, which may be anything. */
const FREE_TEXT_KEYS: ReadonlySet<string> = new Set([
  'value',
  'data',
  'stringData',
  'binaryData',
  'encryptedData',
  'raw',
  'initialFiles',
  'annotations',
]);
const CREDENTIAL_KEY = /token|secret|passw|key|credential/i;
/** Keys that look like credentials and hold names: of a Secret, of an entry in it, of a label. */
const NAME_KEYS: ReadonlySet<string> = new Set([
  'authKeySecretKey',
  'automountServiceAccountToken',
  'basicAuthSecret',
  'existingSecret',
  'gatewayTokenSecret',
  'imagePullSecrets',
  'matchLabelKeys',
  'mismatchLabelKeys',
  'pullSecrets',
  'serviceAccountToken',
  'tailscaleStateSecret',
  'topologyKey',
]);
const REFERENCE_KEY = /(?:Ref|Refs|Name|Selector)$/;
/** Below these, `key` is the name of an entry or a label. */
const PARENTS_OF_NAMED_KEY: ReadonlySet<string> = new Set(['items', 'matchExpressions', 'tolerations', 'preferences']);
/** A credential inside other text: assigned, in an address, or by its well-known beginning. */
const CREDENTIAL_TEXT =
  /(?:token|secret|passw(?:or)?d|credential|key)[\w-]*["']?\s*[=:]|:\/\/[^\s/:@]*:[^\s/@]+@|bearer |-----BEGIN|(?:sk-|gh[a-z]_|github_pat_|glpat-|xox[a-z]-|AKIA|eyJ|tskey-)[\w-]{6}/i;

/** A line taken apart: `  - - key: content`. */
interface Line {
  /** Column of the first dash, or -1. */
  readonly dash: number;
  readonly key: string | null;
  /** Column of the key, or of the content without one. */
  readonly start: number;
  readonly contentStart: number;
  readonly content: string;
}

/** Groups: blanks, dashes, quoted key, other key, content. */
const LINE =
  /^([ \t]*)((?:-[ \t]+|-$)*)(?:("(?:[^"\\]|\\.)*"|'[^']*')[ \t]*:[ \t]*|([^\s"'#&*!|>%@`{}[\],?:][^:#]*?)[ \t]*:(?:[ \t]+|$))?(.*)$/s;

/** The excerpt of one line; `path` adds the keys of the value that is meant, which a line of flow style does not tell. */
export function excerptOf(source: Pick<SourceText, 'line'>, number: number, path: Path = []): Excerpt {
  const text = source.line(number);
  if (text.length > LONGEST_LINE) return { text: undefined, length: Number.POSITIVE_INFINITY };
  const line = takeApart(text);
  if (!mayHide(line) || (isStructured(line) && !isSecret(source, number, line, path))) return { text, length: text.length };
  const shown = text.slice(0, line.contentStart);
  return { text: shown.trim() === '' ? undefined : shown + HIDDEN, length: shown.length + HIDDEN.length };
}

function takeApart(text: string): Line {
  const [, blanks = '', dashes = '', quoted, plain, content = ''] = LINE.exec(text) ?? [];
  const start = blanks.length + dashes.length;
  return {
    dash: dashes === '' ? -1 : blanks.length,
    key: quoted?.slice(1, -1) ?? plain ?? null,
    start,
    contentStart: text.length - content.length,
    content,
  };
}

/** Whether the content is more than brackets, markers and blanks. */
function mayHide({ content }: Line): boolean {
  return /[^\s{}[\],|>+-]/.test(content);
}

/** Lines that are neither an entry nor an item - continued text, half a key, a comment - may be a part of anything. */
function isStructured(line: Line): boolean {
  return (line.key !== null || line.dash !== -1) && !(line.key === null && line.content.startsWith('#'));
}

function isSecret(source: Pick<SourceText, 'line'>, number: number, line: Line, path: Path): boolean {
  const above = keysAbove(source, number, line);
  if (above === null) return true;
  const keys = line.key === null ? above : [...above, line.key];
  if (isSecretBelow(keys) || isSecretBelow(path.filter((step) => typeof step === 'string'))) return true;
  if (CREDENTIAL_TEXT.test(line.content)) return true;
  return /^[{[]/.test(line.content) && keysInside(line.content).some((key) => isSecretBelow([key]));
}

function isSecretBelow(keys: readonly string[]): boolean {
  if (keys.some((key) => FREE_TEXT_KEYS.has(key))) return true;
  const last = keys.at(-1);
  if (last === undefined || isNameKey(last, keys.at(-2))) return false;
  return keys.some((key, index) => CREDENTIAL_KEY.test(key) && !isNameKey(key, keys[index - 1]));
}

function isNameKey(key: string, parent: string | undefined): boolean {
  if (NAME_KEYS.has(key) || REFERENCE_KEY.test(key)) return true;
  return key === 'key' && parent !== undefined && (REFERENCE_KEY.test(parent) || PARENTS_OF_NAMED_KEY.has(parent));
}

function keysInside(content: string): string[] {
  return [...content.matchAll(/["']?([\w./-]+)["']?\s*:/g)].map((match) => match[1] ?? '');
}

/** The keys that enclose a line by indentation, outermost first; null when they are too far away to say. */
function keysAbove(source: Pick<SourceText, 'line'>, number: number, line: Line): string[] | null {
  const keys: string[] = [];
  let column = line.dash === -1 ? line.start : line.dash;
  // The items of a list may stand in the same column as the key of the list.
  let isItem = line.dash !== -1;
  for (let above = number - 1; above >= 1; above--) {
    if (column === 0 && !isItem) break;
    if (number - above > FURTHEST_LINE) return null;
    const text = source.line(above);
    if (text.startsWith('---')) break;
    if (!mayEnclose(text, column, isItem)) continue;
    const candidate = takeApart(text);
    if (candidate.key === null && candidate.dash === -1) continue;
    if (candidate.key !== null && (candidate.start < column || (isItem && candidate.dash === -1 && candidate.start === column))) {
      keys.unshift(candidate.key);
      column = candidate.start;
      isItem = false;
    }
    if (candidate.dash !== -1 && candidate.dash < column) {
      column = candidate.dash;
      isItem = true;
    }
  }
  return keys;
}

/** A cheap look at the indentation, since every line above is asked. */
function mayEnclose(text: string, column: number, isItem: boolean): boolean {
  let indent = 0;
  while (text.charCodeAt(indent) === 0x20) indent += 1;
  const isDash = text.charCodeAt(indent) === 0x2d;
  return text.length <= LONGEST_LINE && indent < text.length && (indent < column || (indent === column && isItem && !isDash));
}
