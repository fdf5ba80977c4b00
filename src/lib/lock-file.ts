/** Where `openclaw-gitops lock` writes, beside what it locks. */
export const LOCK_FILE = 'openclaw.lock.yaml';
/** Directory beside the lock with the files of skill packs. */
export const VENDORED_DIRECTORY = 'openclaw.lock.d';
