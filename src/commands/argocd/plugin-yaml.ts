import { toYaml } from '../../output/yaml.ts';
import { parametersOf } from '../parameters.ts';

/** Where the sidecar image has the program; absolute, since the working directory is the user's repository. */
const COMMAND = ['/usr/local/bin/openclaw-gitops', 'argocd-generate'];

/**
 * The text of plugin.yaml. No discovery: an Application names the plugin `openclaw-v1`, and no other Application pays for
 * asking. The version is part of that name, so that a new one is a new cache key.
 */
export function pluginYaml(): string {
  const parameters = parametersOf('argocd').map(({ name, title, tooltip, collectionType }) => ({ name, title, tooltip, collectionType }));
  const plugin = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ConfigManagementPlugin',
    metadata: { name: 'openclaw' },
    spec: { version: 'v1', generate: { command: COMMAND }, parameters: { static: parameters } },
  };
  return `# Written by "npm run gen" from src/commands/parameters.ts: do not edit.\n${toYaml(plugin)}`;
}
