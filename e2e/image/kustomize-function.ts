/** The image as a function in a container, called by the real kustomize, which calls `docker run`: podman takes the same arguments. */
import assert from 'node:assert/strict';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { GOLDEN } from '../../test/golden/golden-case.ts';
import { execAnnotation, renderFile, run, withDirectory, type Run } from '../kustomize/kustomization.ts';
import { binary } from '../tools/binary.ts';
import { resourceList, type Subject } from './subject.ts';

/** What kustomize tells docker of every function's container, but for its user. */
const ATTACHED = ['--rm', '-i', '-a', 'STDIN', '-a', 'STDOUT', '-a', 'STDERR', '--network', 'none'];
const VARIABLES = ['-e', 'LOG_TO_STDERR=true', '-e', 'STRUCTURED_RESULTS=true'];

/** Keeps the arguments, a line each, and hands them on as they are. */
const DOCKER = '#!/bin/sh\nprintf "%s\\n" "$@" >"${0%/*}/arguments"\nexec podman "$@"\n';

interface Called extends Run {
  /** What docker was called with. */
  readonly docker: readonly string[];
}

export function kustomizeFunction(subject: () => Subject): void {
  test('gives kustomize what the program itself gives, under exactly the arguments that kustomize has for docker', async () => {
    const { tag } = subject().image;
    const expected = await kustomize(execAnnotation(), ['--enable-exec']);
    assert.equal(expected.status, 0, expected.stderr);
    const { status, stdout, stderr, docker } = await kustomize(containerAnnotation(tag));
    assert.equal(status, 0, stderr);
    assert.equal(stdout, expected.stdout);
    assert.deepEqual(docker, ['run', ...ATTACHED, '--user', 'nobody', '--security-opt=no-new-privileges', ...VARIABLES, tag]);
    const flags = ['--as-current-user', '--mount', 'type=bind,src=/etc,dst=/more', '--env', 'LC_ALL=tr_TR'];
    const asked = await kustomize(containerAnnotation(tag), flags);
    assert.equal(asked.status, 0, asked.stderr);
    assert.equal(asked.stdout, expected.stdout);
    const user = ['--user', `${process.getuid?.()}:${process.getgid?.()}`, '--security-opt=no-new-privileges'];
    const more = ['--mount', 'type=bind,source=/etc,target=/more,readonly', '-e', 'LC_ALL=tr_TR'];
    assert.deepEqual(asked.docker, ['run', ...ATTACHED, ...user, ...more, ...VARIABLES, tag]);
  });

  test('is a function for nobody on a read-only root, without anywhere to write', () => {
    const { podman, image } = subject();
    const settings = { input: resourceList(), flags: ['--read-only', '--read-only-tmpfs=false', '--cap-drop', 'ALL'] };
    const { status, stdout, stderr } = podman.runAs(image.tag, { user: 'nobody', ...settings });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /kind: ResourceList/);
    assert.match(stdout, /kind: StatefulSet/);
  });
}

function containerAnnotation(image: string): string {
  return `config.kubernetes.io/function: ${JSON.stringify(JSON.stringify({ container: { image } }))}`;
}

async function kustomize(annotation: string, flags: readonly string[] = []): Promise<Called> {
  const program = await binary('kustomize');
  const files = {
    'agent.yaml': readFileSync(join(GOLDEN, 'minimal/input/bot.yaml')),
    'render.yaml': renderFile({}, annotation),
    'kustomization.yaml': '{resources: [agent.yaml], transformers: [render.yaml]}',
    'bin/docker': DOCKER,
    'bin/arguments': '',
  };
  return withDirectory(files, (directory) => {
    chmodSync(join(directory, 'bin/docker'), 0o755);
    const env = { ...process.env, PATH: `${join(directory, 'bin')}:${process.env['PATH']}` };
    const ran = run(program, ['build', '--enable-alpha-plugins', ...flags, directory], directory, env);
    return { ...ran, docker: readFileSync(join(directory, 'bin/arguments'), 'utf8').trim().split('\n') };
  });
}
