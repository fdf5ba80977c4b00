/** Path arithmetic without a file system, and the names that prepare takes for itself. */

/** Everything prepare (or restore) keeps beside the state directory starts like this, so that adoption never mistakes it for state. */
export const OWN_PREFIX = '.openclaw-gitops';

/** Where a file is written before it is renamed into place; one name, so that a crash leaves at most one per directory and the next run reuses it. */
export const TEMPORARY_NAME = '.openclaw-gitops.tmp';

/** What prepare keeps beside a directory while it changes hands. */
export function namesBeside(directory: string): {
  readonly journal: string;
  readonly adopted: string;
  readonly aside: string;
  readonly copy: string;
  readonly kept: string;
} {
  const stem = childOf(parentOf(directory), `${OWN_PREFIX}-${nameOf(directory)}`);
  return { journal: `${stem}.journal`, adopted: `${stem}.adopted`, aside: `${stem}.aside`, copy: `${stem}.copy`, kept: `${stem}.kept` };
}

/** True for `root` itself and everything below it; both are absolute and without `.` or `..`. */
export function isInside(root: string, path: string): boolean {
  return root === '/' || path === root || path.startsWith(`${root}/`);
}

export function childOf(directory: string, name: string): string {
  return `${directory}/${name}`;
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 1));
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The first name of `path` below `root`; null for `root` itself and for what is not inside. */
export function firstNameBelow(root: string, path: string): string | null {
  return isInside(root, path) && path !== root ? (path.slice(root.length + 1).split('/')[0] ?? null) : null;
}

/** A single name that cannot leave its directory. */
export function isPlainName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\0]/.test(name);
}

/** An absolute path in its one spelling. */
export function isPlainAbsolutePath(path: string): boolean {
  return path.startsWith('/') && path.slice(1).split('/').every(isPlainName);
}

/** A relative path in its one spelling that cannot leave its root; without line breaks, because records keep one path a line. */
export function isPlainRelativePath(path: string): boolean {
  return !/[\n\r]/.test(path) && path.split('/').every(isPlainName);
}
