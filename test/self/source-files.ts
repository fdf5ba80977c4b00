/** Our own source as data: files, and what each imports. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export interface Import {
  /** A path from the root of the checkout, or a package as it is written. */
  readonly target: string;
  readonly isPackage: boolean;
  readonly isTypeOnly: boolean;
  readonly isDynamic: boolean;
}

export interface SourceCode {
  /** Path from the root of the checkout. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

/** `text` with comments and the content of strings blanked out; enough for finding names, not for running. */
export function codeOnly(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, (found) => {
    if (!found.startsWith('`')) return ' ';
    // What a template computes is code.
    return (found.match(/\$\{[^}]*\}/g) ?? []).join(' ');
  });
}

function importsOf(path: string, text: string): Import[] {
  const withoutComments = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/[^\n]*/gm, '');
  const statements = withoutComments.matchAll(/^(?:import|export)\s+(type\s)?(?:[^;'"]*?\sfrom\s+)?'([^']+)'/gm);
  const calls = withoutComments.matchAll(/\bimport\(\s*'([^']+)'/g);
  const found = (target: string, isTypeOnly: boolean, isDynamic: boolean): Import => {
    const isPackage = !target.startsWith('.');
    return { target: isPackage ? target : posix.join(dirname(path), target), isPackage, isTypeOnly, isDynamic };
  };
  return [
    ...Array.from(statements, ([, type, target]) => found(target!, type !== undefined, false)),
    ...Array.from(calls, ([, target]) => found(target!, false, true)),
  ];
}

/** The TypeScript files below a folder of the checkout, in code-unit order. */
export function sourceCode(folder: string): SourceCode[] {
  const paths = globSync(`${folder}/**/*.ts`, { cwd: ROOT }).sort();
  return paths.map((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    return { path, text, imports: importsOf(path, text) };
  });
}
