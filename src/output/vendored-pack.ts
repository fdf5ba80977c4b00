/**
 * The file that keeps the content of a skill pack beside the lock, written for people who review it: texts are literal blocks,
 * trailing blanks and tabs included, since the lock's hashes tell when something changed them.
 */
import { shortHash } from '../lib/sha256.ts';
import { scalar } from './yaml-scalar.ts';

export interface VendoredPack {
  /** As `spec.skills` names it. */
  readonly reference: string;
  readonly commit: string;
  /** By path in the pack. */
  readonly files: ReadonlyMap<string, VendoredFile>;
}

export interface VendoredFile {
  readonly text: string;
  /** True when `text` is base64. */
  readonly isBase64: boolean;
}

/** Readers differ in these characters, and in lines of blanks at either end. */
// oxlint-disable-next-line no-control-regex
const NOT_LITERAL = /^[ \t]*\n|\n[ \t]+\n*$|[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\p{Surrogate}]/u;

/** A name that is unique, tells what it is, and serves as a file's and an object's. */
export function vendoredPackName(reference: string): string {
  const readable = reference
    .replace(/^pack:/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return [readable, shortHash(reference).slice(0, 8)].filter((part) => part !== '').join('-');
}

/** The whole file, ending with a line break. */
export function vendoredPackText(pack: VendoredPack): string {
  const files = [...pack.files].sort(([left], [right]) => (left < right ? -1 : 1));
  return [
    'apiVersion: gitops.openclaw.rocks/v1alpha1\n',
    'kind: OpenClawPack\n',
    `metadata:\n  name: ${scalar(vendoredPackName(pack.reference), null)}\n`,
    `pack: ${scalar(pack.reference, null)}\n`,
    `commit: ${scalar(pack.commit, null)}\n`,
    section('data', files, false),
    section('binaryData', files, true),
  ].join('');
}

function section(name: string, files: readonly [string, VendoredFile][], isBase64: boolean): string {
  const chosen = files.filter(([, file]) => file.isBase64 === isBase64);
  return chosen.length === 0 ? '' : `${name}:\n${chosen.map(([path, { text }]) => `  ${scalar(path, null)}: ${content(text)}\n`).join('')}`;
}

/** A literal block at the indentation of a file, its last line break left to the caller; else one line in quotes. */
function content(text: string): string {
  if (!text.includes('\n') || NOT_LITERAL.test(text)) return scalar(text, null);
  const body = text.replace(/\n*$/, '');
  const breaks = text.length - body.length;
  // A reader would take blanks before the first letter for the indentation.
  const indicator = body.startsWith(' ') ? '2' : '';
  const chomping = breaks === 0 ? '-' : breaks === 1 ? '' : '+';
  return `|${indicator}${chomping}\n${body.replaceAll(/^(?=.)/gm, '    ')}${'\n'.repeat(Math.max(breaks - 1, 0))}`;
}
