/** What people and programs try with the generated Secret and the claims of agents. */
import type { ApiClient } from '../api-client.ts';
import { only, type Manifest } from '../manifest.ts';
import { MERGE, patched, removed, type Attempt } from './admission-attempt.ts';
import type { Strangers } from './admission-strangers.ts';

const SECRETS = 'openclaw-gitops-secrets';
const CLAIMS = 'openclaw-gitops-claims';

interface Place {
  readonly bot: readonly Manifest[];
  readonly gone: readonly Manifest[];
  readonly others: Strangers;
}

/** By dry run, but for the token and the annotation, which attempts after them need. */
export async function dataAttempts(client: ApiClient, { bot, gone, others }: Place): Promise<readonly Attempt[]> {
  const shell = only(bot, 'Secret').object;
  const secret = await client.path(shell);
  const claim = await client.path(only(bot, 'PersistentVolumeClaim').object);
  const goneClaim = await client.path(only(gone, 'PersistentVolumeClaim').object);
  const labelled = { metadata: { labels: { note: 'x' } } };

  return [
    {
      person: 'the Job',
      title: 'fills the token',
      denied: null,
      // Stored: the attempts below are about a Secret that has one.
      send: (sender) => sender.send('PATCH', secret, { data: { token: 'b25l' } }, MERGE),
    },
    { person: 'somebody', title: 'changes the token', denied: SECRETS, send: patched(secret, { data: { token: 'dHdv' } }) },
    { person: 'somebody', title: 'takes the token away', denied: SECRETS, send: patched(secret, { data: null }) },
    { person: 'a Job elsewhere', title: 'changes the token', denied: SECRETS, send: patched(secret, { data: { token: 'dHdv' } }) },
    {
      person: 'Argo CD',
      title: 'replaces the Secret by the empty one',
      denied: SECRETS,
      send: (sender) => sender.send('PUT', `${secret}?dryRun=All`, shell),
    },
    {
      person: 'somebody',
      title: "takes the Secret's label away",
      denied: SECRETS,
      send: patched(secret, { metadata: { labels: { 'app.kubernetes.io/managed-by': null } } }),
    },
    {
      person: 'Argo CD',
      title: 'applies the empty Secret',
      denied: null,
      send: (sender) => sender.apply(shell, { fieldManager: 'argocd-controller', dryRun: true }),
    },
    {
      person: 'Flux',
      title: 'applies the empty Secret',
      denied: null,
      send: (sender) => sender.apply(shell, { fieldManager: 'kustomize-controller', dryRun: true }),
    },
    { person: 'the agent', title: 'changes the token', denied: SECRETS, send: patched(secret, { data: { token: 'dHdv' } }) },
    { person: 'the Job', title: 'changes the token', denied: null, send: patched(secret, { data: { token: 'dHdv' } }) },
    ...(['Argo CD', 'a helper'] as const).map((person): Attempt => ({
      person,
      title: 'labels the Secret',
      denied: null,
      send: patched(secret, labelled),
    })),
    {
      person: 'somebody',
      title: "changes somebody else's Secret",
      denied: null,
      send: patched(others.Secret, { data: { token: 'dHdv' } }),
    },
    { person: 'somebody', title: 'adds a key', denied: null, send: patched(secret, { data: { other: 'b25l' } }) },
    { person: 'a helper', title: 'changes the token', denied: null, send: patched(secret, { data: { token: 'dHdv' } }) },
    { person: 'somebody', title: 'deletes the Secret', denied: null, send: removed(secret) },

    { person: 'somebody', title: 'deletes the claim', denied: CLAIMS, send: removed(claim) },
    { person: 'somebody', title: 'deletes the claim of an agent that may go', denied: CLAIMS, send: removed(goneClaim) },
    { person: 'somebody', title: "deletes somebody else's claim", denied: null, send: removed(others.PersistentVolumeClaim) },
    { person: 'Argo CD', title: 'deletes the claim', denied: CLAIMS, send: removed(claim) },
    { person: 'the garbage collector', title: 'deletes the claim', denied: CLAIMS, send: removed(claim) },
    {
      person: 'somebody',
      title: "takes the claim's label away",
      denied: CLAIMS,
      send: patched(claim, { metadata: { labels: { 'app.kubernetes.io/managed-by': null } } }),
    },
    { person: 'the namespace controller', title: 'deletes the claim', denied: CLAIMS, send: removed(claim) },
    {
      person: 'somebody',
      title: 'says that the claim may go',
      denied: null,
      send: (sender) =>
        sender.send('PATCH', claim, { metadata: { annotations: { 'gitops.openclaw.rocks/allow-deletion': 'true' } } }, MERGE),
    },
    { person: 'somebody', title: 'deletes the claim then', denied: null, send: removed(claim) },
    { person: 'somebody', title: 'labels the claim', denied: null, send: patched(claim, { metadata: { labels: { note: 'x' } } }) },
  ];
}
