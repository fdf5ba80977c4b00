import { Failure } from '../failure.ts';
import { quote } from '../log.ts';
import type { FileSystem } from './file-system.ts';

/** The bytes of a file that the plan names in a mounted ConfigMap; links are followed, since a ConfigMap volume is made of them. */
export async function readSource(fs: FileSystem, path: string): Promise<Buffer> {
  try {
    return await fs.read(path);
  } catch (error) {
    throw new Failure(
      `cannot read ${quote(path)} (${(error as NodeJS.ErrnoException).code}), which the plan names as a source`,
      'apply the ConfigMaps and the workload from the same rendering',
    );
  }
}
