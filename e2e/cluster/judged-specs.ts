/** Specs that are rendered one after the other, while the API server judges what came of them. */
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { ApiClient } from './api-client.ts';
import { rendered, type Instance } from './input-fields.ts';
import { manifestsOfJsonLines, type Manifest } from './manifest.ts';

const CONNECTIONS = 4;
/** A hash follows every change of what the pod reads, and is the same kind of text each time. */
const HASHES = /"openclaw\.rocks\/(config|secret)-hash":"[^"]*"/g;

export interface Attempt {
  /** `path: value`. */
  readonly title: string;
  readonly instance: Instance;
  /** The instance without what is odd in it: what is told of that is no news. */
  readonly base: Instance;
}

/** What was seen so far; an object that is in `judged` is not judged again. */
export class JudgedSpecs {
  readonly failures: string[] = [];
  accepted = 0;
  refused = 0;
  objects = 0;
  readonly #client: ApiClient;
  readonly #judged: Set<string>;
  readonly #toldOf = new WeakMap<Instance, ReadonlySet<string>>();

  constructor(client: ApiClient, judged: Set<string>) {
    this.#client = client;
    this.#judged = judged;
  }

  /** Judges all attempts; `onAccepted` hears of each that the renderer and the server both take. */
  async judge<Tried extends Attempt>(attempts: Iterable<Tried>, onAccepted: (attempt: Tried) => void = () => {}): Promise<void> {
    const left = attempts[Symbol.iterator]();
    const work = async (): Promise<void> => {
      const client = new ApiClient(this.#client.connection);
      try {
        for (let next = left.next(); !next.done; next = left.next()) {
          if (await this.#isAccepted(client, next.value)) onAccepted(next.value);
        }
      } finally {
        client.close();
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
  }

  async #isAccepted(client: ApiClient, { base, instance, title }: Attempt): Promise<boolean> {
    let output: ReturnType<typeof rendered>;
    try {
      output = rendered(instance);
    } catch (error) {
      this.failures.push(`${title}: the renderer throws: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
    if (hasErrors(output.diagnostics)) {
      this.refused += 1;
      return false;
    }
    this.accepted += 1;
    const isWarned = output.diagnostics.some(({ rule }) => !this.#told(base).has(rule));
    const before = this.failures.length;
    for (const line of output.lines) {
      const judged = line.replaceAll(HASHES, '');
      if (this.#judged.has(judged)) continue;
      this.#judged.add(judged);
      this.objects += 1;
      for (const manifest of manifestsOfJsonLines(line)) {
        const complaint = await complaintOf(client, manifest, isWarned);
        if (complaint !== null) this.failures.push(`${title}: ${manifest.id}: ${complaint}`);
      }
    }
    return this.failures.length === before;
  }

  #told(base: Instance): ReadonlySet<string> {
    const known = this.#toldOf.get(base);
    if (known) return known;
    const told = new Set(rendered(base).diagnostics.map(({ rule }) => rule));
    this.#toldOf.set(base, told);
    return told;
  }
}

/** What the server has against the object that the renderer has not told; null when it takes it. */
async function complaintOf(client: ApiClient, { object, text }: Manifest, isWarned: boolean): Promise<string | null> {
  const { message, status, warnings } = await client.apply(object, { fieldManager: 'argocd-controller', dryRun: true, text });
  if (status !== 200 && status !== 201) return `${status} ${message.slice(0, 300)}`;
  const news = warnings.filter((warning) => !warning.startsWith('would violate PodSecurity'));
  return news.length === 0 || isWarned ? null : `the server alone warns: ${news.join('; ').slice(0, 300)}`;
}
