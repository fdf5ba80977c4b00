/**
 * The general YAML reader: one document through the `yaml` package, watched while it works so that hostile text is given up in time.
 * Its scalars stay text here; what they mean is decided in `plain-data.ts`.
 */
import type { Document, ParsedNode } from 'yaml';
import { Composer, Lexer, Parser } from 'yaml';
import { LIMITS } from './limits.ts';
import type { ParseCode } from './problem.ts';

/** The first thing that is wrong with a document, by offsets in its text. */
export interface DocumentFault {
  readonly code: ParseCode;
  readonly message: string;
  readonly hint?: string;
  readonly start: number;
  readonly end: number;
}

export type YamlDocument = Document<ParsedNode>;

/** What `yaml` calls a mistake, in our words: its own messages quote the text, which may be a secret. */
const SYNTAX: Readonly<Record<string, { readonly message: string; readonly hint?: string }>> = {
  ALIAS_PROPS: { message: 'an alias (*name) has an anchor or a tag of its own' },
  BAD_ALIAS: { message: 'an anchor or alias has no usable name' },
  BAD_DQ_ESCAPE: {
    message: 'a double-quoted string has an escape that YAML does not know',
    hint: 'write \\\\ for a backslash, or use single quotes',
  },
  BAD_INDENT: {
    message: 'the indentation does not fit the lines around it',
    hint: 'align the keys of one map, and indent what belongs to a key deeper than the key',
  },
  BAD_PROP_ORDER: { message: 'an anchor or tag stands before the indicator that it should follow' },
  BAD_SCALAR_START: { message: 'unquoted text starts with a character that YAML reserves', hint: 'put the value in quotes' },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'found a second ": " or "- " inside a value on the same line',
    hint: 'put the value in quotes, or start the nested map on a new line',
  },
  BLOCK_IN_FLOW: { message: 'an indented map or list stands inside [ ] or { }', hint: 'use one of the two styles' },
  KEY_OVER_1024_CHARS: { message: 'a key is longer than 1024 characters' },
  MISSING_CHAR: {
    message: 'expected a colon, a comma, a quote, a bracket or a space here',
    hint: 'look for an unclosed quote or bracket, or a key without ": "',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: 'this line continues the one before, and then has a colon',
    hint: 'check the indentation here and look for a missing ": " on the line before',
  },
  MULTIPLE_ANCHORS: { message: 'a value has two anchors' },
  MULTIPLE_TAGS: { message: 'a value has two tags' },
  TAG_RESOLVE_FAILED: {
    message: 'found a tag with a prefix that is not defined',
    hint: 'delete the tag and write the value as plain YAML',
  },
  TAB_AS_INDENT: { message: 'found a tab in the indentation', hint: 'indent with spaces' },
  UNCLOSED_BRACKET: { message: 'found a bracket that is not closed', hint: 'close it, and indent what is inside deeper than the key' },
  UNCLOSED_QUOTE: { message: 'found a quote that is not closed', hint: 'close it, or double it if it is a part of the text' },
  UNEXPECTED_TOKEN: { message: 'found something here that does not belong' },
};
const UNKNOWN_SYNTAX = { message: 'this is not valid YAML' };

type ErrorSource = number | readonly number[] | { readonly offset: number; readonly source?: string };

const MOST_MISTAKES = 50;
/** Signs of the lexer: the next lexeme is unquoted or block text; brackets end here because the indentation does. */
const TEXT_FOLLOWS = '\x1f';
const BRACKETS_END = '\x18';
/** Thrown by the error handler to leave the composer at once. */
const STOP = Symbol('stop');

/** Reads one document; the document is null when there is none, and may be incomplete when there is a fault. */
export function composeYaml(text: string): { readonly document: YamlDocument | null; readonly fault: DocumentFault | null } {
  let fault: DocumentFault | null = null;
  let document: YamlDocument | null = null;

  function found(next: DocumentFault): void {
    if (fault === null || next.start < fault.start) fault = next;
  }

  /** Unlike its parts of the text, the beginning of what is not closed is where the reader has to look. */
  function foundUnclosedBracket(): void {
    const top = parser.stack.at(-1);
    if (top?.type === 'flow-collection' && top.end.length === 0) found(syntaxFault('UNCLOSED_BRACKET', top.offset, top.offset + 1));
  }

  if (hasMoreLines(text, LIMITS.linesPerDocument))
    return { document: null, fault: limitFault('size-limit', `one document has more than ${LIMITS.linesPerDocument} lines`) };

  const parser = new Parser();
  // uniqueKeys compares every key with every other: duplicates are found in `plain-data.ts`, in linear time.
  const composer = new Composer({ schema: 'failsafe', resolveKnownTags: false, uniqueKeys: false, logLevel: 'silent' });
  let mistakes = 0;
  let continuedKey: { readonly start: number; readonly end: number } | undefined;
  composer['onError'] = (source: ErrorSource, code: string, _message: string, isWarning?: boolean) => {
    if (isWarning === true) return;
    // One mistake is often noticed several times, the earliest place last; but text that is wrong everywhere must not cost memory.
    // The composer catches what is thrown once at each level and reports it again, so this comes first.
    if (mistakes >= MOST_MISTAKES) throw STOP;
    mistakes += 1;
    const [start, end] = offsets(source);
    if (code === 'MULTILINE_IMPLICIT_KEY') continuedKey ??= lastLine(text, start, end);
    else found(syntaxFault(code, start, end));
  };

  try {
    let tokens = 0;
    let isText = false;
    for (const lexeme of new Lexer().lex(text)) {
      tokens += 1;
      const depth = parser.stack.length;
      if (tokens > LIMITS.tokensPerDocument)
        throw limitFault('size-limit', `one document has more than ${LIMITS.tokensPerDocument} words and signs`);
      if (depth > LIMITS.nesting)
        throw limitFault(
          'nesting-limit',
          `maps and lists are nested more than ${LIMITS.nesting} levels deep`,
          offsetOf(parser.stack.at(-1)),
        );
      if (lexeme === BRACKETS_END) foundUnclosedBracket();
      if (!isText && isUnclosedQuote(lexeme)) found(syntaxFault('UNCLOSED_QUOTE', parser.offset, parser.offset + 1));
      isText = lexeme === TEXT_FOLLOWS;
      for (const token of parser.next(lexeme)) take(token);
    }
    foundUnclosedBracket();
    for (const token of parser.end()) take(token);
    for (const last of composer.end()) keep(last);
  } catch (error) {
    if (isFault(error)) return { document: null, fault: error };
    if (error !== STOP) throw error;
  }
  // The same mistake is also reported at the start of the key, lines before the one that has to be changed.
  if (continuedKey !== undefined && (fault === null || (fault as DocumentFault).start <= continuedKey.start)) {
    fault = syntaxFault('MULTILINE_IMPLICIT_KEY', continuedKey.start, continuedKey.end);
  }
  return { document, fault };

  function take(token: Parameters<typeof composer.next>[0]): void {
    if (token.type === 'error') {
      found(syntaxFault('UNEXPECTED_TOKEN', token.offset, token.offset + token.source.length));
      throw STOP;
    }
    if (token.type === 'directive')
      throw {
        code: 'directive',
        message: `found ${directiveName(token.source)}`,
        start: token.offset,
        end: token.offset + token.source.length,
      } satisfies DocumentFault;
    // A marker that ends nothing: the documents before it are other texts.
    if (token.type === 'doc-end' && document === null && composer['doc'] === null) return;
    for (const earlier of composer.next(token)) keep(earlier);
  }

  function keep(next: unknown): void {
    const composed = next as YamlDocument;
    if (document === null) document = composed;
    else found(syntaxFault('UNEXPECTED_TOKEN', composed.range?.[0] ?? 0, (composed.range?.[0] ?? 0) + 1));
  }
}

function hasMoreLines(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  let lines = 0;
  for (let newline = text.indexOf('\n'); newline !== -1; newline = text.indexOf('\n', newline + 1)) {
    lines += 1;
    if (lines > limit) return true;
  }
  return false;
}

function syntaxFault(code: string, start: number, end: number): DocumentFault {
  return { code: 'yaml-syntax', ...(SYNTAX[code] ?? UNKNOWN_SYNTAX), start, end };
}

function isUnclosedQuote(lexeme: string): boolean {
  const [quote] = lexeme;
  return (quote === '"' || quote === "'") && (lexeme.length === 1 || !lexeme.endsWith(quote));
}

/** The last line of a part of the text, without its indentation. */
function lastLine(text: string, start: number, end: number): { start: number; end: number } {
  let from = Math.max(start, text.lastIndexOf('\n', end - 1) + 1);
  while (text.charCodeAt(from) === 0x20) from += 1;
  return { start: from, end: Math.max(end, from + 1) };
}

function limitFault(code: ParseCode, message: string, start = 0): DocumentFault {
  return { code, message, start, end: start + 1 };
}

function isFault(error: unknown): error is DocumentFault {
  return typeof error === 'object' && error !== null && 'code' in error && 'start' in error;
}

function offsets(source: ErrorSource): [number, number] {
  if (typeof source === 'number') return [source, source + 1];
  if ('offset' in source) return [source.offset, source.offset + (source.source?.length ?? 1)];
  const [start = 0, end = start + 1] = source;
  return [start, end];
}

function offsetOf(token: unknown): number {
  return typeof token === 'object' && token !== null && 'offset' in token && typeof token.offset === 'number' ? token.offset : 0;
}

/** Only the known names: whatever else starts with a percent sign may be anything. */
function directiveName(source: string): string {
  const name = /^%(?:YAML|TAG)\b/.exec(source);
  return name === null ? 'a line that starts with "%"' : `the directive "${name[0]}"`;
}
