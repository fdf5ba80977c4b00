/**
 * `npm run image`: builds the image of sidecar-image/Dockerfile from a fresh dist/, and writes its software bill of materials beside it.
 * `--help` shows the flags.
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { buildImage } from './image/build-image.ts';
import { engine } from './image/engine.ts';

const HELP = `npm run image [-- FLAG...]

  --tag NAME:TAG        name of the image; localhost/openclaw-gitops:VERSION by default
  --base IMAGE          the Debian with Node 24 that it takes its files from, best with its digest
  --arch amd64|arm64    for which processors; this machine's by default
  --engine NAME         podman, buildah or docker; by default the first that is there
  --option FLAG         handed to the engine's build command, repeatable
  --out DIR             where sbom.cdx.json and digest.txt go; image/ by default
`;

const { values } = parseArgs({
  options: {
    tag: { type: 'string' },
    base: { type: 'string' },
    arch: { type: 'string' },
    engine: { type: 'string' },
    option: { type: 'string', multiple: true },
    out: { type: 'string', default: 'image' },
    help: { type: 'boolean' },
  },
});
if (values.help) process.stdout.write(HELP);
else {
  execFileSync(process.execPath, ['scripts/build.ts'], { stdio: 'inherit' });
  const { tag, digest, sbom } = await buildImage({
    engine: engine(values.engine),
    tag: values.tag,
    base: values.base,
    architecture: values.arch,
    options: values.option ?? [],
    directory: values.out,
  });
  process.stdout.write(`${tag}\n${digest}\n${sbom}\n`);
}
