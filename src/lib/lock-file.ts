/** Where `openclaw-gitops lock` writes, beside what it locks. */
export const LOCK_FILE = 'openclaw.lock.yaml';
