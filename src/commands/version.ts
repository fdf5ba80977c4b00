import packageJson from '../../package.json' with { type: 'json' };
import { parseFlags, type Command } from './command.ts';

export const versionCommand: Command = {
  name: 'version',
  summary: 'Print the version of openclaw-gitops.',
  usage: '',
  flags: [],
  examples: ['openclaw-gitops version'],
  async run(args, streams) {
    parseFlags([], args);
    streams.out(`${packageJson.version}\n`);
    return 0;
  },
};
