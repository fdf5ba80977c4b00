/** Makes bare repositories for tests, each with one run of `git fast-import`. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export type TestFile = string | Buffer | { readonly link: string } | { readonly program: string } | { readonly submodule: string };

export interface TestCommit {
  readonly files: Readonly<Record<string, TestFile>>;
  /** A branch or tag that names it, besides `main`. */
  readonly refs?: readonly string[];
  /** Makes an annotated tag. */
  readonly tag?: string;
}

function change(path: string, file: TestFile): (string | Buffer)[] {
  const name = JSON.stringify(path);
  if (typeof file === 'object' && 'submodule' in file) return [`M 160000 ${file.submodule} ${name}\n`];
  const [mode, content] =
    typeof file === 'string' || Buffer.isBuffer(file)
      ? ['100644', file]
      : 'link' in file
        ? ['120000', file.link]
        : ['100755', file.program];
  const bytes = Buffer.from(content);
  return [`M ${mode} inline ${name}\ndata ${bytes.length}\n`, bytes, '\n'];
}

/** A bare repository at `directory/owner/repository` with these commits on `main`, each with only its own files; gives their ids. */
export function makeRepository(directory: string, place: string, commits: readonly TestCommit[]): readonly string[] {
  const path = join(directory, place);
  mkdirSync(path, { recursive: true });
  const git = (args: readonly string[], input?: Buffer): string =>
    execFileSync('git', ['-C', path, ...args], {
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(input === undefined ? {} : { input }),
    });
  git(['init', '--quiet', '--bare', '--initial-branch=main', '--template=']);
  // As the hosts have it: contents can be left out and asked for one by one.
  git(['config', 'uploadpack.allowFilter', 'true']);
  git(['config', 'uploadpack.allowAnySHA1InWant', 'true']);
  const stream = commits.flatMap(({ files, refs = [], tag }, index): (string | Buffer)[] => [
    `commit refs/heads/main\nmark :${index + 1}\ncommitter Test <test@example.com> ${1_700_000_000 + index} +0000\ndata 1\nx\ndeleteall\n`,
    ...Object.entries(files).flatMap(([name, file]) => change(name, file)),
    '\n',
    ...refs.map((ref) => `reset ${ref}\nfrom :${index + 1}\n\n`),
    ...(tag === undefined ? [] : [`tag ${tag}\nfrom :${index + 1}\ntagger Test <test@example.com> 1700000000 +0000\ndata 1\nx\n`]),
  ]);
  git(['fast-import', '--quiet'], Buffer.concat(stream.map((part) => Buffer.from(part))));
  return git(['rev-list', '--reverse', 'main']).trim().split('\n');
}

/** The environment in which git finds `https://github.com/` in `directory`, and nothing of the user's. */
export function gitEnvironment(directory: string, host = 'https://github.com/'): Readonly<Record<string, string | undefined>> {
  return {
    PATH: process.env['PATH'],
    HOME: directory,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.file://${directory}/.insteadOf`,
    GIT_CONFIG_VALUE_0: host,
  };
}
