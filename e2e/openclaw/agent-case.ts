import type { KubeObject } from '../../src/kube/types.ts';
import type { ClusterObjects } from '../pod-runner/cluster-objects.ts';
import type { ContainerImage } from '../pod-runner/container-image.ts';
import type { Program } from '../pod-runner/program.ts';
import type { Check } from './check.ts';

/** One instance that is rendered and run, and what must be true of it. */
export interface AgentCase {
  /** Equals the file's name. */
  readonly name: string;
  /** Releases of OpenClaw that run it; all unless given. */
  readonly versions?: readonly string[];
  /** Run in this order; each leaves a pod that the next can use. */
  readonly checks: readonly Check[];
  /** Start pods of their own, once that of the case has stopped: there is one network and little memory. */
  readonly checksOfOtherPods?: readonly Check[];

  /** What is rendered; null where `directory` has it. */
  readonly instance: ((version: string) => object) | null;
  /** What the renderer reads as it is, with the release given as `--openclaw-version`. */
  readonly directory?: string;
  /** The instance with `LATER_ORIGIN` allowed too, for the check `hot-reload`. */
  readonly instanceWithLaterOrigin?: (version: string) => object;
  /** The instance with something left out, for the checks of what is removed then. */
  readonly instanceWithLess?: (version: string) => object;
  /** The instance with Funnel in place of Serve, for the check `tailnet-mode`. */
  readonly instanceWithFunnel?: (version: string) => object;
  /** Other objects in the renderer's input, which pass through it. */
  readonly input?: readonly KubeObject[];
  /** Other files in the renderer's directory, by relative path: a lock file. */
  readonly files?: Readonly<Record<string, string>>;
  /** Objects that somebody else has put into the cluster: the user's own Secrets. */
  readonly inCluster?: readonly KubeObject[];

  /** Debian packages that must be on the machine, by a program of theirs. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Fetches or builds what else is needed into the cache: inside the sandbox there is no Internet. */
  readonly install?: () => Promise<unknown>;
  /** What stands in for the images of the pod beside OpenClaw's and nginx. */
  readonly images?: (version: string) => Promise<readonly ContainerImage[]>;
  /** Containers that play no part. */
  readonly leftOut?: readonly string[];
  /** Loopback ports of the pod that the checks reach by `agent.forwarded`. */
  readonly forwardedPorts?: readonly number[];

  /** Programs of the machine in the pod's network, started with every pod before its containers. */
  readonly besideContainers?: readonly Program[];
  /**
   * Programs beyond the pod, where it reaches them at `NODE_ADDRESS`; started once, before the first pod, and given what is in the
   * cluster then. They must listen on 0.0.0.0.
   * Without them there is nothing that the pod could reach.
   */
  readonly beyondPod?: (objects: ClusterObjects) => Promise<readonly Program[]>;
  /** What the cluster's DNS would answer the pod: address by name. */
  readonly hosts?: Readonly<Record<string, string>>;

  /** Entries of the agent's volume beside those of every agent. */
  readonly volumeEntries?: readonly string[];
  /** Ids of critical findings of OpenClaw's audit that the spec of this case asks for. */
  readonly criticalFindings?: readonly string[];
}
