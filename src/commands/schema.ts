import type { JsonObject } from '../lib/json.ts';
import { toYaml } from '../output/yaml.ts';
import { parseFlags, UsageError, type Command, type Flag } from './command.ts';
import { customResourceDefinition, type DefinedKind } from './custom-resource-definition.ts';

const AGE = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };
/** Kinds that a cluster may know too. */
const DEFINED_KINDS: readonly DefinedKind[] = [
  {
    kind: 'OpenClawInstance',
    plural: 'openclawinstances',
    scope: 'Namespaced',
    printerColumns: [{ name: 'Tag', type: 'string', jsonPath: '.spec.image.tag' }, AGE],
  },
  { kind: 'OpenClawClusterDefaults', plural: 'openclawclusterdefaults', scope: 'Cluster', printerColumns: [AGE] },
];
const KINDS = [...DEFINED_KINDS.map(({ kind }) => kind), 'OpenClawLock', 'OpenClawRender'];

const FLAGS: readonly Flag[] = [
  { name: 'crd', help: 'print a CustomResourceDefinition instead, for kubectl explain; rendering needs none in the cluster' },
];

/** Loaded only here: no other command needs the schema's text. */
async function schemaOf(kind: string): Promise<JsonObject> {
  return (await import('./schema-texts.ts')).schemaTexts[kind] as JsonObject;
}

export const schemaCommand: Command = {
  name: 'schema',
  summary: 'Print the JSON Schema of OpenClawInstance, OpenClawClusterDefaults, OpenClawLock or OpenClawRender, for editors and CI.',
  usage: `[${KINDS.join('|')}]`,
  flags: FLAGS,
  examples: ['openclaw-gitops schema', 'openclaw-gitops schema OpenClawClusterDefaults', 'openclaw-gitops schema --crd'],
  async run(args, streams) {
    const flags = parseFlags(FLAGS, args);
    const [kind = 'OpenClawInstance'] = flags.positionals;
    if (flags.positionals.length > 1 || !KINDS.includes(kind))
      throw new UsageError(`"${flags.positionals.join(' ')}" is not a kind with a schema; expected ${KINDS.join(' or ')}`);
    const schema = await schemaOf(kind);
    if (!flags.isSet('crd')) {
      streams.out(`${JSON.stringify(schema, null, 2)}\n`);
      return 0;
    }
    const defined = DEFINED_KINDS.find((known) => known.kind === kind);
    if (defined === undefined) throw new UsageError(`"${kind}" is a file and no kind of a cluster`);
    const others = { 'openclaw-instance.schema.json': await schemaOf('OpenClawInstance') };
    streams.out(toYaml(customResourceDefinition(schema, others, defined)));
    return 0;
  },
};
