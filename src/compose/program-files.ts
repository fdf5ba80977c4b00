/** What brings a program of ours and its plan into a pod: entries of the instance's ConfigMaps, and the volume with the plan. */
import { podPrograms } from '../generated/pod-programs.ts';
import { configMapName, programsConfigMapName } from '../kube/names.ts';
import type { Volume } from '../kube/types.ts';
import { prettyJson, type Json } from '../lib/json.ts';
import type { ConfigMapEntry, ConfigMapPlan } from './contribution.ts';

type ProgramFile = keyof typeof podPrograms;

interface Planned {
  readonly program: ProgramFile;
  readonly planFile: string;
  readonly planVolume: string;
  readonly plan: object;
  /** Whether a pod that runs starts anew for another plan. */
  readonly takesEffect: ConfigMapEntry['takesEffect'];
}

interface ProgramFiles {
  readonly configMaps: readonly ConfigMapPlan[];
  readonly planVolume: Volume;
}

export function programFiles(instance: string, { program, planFile, planVolume, plan, takesEffect }: Planned): ProgramFiles {
  const name = configMapName(instance);
  return {
    configMaps: [
      { name, entries: new Map([[planFile, { text: prettyJson(plan as Json), takesEffect }]]) },
      programEntries(instance, [program]),
    ],
    planVolume: { name: planVolume, configMap: { name, defaultMode: 0o440, items: [{ key: planFile, path: planFile }] } },
  };
}

/** The programs in their ConfigMap: their bytes can wait for the next start, so that an upgrade of ours restarts nobody. */
export function programEntries(instance: string, programs: readonly ProgramFile[]): ConfigMapPlan {
  return {
    name: programsConfigMapName(instance),
    entries: new Map(programs.map((program) => [program, { text: podPrograms[program], takesEffect: 'next-start' }])),
  };
}
