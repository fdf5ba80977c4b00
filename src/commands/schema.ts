import { parseFlags, UsageError, type Command } from './command.ts';

const KINDS = ['OpenClawInstance', 'OpenClawClusterDefaults', 'OpenClawLock'];

/** Loaded only here: no other command needs the schema's text. */
async function schemaOf(kind: string): Promise<unknown> {
  if (kind === 'OpenClawInstance') return (await import('../../schema/openclaw-instance.schema.json', { with: { type: 'json' } })).default;
  if (kind === 'OpenClawLock') return (await import('../../schema/openclaw-lock.schema.json', { with: { type: 'json' } })).default;
  return (await import('../../schema/openclaw-cluster-defaults.schema.json', { with: { type: 'json' } })).default;
}

export const schemaCommand: Command = {
  name: 'schema',
  summary: 'Print the JSON Schema of OpenClawInstance, OpenClawClusterDefaults or OpenClawLock, for editors and CI.',
  usage: `[${KINDS.join('|')}]`,
  flags: [],
  examples: ['openclaw-gitops schema', 'openclaw-gitops schema OpenClawClusterDefaults'],
  async run(args, streams) {
    const { positionals } = parseFlags([], args);
    const kind = positionals[0] ?? 'OpenClawInstance';
    if (positionals.length > 1 || !KINDS.includes(kind))
      throw new UsageError(`"${positionals.join(' ')}" is not a kind with a schema; expected ${KINDS.join(' or ')}`);
    streams.out(`${JSON.stringify(await schemaOf(kind), null, 2)}\n`);
    return 0;
  },
};
