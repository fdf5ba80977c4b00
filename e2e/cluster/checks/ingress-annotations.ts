/** Every golden Ingress with annotations for ingress-nginx, read by ingress-nginx's own code: none is refused, none is ignored. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ingress, Secret } from '../../../src/kube/types.ts';
import { ingressNginxSettings } from '../../tools/ingress-nginx.ts';
import { goldenCases } from '../golden-cases.ts';
import type { CheckResult } from '../report.ts';

const PREFIX = 'nginx.ingress.kubernetes.io/';

/** What it must not accept, so that its silence means something. */
const CONTROLS: readonly (readonly [key: string, value: string, refusal: RegExp])[] = [
  ['configuration-snippet', 'more_set_headers "A: b";', /risky annotation/],
  ['auth-realm', "it's me", /auth-realm contains invalid value/],
  ['proxy-body-size', 'large', /proxy-body-size contains invalid value/],
  ['upstream-hash-by', 'a;b', /upstream-hash-by contains invalid value/],
];

export async function checkIngressAnnotations(): Promise<CheckResult> {
  const rows: string[][] = [];
  const failures: string[] = [];
  const directory = await mkdtemp(join(tmpdir(), 'openclaw-gitops-ingress-'));
  const outcome = async (ingress: Ingress): Promise<string> => {
    try {
      const { BasicDigestAuth, RateLimit, Rewrite } = await ingressNginxSettings(ingress, [secretOf(ingress)], directory);
      const { limit, burst } = RateLimit.rps;
      return `${Rewrite.forceSSLRedirect ? 'HTTPS' : 'HTTP too'}, ${limit === 0 ? 'no limit' : `${limit} r/s, burst ${burst}`}, ${BasicDigestAuth.secured ? `login of ${BasicDigestAuth.realm}` : 'no login'}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  try {
    let sample: Ingress | null = null;
    for (const [name, manifests] of await goldenCases()) {
      for (const { id, object } of manifests) {
        if (object.kind !== 'Ingress' || !Object.keys(object.metadata.annotations ?? {}).some((key) => key.startsWith(PREFIX))) continue;
        sample ??= object as Ingress;
        const found = await outcome(object as Ingress);
        rows.push([`${name} ${id}`, found]);
        if (found.startsWith('ingress-nginx:')) failures.push(`${name} ${id}: ${found}`);
      }
    }
    if (sample === null) return { summary: 'none', rows, failures: ['no golden case has an Ingress for ingress-nginx'] };
    for (const [key, value, refusal] of CONTROLS) {
      const annotations = { ...sample.metadata?.annotations, [PREFIX + key]: value };
      const found = await outcome({ ...sample, metadata: { ...sample.metadata, annotations } });
      rows.push([`control: ${key}`, found.split('\n').at(-1) ?? '']);
      if (!refusal.test(found)) failures.push(`control ${key}: expected ${refusal}, got ${found}`);
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return { summary: `${rows.length} Ingresses`, rows, failures };
}

/** The Secret that its login is read from, as the Job or the user fills it. */
function secretOf({ metadata }: Ingress): Secret {
  const auth = Buffer.from('ana:{SHA}i1ZP9DHQLTIaL6ePg9PuphHNgqA=').toString('base64');
  const name = metadata?.annotations?.[`${PREFIX}auth-secret`] ?? 'none';
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: metadata?.namespace ?? '' }, data: { auth } };
}
