/** Hints of the command line in the words of those who run the renderer without one. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { parametersOf, type Face } from './parameters.ts';

const NAMES: Readonly<Record<Face, string>> = { argocd: 'plugin parameter', krm: 'parameter' };
/** What there is in place of flags that are no parameters there. */
const ELSEWHERE: Readonly<Record<Face, Readonly<Record<string, string>>>> = {
  argocd: { namespace: "set the namespace of the Application's destination" },
  krm: {},
};

/** The diagnostics with hints that `face` can follow: `pass --FLAG` becomes what sets the same there. */
export function withHintsOf(face: Face, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    hint: diagnostic.hint === undefined ? undefined : hintOf(face, diagnostic.hint),
  }));
}

/** Hints of rules name flags in this one way; a flag that nothing stands for stays, which a test finds. */
export function hintOf(face: Face, hint: string): string {
  return hint.replaceAll(/\bpass --([a-z-]+)/g, (pass, flag: string) => {
    const parameter = parametersOf(face).find(({ name }) => name === flag);
    if (parameter === undefined) return ELSEWHERE[face][flag] ?? pass;
    return `set the ${NAMES[face]} "${flag}"${parameter.choices?.includes('true') ? ' to "true"' : ''}`;
  });
}
