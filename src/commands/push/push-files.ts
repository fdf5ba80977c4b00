/** What `push` does once there are manifests: asks git where they come from, packs them, and brings them into the registry. */
import { provenance } from '../../adapters/git/provenance.ts';
import { artifact, type MediaTypes } from '../../adapters/oci-registry/artifact.ts';
import { publish, type Published } from '../../adapters/oci-registry/publish.ts';
import { registryWriter } from '../../adapters/oci-registry/writer.ts';
import { RemoteError } from '../../adapters/remote-error.ts';
import type { DirectoryFile } from '../../output/directory.ts';
import type { Streams } from '../streams.ts';
import type { Target } from './target.ts';

export interface PushRequest {
  readonly files: readonly DirectoryFile[];
  readonly target: Target;
  readonly furtherTags: readonly string[];
  readonly mediaTypes: MediaTypes;
  readonly created: string;
  /** What the user says of them; the rest is asked of git. */
  readonly source: string | undefined;
  readonly revision: string | undefined;
  /** Absolute paths; null where standard input is among them, of which git knows nothing. */
  readonly inputs: readonly string[] | null;
  readonly cwd: string;
  readonly env: Streams['env'];
  readonly onWait: (host: string, milliseconds: number) => void;
}

export interface PushOutcome {
  /** Null where there is a problem. */
  readonly published: Published | null;
  readonly problem: string | null;
  /** Why no revision is recorded although there is a repository. */
  readonly remark: string | null;
}

export async function pushFiles(request: PushRequest): Promise<PushOutcome> {
  const { files, target, furtherTags, mediaTypes, created, inputs, cwd, env, onWait } = request;
  const isAsked = inputs !== null && (request.source === undefined || request.revision === undefined);
  const asked = isAsked ? await provenance(inputs, cwd, env) : { source: null, revision: null, remark: null };
  const remark = request.revision === undefined ? asked.remark : null;
  const source = request.source ?? asked.source;
  const revision = request.revision ?? asked.revision;
  const packed = artifact(files, { mediaTypes, created, source, revision });
  try {
    const writer = registryWriter({ env, onWait });
    try {
      return { published: await publish(writer, { ...target, digest: '' }, packed, furtherTags), problem: null, remark };
    } finally {
      writer.close();
    }
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    return { published: null, problem: `${error.service} ${error.message}`, remark };
  }
}
