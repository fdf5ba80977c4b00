/** Checks of the whole input: an instance must never disappear by accident. */
import { placeText, type Diagnostic, type Location } from '../diagnostics/diagnostic.ts';
import { quoted } from '../diagnostics/quoted.ts';
import { namespaceOf, nameOf, type Classified } from '../parse/classify.ts';
import type { SourceObject } from '../parse/source.ts';
import type { Instance } from '../resolve/instance.ts';

/** Kinds that a cluster takes are no longer; one that is must not fill the message. */
const LONGEST_KIND = 63;

export interface InputContext {
  /** Where what concerns all of it is told. */
  readonly wholeInput: Location;
  readonly input: Classified;
  /** Those that passed the schema. */
  readonly instances: readonly Instance[];
  readonly allowEmpty: boolean;
  /** True when parts of the input could not be read: then nobody knows what they hold. */
  readonly unreadable: boolean;
}

function noInstances({ wholeInput, input, allowEmpty, unreadable }: InputContext): Diagnostic[] {
  if (allowEmpty || unreadable || input.instances.length > 0) return [];
  return [
    {
      severity: 'error',
      rule: 'no-instances',
      message: 'the input holds no OpenClawInstance; expected at least one',
      hint: 'name a file or directory that holds one, or pass --allow-empty',
      location: wholeInput,
    },
  ];
}

/** Two objects of one identity, instances counted with their effective namespace. */
function duplicates({ input, instances }: InputContext): Diagnostic[] {
  const identities: [string, string, SourceObject][] = [
    ...instances.map((instance): [string, string, SourceObject] => [
      `OpenClawInstance ${instance.namespace} ${instance.name}`,
      `OpenClawInstance ${quoted(instance.name)}`,
      instance.source,
    ]),
    ...input.passThrough.map((object): [string, string, SourceObject] => {
      const { apiVersion, kind } = object.value;
      return [
        `${String(apiVersion)} ${String(kind)} ${namespaceOf(object) ?? ''} ${nameOf(object)}`,
        `${String(kind).slice(0, LONGEST_KIND)} ${quoted(nameOf(object))}`,
        object,
      ];
    }),
  ];
  const first = new Map<string, SourceObject>();
  const found: Diagnostic[] = [];
  for (const [identity, title, object] of identities) {
    const other = first.get(identity);
    if (other === undefined) {
      first.set(identity, object);
      continue;
    }
    found.push({
      severity: 'error',
      rule: 'duplicate-object',
      message: `${title} is in the input twice, also at ${placeText(other.locate(['metadata', 'name']))}; expected it once`,
      hint: 'delete or rename one of them',
      location: object.locate(['metadata', 'name']),
    });
  }
  return found;
}

export function checkInput(context: InputContext): Diagnostic[] {
  return [...noInstances(context), ...duplicates(context)];
}
