/** Writes everything that is made from something else; with --check it writes nothing and fails where a file is not what it would write. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildPodPrograms, generatedModule } from './build-pod-programs.ts';
import { fieldPlacesCode } from './gen/field-places.ts';
import { readSchemas } from './gen/schemas.ts';
import { clusterDefaultsTypes, instanceTypes, lockTypes, packTypes } from './gen/types.ts';
import { validatorCode, validatorTypes } from './gen/validator.ts';

const ROOT = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');

function put(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(ROOT, name);
    if (readIfPresent(path) === text) continue;
    if (check) {
      console.error(`${name} is not what its sources give: run npm run gen`);
      process.exitCode = 1;
      continue;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

const schemas = readSchemas();
put({
  'src/generated/openclaw-instance.ts': await instanceTypes(schemas),
  'src/generated/openclaw-cluster-defaults.ts': await clusterDefaultsTypes(schemas),
  'src/generated/openclaw-lock.ts': await lockTypes(schemas),
  'src/generated/openclaw-pack.ts': await packTypes(schemas),
  'src/generated/field-places.ts': fieldPlacesCode(schemas),
  'src/generated/validate.js': validatorCode(schemas),
  'src/generated/validate.d.ts': validatorTypes(),
  'src/generated/pod-programs.ts': generatedModule(await buildPodPrograms()),
});

// These come from the program itself, which needs the files above.
const { pluginYaml } = await import('../src/commands/argocd/plugin-yaml.ts');
const { rulesDocument } = await import('./gen/rules-document.ts');
const { ruleCatalogueCode } = await import('./gen/rule-catalogue.ts');
const { withFeaturesTable } = await import('./gen/features-table.ts');
put({
  'src/generated/rule-catalogue.ts': ruleCatalogueCode(),
  'plugin.yaml': pluginYaml(),
  'docs/rules.md': rulesDocument(),
  'README.md': withFeaturesTable(readFileSync(join(ROOT, 'README.md'), 'utf8')),
});
