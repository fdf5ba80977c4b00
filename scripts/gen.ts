/** Writes src/generated/ from schema/; with --check it writes nothing and fails where a file is not what it would write. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fieldPlacesCode } from './gen/field-places.ts';
import { readSchemas } from './gen/schemas.ts';
import { clusterDefaultsTypes, instanceTypes } from './gen/types.ts';
import { validatorCode, validatorTypes } from './gen/validator.ts';

const schemas = readSchemas();
const files: Readonly<Record<string, string>> = {
  'openclaw-instance.ts': await instanceTypes(schemas),
  'openclaw-cluster-defaults.ts': await clusterDefaultsTypes(schemas),
  'field-places.ts': fieldPlacesCode(schemas),
  'validate.js': validatorCode(schemas),
  'validate.d.ts': validatorTypes(),
};

const check = process.argv.includes('--check');
for (const [name, text] of Object.entries(files)) {
  const path = fileURLToPath(new URL(`../src/generated/${name}`, import.meta.url));
  if (!check) writeFileSync(path, text);
  else if (readIfPresent(path) !== text) {
    console.error(`src/generated/${name} is not what schema/ gives: run npm run gen`);
    process.exitCode = 1;
  }
}

function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
